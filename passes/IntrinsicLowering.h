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

#include "mlir/IR/BuiltinOps.h"
#include "passes/IntrinsicTypes.h"
#include "passes/TargetAbi.h"
#include "passes/TextConstants.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"

namespace plumb {

class Temporaries;

/// Whether the type is a C string: a text in the program.
bool isCString(const plumb_intr_type *type);

class IntrinsicLowering {
public:
  /// With `mayAdopt` a front end's func.func declaration of an intrinsic's
  /// symbol is replaced, and with it its calls all over the module. A dialect
  /// conversion does that itself, operation by operation: then nothing of the
  /// module is kept but names, and `prepare` comes first.
  IntrinsicLowering(mlir::ModuleOp module, TargetAbi target, bool visible,
                    bool mayAdopt)
      : module(module), symbols(module), texts(module, symbols),
        target(std::move(target)), visible(visible), mayAdopt(mayAdopt),
        callName(mlir::LLVM::CallOp::getOperationName(), module.getContext()) {}

  /// Before a dialect conversion touches the module: what it must not find out
  /// in the order in which it goes.
  void prepare();

  /// Whether a program's operation is where it can be lowered; otherwise an
  /// error at `op` has said so.
  llvm::LogicalResult checkPlace(mlir::Operation *op);

  /// Lowers `op`, whose operands in LLVM types are `operands`, before itself.
  /// Appends its new results to `results`; fails after an error at `op`. `op`
  /// is an operation of the intr dialect or implements IntrinsicOpInterface;
  /// it stays in place, for the caller to erase.
  llvm::LogicalResult lower(mlir::Operation *op, mlir::ValueRange operands,
                            mlir::OpBuilder &builder,
                            llvm::SmallVectorImpl<mlir::Value> &results);

  /// Erases what lowering has replaced elsewhere in the module. Not before the
  /// caller has stopped iterating.
  void finish();

private:
  /// A row's declaration, and what all calls of it have in common: making a
  /// call from these takes half the time of its builder.
  struct Callee {
    mlir::FlatSymbolRefAttr symbol; ///< null after an error, reported once
    Prototype prototype;
    /// Operands are the arguments and the result is the only one.
    bool isPlain = false;
    bool hasProperties = false;
    mlir::LLVM::CallOp::Properties properties;
  };
  using Values = llvm::SmallVectorImpl<mlir::Value>;

  // LowerIntrOps.cpp
  mlir::FailureOr<mlir::Value> lowerIntrOp(mlir::Operation *op,
                                           mlir::ValueRange operands,
                                           mlir::OpBuilder &builder);

  // LowerMemory.cpp
  bool isMemoryOp(mlir::Operation *op) const;
  llvm::LogicalResult lowerMemoryOp(mlir::Operation *op,
                                    mlir::ValueRange operands,
                                    mlir::OpBuilder &builder, Values &results);
  /// A function of C's library; null after an error at `user`.
  mlir::FlatSymbolRefAttr getLibraryFunction(mlir::Operation *user,
                                             llvm::StringRef name,
                                             mlir::LLVM::LLVMFunctionType type);

  // LowerCall.cpp
  mlir::LLVM::CallOp createCall(Callee &callee, mlir::Location loc,
                                mlir::ValueRange arguments,
                                mlir::OpBuilder &builder);
  llvm::LogicalResult lowerCall(mlir::Operation *op, Callee &callee,
                                const plumb_intr_row &row,
                                mlir::ValueRange operands,
                                mlir::OpBuilder &builder, Values &results);
  llvm::LogicalResult passCallback(mlir::Operation *op,
                                   const plumb_intr_row &row,
                                   const plumb_intr_param &param,
                                   mlir::ValueRange operands,
                                   mlir::OpBuilder &builder, Values &arguments);

  // Declarations.cpp
  mlir::Operation *lookup(llvm::StringRef symbol);
  Callee &getCallee(mlir::Operation *user, const plumb_intr_row &row);
  llvm::LogicalResult adopt(mlir::Operation *user, Callee &callee,
                            const plumb_intr_row &row,
                            mlir::Operation *existing);
  llvm::LogicalResult adoptFunction(mlir::Operation *existing, Callee &callee,
                                    const plumb_intr_row &row);

  // CStrings.cpp
  template <typename Op>
  mlir::FailureOr<mlir::Value>
  callCore(mlir::Operation *user, mlir::Location loc,
           mlir::ValueRange arguments, mlir::OpBuilder &builder);
  /// `which` is what the text is of the row, for a message: "argument 'name'".
  mlir::FailureOr<mlir::Value> toCString(mlir::Operation *op,
                                         const plumb_intr_row &row,
                                         const llvm::Twine &which,
                                         bool isNonNull, mlir::Value text,
                                         mlir::OpBuilder &builder);
  mlir::FailureOr<mlir::Value> toCString(mlir::Operation *op,
                                         const plumb_intr_row &row,
                                         const plumb_intr_param &param,
                                         mlir::Value text,
                                         mlir::OpBuilder &builder) {
    return toCString(op, row, llvm::Twine("argument '") + param.name + "'",
                     param.type->arg_attrs & PLUMB_INTR_ATTR_NONNULL, text,
                     builder);
  }
  mlir::FailureOr<mlir::FlatSymbolRefAttr> getRelease(mlir::Operation *user,
                                                      llvm::StringRef symbol);
  /// The text for what a runtime handed out; fails after an error at `user`.
  mlir::FailureOr<mlir::Value> fromCString(mlir::Operation *user,
                                           mlir::Location loc,
                                           const plumb_intr_type &type,
                                           mlir::Value pointer,
                                           mlir::OpBuilder &builder);

  // Thunks.cpp
  llvm::LogicalResult fillThunk(mlir::Operation *user,
                                mlir::LLVM::LLVMFuncOp thunk,
                                mlir::FlatSymbolRefAttr function,
                                const plumb_intr_callback &callback,
                                bool withEnvironment, bool callInLLVM);
  /// Null after an error at `user`.
  mlir::LLVM::LLVMFuncOp getThunk(mlir::Operation *user,
                                  const plumb_intr_callback &callback,
                                  mlir::FlatSymbolRefAttr function,
                                  bool withEnvironment);

  mlir::ModuleOp module;
  mlir::SymbolTable symbols;
  TextConstants texts;
  TargetAbi target;
  bool visible, mayAdopt;
  mlir::OperationName callName;
  llvm::DenseMap<const plumb_intr_row *, std::unique_ptr<Callee>> callees;
  /// By callback, function, and whether that takes the environment.
  llvm::DenseMap<
      std::pair<llvm::PointerIntPair<const plumb_intr_callback *, 1, bool>,
                mlir::Attribute>,
      mlir::LLVM::LLVMFuncOp>
      thunks;
  llvm::SmallVector<mlir::Operation *> replaced;
  /// Symbols of rows that the program's own func.func defines.
  llvm::SmallPtrSet<const plumb_intr_row *, 4> defined;
};

} // namespace plumb

#endif // PLUMB_PASSES_INTRINSICLOWERING_H
