//===- AArch64Abi.cpp - AAPCS64, little-endian, 64-bit pointers -----------===//
//
// Nothing is extended: callees of this ABI do not rely on upper bits.
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/BuiltinTypes.h"
#include "passes/TargetAbi.h"
#include "plumb/Model/Layout.h"

using namespace mlir;
using namespace plumb;

/// The type of the one to four floats of one type that the struct is, or VOID.
static plumb_intr_llvm_type floatsOf(const plumb_intr_struct &structure) {
  auto leaves = model::leavesOf(structure, /*maxSize=*/32);
  if (leaves.empty())
    return PLUMB_INTR_LLVM_VOID;
  plumb_intr_llvm_type first = leaves.front().type;
  bool areFloats =
      (first == PLUMB_INTR_LLVM_F32 || first == PLUMB_INTR_LLVM_F64) &&
      structure.size <= 4 * model::sizeInMemory(first) &&
      llvm::all_of(leaves,
                   [&](const model::Leaf &leaf) { return leaf.type == first; });
  return areFloats ? first : PLUMB_INTR_LLVM_VOID;
}

static bool isOfPointers(const plumb_intr_struct &structure) {
  return llvm::all_of(model::leavesOf(structure), [](const model::Leaf &leaf) {
    return leaf.type == PLUMB_INTR_LLVM_PTR;
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
  if (plumb_intr_llvm_type floats = floatsOf(structure)) {
    Type element = getScalarType(context, floats);
    passing.parts.push_back(LLVM::LLVMArrayType::get(
        element, structure.size / model::sizeInMemory(floats)));
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
  if (floatsOf(structure)) {
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
