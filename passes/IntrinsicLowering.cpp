//===- IntrinsicLowering.cpp ----------------------------------------------===//

#include "passes/IntrinsicLowering.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "passes/RuntimeDeclaration.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace plumb;

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

/// The module has the symbol already: takes it over when it is the record's.
LLVM::LLVMFuncOp IntrinsicLowering::adoptFunction(Operation *user,
                                                  const plumb_intr_row &row,
                                                  Operation *existing) {
  MLIRContext *context = module.getContext();
  LLVM::LLVMFunctionType expected = getLLVMType(context, row);
  auto clash = [&](Type actual) {
    InFlightDiagnostic diag = user->emitError("'");
    diag << row.name << "' calls '@" << row.symbol << "' with type " << expected
         << " (its record is at " << row.location
         << "), but this module declares that symbol";
    if (actual)
      diag << " with type " << actual;
    diag << "; remove the declaration, or correct it";
    diag.attachNote(existing->getLoc()) << "the module's declaration is here";
    return LLVM::LLVMFuncOp();
  };
  if (auto function = dyn_cast<LLVM::LLVMFuncOp>(existing))
    return function.getFunctionType() == expected
               ? function
               : clash(function.getFunctionType());
  auto function = dyn_cast<func::FuncOp>(existing);
  if (!function || !function.isDeclaration() || !mayAdopt)
    return clash(function ? Type(function.getFunctionType()) : Type());
  // A front end's own declaration: the same types under their MLIR names.
  IntrinsicTypes types(context);
  SmallVector<Type> params, results;
  for (Type type : function.getArgumentTypes())
    params.push_back(types.convert(type));
  for (Type type : function.getResultTypes())
    results.push_back(types.convert(type));
  if (params != SmallVector<Type>(expected.getParams()) ||
      results != SmallVector<Type>(row.result ? expected.getReturnTypes()
                                              : ArrayRef<Type>()))
    return clash(function.getFunctionType());
  OpBuilder builder(function);
  auto declared =
      declareRuntimeFunction(builder, function.getLoc(), row, visible);
  auto uses = SymbolTable::getSymbolUses(function, module);
  if (!uses || llvm::any_of(*uses, [](SymbolTable::SymbolUse use) {
        return !isa<func::CallOp, LLVM::CallOp>(use.getUser());
      })) {
    declared.erase();
    return clash(function.getFunctionType());
  }
  for (SymbolTable::SymbolUse use : *uses)
    if (auto call = dyn_cast<func::CallOp>(use.getUser())) {
      builder.setInsertionPoint(call);
      auto llvmCall = LLVM::CallOp::create(builder, call.getLoc(), declared,
                                           call.getOperands());
      call.replaceAllUsesWith(llvmCall.getResults());
      replaced.push_back(call);
    }
  symbols.remove(function);
  replaced.push_back(function);
  symbols.insert(declared);
  return declared;
}

void IntrinsicLowering::finish() {
  for (Operation *op : replaced)
    op->erase();
  replaced.clear();
}

IntrinsicLowering::Callee &
IntrinsicLowering::getCallee(Operation *user, const plumb_intr_row &row) {
  std::unique_ptr<Callee> &callee = callees[&row];
  if (callee)
    return *callee;
  callee = std::make_unique<Callee>();
  if (Operation *existing = symbols.lookup(row.symbol)) {
    callee->function = adoptFunction(user, row, existing);
    return *callee;
  }
  OpBuilder builder = atModuleStart();
  callee->function =
      declareRuntimeFunction(builder, module.getLoc(), row, visible);
  symbols.insert(callee->function);
  return *callee;
}

Value IntrinsicLowering::createCall(Callee &callee, Location loc,
                                    ValueRange arguments, OpBuilder &builder) {
  Operation *call;
  if (!callee.hasProperties) {
    auto first = LLVM::CallOp::create(builder, loc, callee.function, arguments);
    callee.properties = first.getProperties();
    callee.hasProperties = true;
    call = first;
  } else {
    call = builder.insert(Operation::create(
        loc, callName, callee.function.getResultTypes(), arguments,
        DictionaryAttr::get(builder.getContext()), &callee.properties,
        /*successors=*/{}, /*numRegions=*/0));
  }
  return call->getNumResults() ? call->getResult(0) : Value();
}

//===----------------------------------------------------------------------===//
// Callbacks
//===----------------------------------------------------------------------===//

/// A private function with the C signature that calls the program's: the
/// program's own function has no environment and no extension attributes, and
/// may be called by the program too.
LLVM::LLVMFuncOp
IntrinsicLowering::getThunk(const plumb_intr_callback &callback,
                            FlatSymbolRefAttr symbol) {
  LLVM::LLVMFuncOp &thunk = thunks[{&callback, symbol}];
  if (thunk)
    return thunk;
  std::string name = (Twine(callback.c_name) + "." + symbol.getValue()).str();
  LLVM::LLVMFunctionType type = getLLVMType(module.getContext(), callback);
  if (auto existing = symbols.lookup<LLVM::LLVMFuncOp>(name))
    if (existing.getLinkage() == LLVM::Linkage::Internal &&
        existing.getFunctionType() == type)
      return thunk = existing;
  Operation *function = symbols.lookup(symbol.getAttr());
  Location loc = function->getLoc();
  MLIRContext *context = module.getContext();
  SmallVector<DictionaryAttr> argAttrs;
  for (const plumb_intr_param &p :
       ArrayRef(callback.params, callback.num_params))
    // What the runtime promises for what it passes is what a result promises.
    argAttrs.push_back(getParamAttrs(context, p.type->result_attrs));
  argAttrs.push_back(getParamAttrs(context, PLUMB_INTR_ATTR_NOUNDEF));

  OpBuilder builder(context);
  builder.setInsertionPointAfter(function);
  thunk = LLVM::LLVMFuncOp::create(
      builder, loc, name, type, LLVM::Linkage::Internal,
      /*dsoLocal=*/true, LLVM::CConv::C, /*comdat=*/{}, /*attrs=*/{}, argAttrs);
  thunk.setSymVisibility("private");
  thunk.setNoUnwind(true);
  if (callback.result)
    thunk.setResAttrsAttr(builder.getArrayAttr(
        {getParamAttrs(context, callback.result->result_attrs)}));
  symbols.insert(thunk);

  Block *entry = thunk.addEntryBlock(builder);
  builder.setInsertionPointToStart(entry);
  ValueRange arguments = entry->getArguments().drop_back();
  SmallVector<Type> results;
  if (callback.result)
    results.push_back(getLLVMType(context, callback.result));
  Operation *call =
      isa<LLVM::LLVMFuncOp>(function)
          ? LLVM::CallOp::create(builder, loc, results, symbol, arguments)
                .getOperation()
          : func::CallOp::create(builder, loc, symbol, results, arguments)
                .getOperation();
  LLVM::ReturnOp::create(builder, loc, call->getResults());
  return thunk;
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

FailureOr<Value> IntrinsicLowering::lowerCall(Operation *op,
                                              const plumb_intr_row &row,
                                              ValueRange operands,
                                              OpBuilder &builder) {
  Callee &callee = getCallee(op, row);
  if (!callee.function)
    return failure();
  Location loc = op->getLoc();
  if (!(row.flags & PLUMB_INTR_ROW_CALLS_BACK))
    return createCall(callee, loc, operands, builder);
  SmallVector<Value> arguments;
  Type pointer = LLVM::LLVMPointerType::get(builder.getContext());
  for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params)) {
    if (p.type) {
      arguments.push_back(operands.front());
      operands = operands.drop_front();
      continue;
    }
    auto symbol = op->getAttrOfType<FlatSymbolRefAttr>(p.name);
    arguments.push_back(
        symbol ? LLVM::AddressOfOp::create(builder, loc,
                                           getThunk(*p.callback, symbol))
                     .getResult()
               : LLVM::ZeroOp::create(builder, loc, pointer).getResult());
    arguments.push_back(LLVM::ZeroOp::create(builder, loc, pointer));
  }
  return createCall(callee, loc, arguments, builder);
}

FailureOr<Value> IntrinsicLowering::lower(Operation *op, ValueRange operands,
                                          OpBuilder &builder) {
  if (auto intrinsic = dyn_cast<intr::IntrinsicOpInterface>(op))
    return lowerCall(op, *intrinsic.getIntrinsic(), operands, builder);
  Location loc = op->getLoc();
  return TypeSwitch<Operation *, FailureOr<Value>>(op)
      .Case([&](intr::ConstantOp constant) -> FailureOr<Value> {
        return texts.get(constant.getValueAttr(), loc, builder);
      })
      .Case([&](intr::EmbedOp embed) { return texts.embed(embed, builder); })
      .Case([&](intr::NullOp) -> FailureOr<Value> {
        return LLVM::ZeroOp::create(
                   builder, loc,
                   LLVM::LLVMPointerType::get(builder.getContext()))
            .getResult();
      })
      .Case([&](intr::OkOp) -> FailureOr<Value> {
        Value zero = LLVM::ConstantOp::create(builder, loc,
                                              builder.getI64IntegerAttr(0));
        return LLVM::ICmpOp::create(builder, loc, LLVM::ICmpPredicate::eq,
                                    operands[0], zero)
            .getResult();
      })
      .Case<intr::CodeOp, intr::ValueOp>(
          [&](auto) -> FailureOr<Value> { return operands[0]; })
      .Default([](Operation *other) -> FailureOr<Value> {
        return other->emitError("the intr dialect has no lowering for this "
                                "operation");
      });
}
