//===- DebugTypes.cpp - C types out of debug information ------------------===//

#include "tools/plumb-abi/readers/DebugTypes.h"

using namespace llvm;
using namespace llvm::dwarf;
using namespace plumb::abi;

void plumb::abi::setConvention(CSignature &signature, unsigned convention) {
  switch (convention) {
  case 0:
  case DW_CC_normal:
  case DW_CC_nocall: // only says that nobody outside calls it
  case DW_CC_LLVM_AAPCS:
  case DW_CC_LLVM_AAPCS_VFP:
    return;
  case DW_CC_LLVM_PreserveMost:
    signature.cc = PLUMB_INTR_CC_PRESERVE_MOST;
    return;
  case DW_CC_LLVM_PreserveAll:
    signature.cc = PLUMB_INTR_CC_PRESERVE_ALL;
    return;
  case DW_CC_LLVM_Win64:
    signature.cc = PLUMB_INTR_CC_MS_ABI;
    return;
  case DW_CC_LLVM_X86_64SysV:
    signature.cc = PLUMB_INTR_CC_SYSV_ABI;
    return;
  case DW_CC_LLVM_Swift:
    signature.cc = PLUMB_INTR_CC_SWIFT;
    return;
  default:
    StringRef name = ConventionString(convention);
    name.consume_front("DW_CC_");
    name.consume_front("LLVM_");
    signature.otherConvention =
        name.empty() ? "convention " + std::to_string(convention) : name.str();
  }
}

CPassing plumb::abi::passingAround(const CType &part) {
  const CType *element = &strip(part);
  if (element->kind == CKind::Array)
    element = &strip(element->target);
  bool isNotKnown =
      element->kind == CKind::Unknown ||
      (element->kind == CKind::Struct && !element->isComplete &&
       element->passing == CPassing::Value && element->fields.empty());
  return isNotKnown ? CPassing::Unknown : element->passing;
}

const CType *plumb::abi::makeBaseType(CTypes &types, unsigned encoding,
                                      uint64_t size, StringRef name) {
  // Rust's `()` and `!`.
  if (size == 0)
    return name == "()" || name == "!" || name == "void"
               ? types.makeVoid()
               : types.makeUnknown("its debug information gives it no size");
  CType &type = types.make(CKind::Other, name);
  if (size > 64)
    return &type;
  type.bits = 8 * size;
  switch (encoding) {
  case DW_ATE_boolean:
    type.kind = CKind::Bool;
    break;
  case DW_ATE_float:
    type.kind = CKind::Float;
    break;
  case DW_ATE_signed:
  case DW_ATE_signed_char:
    type.kind = CKind::Int;
    type.sign = CSign::Signed;
    break;
  case DW_ATE_unsigned:
  case DW_ATE_unsigned_char:
  case DW_ATE_UTF:
  case DW_ATE_ASCII:
  case DW_ATE_UCS:
    type.kind = CKind::Int;
    type.sign = CSign::Unsigned;
    break;
  default: // complex, decimal, ...
    break;
  }
  return &type;
}
