//===- TextConstants.h - Texts and files in a module ------------*- C++ -*-===//

#ifndef PLUMB_PASSES_TEXTCONSTANTS_H
#define PLUMB_PASSES_TEXTCONSTANTS_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"

namespace plumb {

/// The private constants of a module in the layout of `plumb_str`: the length
/// in 8 bytes, then the bytes. Equal texts share one.
class TextConstants {
public:
  /// `symbols` is the module's table and outlives this.
  TextConstants(mlir::ModuleOp module, mlir::SymbolTable &symbols)
      : module(module), symbols(symbols) {}

  /// The address of the constant.
  mlir::Value get(mlir::StringAttr text, mlir::Location loc,
                  mlir::OpBuilder &builder);
  /// The null text: an empty one that has one address in a whole program.
  mlir::Value null(mlir::Location loc, mlir::OpBuilder &builder);
  /// For a value that is the address of one of these constants: the null
  /// pointer for the null text, else its content with a zero byte after it.
  /// Null for other values, and for a text with a zero byte in it.
  mlir::Value getCString(mlir::Value text, mlir::Location loc,
                         mlir::OpBuilder &builder);
  /// The address of the file's content; fails after an error at `op` when it
  /// cannot be read.
  mlir::FailureOr<mlir::Value> embed(intr::EmbedOp op,
                                     mlir::OpBuilder &builder);

private:
  mlir::ModuleOp module;
  mlir::SymbolTable &symbols;
  llvm::DenseMap<mlir::StringAttr, mlir::LLVM::GlobalOp> texts, cStrings;
  /// By the names of the globals.
  llvm::DenseMap<mlir::StringAttr, mlir::StringAttr> contents;
  mlir::LLVM::GlobalOp nullText;
};

} // namespace plumb

#endif // PLUMB_PASSES_TEXTCONSTANTS_H
