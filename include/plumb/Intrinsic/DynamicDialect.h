//===- DynamicDialect.h - A dialect without C++ -----------------*- C++ -*-===//

#ifndef PLUMB_INTRINSIC_DYNAMICDIALECT_H
#define PLUMB_INTRINSIC_DYNAMICDIALECT_H

#include "plumb-c/Descriptor.h"

namespace mlir {
class DialectRegistry;
}

namespace plumb::intr {

/// Adds a dialect that has the family's own types, such as `!clock.zone`, and
/// no operations: the family's intrinsics are called by `intr.call`. The
/// descriptor outlives every context that uses the registry.
void addDynamicDialect(mlir::DialectRegistry &registry,
                       const plumb_intr_family &family);

} // namespace plumb::intr

#endif // PLUMB_INTRINSIC_DYNAMICDIALECT_H
