//===- ConvertToLLVMInterface.cpp - Intrinsics in upstream's pass ---------===//

#include "mlir/Conversion/ConvertToLLVM/ToLLVMInterface.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Transforms/DialectConversion.h"
#include "passes/IntrinsicLowering.h"
#include "plumb/Passes/Passes.h"
#include <mutex>

using namespace mlir;
using namespace plumb;

namespace {

/// What the patterns of all families share. Patterns outlive modules and run on
/// several threads; a conversion begins with the question whether its module is
/// legal.
class ModuleLowerings {
public:
  void begin(ModuleOp module) {
    auto lowering = std::make_unique<IntrinsicLowering>(
        module, TargetAbi::of(module), /*visible=*/false, /*mayAdopt=*/false);
    lowering->prepare();
    std::lock_guard lock(mutex);
    lowerings[module] = std::move(lowering);
  }
  /// Null when the conversion did not begin with the module.
  IntrinsicLowering *lookup(ModuleOp module) {
    std::lock_guard lock(mutex);
    auto found = lowerings.find(module);
    return found == lowerings.end() ? nullptr : found->second.get();
  }

private:
  std::mutex mutex;
  llvm::DenseMap<Operation *, std::unique_ptr<IntrinsicLowering>> lowerings;
};

/// For every operation of one dialect.
struct LowerIntrinsic : ConversionPattern {
  static constexpr llvm::StringLiteral name = "plumb-lower-intrinsic";

  LowerIntrinsic(const TypeConverter &converter, MLIRContext *context,
                 Dialect *dialect, std::shared_ptr<ModuleLowerings> lowerings)
      : ConversionPattern(converter, MatchAnyOpTypeTag(), 1, context),
        dialect(dialect), lowerings(std::move(lowerings)) {
    setDebugName(name);
  }

  LogicalResult
  matchAndRewrite(Operation *op, ArrayRef<Value> operands,
                  ConversionPatternRewriter &rewriter) const override {
    if (op->getDialect() != dialect)
      return failure();
    auto module =
        dyn_cast_or_null<ModuleOp>(SymbolTable::getNearestSymbolTable(op));
    if (!module)
      return op->emitError("intrinsics are lowered in a module: their "
                           "declarations belong there");
    IntrinsicLowering *lowering = lowerings->lookup(module);
    if (!lowering)
      return op->emitError("convert-to-llvm lowers intrinsics when it runs on "
                           "their module, not on single functions: what they "
                           "call is declared there");
    SmallVector<Value> results;
    if (failed(lowering->checkPlace(op)) ||
        failed(lowering->lower(op, operands, rewriter, results)))
      return failure();
    rewriter.replaceOp(op, results);
    return success();
  }

  Dialect *dialect;
  std::shared_ptr<ModuleLowerings> lowerings;
};

struct IntrinsicToLLVMInterface : ConvertToLLVMPatternInterface {
  explicit IntrinsicToLLVMInterface(Dialect *dialect)
      : ConvertToLLVMPatternInterface(dialect) {}

  void populateConvertToLLVMConversionPatterns(
      ConversionTarget &target, LLVMTypeConverter &converter,
      RewritePatternSet &patterns) const final {
    auto types = std::make_shared<IntrinsicTypes>(getDialect()->getContext());
    converter.addConversion([types](Type type) -> std::optional<Type> {
      if (Type llvmType = types->lookup(type))
        return llvmType;
      return std::nullopt;
    });
    // Otherwise an error would leave the operation, and the pass succeed.
    target.addIllegalDialect(getDialect()->getNamespace());
    std::shared_ptr<ModuleLowerings> lowerings;
    for (const auto &pattern : patterns.getNativePatterns())
      if (pattern->getDebugName() == LowerIntrinsic::name)
        lowerings = static_cast<LowerIntrinsic &>(*pattern).lowerings;
    if (!lowerings) {
      lowerings = std::make_shared<ModuleLowerings>();
      target.addDynamicallyLegalOp<ModuleOp>([lowerings](ModuleOp module) {
        lowerings->begin(module);
        return true;
      });
    }
    patterns.add<LowerIntrinsic>(converter, getDialect()->getContext(),
                                 getDialect(), lowerings);
  }
};

/// Attaches the interface whenever a dialect of a family is loaded.
class AttachToFamilies : public DialectExtensionBase {
public:
  AttachToFamilies(ArrayRef<StringRef> names) : DialectExtensionBase(names) {}

  void apply(MLIRContext *, MutableArrayRef<Dialect *> dialects) const final {
    for (Dialect *dialect : dialects)
      dialect->addInterfaces<IntrinsicToLLVMInterface>();
  }
  std::unique_ptr<DialectExtensionBase> clone() const final {
    return std::make_unique<AttachToFamilies>(*this);
  }
};

} // namespace

void plumb::registerConvertIntrinsicsToLLVMInterface(
    DialectRegistry &registry, const plumb_intr_family &family) {
  allowLLVMTypesInMemRefs(registry);
  registry.addExtension(
      TypeID::getFromOpaquePointer(&family),
      std::make_unique<AttachToFamilies>(StringRef(family.name)));
}
