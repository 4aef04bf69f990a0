//===- SymbolSource.cpp - Where the JIT takes addresses from --------------===//

#include "SymbolSource.h"
#include "dialects/Intrinsic/Descriptor.h"
#include "runtime/abi/Host.h"
#include "tools/support/MissingSymbols.h"
#include "tools/support/Tool.h"
#include <dlfcn.h>
#include <link.h>

using namespace llvm;
using namespace plumb;

#define PLUMB_FAMILY(NAME, STEM)                                               \
  extern "C" const plumb_intr_symbol plumb_symbols_##NAME[];                   \
  extern "C" const char plumb_abi_##NAME[];
#include "tools/Families.def"

SymbolSource SymbolSource::builtin() {
  SymbolSource source;
  source.runtimeName = "plumb-run's own";
  source.table["plumb_host_start"] =
      reinterpret_cast<void *>(&plumb_host_start);
#define PLUMB_FAMILY(NAME, STEM)                                               \
  for (const plumb_intr_symbol *s = plumb_symbols_##NAME; s->name; ++s)        \
    source.table[s->name] = s->address;                                        \
  source.table["plumb_abi_" #NAME] = const_cast<char *>(plumb_abi_##NAME);
#include "tools/Families.def"
  return source;
}

std::optional<SymbolSource> SymbolSource::fromLibrary(StringRef path) {
  SymbolSource source;
  source.runtimeName = path;
  // A name without a slash would be looked for in the system's folders only.
  std::string file = path.contains('/') ? path.str() : "./" + path.str();
  // All of its own symbols now: a lazy failure would end the program midway.
  source.library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (source.library)
    return source;
  toolError("cannot load the runtime library: " + Twine(dlerror()));
  return std::nullopt;
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
  std::string symbol = abiTableSymbol(row.family->name);
  if (isNew) {
    StringRef text;
    if (library) {
      if (void *address = dlsym(library, symbol.c_str()))
        text = textAt(address);
    } else if (void *address = table.lookup(symbol)) {
      text = static_cast<const char *>(address);
    }
    if (std::optional<AbiTable> read = parseAbiTable(text))
      entry->second = std::make_unique<AbiTable>(std::move(*read));
  }
  return {runtimeName, entry->second.get()};
}

void *SymbolSource::lookup(StringRef symbol) const {
  std::string name = symbol.str();
  if (!isRuntimeSymbol(symbol))
    return dlsym(RTLD_DEFAULT, name.c_str());
  return library ? dlsym(library, name.c_str()) : table.lookup(symbol);
}
