//===- IntrinsicLowering.h - One intrinsic to LLVM --------------*- C++ -*-===//
//
// What the walk and upstream's dialect conversion share: how one operation of
// `intr` or of a family becomes LLVM operations. Holds, for one module, the
// declarations, constants and callback functions made so far, so that nothing
// is looked up twice.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_PASSES_INTRINSICLOWERING_H
#define PLUMB_PASSES_INTRINSICLOWERING_H

#include "dialects/Intrinsic/IntrinsicDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "passes/IntrinsicTypes.h"
#include "passes/TextConstants.h"

namespace plumb {

class IntrinsicLowering {
public:
  /// With `mayAdopt` a front end's func.func declaration of an intrinsic's
  /// symbol is replaced, and with it its calls all over the module; a pattern
  /// of a dialect conversion must not.
  IntrinsicLowering(mlir::ModuleOp module, bool visible, bool mayAdopt)
      : module(module), symbols(module), texts(module, symbols),
        visible(visible), mayAdopt(mayAdopt),
        callName(mlir::LLVM::CallOp::getOperationName(), module.getContext()) {}

  /// Lowers `op`, whose operands in LLVM types are `operands`, before itself.
  /// Returns its new results; fails after an error at `op`. `op` is an
  /// operation of the intr dialect or implements IntrinsicOpInterface; it
  /// stays in place, for the caller to erase.
  mlir::FailureOr<mlir::Value> lower(mlir::Operation *op,
                                     mlir::ValueRange operands,
                                     mlir::OpBuilder &builder);

  /// Erases what lowering has replaced elsewhere in the module. Not before the
  /// caller has stopped iterating.
  void finish();

private:
  mlir::FailureOr<mlir::Value> lowerCall(mlir::Operation *op,
                                         const plumb_intr_row &row,
                                         mlir::ValueRange operands,
                                         mlir::OpBuilder &builder);
  /// A row's declaration, and what all calls of it have in common: making a
  /// call from these takes half the time of its builder.
  struct Callee {
    mlir::LLVM::LLVMFuncOp function; ///< null after a clash, reported once
    bool hasProperties = false;
    mlir::LLVM::CallOp::Properties properties;
  };
  Callee &getCallee(mlir::Operation *user, const plumb_intr_row &row);
  mlir::Value createCall(Callee &callee, mlir::Location loc,
                         mlir::ValueRange arguments, mlir::OpBuilder &builder);
  mlir::LLVM::LLVMFuncOp adoptFunction(mlir::Operation *user,
                                       const plumb_intr_row &row,
                                       mlir::Operation *existing);
  mlir::LLVM::LLVMFuncOp getThunk(const plumb_intr_callback &callback,
                                  mlir::FlatSymbolRefAttr function);
  mlir::OpBuilder atModuleStart() {
    return mlir::OpBuilder::atBlockBegin(module.getBody());
  }

  mlir::ModuleOp module;
  mlir::SymbolTable symbols;
  TextConstants texts;
  bool visible, mayAdopt;
  mlir::OperationName callName;
  llvm::DenseMap<const plumb_intr_row *, std::unique_ptr<Callee>> callees;
  llvm::DenseMap<std::pair<const plumb_intr_callback *, mlir::Attribute>,
                 mlir::LLVM::LLVMFuncOp>
      thunks;
  llvm::SmallVector<mlir::Operation *> replaced;
};

} // namespace plumb

#endif // PLUMB_PASSES_INTRINSICLOWERING_H
