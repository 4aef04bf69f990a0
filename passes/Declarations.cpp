//===- Declarations.cpp - The symbols that calls refer to -----------------===//

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "passes/DebugLocations.h"
#include "passes/ErasedValues.h"
#include "passes/IntrinsicLowering.h"
#include "passes/RuntimeDeclaration.h"

using namespace mlir;
using namespace plumb;

/// Whether operands are the arguments, and the result the only result.
static bool isPlain(const plumb_intr_row &row) {
  if (row.flags & PLUMB_INTR_ROW_VARIADIC || row.num_variables ||
      (row.result && row.result->structure) || isCString(row.result))
    return false;
  return llvm::all_of(
      ArrayRef(row.params, row.num_params), [](const plumb_intr_param &p) {
        return p.passing == PLUMB_INTR_PASS_DIRECT && !p.type->structure &&
               !isCString(p.type) && !isEnvironment(*p.type);
      });
}

/// The types of the row's operation in LLVM: a front end may declare the symbol
/// with those. None for rows that take more than operands.
static std::optional<std::pair<SmallVector<Type>, SmallVector<Type>>>
getOperationTypes(MLIRContext *context, const plumb_intr_row &row) {
  if (row.flags & PLUMB_INTR_ROW_VARIADIC)
    return std::nullopt;
  SmallVector<Type> params, results;
  if (row.result)
    results.push_back(getLLVMType(context, row.result));
  for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params)) {
    if (p.callback || p.passing == PLUMB_INTR_PASS_OPTIONS)
      return std::nullopt;
    if (model::isLeftBehind(p))
      results.push_back(getLLVMType(context, p.type));
    if (intr::isOperand(p))
      params.push_back(getLLVMType(context, p.type));
  }
  return std::pair(params, results);
}

//===----------------------------------------------------------------------===//
// What the module has already
//===----------------------------------------------------------------------===//

/// Whether a func.func declares, in C types or their MLIR names, what the
/// prototype does.
static bool isOfType(func::FuncOp function, LLVM::LLVMFunctionType inC) {
  IntrinsicTypes types(function.getContext());
  auto equal = [&](ArrayRef<Type> own, ArrayRef<Type> others) {
    return llvm::equal(own, others,
                       [&](Type a, Type b) { return types.convert(a) == b; });
  };
  return !inC.isVarArg() &&
         equal(function.getArgumentTypes(), inC.getParams()) &&
         (isa<LLVM::LLVMVoidType>(inC.getReturnType())
              ? function.getNumResults() == 0
              : equal(function.getResultTypes(), inC.getReturnTypes()));
}

/// In a dialect conversion an operation that the table knows may be gone.
Operation *IntrinsicLowering::lookup(StringRef symbol) {
  return mayAdopt ? symbols.lookup(symbol)
                  : SymbolTable::lookupSymbolIn(module, symbol);
}

void IntrinsicLowering::prepare() {
  noteValueKinds(module);
  const intr::Registry &registry = intr::getRegistry(module.getContext());
  for (auto function : module.getOps<func::FuncOp>()) {
    const plumb_intr_row *row = registry.lookupSymbol(function.getSymName());
    if (!row)
      continue;
    if (!function.isDeclaration()) {
      defined.insert(row);
      continue;
    }
    llvm::Expected<Prototype> prototype =
        target.classify(module.getContext(), getSignature(*row));
    if (!prototype)
      llvm::consumeError(prototype.takeError()); // said at a call
    else if (isOfType(function, prototype->type))
      completeAbi(function, *prototype);
  }
}

static bool isCall(SymbolTable::SymbolUse use) {
  return isa<func::CallOp, LLVM::CallOp>(use.getUser());
}

/// A front end's own func.func, of the C types or of the operation's types
/// under their MLIR names: its calls become calls of the record's declaration.
LogicalResult IntrinsicLowering::adoptFunction(Operation *existing,
                                               Callee &callee,
                                               const plumb_intr_row &row) {
  auto function = dyn_cast<func::FuncOp>(existing);
  if (!function || !function.isDeclaration())
    return failure();
  bool isC = isOfType(function, callee.prototype.type);
  if (!mayAdopt) {
    if (isC)
      callee.symbol = FlatSymbolRefAttr::get(function);
    return success(isC);
  }
  IntrinsicTypes types(module.getContext());
  SmallVector<Type> params, results;
  for (Type type : function.getArgumentTypes())
    params.push_back(types.convert(type));
  for (Type type : function.getResultTypes())
    results.push_back(types.convert(type));
  auto operation = getOperationTypes(module.getContext(), row);
  if (!isC && operation != std::pair(params, results))
    return failure();
  auto uses = SymbolTable::getSymbolUses(function, module);
  if (!uses || !llvm::all_of(*uses, isCall))
    return failure();

  OpBuilder builder(function);
  LLVM::LLVMFuncOp declaration = declareRuntimeFunction(
      builder, withoutScope(function.getLoc()), row, callee.prototype, visible);
  callee.symbol = FlatSymbolRefAttr::get(declaration);
  for (SymbolTable::SymbolUse use : *uses) {
    auto call = dyn_cast<func::CallOp>(use.getUser());
    if (!call)
      continue;
    builder.setInsertionPoint(call);
    SmallVector<Value> values;
    if (isC)
      llvm::append_range(
          values, createCall(callee, call.getLoc(), call.getOperands(), builder)
                      ->getResults());
    else if (failed(lowerCall(call, callee, row, call.getOperands(), builder,
                              values)))
      return failure();
    call.replaceAllUsesWith(values);
    replaced.push_back(call);
  }
  symbols.remove(function);
  replaced.push_back(function);
  symbols.insert(declaration);
  return success();
}

/// The module has the symbol already: takes it over when it is the record's.
LogicalResult IntrinsicLowering::adopt(Operation *user, Callee &callee,
                                       const plumb_intr_row &row,
                                       Operation *existing) {
  const Prototype &prototype = callee.prototype;
  auto function = dyn_cast<LLVM::LLVMFuncOp>(existing);
  if (function && !defined.contains(&row) &&
      function.getFunctionType() == prototype.type &&
      function.getCConv() == prototype.cconv) {
    if (function.isExternal())
      completeAbi(function, prototype);
    callee.symbol = FlatSymbolRefAttr::get(function);
    return success();
  }
  if (succeeded(adoptFunction(existing, callee, row)))
    return success();
  callee.symbol = {};
  InFlightDiagnostic diag = user->emitError("'");
  auto convention = [&](LLVM::CConv cconv) {
    if (function && function.getCConv() != prototype.cconv)
      diag << " and calling convention " << LLVM::cconv::stringifyCConv(cconv);
  };
  diag << row.name << "' calls '@" << row.symbol << "' with type "
       << prototype.type;
  convention(prototype.cconv);
  diag << " (its record is at " << row.location
       << "), but this module declares that symbol";
  if (auto any = dyn_cast<FunctionOpInterface>(existing)) {
    diag << " with type " << any.getFunctionType();
    convention(function ? function.getCConv() : prototype.cconv);
  }
  diag << "; remove the declaration, or correct it";
  diag.attachNote(existing->getLoc()) << "the module's declaration is here";
  return diag;
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

IntrinsicLowering::Callee &
IntrinsicLowering::getCallee(Operation *user, const plumb_intr_row &row) {
  std::unique_ptr<Callee> &slot = callees[&row];
  if (slot)
    return *slot;
  slot = std::make_unique<Callee>();
  Callee &callee = *slot;
  llvm::Expected<Prototype> prototype =
      target.classify(module.getContext(), getSignature(row));
  if (!prototype) {
    user->emitError("'") << row.name << "' (its record is at " << row.location
                         << ") cannot be called: "
                         << llvm::toString(prototype.takeError());
    return callee;
  }
  callee.prototype = std::move(*prototype);
  callee.isPlain = isPlain(row);
  if (Operation *existing = lookup(row.symbol)) {
    if (failed(adopt(user, callee, row, existing)))
      callee.symbol = {};
    return callee;
  }
  OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
  LLVM::LLVMFuncOp declaration = declareRuntimeFunction(
      builder, module.getLoc(), row, callee.prototype, visible);
  symbols.insert(declaration);
  callee.symbol = FlatSymbolRefAttr::get(declaration);
  return callee;
}
