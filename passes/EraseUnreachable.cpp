//===- EraseUnreachable.cpp - Blocks that nothing reaches -----------------===//

#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/RegionUtils.h"
#include "plumb/Passes/Passes.h"

using namespace mlir;

namespace plumb {
#define GEN_PASS_DEF_ERASEUNREACHABLE
#include "plumb/Passes/Passes.h.inc"
} // namespace plumb

namespace {
struct EraseUnreachablePass
    : plumb::impl::EraseUnreachableBase<EraseUnreachablePass> {
  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    // Its result says whether there were any.
    (void)eraseUnreachableBlocks(rewriter, getOperation()->getRegions());
  }
};
} // namespace
