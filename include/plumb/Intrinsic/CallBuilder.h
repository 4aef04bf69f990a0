//===- CallBuilder.h - One call of an intrinsic -----------------*- C++ -*-===//
//
// From what a front end passes to the operation, with the checks and messages
// of every way in: calls by source names in MLIR, and the C API.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_INTRINSIC_CALLBUILDER_H
#define PLUMB_INTRINSIC_CALLBUILDER_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "plumb/Intrinsic/TypeBindings.h"

namespace plumb::intr {

/// What a front end passes for a parameter; nothing where an optional one is
/// left out.
struct CallArgument {
  mlir::Value value;
  mlir::FlatSymbolRefAttr function; ///< for a callback
  mlir::Attribute options;          ///< for options
  /// For a callback: what it is called with, an !intr.slot. The function takes
  /// it as one more, last parameter.
  mlir::Value environment = {};
};

/// Arguments are the row's parameters in their order, without those that the
/// function only writes and without options; optional ones at the end may be
/// left out, and a variadic row takes any number of scalars more.
class CallBuilder {
public:
  CallBuilder(mlir::MLIRContext *context, const plumb_intr_row &row);

  void addArgument(const CallArgument &argument);
  /// `param` is one of the row whose passing is PLUMB_INTR_PASS_OPTIONS.
  void addOptions(const plumb_intr_param &param, const CallArgument &argument);

  /// What one of the row's type variables stands for, where no argument tells:
  /// List.new. Of a generic row the results' types are the program's, which
  /// follow from those of the arguments.
  void setVariable(unsigned variable, mlir::Type type);
  /// The type of the call's result at `index`, where no argument tells, or for
  /// `check` to compare.
  void setResultType(unsigned index, mlir::Type type);

  using ErrorMaker = llvm::function_ref<mlir::InFlightDiagnostic()>;
  using CallbackVerifier = llvm::function_ref<llvm::LogicalResult(
      const plumb_intr_param &param, const CallArgument &argument)>;
  /// Whether the arguments fit the row. If not, an error for each mistake.
  /// `verifyCallback` looks at the functions that are passed; without one, that
  /// they exist and have their types is left to the operation's verifier.
  llvm::LogicalResult check(ErrorMaker emitError,
                            CallbackVerifier verifyCallback = {}) const;

  /// Of the operation; null where a variable's type is known from nothing.
  llvm::SmallVector<mlir::Type> resultTypes() const;
  /// The operation, if the arguments have been checked: of the row's class
  /// unless that takes no environments and one is given, else `intr.call`.
  mlir::Operation *create(mlir::OpBuilder &builder, mlir::Location loc) const;

private:
  TypeBindings bind() const;
  llvm::LogicalResult checkResults(ErrorMaker emitError,
                                   TypeBindings &bindings) const;
  llvm::LogicalResult checkCount(ErrorMaker emitError) const;
  llvm::LogicalResult checkValue(ErrorMaker emitError,
                                 const plumb_intr_param &param,
                                 const CallArgument &argument,
                                 TypeBindings &bindings) const;
  llvm::LogicalResult checkCallback(ErrorMaker emitError,
                                    const plumb_intr_param &param,
                                    const CallArgument &argument,
                                    CallbackVerifier verifyCallback) const;
  llvm::LogicalResult checkEnvironment(ErrorMaker emitError,
                                       const plumb_intr_param &param,
                                       const CallArgument &argument) const;
  llvm::LogicalResult checkOptions(ErrorMaker emitError,
                                   const plumb_intr_param &param,
                                   const CallArgument &argument) const;
  llvm::LogicalResult checkTail(ErrorMaker emitError,
                                const CallArgument &argument) const;

  mlir::MLIRContext *context;
  const plumb_intr_row &row;
  TypeBindings given; ///< what the front end said of variables
  llvm::SmallVector<std::pair<unsigned, mlir::Type>> results;
  /// The parameters that are arguments in a source program.
  llvm::SmallVector<const plumb_intr_param *> params;
  llvm::SmallVector<CallArgument> arguments;
  llvm::SmallVector<std::pair<const plumb_intr_param *, CallArgument>> options;
};

} // namespace plumb::intr

#endif // PLUMB_INTRINSIC_CALLBUILDER_H
