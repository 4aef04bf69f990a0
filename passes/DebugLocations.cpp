//===- DebugLocations.cpp -------------------------------------------------===//

#include "passes/DebugLocations.h"
#include "mlir/Interfaces/CallInterfaces.h"

using namespace mlir;
using namespace plumb;

bool plumb::hasScope(Location loc) {
  return loc
      ->walk([](Location l) {
        auto fused = dyn_cast<FusedLoc>(l);
        return fused && isa_and_present<LLVM::DIScopeAttr>(fused.getMetadata())
                   ? WalkResult::interrupt()
                   : WalkResult::advance();
      })
      .wasInterrupted();
}

Location plumb::withoutScope(Location loc) {
  if (!hasScope(loc))
    return loc;
  if (auto file = loc->findInstanceOf<FileLineColLoc>())
    return file;
  return UnknownLoc::get(loc.getContext());
}

LLVM::DISubprogramAttr plumb::getSubprogram(Operation *function) {
  auto found = function->getLoc()
                   ->findInstanceOf<FusedLocWith<LLVM::DISubprogramAttr>>();
  return found ? found.getMetadata() : LLVM::DISubprogramAttr();
}

static Location lineZero(LLVM::DISubprogramAttr subprogram) {
  LLVM::DIFileAttr file = subprogram.getFile();
  return FileLineColLoc::get(
      file ? file.getName() : StringAttr::get(subprogram.getContext()), 0, 0);
}

void plumb::completeLocations(Operation *function) {
  LLVM::DISubprogramAttr subprogram = getSubprogram(function);
  for (Region &region : function->getRegions())
    region.walk([&](Operation *op) {
      if (!subprogram)
        op->setLoc(withoutScope(op->getLoc()));
      else if (isa<CallOpInterface>(op) &&
               !op->getLoc()->findInstanceOf<FileLineColLoc>())
        op->setLoc(lineZero(subprogram));
    });
}
