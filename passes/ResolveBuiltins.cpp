//===- ResolveBuiltins.cpp - Source names to intrinsics -------------------===//

#include "dialects/Intrinsic/IntrinsicDialect.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "passes/Passes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace plumb {
#define GEN_PASS_DEF_RESOLVEBUILTINS
#include "passes/Passes.h.inc"
} // namespace plumb

using namespace plumb;

namespace {

/// Resolves the calls of one symbol table.
class Resolver {
public:
  explicit Resolver(Operation *table) : table(table) {}

  LogicalResult run();

private:
  bool isBuiltinName(func::FuncOp function) const;
  LogicalResult resolve(func::CallOp call);
  LogicalResult unknownName(func::CallOp call);
  LogicalResult checkArguments(func::CallOp call, const plumb_intr_row &row);
  LogicalResult checkArgument(func::CallOp call, const plumb_intr_row &row,
                              const plumb_intr_param &param, Value value);
  LogicalResult checkResult(func::CallOp call, const plumb_intr_row &row);
  void replace(func::CallOp call, const plumb_intr_row &row);

  Operation *table;
  SymbolTableCollection symbols;
  /// Declarations that a registered or a mistaken source name is behind.
  llvm::DenseMap<StringAttr, func::FuncOp> builtins;
  llvm::SmallSetVector<Operation *, 8> functionValues;
};

struct ResolveBuiltinsPass
    : plumb::impl::ResolveBuiltinsBase<ResolveBuiltinsPass> {
  /// Families may be data of plugins, so no list of dialects can be declared
  /// beforehand; this runs before the pass manager goes multithreaded.
  LogicalResult initialize(MLIRContext *context) override {
    context->getOrLoadDialect<intr::IntrDialect>();
    for (const plumb_intr_family *family : intr::Registry::get().families())
      context->getOrLoadDialect(family->name);
    return success();
  }

  void runOnOperation() override {
    bool failedAny = false;
    getOperation().walk([&](Operation *op) {
      if (op->hasTrait<OpTrait::SymbolTable>())
        failedAny |= failed(Resolver(op).run());
    });
    if (failedAny)
      signalPassFailure();
  }
};

} // namespace

/// "Module.name" is the form of source names; a program's own functions with a
/// dot say so with `intr.extern`.
bool Resolver::isBuiltinName(func::FuncOp function) const {
  return intr::Registry::get().lookupSourceName(function.getSymName()) ||
         (function.getSymName().contains('.') &&
          !function->hasAttr("intr.extern"));
}

LogicalResult Resolver::run() {
  for (Region &region : table->getRegions())
    for (auto function : region.getOps<func::FuncOp>())
      if (function.isDeclaration() && isBuiltinName(function))
        builtins[function.getSymNameAttr()] = function;
  if (builtins.empty())
    return success();

  bool failedAny = false;
  // Nested symbol tables have a resolver of their own.
  std::function<void(Operation *)> visit = [&](Operation *op) {
    for (Region &region : op->getRegions())
      for (Operation &nested : llvm::make_early_inc_range(region.getOps()))
        if (auto call = dyn_cast<func::CallOp>(nested))
          failedAny |= failed(resolve(call));
        else if (!nested.hasTrait<OpTrait::SymbolTable>())
          visit(&nested);
  };
  visit(table);

  for (Operation *value : functionValues)
    if (value->use_empty())
      value->erase();
  if (failedAny)
    return failure();
  for (auto &[name, function] : builtins) {
    auto uses = SymbolTable::getSymbolUses(function, table);
    if (!uses || uses->empty()) {
      function.erase();
      continue;
    }
    if (!intr::Registry::get().lookupSourceName(name))
      continue;
    for (SymbolTable::SymbolUse use : *uses)
      use.getUser()->emitOpError("'")
          << name.getValue()
          << "' is an intrinsic: it can be called, but it is no value";
    failedAny = true;
  }
  return failure(failedAny);
}

LogicalResult Resolver::unknownName(func::CallOp call) {
  intr::Registry &registry = intr::Registry::get();
  StringRef name = call.getCallee();
  InFlightDiagnostic diag = call.emitError("unknown intrinsic '");
  diag << name << "'" << intr::didYouMean(registry.nearestSourceNames(name));
  StringRef module = name.split('.').first;
  auto families = registry.families();
  if (llvm::none_of(families, [&](const plumb_intr_family *family) {
        return module == family->module;
      })) {
    std::string modules;
    for (const plumb_intr_family *family : families)
      if (family->num_rows)
        modules += (modules.empty() ? "" : ", ") + std::string(family->module);
    diag.attachNote() << "no loaded family has module '" << module
                      << "'; the loaded ones are " << modules;
  }
  diag.attachNote(builtins.lookup(call.getCalleeAttr().getAttr()).getLoc())
      << "declared here; a function of your own with a dot in its name has "
         "the attribute intr.extern";
  return diag;
}

/// "(time: i64, on_alarm?: (i64) -> ())" with callbacks; optional ones end in
/// ?.
static std::string describeArguments(const plumb_intr_row &row) {
  std::string text = "(";
  llvm::ListSeparator comma;
  for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params))
    text +=
        StringRef(comma).str() + p.name + (p.is_optional ? "?: " : ": ") +
        (p.callback ? intr::describeType(row, p) : std::string(p.type->mlir));
  return text + ")";
}

LogicalResult Resolver::checkArgument(func::CallOp call,
                                      const plumb_intr_row &row,
                                      const plumb_intr_param &param,
                                      Value value) {
  if (param.type) {
    if (value.getType() == intr::getType(call.getContext(), *param.type))
      return success();
    InFlightDiagnostic diag = call.emitError("argument '");
    diag << param.name << "' of '" << row.source_name << "' has type '"
         << param.type->mlir << "', but the call passes " << value.getType();
    if (StringRef(param.type->kind) == "handle")
      diag << "; a handle comes only from the runtime";
    return diag;
  }
  auto constant = value.getDefiningOp<func::ConstantOp>();
  if (!constant)
    return call.emitError("argument '")
           << param.name << "' of '" << row.source_name
           << "' is a callback with type '" << intr::describeType(row, param)
           << "'; pass a function by its name (func.constant)";
  functionValues.insert(constant);
  return intr::verifyCallback(call, row, param, constant.getValueAttr(),
                              symbols);
}

LogicalResult Resolver::checkArguments(func::CallOp call,
                                       const plumb_intr_row &row) {
  ArrayRef params(row.params, row.num_params);
  size_t required = params.size();
  while (required && params[required - 1].is_optional)
    --required;
  size_t actual = call.getNumOperands();
  if (actual < required || actual > params.size()) {
    InFlightDiagnostic diag = call.emitError("'");
    diag << row.source_name << "' takes " << required;
    if (required != params.size())
      diag << " to " << params.size();
    diag << " argument" << (params.size() == 1 ? " " : "s ")
         << describeArguments(row) << ", but the call passes " << actual;
    return diag;
  }
  bool failedAny = false;
  for (auto [param, value] : llvm::zip(params, call.getOperands()))
    failedAny |= failed(checkArgument(call, row, param, value));
  return failure(failedAny);
}

LogicalResult Resolver::checkResult(func::CallOp call,
                                    const plumb_intr_row &row) {
  Type expected =
      row.result ? intr::getType(call.getContext(), *row.result) : Type();
  Type actual = call.getNumResults() ? call.getResult(0).getType() : Type();
  if (call.getNumResults() <= 1 && expected == actual)
    return success();
  InFlightDiagnostic diag = call.emitError("'");
  diag << row.source_name << "' returns ";
  if (expected)
    diag << expected;
  else
    diag << "nothing";
  diag << ", but the call expects ";
  if (actual)
    diag << call.getResultTypes();
  else
    diag << "nothing";
  if (isa_and_present<intr::StatusType>(expected))
    diag << "; intr.ok tells whether a status is a success, intr.code gives "
            "its number";
  if (isa_and_present<intr::CountType>(expected))
    diag << "; intr.value gives the number of a count";
  return diag;
}

void Resolver::replace(func::CallOp call, const plumb_intr_row &row) {
  OpBuilder builder(call);
  auto name = RegisteredOperationName::lookup(row.name, call.getContext());
  OperationState state(call.getLoc(), name ? StringRef(row.name)
                                           : intr::CallOp::getOperationName());
  if (!name)
    state.addAttribute("callee", builder.getStringAttr(row.name));
  state.addTypes(call.getResultTypes());
  for (auto [param, value] :
       llvm::zip(ArrayRef(row.params, row.num_params), call.getOperands()))
    if (param.type)
      state.addOperands(value);
    else
      state.addAttribute(
          param.name, value.getDefiningOp<func::ConstantOp>().getValueAttr());
  call.replaceAllUsesWith(builder.create(state));
  call.erase();
}

LogicalResult Resolver::resolve(func::CallOp call) {
  if (!builtins.contains(call.getCalleeAttr().getAttr()))
    return success();
  const plumb_intr_row *row =
      intr::Registry::get().lookupSourceName(call.getCallee());
  if (!row)
    return unknownName(call);
  bool failedAny = failed(checkArguments(call, *row));
  failedAny |= failed(checkResult(call, *row));
  if (failedAny)
    return failure();
  replace(call, *row);
  return success();
}
