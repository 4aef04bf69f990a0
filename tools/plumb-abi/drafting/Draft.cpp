//===- Draft.cpp - A family file for existing functions -------------------===//

#include "tools/plumb-abi/drafting/Draft.h"
#include "tools/plumb-abi/drafting/DraftConstants.h"
#include "tools/plumb-abi/drafting/DraftRow.h"
#include "tools/plumb-abi/drafting/DraftTypes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/Support/GlobPattern.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::abi;

namespace {
/// Of the linker and the C runtime, in every library.
bool isOfToolchain(StringRef name) {
  return is_contained({"_init", "_fini", "_start", "__libc_csu_init",
                       "__libc_csu_fini", "_dl_relocate_static_pie",
                       "__bss_start", "_edata", "_end"},
                      name);
}

/// A name of C++ or Rust, which C cannot call.
bool isMangled(StringRef name) {
  return (name.starts_with("_Z") || name.starts_with("_R")) &&
         llvm::demangle(name) != name;
}

/// Whether a function's name may be one of a family.
bool isCandidate(const RuntimeFunction &function) {
  return function.isExported && !isOfToolchain(function.symbol) &&
         !isMangled(function.symbol);
}

class Drafter {
public:
  Drafter(Draft &draft, Runtime &runtime)
      : draft(draft), runtime(runtime),
        types(draft, runtime.types, returnedStructs()),
        rows(draft, runtime, types) {}

  Error run() {
    for (const std::string &pattern : draft.options.only) {
      Expected<GlobPattern> glob = GlobPattern::create(pattern);
      if (!glob)
        return createStringError("'" + pattern + "' is no pattern for names: " +
                                 toString(glob.takeError()));
      only.push_back(std::move(*glob));
    }
    std::vector<RuntimeFunction *> functions = chosen();
    for (const RuntimeFunction *function : functions)
      if (StringRef plain = function->symbol;
          !draft.options.prefix.empty() &&
          plain.consume_front(draft.options.prefix))
        types.reserve(plain);
    for (RuntimeFunction *function : functions) {
      std::string why;
      Expected<bool> isAdded = rows.add(*function, why);
      if (!isAdded)
        return isAdded.takeError();
      if (!*isAdded)
        draft.leftOut.push_back({function->symbol, why});
    }
    addDeclaredTypes();
    draftConstants(draft, runtime, types,
                   [&](StringRef name) { return isChosen(name); });
    for (const auto &[symbol, why] : runtime.leftOut)
      if (isChosen(symbol) &&
          StringRef(symbol).starts_with(draft.options.prefix))
        draft.leftOut.push_back({symbol, why});
    for (const std::string &symbol : draft.options.environments.unused())
      return createStringError("'--environment=" + symbol +
                               "...': no function of that name is drafted");
    return rows.checkOptionsAreUsed();
  }

private:
  bool isChosen(StringRef name) const {
    return only.empty() || any_of(only, [&](const GlobPattern &glob) {
             return glob.match(name);
           });
  }

  std::vector<RuntimeFunction *> chosen() {
    std::vector<RuntimeFunction *> functions;
    unsigned numMangled = 0;
    for (auto &entry : runtime.functions) {
      if (!entry.first().starts_with(draft.options.prefix) ||
          !isChosen(entry.first()))
        continue;
      numMangled += isMangled(entry.first()) && entry.second.isExported;
      if (isCandidate(entry.second))
        functions.push_back(&entry.second);
    }
    if (numMangled)
      draft.notes.push_back(std::to_string(numMangled) +
                            " functions with names of C++ or Rust are left "
                            "out; extern \"C\" makes them C's");
    auto place = [](const RuntimeFunction *f) {
      return std::tie(f->file.empty() ? f->headerFile : f->file,
                      f->file.empty() ? f->headerLine : f->line, f->symbol);
    };
    llvm::sort(functions, [&](const auto *a, const auto *b) {
      return place(a) < place(b);
    });
    return functions;
  }

  /// Enums and callbacks that the header names, but no parameter has: values of
  /// `...`, of results and of fields.
  void addDeclaredTypes() {
    if (!only.empty()) // what those need is there
      return;
    for (const RuntimeType &declared : runtime.declaredTypes) {
      std::string why;
      const CType &type = strip(declared.type);
      const CSignature *function =
          type.kind == CKind::Pointer ? functionOf(type) : nullptr;
      if (type.isEnum)
        types.value(*declared.type, why);
      else if (function && declared.type->kind == CKind::Alias)
        types.function(*function, declared.type->name, why, /*isNamed=*/true);
      else if ((type.kind == CKind::Struct || type.kind == CKind::Union) &&
               alignOf(*declared.type) == alignOf(type) &&
               runtime.types.complete(type).isComplete &&
               types.storage(type, aliasOf(*declared.type), why).empty())
        if (noted.insert(why).second)
          draft.notes.push_back(declared.name + " has no record: it " + why);
    }
  }

  /// In a library's debug information a handle's struct is no secret. That
  /// functions return pointers to it tells it from structs of the caller's.
  StringSet<> returnedStructs() {
    StringSet<> names;
    for (auto &entry : runtime.functions) {
      const CSignature *signature = entry.second.types();
      if (!signature || signature == entry.second.declared)
        continue;
      const CType &type = strip(signature->result);
      if (type.kind == CKind::Pointer && type.target &&
          type.target->kind != CKind::Const &&
          strip(type.target).kind == CKind::Struct)
        names.insert(strip(type.target).name);
    }
    names.erase("");
    return names;
  }

  Draft &draft;
  Runtime &runtime;
  DraftTypes types;
  RowDrafter rows;
  StringSet<> noted;
  SmallVector<GlobPattern> only;
};
} // namespace

Expected<Draft> plumb::abi::draftFamily(Runtime &runtime,
                                        DraftOptions options) {
  Draft draft;
  draft.options = std::move(options);
  if (Error error = Drafter(draft, runtime).run())
    return std::move(error);
  return draft;
}

std::string plumb::abi::commonPrefix(const Runtime &runtime) {
  std::optional<StringRef> common;
  for (const auto &entry : runtime.functions) {
    StringRef name = entry.first();
    if (!isCandidate(entry.second))
      continue;
    if (!common) {
      common = name;
      continue;
    }
    size_t n = 0;
    while (n < common->size() && n < name.size() && (*common)[n] == name[n])
      ++n;
    common = common->take_front(n);
  }
  StringRef prefix = common.value_or("");
  prefix = prefix.take_front(prefix.rfind('_') + 1);
  // "__" of __gmpz_init and __gmp_printf names nothing.
  return any_of(prefix, isAlnum) ? prefix.str() : "";
}
