//===- CompleteDebugInfo.cpp - What LLVM asks of debug information --------===//
//
// LLVM refuses a module in which two functions share a DISubprogram, or in
// which a call has no line where its function has one. Passes leave both
// behind: they outline, inline, copy functions and strip locations.
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "passes/DebugLocations.h"
#include "plumb/Passes/Passes.h"

using namespace mlir;

namespace plumb {
#define GEN_PASS_DEF_COMPLETEDEBUGINFO
#include "plumb/Passes/Passes.h.inc"
} // namespace plumb

using namespace plumb;

namespace {
struct CompleteDebugInfoPass
    : plumb::impl::CompleteDebugInfoBase<CompleteDebugInfoPass> {
  void runOnOperation() override {
    llvm::DenseSet<Attribute> taken;
    for (auto function : getOperation().getOps<FunctionOpInterface>()) {
      if (LLVM::DISubprogramAttr subprogram = getSubprogram(function)) {
        bool defines = bitEnumContainsAny(subprogram.getSubprogramFlags(),
                                          LLVM::DISubprogramFlags::Definition);
        if (defines == function.isExternal() ||
            (defines && !taken.insert(subprogram).second))
          function->setLoc(withoutScope(function.getLoc()));
      }
      completeLocations(function);
    }
  }
};
} // namespace
