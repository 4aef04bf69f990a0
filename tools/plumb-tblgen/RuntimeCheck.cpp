//===- RuntimeCheck.cpp - A compiled runtime against its records ----------===//

#include "RuntimeCheck.h"
#include "RecordLocations.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/Object/Archive.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/TableGen/Error.h"
#include <set>

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;

namespace {
/// The global symbols of a runtime.
struct Symbols {
  std::set<std::string> defined, exported, undefined;

  Error read(MemoryBufferRef buffer);

private:
  Error add(const object::SymbolRef &symbol);
  Error add(const object::ObjectFile &object);
};
} // namespace

Error Symbols::add(const object::SymbolRef &symbol) {
  Expected<uint32_t> flags = symbol.getFlags();
  if (!flags)
    return flags.takeError();
  if (!(*flags & object::SymbolRef::SF_Global))
    return Error::success();
  Expected<StringRef> name = symbol.getName();
  if (!name)
    return name.takeError();
  if (*flags & object::SymbolRef::SF_Undefined) {
    undefined.insert(name->str());
    return Error::success();
  }
  defined.insert(name->str());
  Expected<object::SymbolRef::Type> type = symbol.getType();
  if (!type)
    return type.takeError();
  if (*type == object::SymbolRef::ST_Function &&
      !(*flags & object::SymbolRef::SF_Hidden))
    exported.insert(name->str());
  return Error::success();
}

Error Symbols::add(const object::ObjectFile &object) {
  // What a shared library has for others is in its dynamic table.
  if (const auto *elf = dyn_cast<object::ELFObjectFileBase>(&object))
    if (elf->getEType() == ELF::ET_DYN) {
      for (const object::ELFSymbolRef &symbol :
           elf->getDynamicSymbolIterators())
        if (Error error = add(symbol))
          return error;
      return Error::success();
    }
  for (const object::SymbolRef &symbol : object.symbols())
    if (Error error = add(symbol))
      return error;
  return Error::success();
}

Error Symbols::read(MemoryBufferRef buffer) {
  Expected<std::unique_ptr<object::Binary>> binary =
      object::createBinary(buffer);
  if (!binary)
    return binary.takeError();
  if (const auto *object = dyn_cast<object::ObjectFile>(binary->get()))
    return add(*object);
  const auto *archive = dyn_cast<object::Archive>(binary->get());
  if (!archive)
    return createStringError("it is no object and no library");
  Error error = Error::success();
  for (const object::Archive::Child &child : archive->children(error)) {
    Expected<MemoryBufferRef> member = child.getMemoryBufferRef();
    if (!member)
      return joinErrors(std::move(error), member.takeError());
    if (Error bad = read(*member))
      return joinErrors(std::move(error), std::move(bad));
  }
  return error;
}

namespace {
class Checker {
public:
  Checker(const RecordKeeper &records, const Family &family,
          const Symbols &symbols, StringRef path)
      : locations(records, family), family(family), symbols(symbols),
        path(path) {}
  bool run();

private:
  void checkFunctions();
  void checkBodies();
  void checkExports();
  void error(SMLoc at, const Twine &message) {
    PrintError(at, message);
    failed = true;
  }
  std::string howToWrite(const plumb_intr_row &row) const {
    return ("write `PLUMB_BODY(" + Twine(family.get().name) + ", " +
            plainName(row.name) + ") { ... }`")
        .str();
  }

  RecordLocations locations;
  const Family &family;
  const Symbols &symbols;
  StringRef path;
  bool failed = false;
};
} // namespace

void Checker::checkFunctions() {
  for (const plumb_intr_row &row : rows(family.get()))
    if (!symbols.defined.count(row.symbol))
      error(locations.row(row.name), "intrinsic '" + Twine(row.name) + "': '" +
                                         path + "' does not define " +
                                         row.symbol + "; " + howToWrite(row) +
                                         ", or in C the function that " +
                                         family.get().header + " declares");
}

/// The C function is generated and always there; what it calls may not be.
void Checker::checkBodies() {
  std::string space = std::string("plumb::rt::") + family.get().name + "::";
  // By mnemonic; a body may be there with other parameters.
  StringMap<std::string> wanted, written;
  for (const auto &[names, found] : {std::pair(&symbols.undefined, &wanted),
                                     std::pair(&symbols.defined, &written)})
    for (const std::string &name : *names) {
      if (found == &wanted && symbols.defined.count(name))
        continue;
      std::string function = demangle(name);
      StringRef rest = function;
      // What is written may be an overload beside the class.
      if (rest.consume_front(space) && rest.contains('('))
        (*found)[rest.take_until([](char c) { return c == '(' || c == ':'; })] =
            function;
    }
  for (const plumb_intr_row &row : rows(family.get())) {
    auto missing = wanted.find(plainName(row.name));
    if (missing == wanted.end())
      continue;
    auto other = written.find(plainName(row.name));
    error(locations.row(row.name),
          "intrinsic '" + Twine(row.name) + "' has no body in '" + path +
              (other == written.end()
                   ? "'; "
                   : "': it is written as\n  " + other->second +
                         "\nand the record makes it\n  " + missing->second +
                         "\n") +
              howToWrite(row));
  }
}

void Checker::checkExports() {
  std::set<StringRef> ours;
  for (const plumb_intr_row &row : rows(family.get()))
    ours.insert(row.symbol);
  for (const std::string &name : symbols.exported)
    if (StringRef(name).starts_with(family.symbolPrefix) && !ours.count(name))
      error(locations.family(),
            "'" + path + "' exports " + name + ", and no record of family '" +
                family.get().name +
                "' has it, so no program can call it; write its record, or "
                "make the function static");
}

bool Checker::run() {
  checkFunctions();
  checkBodies();
  checkExports();
  return !failed;
}

bool plumb::tblgen::checkRuntime(const RecordKeeper &records,
                                 const Family &family, StringRef path,
                                 raw_ostream &os) {
  Symbols symbols;
  auto buffer = MemoryBuffer::getFile(path, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false);
  Error error =
      buffer ? symbols.read(**buffer) : errorCodeToError(buffer.getError());
  if (error) {
    PrintError("cannot read the runtime '" + path +
               "': " + toString(std::move(error)));
    return false;
  }
  if (!Checker(records, family, symbols, path).run())
    return false;
  os << path << " has the " << rows(family.get()).size()
     << " intrinsics of family '" << family.get().name << "' and no other\n";
  return true;
}
