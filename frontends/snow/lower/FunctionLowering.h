//===- FunctionLowering.h - The body of one function ------------*- C++ -*-===//
//
// Expressions become operations in the order of their evaluation, control flow
// becomes blocks. Where control does not come back (`return`, `break`), there
// is no value: the functions here then give null, and their callers stop.
//
//===----------------------------------------------------------------------===//

#ifndef SNOW_LOWER_FUNCTIONLOWERING_H
#define SNOW_LOWER_FUNCTIONLOWERING_H

#include "frontends/snow/lower/ModuleLowering.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"

namespace snow::lower {

class FunctionLowering {
public:
  /// `function` is what calls itself; null in a closure.
  FunctionLowering(ModuleLowering &module, const core::Function *function,
                   llvm::ArrayRef<const core::Type *> typeArguments,
                   mlir::func::FuncOp op)
      : module(module), function(function), typeArguments(typeArguments),
        op(op), builder(module.getContext()) {}

  /// The whole function: `parameters` are the op's arguments, in order.
  void lower(llvm::ArrayRef<const core::Variable *> parameters,
             const core::Expression &body);

private:
  using Values = llvm::SmallVector<mlir::Value>;
  using Kind = core::Expression::Kind;
  struct Loop {
    mlir::Block *next;  ///< `continue`
    mlir::Block *after; ///< `break`
    mlir::Value list;   ///< so far; null when nobody wants one
  };

  // Expressions.cpp
  mlir::Value lower(const core::Expression &e);
  /// Its value is the function's result; ends the block.
  void lowerTail(const core::Expression &e);
  bool lowerAll(llvm::ArrayRef<core::ExpressionPtr> es, Values &values);
  mlir::Value lowerBlock(const core::Expression &e, bool isTail);
  mlir::Value lowerPrimitive(const core::Expression &e);
  mlir::Value lowerList(const core::Expression &e);
  mlir::Value lowerMap(const core::Expression &e);
  mlir::Value lowerConstruct(const core::Expression &e);
  void returnValue(mlir::Value value);

  // Primitives.cpp
  mlir::Value primitive(core::Primitive primitive, const core::Type *type,
                        mlir::Value left, mlir::Value right);
  mlir::Value equal(const core::Type *type, mlir::Value left,
                    mlir::Value right);
  mlir::Value compare(const core::Type *type, mlir::Value left,
                      mlir::Value right);
  mlir::Value divide(core::Primitive primitive, mlir::Value left,
                     mlir::Value right);

  // Calls.cpp
  mlir::Value lowerCall(const core::Expression &e, bool isTail);
  mlir::Value lowerMethodCall(const core::Expression &e);
  mlir::Value builtinMethod(const core::Expression &e, const core::Type *self,
                            llvm::ArrayRef<mlir::Value> arguments);
  mlir::Value lowerIntrinsic(const core::Expression &e);
  mlir::Value lowerClosure(const core::Expression &e);
  mlir::Value call(mlir::FlatSymbolRefAttr callee,
                   llvm::ArrayRef<mlir::Value> arguments, mlir::Type result);
  /// The row of an operator, or an error that there is none.
  const plumb_intr_row *operatorRow(llvm::StringRef word,
                                    const core::Type *first);
  /// `types` are the arguments', `result` is the value's in the program.
  mlir::Value callRow(const plumb_intr_row *row,
                      llvm::ArrayRef<mlir::Value> arguments,
                      const core::Type *result);

  // Control.cpp
  /// Behind branches: the value that they give `after`, or nothing where none
  /// of them comes there.
  mlir::Value goOn(mlir::Block *after, bool comesBack);
  mlir::Value lowerIf(const core::Expression &e, bool isTail);
  mlir::Value lowerMatch(const core::Expression &e, bool isTail);
  mlir::Value lowerWhile(const core::Expression &e);
  void lowerArm(const core::Arm &arm, mlir::Value subject, mlir::Block *next,
                mlir::Block *after, bool isTail, bool &comesBack);

  // Loops.cpp
  mlir::Value lowerFor(const core::Expression &e);
  mlir::Value lowerCount(const core::Expression &e, mlir::Value from,
                         mlir::Value to, const core::Type *element,
                         llvm::function_ref<mlir::Value(mlir::Value)> at);
  /// The body for one element: leaves the block through the innermost loop.
  void lowerTurn(const core::Expression &e, mlir::Value element);

  // Patterns.cpp
  /// Goes on where the pattern matches, with its names bound; else at `miss`.
  /// Null `miss`: it is known to match.
  void match(const core::Pattern &pattern, mlir::Value value,
             mlir::Block *miss);
  void matchParts(const core::Pattern &pattern, mlir::Value value,
                  mlir::Block *miss);
  void matchList(const core::Pattern &pattern, mlir::Value value,
                 mlir::Block *miss);
  void matchOr(const core::Pattern &pattern, mlir::Value value,
               mlir::Block *miss);
  /// Goes on where `condition` holds.
  void require(mlir::Value condition, mlir::Block *miss);

  const core::Type *resolve(const core::Type *type) {
    return module.substitute(type, typeArguments);
  }
  mlir::Type convert(const core::Type *type) {
    return module.convert(resolve(type));
  }
  mlir::Block *newBlock(const core::Type *argument = nullptr);
  /// Ends the block with a branch.
  void branch(mlir::Block *to, mlir::ValueRange arguments = {});
  mlir::Value constant(int64_t value);
  mlir::Value truth(bool value);
  mlir::Value unit();
  void fail(llvm::StringRef text);
  template <typename OpT, typename... Args> auto make(Args &&...args) {
    return OpT::create(builder, loc, std::forward<Args>(args)...);
  }

  ModuleLowering &module;
  const core::Function *function;
  TypeList typeArguments;
  mlir::func::FuncOp op;
  mlir::OpBuilder builder;
  mlir::Location loc = builder.getUnknownLoc(); ///< of what is lowered
  llvm::DenseMap<const core::Variable *, mlir::Value> variables;
  llvm::SmallVector<Loop> loops;
  mlir::Block *start = nullptr; ///< a tail call of itself goes there
};

} // namespace snow::lower

#endif // SNOW_LOWER_FUNCTIONLOWERING_H
