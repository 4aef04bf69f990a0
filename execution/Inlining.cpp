//===- Inlining.cpp - Calls of the runtime may be inlined -----------------===//

#include "execution/Inlining.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Transforms/InliningUtils.h"

using namespace mlir;

namespace {
struct InlineIntrinsics : DialectInlinerInterface {
  using DialectInlinerInterface::DialectInlinerInterface;

  bool isLegalToInline(Operation *, Region *, bool, IRMapping &) const final {
    return true;
  }
};

/// By name: the classes of loaded dialects are not known here.
struct InliningExtension : DialectExtensionBase {
  explicit InliningExtension(StringRef dialect)
      : DialectExtensionBase(ArrayRef(dialect)) {}

  void apply(MLIRContext *, MutableArrayRef<Dialect *> dialects) const final {
    dialects.front()->addInterfaces<InlineIntrinsics>();
  }
  std::unique_ptr<DialectExtensionBase> clone() const final {
    return std::make_unique<InliningExtension>(*this);
  }
};
} // namespace

void plumb::execution::addInlining(DialectRegistry &registry,
                                   StringRef dialect) {
  // One a dialect, known by where its name is.
  registry.addExtension(TypeID::getFromOpaquePointer(dialect.data()),
                        std::make_unique<InliningExtension>(dialect));
}
