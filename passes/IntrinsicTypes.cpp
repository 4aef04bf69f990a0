//===- IntrinsicTypes.cpp - Family types to LLVM types --------------------===//

#include "passes/IntrinsicTypes.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/DialectRegistry.h"
#include "passes/CallSignature.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"

using namespace mlir;
using namespace plumb;

IntrinsicTypes::IntrinsicTypes(MLIRContext *context) {
  for (const plumb_intr_family *family : intr::getRegistry(context).families())
    for (const plumb_intr_type *type :
         ArrayRef(family->types, family->num_types))
      // Builtin types (i64, ...) are LLVM types as they are.
      if (type->mlir[0] == '!')
        if (Type own = intr::getType(context, *type))
          this->own[own] = getLLVMType(context, type);
  replacer.addReplacement([this](Type type) -> std::optional<Type> {
    if (Type llvmType = lookup(type))
      return llvmType;
    return std::nullopt;
  });
}

Type IntrinsicTypes::lookup(Type type) const {
  if (isa<intr::ObjectType, intr::FnType>(type))
    return LLVM::LLVMPointerType::get(type.getContext());
  auto structType = dyn_cast<intr::StructType>(type);
  if (isa<intr::PointerType>(type))
    return LLVM::LLVMPointerType::get(type.getContext());
  if (!structType)
    return own.lookup(type);
  const plumb_intr_struct *structure =
      cast<intr::IntrDialect>(type.getDialect())
          .getRegistry()
          .lookupStruct(structType.getName());
  return structure ? getLLVMType(type.getContext(), *structure) : Type();
}

Type IntrinsicTypes::convert(Type type) {
  Type &slot = cache[type];
  if (!slot)
    slot = replacer.replace(type);
  return slot;
}

void IntrinsicTypes::convertAttributes(Operation &op) {
  replacer.replaceElementsIn(&op, /*replaceAttrs=*/true, /*replaceLocs=*/false,
                             /*replaceTypes=*/false);
}

namespace {
template <typename TypeT>
struct InMemory
    : MemRefElementTypeInterface::ExternalModel<InMemory<TypeT>, TypeT> {};
} // namespace

void plumb::allowLLVMTypesInMemRefs(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, LLVM::LLVMDialect *) {
    LLVM::LLVMPointerType::attachInterface<InMemory<LLVM::LLVMPointerType>>(
        *context);
    LLVM::LLVMStructType::attachInterface<InMemory<LLVM::LLVMStructType>>(
        *context);
  });
}
