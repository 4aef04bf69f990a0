//===- IntrinsicTypes.h - Family types to LLVM types ------------*- C++ -*-===//

#ifndef PLUMB_PASSES_INTRINSICTYPES_H
#define PLUMB_PASSES_INTRINSICTYPES_H

#include "mlir/IR/AttrTypeSubElements.h"
#include "mlir/IR/Types.h"
#include "llvm/ADT/DenseMap.h"

namespace plumb {

/// Family types to LLVM types; everything else stays. Nested types, such as
/// function types, are converted within.
class IntrinsicTypes {
public:
  explicit IntrinsicTypes(mlir::MLIRContext *context);

  mlir::Type convert(mlir::Type type);
  /// The types within the attributes of the operation itself.
  void convertAttributes(mlir::Operation &op);
  /// The LLVM type of a family's own type, null for any other type.
  mlir::Type lookup(mlir::Type type) const;

private:
  llvm::DenseMap<mlir::Type, mlir::Type> own, cache;
  mlir::AttrTypeReplacer replacer;
};

/// memref<4x!intr.str> becomes memref<4x!llvm.ptr> on its way, which upstream
/// refuses.
void allowLLVMTypesInMemRefs(mlir::DialectRegistry &registry);

} // namespace plumb

#endif // PLUMB_PASSES_INTRINSICTYPES_H
