//===- Emitter.h - Constants and functions in LLVM's dialect ----*- C++ -*-===//
//
// What the lowering of one module makes once: declarations of the runtime's
// functions, constants of the layouts in plumb/object.h, and the small
// functions around the program's own.
//
//===----------------------------------------------------------------------===//

#ifndef SNOW_PASSES_EMITTER_H
#define SNOW_PASSES_EMITTER_H

#include "frontends/snow/dialect/SnowDialect.h"
#include "frontends/snow/passes/RuntimeFunction.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"

namespace snow::passes {

class Emitter {
public:
  explicit Emitter(mlir::ModuleOp module);

  mlir::MLIRContext *context;
  mlir::Type ptr, i8, i32, i64, none;
  mlir::Type header; ///< plumb_object
  mlir::Type frame;  ///< plumb_frame

  using Builder = mlir::OpBuilder;
  using Location = mlir::Location;
  using Values = llvm::ArrayRef<mlir::Value>;

  mlir::Value constant(Builder &b, Location loc, mlir::Type type, int64_t v);
  mlir::Value null(Builder &b, Location loc);
  mlir::Value addressOf(Builder &b, Location loc, llvm::StringRef symbol);
  /// The address `offset` bytes behind another.
  mlir::Value at(Builder &b, Location loc, mlir::Value address, int offset);
  mlir::Value load(Builder &b, Location loc, mlir::Type type,
                   mlir::Value address, int offset);
  void store(Builder &b, Location loc, mlir::Value value, mlir::Value address,
             int offset);
  mlir::Value toSlot(Builder &b, Location loc, mlir::Value value);
  mlir::Value fromSlot(Builder &b, Location loc, mlir::Value slot,
                       mlir::Type type);

  /// Calls a function of the runtime; null for one without result.
  mlir::Value callRuntime(Builder &b, Location loc,
                          const RuntimeFunction &callee, Values arguments);
  void retain(Builder &b, Location loc, mlir::Value object);
  void release(Builder &b, Location loc, mlir::Value object);
  /// Of an object that somebody else has a reference of.
  void releaseShared(Builder &b, Location loc, mlir::Value object);

  // Constants.cpp. Each gives the symbol of a constant.
  std::string text(llvm::StringRef text); ///< with a zero behind it
  std::string bytes(llvm::ArrayRef<uint8_t> bytes);
  std::string string(llvm::StringRef text, bool isAtom);
  std::string object(llvm::StringRef type, unsigned tag);
  std::string closure(mlir::func::FuncOp function, bool mayFail);
  std::string type(dialect::DataTypeOp type, mlir::Attribute hooks = {});
  /// plumb_function of a function's location.
  std::string function(mlir::func::FuncOp function);

  // Wrappers.cpp. Each gives the symbol of a function in LLVM's dialect.
  /// The code of a closure that captures `captures`.
  std::string closureCode(mlir::func::FuncOp function,
                          llvm::ArrayRef<mlir::Type> captures, bool mayFail);
  /// The hook `name` of a type, around a function of the program.
  std::string hook(llvm::StringRef name, mlir::func::FuncOp function,
                   bool mayFail);
  std::string start(mlir::func::FuncOp function, bool mayFail);

  /// A private constant of the type; `fill` gives its value.
  std::string global(llvm::StringRef stem, mlir::Type type,
                     llvm::function_ref<mlir::Value(Builder &, Location)> fill);
  /// Declares an external constant of the runtime.
  void declareData(llvm::StringRef symbol);
  mlir::ModuleOp getModule() { return module; }

private:
  mlir::Type typeOf(CValue value) const;
  enum class Count { Retain, Release, ReleaseShared };
  mlir::LLVM::LLVMFuncOp countFunction(Count what);
  mlir::LLVM::LLVMFuncOp newFunction(llvm::StringRef stem, mlir::Type result,
                                     llvm::ArrayRef<mlir::Type> parameters);
  mlir::Value callProgram(Builder &b, Location loc, mlir::func::FuncOp function,
                          llvm::SmallVector<mlir::Value> arguments,
                          bool mayFail);
  std::string unique(llvm::StringRef stem);

  mlir::ModuleOp module;
  mlir::OpBuilder atEnd;
  llvm::StringMap<unsigned> names;
  llvm::StringMap<std::string> made; ///< by kind and content
  llvm::StringMap<mlir::LLVM::LLVMFuncOp> runtime;
  llvm::StringMap<bool> data;
};

/// Offsets in plumb/object.h.
inline constexpr int tagOffset = 4, typeOffset = 8, fieldsOffset = 16,
                     textOffset = 16, codeOffset = 16, capturesOffset = 40;

} // namespace snow::passes

#endif // SNOW_PASSES_EMITTER_H
