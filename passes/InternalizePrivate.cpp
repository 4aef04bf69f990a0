//===- InternalizePrivate.cpp - Keep private functions from the linker ----===//

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "plumb/Passes/Passes.h"

using namespace mlir;

namespace plumb {
#define GEN_PASS_DEF_INTERNALIZEPRIVATE
#include "plumb/Passes/Passes.h.inc"
} // namespace plumb

namespace {
struct InternalizePrivatePass
    : plumb::impl::InternalizePrivateBase<InternalizePrivatePass> {
  void runOnOperation() override {
    for (auto function : getOperation().getOps<LLVM::LLVMFuncOp>())
      if (function.isPrivate() && !function.isExternal() &&
          function.getLinkage() == LLVM::Linkage::External)
        function.setLinkage(LLVM::Linkage::Internal);
  }
};
} // namespace
