//===- Passes.h - Snow's passes and pipeline --------------------*- C++ -*-===//
//
// Each pass is documented in Passes.td.
//
//===----------------------------------------------------------------------===//

#ifndef SNOW_PASSES_PASSES_H
#define SNOW_PASSES_PASSES_H

#include "frontends/snow/dialect/SnowDialect.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Pass/Pass.h"

namespace mlir {
class DialectRegistry;
class OpPassManager;
} // namespace mlir

namespace snow::passes {

#define GEN_PASS_DECL
#include "frontends/snow/passes/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "frontends/snow/passes/Passes.h.inc"

/// Simplifies what lowerProgram makes, and counts its references.
void addCounting(mlir::OpPassManager &pm);

/// From what lowerProgram makes to what Plumb's program pipeline takes.
void buildSnowPipeline(mlir::OpPassManager &pm);

/// The dialects that lowerProgram's modules are of, beside the families.
void registerSnow(mlir::DialectRegistry &registry);

} // namespace snow::passes

#endif // SNOW_PASSES_PASSES_H
