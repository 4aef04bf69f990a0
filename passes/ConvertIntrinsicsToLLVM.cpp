//===- ConvertIntrinsicsToLLVM.cpp - One walk for all families ------------===//
//
// Types convert 1:1, so they are changed in place and no cast is ever needed;
// that is what lets a plain walk replace the dialect-conversion driver.
//
//===----------------------------------------------------------------------===//

#include "mlir/Interfaces/FunctionInterfaces.h"
#include "passes/ErasedValues.h"
#include "passes/IntrinsicLowering.h"
#include "passes/OwnSymbols.h"
#include "plumb/Passes/Passes.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace mlir;

namespace plumb {
#define GEN_PASS_DEF_CONVERTINTRINSICSTOLLVM
#include "plumb/Passes/Passes.h.inc"
} // namespace plumb

using namespace plumb;

namespace {

/// How an operation name is treated, decided once for each name.
enum class Treatment : uint8_t {
  TypesOnly,
  Function,
  Module,
  ForeignSymbolTable,
  Symbol,
  Lower
};

/// The conversion of one module and of what it nests.
class ModuleConverter {
public:
  ModuleConverter(ModuleOp module, IntrinsicTypes &types, StringRef target,
                  bool visible)
      : module(module), types(types), target(target),
        lowering(module, TargetAbi::of(module, target), visible,
                 /*mayAdopt=*/true),
        visible(visible), builder(module.getContext()) {}

  LogicalResult run(Region &region) {
    LogicalResult result = convert(region);
    lowering.finish();
    if (failed(result))
      return result;
    return checkOwnSymbols(module, TargetAbi::of(module, target));
  }

private:
  Treatment getTreatment(Operation *op);
  LogicalResult convert(Region &region);
  LogicalResult convert(Operation &op);
  LogicalResult convertInPlace(Operation &op);

  ModuleOp module;
  IntrinsicTypes &types;
  StringRef target;
  IntrinsicLowering lowering;
  bool visible;
  SmallVector<Value> results; ///< of the operation being lowered
  OpBuilder builder;
  /// The innermost op with symbols of its own that is no module, if any.
  Operation *foreignTable = nullptr;
  llvm::DenseMap<OperationName, Treatment> treatments;
};

struct ConvertIntrinsicsToLLVMPass
    : plumb::impl::ConvertIntrinsicsToLLVMBase<ConvertIntrinsicsToLLVMPass> {
  using ConvertIntrinsicsToLLVMBase::ConvertIntrinsicsToLLVMBase;

  void getDependentDialects(DialectRegistry &registry) const override {
    ConvertIntrinsicsToLLVMBase::getDependentDialects(registry);
    allowLLVMTypesInMemRefs(registry);
  }

  /// The program may have no operation of a family and declare its functions.
  LogicalResult initialize(MLIRContext *context) override {
    context->getOrLoadDialect<intr::IntrDialect>();
    return success();
  }

  void runOnOperation() override {
    noteValueKinds(getOperation());
    IntrinsicTypes types(&getContext());
    if (failed(ModuleConverter(getOperation(), types, target, visible)
                   .run(getOperation().getBodyRegion())))
      signalPassFailure();
  }
};

} // namespace

Treatment ModuleConverter::getTreatment(Operation *op) {
  auto [it, isNew] =
      treatments.try_emplace(op->getName(), Treatment::TypesOnly);
  if (!isNew)
    return it->second;
  if (isa<ModuleOp>(op))
    it->second = Treatment::Module;
  else if (op->hasTrait<OpTrait::SymbolTable>())
    it->second = Treatment::ForeignSymbolTable;
  else if (isa<FunctionOpInterface>(op))
    it->second = Treatment::Function;
  else if (isa<intr::IntrinsicOpInterface>(op) ||
           isa_and_present<intr::IntrDialect>(op->getDialect()))
    it->second = Treatment::Lower;
  else if (isa<SymbolOpInterface>(op))
    it->second = Treatment::Symbol;
  return it->second;
}

LogicalResult ModuleConverter::convert(Operation &op) {
  switch (getTreatment(&op)) {
  case Treatment::Module:
    // Its symbols are its own, so its declarations are too.
    return ModuleConverter(cast<ModuleOp>(op), types, target, visible)
        .run(op.getRegion(0));
  case Treatment::ForeignSymbolTable: {
    llvm::SaveAndRestore inside(foreignTable, &op);
    return convertInPlace(op);
  }
  case Treatment::Lower: {
    if (foreignTable)
      return op.emitError("intrinsics inside '")
             << foreignTable->getName()
             << "' cannot be lowered: their declarations belong in a module";
    if (failed(lowering.checkPlace(&op)))
      return failure();
    builder.setInsertionPoint(&op);
    results.clear();
    if (failed(lowering.lower(&op, op.getOperands(), builder, results)))
      return failure();
    op.replaceAllUsesWith(results);
    op.erase();
    return success();
  }
  case Treatment::Function: {
    auto function = cast<FunctionOpInterface>(op);
    Type type = function.getFunctionType();
    if (Type converted = types.convert(type); converted != type)
      function.setFunctionTypeAttr(TypeAttr::get(converted));
    break;
  }
  case Treatment::Symbol: // a global says its type in an attribute
    types.convertAttributes(op);
    break;
  case Treatment::TypesOnly:
    break;
  }
  return convertInPlace(op);
}

LogicalResult ModuleConverter::convertInPlace(Operation &op) {
  for (OpResult result : op.getResults())
    result.setType(types.convert(result.getType()));
  bool failedAny = false;
  for (Region &region : op.getRegions())
    failedAny |= failed(convert(region));
  return failure(failedAny);
}

LogicalResult ModuleConverter::convert(Region &region) {
  bool failedAny = false;
  for (Block &block : region) {
    for (BlockArgument argument : block.getArguments())
      argument.setType(types.convert(argument.getType()));
    for (Operation &op : llvm::make_early_inc_range(block))
      failedAny |= failed(convert(op));
  }
  return failure(failedAny);
}
