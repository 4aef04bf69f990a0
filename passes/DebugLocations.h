//===- DebugLocations.h - Locations of debug information --------*- C++ -*-===//

#ifndef PLUMB_PASSES_DEBUGLOCATIONS_H
#define PLUMB_PASSES_DEBUGLOCATIONS_H

#include "mlir/Dialect/LLVMIR/LLVMAttrs.h"
#include "mlir/IR/Operation.h"

namespace plumb {

/// Whether the location names a scope of debug information: a DISubprogram or
/// a block of one.
bool hasScope(mlir::Location loc);

/// The same place in a source file. A function that is made for another one
/// takes this: its DISubprogram belongs to that one alone.
mlir::Location withoutScope(mlir::Location loc);

/// The DISubprogram in the function's location; null for none.
mlir::LLVM::DISubprogramAttr getSubprogram(mlir::Operation *function);

/// Makes the locations in the function what its own asks for: without a
/// DISubprogram they name no scope; with one, each call has a line, 0 where it
/// came from nowhere, as in other compilers.
void completeLocations(mlir::Operation *function);

} // namespace plumb

#endif // PLUMB_PASSES_DEBUGLOCATIONS_H
