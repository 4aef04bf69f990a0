//===- AArch64Abi.cpp - AAPCS64, little-endian, 64-bit pointers -----------===//
//
// Nothing is extended: callees of this ABI do not rely on upper bits.
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/BuiltinTypes.h"
#include "passes/TargetAbi.h"

using namespace mlir;
using namespace plumb;

/// Whether the struct is one to four floats of one type.
static bool isHomogeneous(const plumb_intr_struct &structure) {
  ArrayRef fields(structure.fields, structure.num_fields);
  plumb_intr_llvm_type first = fields.front().type->llvm;
  return fields.size() <= 4 &&
         (first == PLUMB_INTR_LLVM_F32 || first == PLUMB_INTR_LLVM_F64) &&
         llvm::all_of(fields, [&](const plumb_intr_field &f) {
           return f.type->llvm == first;
         });
}

static bool isOfPointers(const plumb_intr_struct &structure) {
  return llvm::all_of(ArrayRef(structure.fields, structure.num_fields),
                      [](const plumb_intr_field &f) {
                        return f.type->llvm == PLUMB_INTR_LLVM_PTR;
                      });
}

static Type arrayOrOne(Type element, unsigned count) {
  return count == 1 ? element : Type(LLVM::LLVMArrayType::get(element, count));
}

static AbiPassing inMemory(MLIRContext *context) {
  AbiPassing passing;
  passing.kind = AbiPassing::Memory;
  passing.parts.push_back(LLVM::LLVMPointerType::get(context));
  return passing;
}

static AbiPassing classifyParam(MLIRContext *context, const CValue &value) {
  AbiPassing passing;
  if (!value.structure) {
    passing.parts.push_back(getScalarType(context, value.type));
    return passing;
  }
  const plumb_intr_struct &structure = *value.structure;
  passing.kind = AbiPassing::Coerced;
  if (isHomogeneous(structure)) {
    Type element = getScalarType(context, structure.fields[0].type->llvm);
    passing.parts.push_back(
        LLVM::LLVMArrayType::get(element, structure.num_fields));
    passing.stackAlign = 8;
    return passing;
  }
  if (structure.size > 16)
    return inMemory(context);
  Type element = isOfPointers(structure)
                     ? Type(LLVM::LLVMPointerType::get(context))
                     : Type(IntegerType::get(context, 64));
  passing.parts.push_back(arrayOrOne(element, (structure.size + 7) / 8));
  return passing;
}

static AbiPassing classifyResult(MLIRContext *context, const CValue &value) {
  AbiPassing passing;
  if (!value.structure) {
    passing.parts.push_back(getScalarType(context, value.type));
    return passing;
  }
  const plumb_intr_struct &structure = *value.structure;
  if (isHomogeneous(structure)) {
    passing.parts.push_back(getLLVMType(context, structure));
    return passing;
  }
  if (structure.size > 16)
    return inMemory(context);
  passing.kind = AbiPassing::Coerced;
  passing.parts.push_back(
      structure.size <= 8 ? Type(IntegerType::get(context, 8 * structure.size))
                          : arrayOrOne(IntegerType::get(context, 64), 2));
  return passing;
}

void plumb::target::classifyAapcs(MLIRContext *context,
                                  const CallSignature &signature,
                                  Prototype &prototype) {
  prototype.result = classifyResult(context, signature.result);
  for (const CValue &value : signature.params)
    prototype.params.push_back(classifyParam(context, value));
}
