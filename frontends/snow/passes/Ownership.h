//===- Ownership.h - Who counts what ----------------------------*- C++ -*-===//

#ifndef SNOW_PASSES_OWNERSHIP_H
#define SNOW_PASSES_OWNERSHIP_H

#include "mlir/IR/Value.h"

namespace snow::passes {

/// Whether values of the type are counted objects.
bool isCounted(mlir::Type type);

/// Whether the operation takes the reference of the operand, a counted value;
/// otherwise it borrows it while it runs.
bool consumes(mlir::OpOperand &operand);

/// Whether the operation's result is somebody else's: a field, or one of two
/// values. Who keeps it retains it.
bool givesBorrowed(mlir::Operation *op);

/// Whether some use takes a reference of the value.
bool isConsumed(mlir::Value value);

/// The value whose references keep `value` alive: itself, or the String of a
/// text, or what a field that nobody keeps is in. Null for what is never
/// freed, or is no object.
mlir::Value rootOf(mlir::Value value);

} // namespace snow::passes

#endif // SNOW_PASSES_OWNERSHIP_H
