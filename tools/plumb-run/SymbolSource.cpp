//===- SymbolSource.cpp - Where the JIT takes addresses from --------------===//

#include "SymbolSource.h"
#include "dialects/Intrinsic/Registry.h"
#include "runtime/abi/Host.h"
#include "tools/support/LoadFamilies.h"
#include "tools/support/LoadedAbiTable.h"
#include "tools/support/MissingSymbols.h"
#include "tools/support/Tool.h"
#include "llvm/ADT/STLExtras.h"
#include <dlfcn.h>

using namespace llvm;
using namespace plumb;

static constexpr const char *hostStart = "plumb_host_start";

#define PLUMB_FAMILY(NAME, STEM)                                               \
  extern "C" const plumb_intr_symbol plumb_symbols_##NAME[];                   \
  extern "C" const char plumb_abi_##NAME[];
#include "tools/Families.def"

std::optional<SymbolSource> SymbolSource::create(ArrayRef<std::string> paths) {
  SymbolSource source;
  bool isWhole = false;
  for (const std::string &path : paths) {
    // A name without a slash would be looked for in the system's folders only.
    std::string file =
        StringRef(path).contains('/') ? path : std::string("./") + path;
    // All of its own symbols now: a lazy failure would end the program midway.
    void *library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library) {
      toolError("cannot load the runtime library: " + Twine(dlerror()));
      return std::nullopt;
    }
    source.libraries.push_back({path, library});
    source.runtimeName += (source.runtimeName.empty() ? "" : ", ") + path;
    isWhole |= dlsym(library, hostStart) != nullptr;
  }
  if (source.runtimeName.empty())
    source.runtimeName = "plumb-run's own";
  if (isWhole)
    return source;
  source.table[hostStart] = reinterpret_cast<void *>(&plumb_host_start);
#define PLUMB_FAMILY(NAME, STEM)                                               \
  for (const plumb_intr_symbol *s = plumb_symbols_##NAME; s->name; ++s)        \
    source.table[s->name] = s->address;                                        \
  source.table["plumb_abi_" #NAME] = const_cast<char *>(plumb_abi_##NAME);
#include "tools/Families.def"
  return source;
}

const SymbolSource::Library *
SymbolSource::findLibrary(const plumb_intr_family &family) const {
  ArrayRef rows(family.rows, family.num_rows);
  for (const Library &library : libraries)
    if (any_of(rows, [&](const plumb_intr_row &row) {
          return dlsym(library.handle, row.symbol) != nullptr;
        }))
      return &library;
  return nullptr;
}

void *SymbolSource::lookupRow(const plumb_intr_row &row) const {
  if (const Library *library = findLibrary(*row.family))
    return dlsym(library->handle, row.symbol);
  if (void *address = lookupLoadedSymbol(row.symbol))
    return address;
  return table.lookup(row.symbol);
}

AbiSource SymbolSource::lookupAbi(const plumb_intr_row &row) const {
  auto [entry, isNew] = abiTables.try_emplace(row.family->name);
  const Library *library = findLibrary(*row.family);
  if (isNew) {
    std::optional<AbiTable> read;
    if (library)
      read = readLoadedAbiTable(library->handle, row.family->name);
    else if (void *address = table.lookup(abiTableSymbol(row.family->name)))
      read = parseAbiTable(static_cast<const char *>(address));
    if (read)
      entry->second = std::make_unique<AbiTable>(std::move(*read));
  }
  return {library ? library->path : runtimeName, entry->second.get()};
}

void *SymbolSource::lookup(StringRef symbol) const {
  std::string name = symbol.str();
  if (!isRuntimeSymbol(symbol))
    return dlsym(RTLD_DEFAULT, name.c_str());
  if (symbol != hostStart)
    return lookupRow(*intr::Registry::get().lookupSymbol(symbol));
  for (const Library &library : libraries)
    if (void *address = dlsym(library.handle, hostStart))
      return address;
  return table.lookup(hostStart);
}
