//===- ModuleLowering.h - What the functions of a program share -*- C++ -*-===//

#ifndef SNOW_LOWER_MODULELOWERING_H
#define SNOW_LOWER_MODULELOWERING_H

#include "frontends/snow/core/Program.h"
#include "frontends/snow/lower/Types.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "plumb/Intrinsic/Registry.h"
#include "llvm/ADT/StringMap.h"
#include <deque>

namespace snow::lower {

using TypeList = llvm::SmallVector<const core::Type *>;

/// A method, and the types that it is to be called with.
struct Method {
  const core::Function *function = nullptr;
  TypeList typeArguments;
};

/// Finds functions, methods, rows and types by what the program says, and makes
/// what is used of them.
class ModuleLowering {
public:
  ModuleLowering(core::Program &program, mlir::MLIRContext &context);

  mlir::OwningOpRef<mlir::ModuleOp> run();

  core::Program &getProgram() { return program; }
  mlir::MLIRContext *getContext() { return module->getContext(); }
  mlir::Location convert(core::Location where);
  mlir::Type convert(const core::Type *type) { return types.convert(type); }
  const core::Type *substitute(const core::Type *type,
                               llvm::ArrayRef<const core::Type *> arguments) {
    return program.table.substitute(type, arguments);
  }

  /// The symbol of the instance of the function, which is made if need be.
  mlir::FlatSymbolRefAttr instance(const core::Function &function,
                                   llvm::ArrayRef<const core::Type *> types,
                                   mlir::Location user);
  /// Of a method of a known trait, as a hook of a type, or of a MethodCall.
  /// `traitArguments`, if the impl has some, tell several apart.
  std::optional<Method>
  findMethod(llvm::StringRef trait, llvm::StringRef name,
             const core::Type *self,
             llvm::ArrayRef<const core::Type *> traitArguments = {});
  /// The row that an operator's word stands for, where its first argument is
  /// of the type; null: any row that has the word.
  const plumb_intr_row *findOperator(llvm::StringRef word,
                                     const core::Type *first = nullptr) const;

  /// The symbol of a data type, which is declared if need be.
  mlir::FlatSymbolRefAttr dataType(const core::Type *type, mlir::Location user);
  /// The fields of a constructor of a concrete type.
  TypeList fieldTypes(const core::Type *type, unsigned constructor);
  unsigned numConstructors(const core::Type *type) const;

  /// A new private function, with a body to be made.
  mlir::func::FuncOp createFunction(llvm::StringRef name, mlir::Location loc,
                                    llvm::ArrayRef<const core::Type *> inputs,
                                    const core::Type *result);
  /// A name that no other function has.
  std::string uniqueName(llvm::StringRef name);
  void fail(mlir::Location where, const llvm::Twine &message);

private:
  struct Instance {
    const core::Function *function;
    TypeList typeArguments;
    mlir::func::FuncOp op;
  };
  void createMain();

  core::Program &program;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  mlir::OpBuilder atEnd;
  Types types;
  const plumb::intr::Registry &registry;
  llvm::StringMap<const core::DataType *> dataTypes;
  llvm::StringMap<mlir::FlatSymbolRefAttr> instances;
  llvm::DenseMap<const core::Type *, mlir::FlatSymbolRefAttr> declared;
  llvm::StringMap<llvm::SmallVector<const plumb_intr_row *>> operators;
  llvm::StringMap<unsigned> names;
  std::deque<Instance> pending;
  bool hasFailed = false;
};

/// The last part: lowers the function's body into `op`.
void lowerBody(ModuleLowering &module, const core::Function &function,
               llvm::ArrayRef<const core::Type *> typeArguments,
               mlir::func::FuncOp op);

} // namespace snow::lower

#endif // SNOW_LOWER_MODULELOWERING_H
