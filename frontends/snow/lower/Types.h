//===- Types.h - Types of a program in MLIR ---------------------*- C++ -*-===//

#ifndef SNOW_LOWER_TYPES_H
#define SNOW_LOWER_TYPES_H

#include "frontends/snow/core/Type.h"
#include "mlir/IR/Types.h"
#include "llvm/ADT/DenseMap.h"

namespace snow::lower {

/// From concrete types to MLIR's, each made once.
class Types {
public:
  explicit Types(mlir::MLIRContext *context) : context(context) {}
  mlir::Type convert(const core::Type *type);
  /// A plumb_value_kind.
  static int kindOf(const core::Type *type);

private:
  mlir::MLIRContext *context;
  llvm::DenseMap<const core::Type *, mlir::Type> made;
};

} // namespace snow::lower

#endif // SNOW_LOWER_TYPES_H
