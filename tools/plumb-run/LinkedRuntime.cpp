//===- LinkedRuntime.cpp - The runtime in this tool -----------------------===//

#include "LinkedRuntime.h"
#include "execution/Symbols.h"

#ifndef PLUMB_HAS_RUNTIME

std::unique_ptr<plumb::execution::Runtime> plumb::linkedRuntime() {
  return execution::makeLinkedRuntime(
      "plumb-run's own, which it was built without", {});
}

#else

#include "plumb/host.h"
#include "plumb/object.h"

#define PLUMB_FAMILY(NAME, STEM)                                               \
  extern "C" const plumb_intr_symbol plumb_symbols_##NAME[];                   \
  extern "C" const char plumb_abi_##NAME[];
#include "execution/Families.def"

std::unique_ptr<plumb::execution::Runtime> plumb::linkedRuntime() {
  llvm::StringMap<void *> addresses;
  addresses[execution::hostStartSymbol] =
      reinterpret_cast<void *>(&plumb_host_start);
#define PLUMB_FAMILY(NAME, STEM)                                               \
  for (const plumb_intr_symbol *s = plumb_symbols_##NAME; s->name; ++s)        \
    addresses[s->name] = s->address;                                           \
  addresses["plumb_abi_" #NAME] = const_cast<char *>(plumb_abi_##NAME);
#include "execution/Families.def"
#define PLUMB_VALUE(NAME)                                                      \
  addresses[#NAME] =                                                           \
      reinterpret_cast<void *>(reinterpret_cast<uintptr_t>(&NAME));
#include "generated/tools/Values.def"
  return execution::makeLinkedRuntime("plumb-run's own", std::move(addresses));
}

#endif // PLUMB_HAS_RUNTIME
