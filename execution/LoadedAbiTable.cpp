//===- LoadedAbiTable.cpp - What a loaded runtime was built from ----------===//

#include "plumb/Execution/AbiTable.h"
#include <dlfcn.h>
#include <link.h>

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;

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

std::optional<AbiTable> plumb::execution::readLoadedAbiTable(void *library,
                                                             StringRef family) {
  void *address = dlsym(library, abiTableSymbol(family).c_str());
  return address ? parseAbiTable(textAt(address)) : std::nullopt;
}
