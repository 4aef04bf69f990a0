//===- SymbolSource.cpp - Where the JIT takes addresses from --------------===//

#include "SymbolSource.h"
#include "dialects/Intrinsic/Descriptor.h"
#include "runtime/abi/Host.h"
#include "tools/support/MissingSymbols.h"
#include "tools/support/Tool.h"
#include <dlfcn.h>

using namespace llvm;
using namespace plumb;

#define PLUMB_FAMILY(NAME, STEM)                                               \
  extern "C" const plumb_intr_symbol plumb_symbols_##NAME[];
#include "tools/Families.def"

SymbolSource SymbolSource::builtin() {
  SymbolSource source;
  source.runtimeName = "plumb-run's own";
  source.table["plumb_host_start"] =
      reinterpret_cast<void *>(&plumb_host_start);
#define PLUMB_FAMILY(NAME, STEM)                                               \
  for (const plumb_intr_symbol *s = plumb_symbols_##NAME; s->name; ++s)        \
    source.table[s->name] = s->address;
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

void *SymbolSource::lookup(StringRef symbol) const {
  std::string name = symbol.str();
  if (!isRuntimeSymbol(symbol))
    return dlsym(RTLD_DEFAULT, name.c_str());
  return library ? dlsym(library, name.c_str()) : table.lookup(symbol);
}
