//===- Lower.h - From a checked program to MLIR -----------------*- C++ -*-===//

#ifndef SNOW_LOWER_LOWER_H
#define SNOW_LOWER_LOWER_H

#include "frontends/snow/core/Program.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace snow::lower {

/// A module of `func`, `cf`, `arith`, `snow` and the families' operations,
/// which counts no references yet; `@main` runs the program's. All functions
/// that `main` reaches are in it, generic ones once for each set of types; a
/// program without main has those that are not generic. Null after an error
/// that the context's diagnostics have been told. The context knows the
/// dialects (registerSnow).
mlir::OwningOpRef<mlir::ModuleOp> lowerProgram(core::Program &program,
                                               mlir::MLIRContext &context);

} // namespace snow::lower

#endif // SNOW_LOWER_LOWER_H
