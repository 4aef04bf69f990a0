//===- SymbolSource.cpp - Where the JIT takes addresses from --------------===//

#include "SymbolSource.h"
#include "dialects/Intrinsic/Registry.h"
#include "runtime/abi/Host.h"
#include "tools/support/LoadFamilies.h"
#include "tools/support/MissingSymbols.h"
#include "tools/support/Tool.h"
#include "llvm/ADT/STLExtras.h"
#include <dlfcn.h>
#include <link.h>

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

/// The text of a table in a library, whose length the library's own symbol
/// table says.
static StringRef textAt(void *address) {
  Dl_info info;
  ElfW(Sym) *symbol = nullptr;
  if (!dladdr1(address, &info, reinterpret_cast<void **>(&symbol),
               RTLD_DL_SYMENT) ||
      !symbol)
    return "";
  StringRef text(static_cast<const char *>(address), symbol->st_size);
  return text.take_until([](char c) { return c == '\0'; });
}

AbiSource SymbolSource::lookupAbi(const plumb_intr_row &row) const {
  auto [entry, isNew] = abiTables.try_emplace(row.family->name);
  const Library *library = findLibrary(*row.family);
  std::string symbol = abiTableSymbol(row.family->name);
  if (isNew) {
    StringRef text;
    if (library) {
      if (void *address = dlsym(library->handle, symbol.c_str()))
        text = textAt(address);
    } else if (void *address = table.lookup(symbol)) {
      text = static_cast<const char *>(address);
    }
    if (std::optional<AbiTable> read = parseAbiTable(text))
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
