//===- AddDebugLines.cpp - Line tables of operations' locations -----------===//

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "passes/DebugLocations.h"
#include "plumb/Passes/Passes.h"
#include "llvm/BinaryFormat/Dwarf.h"
#include "llvm/Support/Path.h"

using namespace mlir;

namespace plumb {
#define GEN_PASS_DEF_ADDDEBUGLINES
#include "plumb/Passes/Passes.h.inc"
} // namespace plumb

using namespace plumb;

namespace {
class Subprograms {
public:
  explicit Subprograms(MLIRContext *context) : context(context) {}

  /// Without a symbol's name: gdb would look functions up by that alone.
  LLVM::DISubprogramAttr make(FileLineColLoc at, StringAttr name) {
    LLVM::DIFileAttr file = fileOf(at.getFilename());
    auto type =
        LLVM::DISubroutineTypeAttr::get(context, llvm::dwarf::DW_CC_normal, {});
    return LLVM::DISubprogramAttr::get(
        context, newId(), unitOf(file), file, name, StringAttr(), file,
        at.getLine(), at.getLine(), LLVM::DISubprogramFlags::Definition, type,
        /*retainedNodes=*/{}, /*annotations=*/{});
  }

private:
  DistinctAttr newId() { return DistinctAttr::create(UnitAttr::get(context)); }
  LLVM::DIFileAttr fileOf(StringRef path) {
    return LLVM::DIFileAttr::get(context, llvm::sys::path::filename(path),
                                 llvm::sys::path::parent_path(path));
  }
  LLVM::DICompileUnitAttr unitOf(LLVM::DIFileAttr file) {
    LLVM::DICompileUnitAttr &unit = units[file];
    if (!unit)
      unit = LLVM::DICompileUnitAttr::get(
          newId(), llvm::dwarf::DW_LANG_C99, file,
          StringAttr::get(context, "plumb"), /*isOptimized=*/false,
          LLVM::DIEmissionKind::Full);
    return unit;
  }

  MLIRContext *context;
  llvm::DenseMap<Attribute, LLVM::DICompileUnitAttr> units;
};

struct AddDebugLinesPass : plumb::impl::AddDebugLinesBase<AddDebugLinesPass> {
  void runOnOperation() override {
    if (!getOperation()->hasAttr(debugLinesAttr))
      return;
    Subprograms subprograms(&getContext());
    for (auto function : getOperation().getOps<LLVM::LLVMFuncOp>()) {
      Location loc = function.getLoc();
      auto at = loc->findInstanceOf<FileLineColLoc>();
      if (!at || function.isExternal() || getSubprogram(function))
        continue;
      auto named = loc->findInstanceOf<NameLoc>();
      StringAttr name = named ? named.getName() : function.getSymNameAttr();
      function->setLoc(
          FusedLoc::get({loc}, subprograms.make(at, name), &getContext()));
      completeLocations(function);
    }
  }
};
} // namespace
