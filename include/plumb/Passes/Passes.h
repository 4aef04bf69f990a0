//===- Passes.h - Plumb's passes and pipelines ------------------*- C++ -*-===//
//
// Each pass is documented in Passes.td.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_PASSES_PASSES_H
#define PLUMB_PASSES_PASSES_H

#include "mlir/Pass/Pass.h"
#include "plumb-c/Descriptor.h"

namespace mlir {
class DialectRegistry;
class ModuleOp;
class OpPassManager;
namespace func {
class FuncDialect;
} // namespace func
namespace LLVM {
class LLVMDialect;
} // namespace LLVM
} // namespace mlir

namespace plumb {

#define GEN_PASS_DECL
#include "plumb/Passes/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "plumb/Passes/Passes.h.inc"

/// A module with this unit attribute gets line tables of its operations'
/// locations, whether or not its front end makes debug information.
inline constexpr llvm::StringLiteral debugLinesAttr = "intr.debug_lines";

/// From any mix of func, scf, cf, arith, index, memref, math, ub and families
/// to the LLVM dialect: the pipeline `plumb-to-llvm`.
void buildPlumbToLLVMPipeline(mlir::OpPassManager &pm);

/// As above, for a whole program: its @main becomes a C main.
void buildProgramPipeline(mlir::OpPassManager &pm);

/// The passes and the pipeline, for command lines.
void registerPlumbPasses();

/// Lets upstream's `convert-to-llvm` lower the family's intrinsics too. It
/// looks symbols up linearly and goes through dialect conversion; our own pass
/// does neither.
void registerConvertIntrinsicsToLLVMInterface(mlir::DialectRegistry &registry,
                                              const plumb_intr_family &family);

} // namespace plumb

#endif // PLUMB_PASSES_PASSES_H
