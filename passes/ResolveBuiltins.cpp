//===- ResolveBuiltins.cpp - Source names to intrinsics -------------------===//

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "passes/BuiltinCall.h"
#include "plumb/Passes/Passes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace plumb {
#define GEN_PASS_DEF_RESOLVEBUILTINS
#include "plumb/Passes/Passes.h.inc"
} // namespace plumb

using namespace plumb;

namespace {

/// Resolves the calls of one symbol table.
class Resolver {
public:
  explicit Resolver(Operation *table)
      : table(table), registry(intr::getRegistry(table->getContext())) {}

  LogicalResult run();

private:
  bool isBuiltin(func::FuncOp function) const;
  const plumb_intr_row *lookup(func::FuncOp function) const;
  LogicalResult resolve(func::CallOp call);
  LogicalResult unknownName(func::CallOp call);

  Operation *table;
  const intr::Registry &registry;
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
    for (const plumb_intr_family *family :
         intr::getRegistry(context).families())
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

/// A symbol has one type, and a generic intrinsic one for each program's: what
/// follows a `<` tells its declarations apart, "List.map<Int, Bool>".
static StringRef sourceNameOf(StringRef symbol) {
  return symbol.split('<').first;
}

/// Null for what is no intrinsic, or one that nobody has.
const plumb_intr_row *Resolver::lookup(func::FuncOp function) const {
  StringRef symbol = function.getSymName();
  if (const plumb_intr_row *row = registry.lookupSourceName(symbol))
    return row;
  return registry.lookupSourceName(sourceNameOf(symbol));
}

/// "Module.name" is the form of source names; a program's own functions with a
/// dot say so with `intr.extern`. An alias without a dot, `map`, may well be
/// a function of C: only `intr.builtin` makes it an intrinsic.
bool Resolver::isBuiltin(func::FuncOp function) const {
  const plumb_intr_row *row = lookup(function);
  StringRef name = sourceNameOf(function.getSymName());
  if (row && name == row->source_name)
    return true;
  if (!name.contains('.'))
    return function->hasAttr("intr.builtin");
  return !function->hasAttr("intr.extern");
}

LogicalResult Resolver::run() {
  for (Region &region : table->getRegions())
    for (auto function : region.getOps<func::FuncOp>())
      if (function.isDeclaration() && isBuiltin(function))
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
    if (!lookup(function))
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
  StringRef name = sourceNameOf(call.getCallee());
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

LogicalResult Resolver::resolve(func::CallOp call) {
  auto it = builtins.find(call.getCalleeAttr().getAttr());
  if (it == builtins.end())
    return success();
  const plumb_intr_row *row = lookup(it->second);
  if (!row)
    return unknownName(call);
  BuiltinCall builtin(call, *row);
  functionValues.insert_range(builtin.functionValues());
  if (failed(builtin.check(symbols)))
    return failure();
  builtin.replace();
  return success();
}
