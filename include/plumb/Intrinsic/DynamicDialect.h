//===- DynamicDialect.h - A dialect without C++ -----------------*- C++ -*-===//

#ifndef PLUMB_INTRINSIC_DYNAMICDIALECT_H
#define PLUMB_INTRINSIC_DYNAMICDIALECT_H

#include "plumb/Intrinsic/Registry.h"

namespace mlir {
class DialectRegistry;
}

namespace plumb::intr {

/// Adds a dialect that has the family's own types, such as `!clock.zone`, and
/// no operations: the family's intrinsics are called by `intr.call`.
void addDynamicDialect(mlir::DialectRegistry &registry,
                       const FamilyRef &family);

} // namespace plumb::intr

#endif // PLUMB_INTRINSIC_DYNAMICDIALECT_H
