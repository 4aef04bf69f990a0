//===- OwnSymbols.cpp - A program's own functions -------------------------===//

#include "passes/OwnSymbols.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "passes/CallSignature.h"
#include "passes/RuntimeDeclaration.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Intrinsic/Registry.h"

using namespace mlir;
using namespace plumb;

/// Whether a function has the types that the record's has in C; those of the
/// families are LLVM's already.
static bool isOfType(FunctionOpInterface function, const Prototype &prototype) {
  if (auto own = dyn_cast<LLVM::LLVMFuncOp>(function.getOperation()))
    return own.getFunctionType() == prototype.type &&
           own.getCConv() == prototype.cconv;
  LLVM::LLVMFunctionType type = prototype.type;
  ArrayRef<Type> results = function.getResultTypes();
  return !type.isVarArg() && prototype.cconv == LLVM::CConv::C &&
         function.getArgumentTypes() == type.getParams() &&
         (isa<LLVM::LLVMVoidType>(type.getReturnType())
              ? results.empty()
              : results == type.getReturnTypes());
}

static LogicalResult reportDifference(FunctionOpInterface function,
                                      const plumb_intr_row &row,
                                      const Prototype &prototype) {
  bool isDeclaration = function.isExternal();
  auto own = dyn_cast<LLVM::LLVMFuncOp>(function.getOperation());
  InFlightDiagnostic diag = function.emitError("this module ");
  auto convention = [&](LLVM::CConv cconv) {
    if (own && own.getCConv() != prototype.cconv)
      diag << " and calling convention " << LLVM::cconv::stringifyCConv(cconv);
  };
  diag << (isDeclaration ? "declares" : "defines") << " '@" << row.symbol
       << "' with type " << function.getFunctionType();
  if (own)
    convention(own.getCConv());
  diag << ", but '" << row.name << "' (its record is at " << row.location
       << ") has type " << prototype.type;
  convention(prototype.cconv);
  return diag << "; "
              << (isDeclaration ? "correct the declaration, or call '"
                                : "correct it, rename it, or call '")
              << row.source_name << "'";
}

/// Narrow integers have their extensions in func.func, too: it is lowered with
/// them.
static void extend(FunctionOpInterface function, const Prototype &prototype) {
  for (StringRef name : {"llvm.zeroext", "llvm.signext"}) {
    for (auto [index, attrs] : llvm::enumerate(prototype.argAttrs))
      if (Attribute value = attrs.get(name))
        function.setArgAttr(index, name, value);
    if (Attribute value = prototype.resultAttrs
                              ? prototype.resultAttrs.get(name)
                              : Attribute())
      function.setResultAttr(0, name, value);
  }
}

static LogicalResult check(Operation *op, const plumb_intr_row &row,
                           const TargetAbi &target) {
  auto function = dyn_cast<FunctionOpInterface>(op);
  if (!function)
    return op->emitError("'@")
           << row.symbol << "' is the function of '" << row.name
           << "' (its record is at " << row.location
           << "), and this module has something else of that name; rename it";
  llvm::Expected<Prototype> prototype =
      target.classify(op->getContext(), getSignature(row));
  if (!prototype)
    return op->emitError("'")
           << row.name << "' (its record is at " << row.location
           << ") cannot be called: " << llvm::toString(prototype.takeError());
  if (!isOfType(function, *prototype))
    return reportDifference(function, row, *prototype);
  if (!function.isExternal())
    return success();
  if (auto own = dyn_cast<LLVM::LLVMFuncOp>(op))
    completeAbi(own, *prototype);
  else
    extend(function, *prototype);
  return success();
}

LogicalResult plumb::checkOwnSymbols(ModuleOp module, const TargetAbi &target) {
  const intr::Registry &registry = intr::getRegistry(module.getContext());
  bool failedAny = false;
  for (Operation &op : *module.getBody())
    if (auto symbol = dyn_cast<SymbolOpInterface>(op))
      if (const plumb_intr_row *row = registry.lookupSymbol(symbol.getName()))
        failedAny |= failed(check(&op, *row, target));
  return failure(failedAny);
}
