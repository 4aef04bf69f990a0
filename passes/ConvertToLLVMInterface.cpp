//===- ConvertToLLVMInterface.cpp - Intrinsics in upstream's pass ---------===//

#include "mlir/Conversion/ConvertToLLVM/ToLLVMInterface.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Transforms/DialectConversion.h"
#include "passes/IntrinsicLowering.h"
#include "plumb/Passes/Passes.h"

using namespace mlir;
using namespace plumb;

namespace {

/// For every operation of one dialect. State for a module is made anew for each
/// operation: patterns outlive modules and run on several threads.
struct LowerIntrinsic : ConversionPattern {
  LowerIntrinsic(const TypeConverter &converter, MLIRContext *context,
                 Dialect *dialect)
      : ConversionPattern(converter, MatchAnyOpTypeTag(), 1, context),
        dialect(dialect) {}

  LogicalResult
  matchAndRewrite(Operation *op, ArrayRef<Value> operands,
                  ConversionPatternRewriter &rewriter) const override {
    if (op->getDialect() != dialect)
      return failure();
    auto module = op->getParentOfType<ModuleOp>();
    if (!module)
      return op->emitError("an intrinsic outside of a module");
    IntrinsicLowering lowering(module, TargetAbi::of(module),
                               /*visible=*/false, /*mayAdopt=*/false);
    SmallVector<Value> results;
    if (failed(lowering.lower(op, operands, rewriter, results)))
      return failure();
    rewriter.replaceOp(op, results);
    return success();
  }

  Dialect *dialect;
};

struct IntrinsicToLLVMInterface : ConvertToLLVMPatternInterface {
  explicit IntrinsicToLLVMInterface(Dialect *dialect)
      : ConvertToLLVMPatternInterface(dialect) {}

  void populateConvertToLLVMConversionPatterns(
      ConversionTarget &, LLVMTypeConverter &converter,
      RewritePatternSet &patterns) const final {
    auto types = std::make_shared<IntrinsicTypes>(getDialect()->getContext());
    converter.addConversion([types](Type type) -> std::optional<Type> {
      if (Type llvmType = types->lookup(type))
        return llvmType;
      return std::nullopt;
    });
    patterns.add<LowerIntrinsic>(converter, getDialect()->getContext(),
                                 getDialect());
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
  registry.addExtension(
      TypeID::getFromOpaquePointer(&family),
      std::make_unique<AttachToFamilies>(StringRef(family.name)));
}
