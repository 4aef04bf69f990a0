//===- Passes.td - Snow's passes ---------------------------*- tablegen -*-===//

#ifndef SNOW_PASSES_PASSES_TD
#define SNOW_PASSES_PASSES_TD

include "mlir/Pass/PassBase.td"

def InlineValues : Pass<"snow-inline-values", "::mlir::ModuleOp"> {
  let summary = "Inline short functions on structs and tuples that cannot fail";
  let description = [{
    Straight-line functions without effects. Then what is made of fields only to
    be taken apart again need not be made. LLVM inlines the others.
  }];
  let dependentDialects = ["::snow::dialect::SnowDialect"];
}

def UnboxArguments : Pass<"snow-unbox-arguments", "::mlir::ModuleOp"> {
  let summary = "Pass the fields of structs and tuples from block to block";
  let description = [{
    In the place of a block's argument of which only fields are read, where some
    predecessor makes the value: a loop then makes none in each turn.
  }];
  let dependentDialects = ["::snow::dialect::SnowDialect"];
}

def InsertCounts : Pass<"snow-insert-counts", "::mlir::func::FuncOp"> {
  let summary = "Place the counting of references";
  let description = [{
    Before, operations neither keep nor free what they use. A function owns its
    parameters, an operation's result belongs to whoever uses it last, and that
    use gives it away or is followed by a `snow.release`; a use that gives away
    what others need later has a `snow.retain` before it. So a loop holds no more
    than it needs, and what is used for the last time can be changed in place.

    On control flow graphs, by liveness. A field that is only looked at, and the
    text in a String, are part of the value that they are in.
  }];
  let dependentDialects = ["::snow::dialect::SnowDialect"];
}

def MoveFields : Pass<"snow-move-fields", "::mlir::ModuleOp"> {
  let summary = "Move the fields of values that end, and build in their memory";
  let description = [{
    Where all that is kept of a value is some of its fields, they are moved out of
    it by `snow.take` if nobody else has it: nothing is counted then. Its memory
    becomes that of the next value of as many fields that is made on each path.
  }];
}

def SnowToLLVM : Pass<"snow-to-llvm", "::mlir::ModuleOp"> {
  let summary = "Lower the snow dialect to LLVM's";
  let description = [{
    Behind `convert-intrinsics-to-llvm`, which has changed all types to LLVM's.
    Functions that may fail get one more parameter, the frame of their caller.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

#endif // SNOW_PASSES_PASSES_TD
