//===- PluginEmitter.cpp - A compiled family's entry ----------------------===//

#include "Emitters.h"

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;

void plumb::tblgen::emitPlugin(const Family &family, raw_ostream &os) {
  emitBanner(family, "//", "what --load-family asks its library for", os);
  os << "#include \"plumb/" << stemOf(family) << "/" << family.dialectClass
     << ".h\"\n"
     << "#include \"plumb-c/Descriptor.h\"\n"
     << "#include \"mlir/IR/DialectRegistry.h\"\n"
     << "#include \"llvm/Config/llvm-config.h\"\n\n"
     << "extern \"C\" const plumb_intr_family plumb_family_"
     << family.get().name
     << ";\nextern \"C\" const plumb_intr_symbol plumb_symbols_"
     << family.get().name
     << "[];\n\nstatic void registerDialect(void *registry) {\n"
     << "  static_cast<mlir::DialectRegistry *>(registry)->insert<"
     << family.cppNamespace << "::" << family.dialectClass << ">();\n}\n\n"
     << "extern \"C\" __attribute__((visibility(\"default\"))) const "
        "plumb_family_plugin *\nplumb_get_family_plugin() {\n"
     << "  static const plumb_family_plugin plugin = {\n"
     << "      PLUMB_FAMILY_PLUGIN_VERSION, sizeof(plumb_family_plugin),\n"
     << "      LLVM_VERSION_MAJOR, " << cString(PLUMB_VERSION)
     << ", &plumb_family_" << family.get().name << ",\n      registerDialect, "
     << "plumb_symbols_" << family.get().name << "};\n  return &plugin;\n}\n";
}
