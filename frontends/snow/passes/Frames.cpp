//===- Frames.cpp - The call stack that errors show -----------------------===//
//
// A function that may fail has a plumb_frame. Its callees get its address, so
// nothing is linked at their start; the thread's innermost frame is told before
// a call leaves the program, and where the program fails. Who has told it tells
// the caller's at its end.
//
//===----------------------------------------------------------------------===//

#include "frontends/snow/passes/FunctionEmitter.h"
#include "plumb/object.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace mlir;
using namespace snow;
using namespace snow::passes;

static_assert(offsetof(plumb_frame, prev) == 0 &&
              offsetof(plumb_frame, function) == 8 &&
              offsetof(plumb_frame, line) == 16);

Value FunctionEmitter::frame() {
  if (ownFrame)
    return ownFrame;
  OpBuilder::InsertionGuard here(b);
  Block &entry = function.front();
  b.setInsertionPointToStart(&entry);
  Location loc = function.getLoc();
  ownFrame = LLVM::AllocaOp::create(b, loc, e.ptr, e.frame,
                                    e.constant(b, loc, e.i32, 1), 8);
  e.store(b, loc, entry.getArguments().back(), ownFrame, 0);
  e.store(b, loc, e.addressOf(b, loc, e.function(function)), ownFrame, 8);
  return ownFrame;
}

void FunctionEmitter::noteLine(Location loc) {
  auto at = loc->findInstanceOf<FileLineColLoc>();
  e.store(b, loc, e.constant(b, loc, e.i32, at ? at.getLine() : 0), frame(),
          16);
}

void FunctionEmitter::enterRuntime(Location loc) {
  noteLine(loc);
  Value head = e.callRuntime(b, loc, SNOW_RUNTIME(plumb_frames), {});
  e.store(b, loc, frame(), head, 0);
  hasEntered = true;
}

void FunctionEmitter::leave(func::ReturnOp op) {
  Location loc = op.getLoc();
  b.setInsertionPoint(op);
  Value head = e.callRuntime(b, loc, SNOW_RUNTIME(plumb_frames), {});
  e.store(b, loc, function.front().getArguments().back(), head, 0);
}

void FunctionEmitter::fail(dialect::FailOp op) {
  Location loc = op.getLoc();
  llvm::SaveAndRestore noReturn(hasEntered);
  enterRuntime(loc);
  e.callRuntime(b, loc, SNOW_RUNTIME(plumb_fail),
                {e.addressOf(b, loc, e.text(op.getText()))});
  LLVM::UnreachableOp::create(b, loc);
  op.erase();
}
