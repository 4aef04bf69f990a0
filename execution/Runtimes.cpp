//===- Runtimes.cpp - The runtime of each family --------------------------===//

#include "plumb/Execution/Runtimes.h"
#include "execution/CheckAbi.h"
#include "execution/Symbols.h"
#include "plumb/Execution/LoadFamilies.h"
#include "plumb/Intrinsic/Registry.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include <dlfcn.h>

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;

namespace {
/// What compiled families brought with them. They came as one file with their
/// records, so there is no table to compare.
class FamilyFunctions : public Runtime {
public:
  explicit FamilyFunctions(const Families &families)
      : Runtime(""), families(families) {}
  void *lookup(StringRef symbol) const override {
    return families.lookupSymbol(symbol);
  }

protected:
  std::optional<AbiTable> readAbiTable(StringRef) const override {
    return std::nullopt;
  }

private:
  const Families &families;
};
} // namespace

void Runtimes::add(std::unique_ptr<Runtime> runtime) {
  found.clear();
  runtimes.push_back(std::move(runtime));
}

Error Runtimes::addLibraries(ArrayRef<std::string> paths) {
  for (const std::string &path : paths) {
    Expected<std::unique_ptr<Runtime>> library = loadRuntimeLibrary(path);
    if (!library)
      return library.takeError();
    add(std::move(*library));
  }
  return Error::success();
}

void Runtimes::addLoadedFamilies(const Families &families) {
  add(std::make_unique<FamilyFunctions>(families));
}

const Runtime *Runtimes::findFirst(function_ref<bool(const Runtime &)> isIt) {
  auto first = [&]() -> const Runtime * {
    for (const std::unique_ptr<Runtime> &runtime : runtimes)
      if (isIt(*runtime))
        return runtime.get();
    return nullptr;
  };
  const Runtime *runtime = first();
  bool isWhole = any_of(runtimes, [](const std::unique_ptr<Runtime> &r) {
    return r->has(hostStartSymbol);
  });
  if (runtime || isWhole || !makeDefault)
    return runtime;
  Expected<std::unique_ptr<Runtime>> made = std::exchange(makeDefault, {})();
  if (!made) {
    defaultFailed = toString(made.takeError());
    return nullptr;
  }
  add(std::move(*made));
  return first();
}

const Runtime *Runtimes::find(const plumb_intr_family &family) {
  auto known = found.find(&family);
  if (known != found.end())
    return known->second;
  ArrayRef rows(family.rows, family.num_rows);
  const Runtime *runtime = findFirst([&](const Runtime &one) {
    return any_of(
        rows, [&](const plumb_intr_row &row) { return one.has(row.symbol); });
  });
  found[&family] = runtime;
  return runtime;
}

void *Runtimes::lookup(StringRef symbol) {
  auto in = [&](const Runtime *runtime) {
    return runtime ? runtime->lookup(symbol) : nullptr;
  };
  auto hasIt = [&](const Runtime &one) { return one.has(symbol); };
  if (const plumb_intr_row *row = registry.lookupSymbol(symbol))
    return in(find(*row->family));
  if (symbol == hostStartSymbol)
    return in(findFirst(hasIt));
  if (const plumb_intr_family *family = registry.lookupRelease(symbol))
    if (const Runtime *own = find(*family); own && own->has(symbol))
      return own->lookup(symbol);
  if (void *address = dlsym(RTLD_DEFAULT, symbol.str().c_str()))
    return address;
  // What programs share with runtimes: plumb/object.h.
  return in(findFirst(hasIt));
}

bool Runtimes::has(StringRef symbol) {
  if (const plumb_intr_row *row = registry.lookupSymbol(symbol)) {
    const Runtime *runtime = find(*row->family);
    return runtime && runtime->has(symbol);
  }
  if (symbol == hostStartSymbol)
    return findFirst([&](const Runtime &one) { return one.has(symbol); });
  return lookup(symbol);
}

std::string Runtimes::names() const {
  std::string text;
  ListSeparator comma;
  for (const std::unique_ptr<Runtime> &runtime : runtimes)
    if (!runtime->getName().empty())
      text += (StringRef(comma) + runtime->getName()).str();
  return text;
}

//===----------------------------------------------------------------------===//
// What is wrong with them
//===----------------------------------------------------------------------===//

std::vector<Problem>
Runtimes::checkTables(ArrayRef<const plumb_intr_row *> rows,
                      bool requireTable) {
  auto sourceOf = [&](const plumb_intr_row &row) -> AbiSource {
    const Runtime *runtime = find(*row.family);
    if (!runtime)
      return {names(), nullptr};
    return {runtime->getName().str(), runtime->getAbiTable(row.family->name)};
  };
  return findAbiMismatches(rows, sourceOf, requireTable);
}

Problem Runtimes::describe(StringRef program, ArrayRef<std::string> missing) {
  SmallSetVector<StringRef, 2> lacking;
  SmallVector<std::string> unasked;
  std::string all = names();
  for (const std::string &symbol : missing) {
    if (!isRuntimeSymbol(registry, symbol))
      continue;
    const plumb_intr_row *row = registry.lookupSymbol(symbol);
    const Runtime *runtime = row ? find(*row->family) : nullptr;
    lacking.insert(runtime ? runtime->getName() : StringRef(all));
    for (const std::unique_ptr<Runtime> &other : runtimes)
      if (runtime && other->has(symbol))
        unasked.push_back(("'" + other->getName() + "' has " + symbol +
                           ", but the functions of family '" +
                           row->family->name +
                           "' all come from the first runtime that has any of "
                           "them, '" +
                           runtime->getName() + "'")
                              .str());
  }
  Problem problem =
      describeMissing(registry, program, missing, lacking.getArrayRef());
  problem.notes.append(unasked);
  return problem;
}

std::vector<Problem> Runtimes::check(StringRef program,
                                     ArrayRef<std::string> symbols,
                                     ArrayRef<const plumb_intr_row *> rows,
                                     bool requireTable) {
  std::vector<Problem> problems = checkTables(rows, requireTable);
  SmallVector<std::string> missing;
  if (problems.empty())
    copy_if(symbols, std::back_inserter(missing),
            [&](const std::string &symbol) { return !has(symbol); });
  // What was to be in it is missing too, but that is no news.
  if (!defaultFailed.empty())
    return {Problem{defaultFailed, {}}};
  if (!missing.empty())
    problems.push_back(describe(program, missing));
  return problems;
}

std::vector<Problem> Runtimes::check(StringRef program,
                                     ArrayRef<std::string> symbols) {
  return check(program, symbols, usedRows(registry, symbols));
}

std::vector<Problem> Runtimes::check(const Module &program) {
  return check(program.getModuleIdentifier(), externalSymbols(program));
}
