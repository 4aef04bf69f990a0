//===- CheckType.cpp - What follows from a type's kind --------------------===//

#include "dialects/Intrinsic/LoadedFamily.h"
#include "dialects/Intrinsic/Signature.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace plumb::intr;

namespace {
struct Kind {
  StringLiteral name, mlir;
  plumb_intr_llvm_type llvm;
};
} // namespace

/// Kinds whose spelling is fixed. Handles, enums, flags and structs follow.
static constexpr Kind kinds[] = {
    {"text", "!intr.str", PLUMB_INTR_LLVM_PTR},
    {"bytes", "!intr.bytes", PLUMB_INTR_LLVM_PTR},
    {"status", "!intr.status", PLUMB_INTR_LLVM_I64},
    {"count", "!intr.count", PLUMB_INTR_LLVM_I64},
    {"bool", "i1", PLUMB_INTR_LLVM_I1},
    {"int8", "i8", PLUMB_INTR_LLVM_I8},
    {"int16", "i16", PLUMB_INTR_LLVM_I16},
    {"int32", "i32", PLUMB_INTR_LLVM_I32},
    {"int64", "i64", PLUMB_INTR_LLVM_I64},
    {"uint8", "i8", PLUMB_INTR_LLVM_I8},
    {"uint16", "i16", PLUMB_INTR_LLVM_I16},
    {"uint32", "i32", PLUMB_INTR_LLVM_I32},
    {"uint64", "i64", PLUMB_INTR_LLVM_I64},
    {"float32", "f32", PLUMB_INTR_LLVM_F32},
    {"float64", "f64", PLUMB_INTR_LLVM_F64},
    {"pointer", "!intr.ptr", PLUMB_INTR_LLVM_PTR},
    {"slot", "!intr.slot", PLUMB_INTR_LLVM_I64},
    {"environment", "!intr.slot", PLUMB_INTR_LLVM_PTR},
};

static void checkSpelling(const JsonObject &object, const plumb_intr_type &type,
                          StringRef mlir, plumb_intr_llvm_type llvmType) {
  if (mlir != type.mlir)
    object.fault("mlir", "'" + Twine(type.mlir) + "', but kind '" + type.kind +
                             "' is '" + mlir + "'");
  if (type.llvm != llvmType)
    object.fault("llvm", "'" + spell(type.llvm) + "', but kind '" + type.kind +
                             "' is '" + spell(llvmType) + "'");
}

/// "!clock.zone".
static bool isHandleSpelling(StringRef text) {
  if (!text.consume_front("!"))
    return false;
  auto [family, name] = text.split('.');
  return isIdentifier(family) && isIdentifier(name);
}

static void checkAttributes(const JsonObject &object,
                            const plumb_intr_type &type) {
  uint32_t all = type.arg_attrs | type.result_attrs;
  uint32_t pointers = PLUMB_INTR_ATTR_NONNULL | PLUMB_INTR_ATTR_READONLY |
                      PLUMB_INTR_ATTR_NOCAPTURE | PLUMB_INTR_ATTR_NOALIAS;
  uint32_t extensions = PLUMB_INTR_ATTR_ZEROEXT | PLUMB_INTR_ATTR_SIGNEXT;
  bool isInteger =
      type.llvm >= PLUMB_INTR_LLVM_I1 && type.llvm <= PLUMB_INTR_LLVM_I64;
  if (((all & pointers) && type.llvm != PLUMB_INTR_LLVM_PTR) ||
      ((all & extensions) && !isInteger) ||
      (all && type.llvm == PLUMB_INTR_LLVM_STRUCT) ||
      (all & extensions) == extensions)
    object.fault("argument_attributes",
                 "or result_attributes do not fit '" + spell(type.llvm) + "'");
}

void plumb::intr::checkType(const JsonObject &object,
                            const plumb_intr_type &type) {
  StringRef kind = type.kind;
  checkAttributes(object, type);
  if (kind == "enum" || kind == "flags") {
    if (!type.enumeration)
      return object.fault("enum", "is missing");
    if (!type.enumeration->type)
      return; // a fault already
    if (bool(type.enumeration->is_flags) != (kind == "flags"))
      object.fault("kind", "'" + kind + "', but its enum says otherwise");
    return checkSpelling(object, type, type.enumeration->type->mlir,
                         type.enumeration->type->llvm);
  }
  if (type.enumeration)
    object.fault("enum", "belongs to kind 'enum' or 'flags'");
  if (kind == "struct") {
    if (!type.structure)
      return object.fault("struct", "is missing");
    return checkSpelling(
        object, type,
        (Twine("!intr.struct<\"") + type.structure->name + "\">").str(),
        PLUMB_INTR_LLVM_STRUCT);
  }
  if (type.structure)
    object.fault("struct", "belongs to kind 'struct'");
  if (kind == "handle") {
    if (!isHandleSpelling(type.mlir))
      object.fault("mlir", "'" + Twine(type.mlir) +
                               "' is not the type of a handle, such as "
                               "!clock.zone");
    if (type.llvm != PLUMB_INTR_LLVM_PTR)
      object.fault("llvm", "is not 'ptr', which a handle is");
    return;
  }
  for (const Kind &known : kinds)
    if (known.name == kind)
      return checkSpelling(object, type, known.mlir, known.llvm);
  object.fault("kind", "'" + kind + "' is unknown");
}

void plumb::intr::checkLayout(const JsonObject &object,
                              const plumb_intr_struct &s) {
  uint64_t size = 0, align = 1;
  for (const plumb_intr_field &field : ArrayRef(s.fields, s.num_fields)) {
    if (!field.type)
      return; // a fault already
    StringRef kind = field.type->kind;
    if (kind == "text" || kind == "bytes" || kind == "struct" ||
        kind == "environment")
      object.fault("fields", "'" + Twine(field.name) + "' has kind '" + kind +
                                 "'; fields are scalars");
    uint64_t bytes = sizeInMemory(field.type->llvm);
    uint64_t offset = alignTo(size, bytes);
    if (offset != field.offset)
      object.fault("fields", "'" + Twine(field.name) + "' is at byte " +
                                 Twine(field.offset) + ", but C puts it at " +
                                 Twine(offset));
    size = offset + bytes;
    align = std::max(align, bytes);
  }
  size = alignTo(size, align);
  if (!s.num_fields)
    object.fault("fields", "are none");
  else if (size != s.size || align != s.align)
    object.fault("size", Twine(s.size) + " aligned to " + Twine(s.align) +
                             ", but in C it is " + Twine(size) +
                             " aligned to " + Twine(align));
}
