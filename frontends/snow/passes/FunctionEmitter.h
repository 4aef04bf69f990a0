//===- FunctionEmitter.h - One function to LLVM's dialect -------*- C++ -*-===//

#ifndef SNOW_PASSES_FUNCTIONEMITTER_H
#define SNOW_PASSES_FUNCTIONEMITTER_H

#include "frontends/snow/passes/Emitter.h"
#include "llvm/ADT/DenseSet.h"

namespace snow::passes {

/// What the functions of a module share.
struct Program {
  Program(mlir::ModuleOp module, llvm::DenseSet<mlir::Operation *> failing)
      : emitter(module), symbols(module), failing(std::move(failing)) {}

  Emitter emitter;
  mlir::SymbolTable symbols;
  llvm::DenseSet<mlir::Operation *> failing;
  llvm::DenseMap<mlir::Operation *, std::string> types{};

  bool mayFail(mlir::func::FuncOp function) const {
    return failing.contains(function);
  }
  mlir::func::FuncOp lookup(mlir::FlatSymbolRefAttr symbol) {
    return symbols.lookup<mlir::func::FuncOp>(symbol.getAttr());
  }
  dialect::DataTypeOp dataType(mlir::FlatSymbolRefAttr symbol) {
    return symbols.lookup<dialect::DataTypeOp>(symbol.getAttr());
  }
  /// The constant of a data type.
  llvm::StringRef typeSymbol(mlir::FlatSymbolRefAttr symbol);
};

class FunctionEmitter {
public:
  FunctionEmitter(Program &program, mlir::func::FuncOp function)
      : program(program), e(program.emitter), function(function),
        b(function.getContext()) {}
  void run();

private:
  void lower(mlir::Operation *op);
  /// The value in the place of the op's result; null for one without.
  mlir::Value replacement(mlir::Operation *op);
  mlir::Value allocate(dialect::ConstructOp op, mlir::Value type);
  mlir::Value construct(dialect::ConstructOp op);
  mlir::Value closure(dialect::ClosureOp op);
  mlir::Value callClosure(dialect::CallClosureOp op);
  mlir::Value divide(mlir::Operation *op);
  void take(dialect::TakeOp op);
  void freeMemory(dialect::FreeOp op);
  void lowerCall(mlir::func::CallOp op);

  // Frames.cpp
  /// This function's plumb_frame, which its caller's stands behind.
  mlir::Value frame();
  void noteLine(mlir::Location loc);
  /// Before a call that leaves the program.
  void enterRuntime(mlir::Location loc);
  void fail(dialect::FailOp op);
  void leave(mlir::func::ReturnOp op);

  Program &program;
  Emitter &e;
  mlir::func::FuncOp function;
  mlir::OpBuilder b;
  mlir::Value ownFrame;
  bool hasEntered = false; ///< enterRuntime, on a path that returns
};

} // namespace snow::passes

#endif // SNOW_PASSES_FUNCTIONEMITTER_H
