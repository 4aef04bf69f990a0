//===- DialectEmitter.cpp - The C++ around a family's op classes ----------===//
//
// mlir-tblgen makes the classes; this makes the header and source that hold
// them, so that a family needs no hand-written C++ in the compiler.
//
//===----------------------------------------------------------------------===//

#include "Emitters.h"

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;

static StringRef plainNamespace(const Family &family) {
  StringRef ns = family.cppNamespace;
  ns.consume_front("::");
  return ns;
}

StringRef plumb::tblgen::stemOf(const Family &family) {
  StringRef name = family.dialectClass;
  name.consume_back("Dialect");
  return name;
}

void plumb::tblgen::emitDialectHeader(const Family &family, raw_ostream &os) {
  emitBanner(family, "//", "the dialect", os);
  os << "#pragma once\n\n#include \"plumb/Intrinsic/IntrinsicDialect.h\"\n"
     << "#include \"" << stemOf(family) << "Dialect.h.inc\"\n";
  if (family.get().num_types)
    os << "#define GET_TYPEDEF_CLASSES\n#include \"" << stemOf(family)
       << "Types.h.inc\"\n";
  os << "#define GET_OP_CLASSES\n#include \"" << stemOf(family)
     << "Ops.h.inc\"\n";
}

void plumb::tblgen::emitDialectSource(const Family &family, raw_ostream &os) {
  emitBanner(family, "//", "the dialect", os);
  os << "#include \"plumb/" << stemOf(family) << "/" << family.dialectClass
     << ".h\"\n"
     << "#include \"plumb/Intrinsic/Registry.h\"\n"
     << "#include \"mlir/IR/Builders.h\"\n"
     << "#include \"mlir/IR/DialectImplementation.h\"\n"
     << "#include \"mlir/IR/OpImplementation.h\"\n"
     << "#include \"llvm/ADT/TypeSwitch.h\"\n\n"
     << "extern \"C\" const plumb_intr_family plumb_family_"
     << family.get().name << ";\n\n#include \"" << stemOf(family)
     << "Dialect.cpp.inc\"\n";
  if (family.get().num_types)
    os << "#define GET_TYPEDEF_CLASSES\n#include \"" << stemOf(family)
       << "Types.cpp.inc\"\n";
  os << "#define GET_OP_CLASSES\n#include \"" << stemOf(family)
     << "Ops.cpp.inc\"\n\nvoid " << plainNamespace(family)
     << "::" << family.dialectClass << "::initialize() {\n"
     << "  getContext()->getOrLoadDialect<::plumb::intr::IntrDialect>()\n"
        "      ->getRegistry().addBuiltin(plumb_family_"
     << family.get().name << ");\n";
  if (family.get().num_types)
    os << "  addTypes<\n#define GET_TYPEDEF_LIST\n#include \"" << stemOf(family)
       << "Types.cpp.inc\"\n      >();\n";
  os << "  addOperations<\n#define GET_OP_LIST\n#include \"" << stemOf(family)
     << "Ops.cpp.inc\"\n      >();\n}\n";
}
