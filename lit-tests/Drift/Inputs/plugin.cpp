// A compiled family, as add_intrinsic_family makes one; what a test changes are
// the numbers of its build.

#include "plumb-c/Descriptor.h"
#include "llvm/Config/llvm-config.h"

#ifndef BUILT_PLUGIN_VERSION
#define BUILT_PLUGIN_VERSION PLUMB_FAMILY_PLUGIN_VERSION
#endif
#ifndef BUILT_LLVM_MAJOR
#define BUILT_LLVM_MAJOR LLVM_VERSION_MAJOR
#endif

extern "C" const plumb_intr_family plumb_family_clock;

static void registerDialect(void *) {}

extern "C" const plumb_family_plugin *plumb_get_family_plugin(void) {
  static const plumb_family_plugin plugin = {BUILT_PLUGIN_VERSION,
                                             sizeof(plumb_family_plugin),
                                             BUILT_LLVM_MAJOR,
                                             "0.0.1",
                                             &plumb_family_clock,
                                             registerDialect,
                                             nullptr};
  return &plugin;
}
