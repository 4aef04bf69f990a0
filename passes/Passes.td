//===- Passes.td - Plumb's passes --------------------------*- tablegen -*-===//

#ifndef PLUMB_PASSES_PASSES_TD
#define PLUMB_PASSES_PASSES_TD

include "mlir/Pass/PassBase.td"

def ResolveBuiltins : Pass<"resolve-builtins", "::mlir::ModuleOp"> {
  let summary = "Turn calls of source names into intrinsics";
  let description = [{
    A front end may declare `func.func private @"Clock.now"(...)` and call it; this
    pass makes the operation of it, or the carrier `intr.call` when the family
    has no op classes. Function values that stand for callbacks
    (`func.constant`) become symbols. Declarations that nothing uses any more
    are removed.

    A called declaration of the form `Module.name` that no loaded family has is
    an error that offers the nearest names, unless the declaration carries the
    attribute `intr.extern`. Every error of the module is reported.
  }];
}

def ConvertIntrinsicsToLLVM
    : Pass<"convert-intrinsics-to-llvm", "::mlir::ModuleOp"> {
  let summary = "Lower the intrinsics of all families to LLVM calls";
  let description = [{
    One linear walk. Types of families become their LLVM types in place, on
    every operation; each intrinsic becomes a call of its symbol, which is
    declared with the attributes of its record when it is first used. A
    callback becomes the address of a private function with the C signature
    that calls the program's function. Running the pass again changes nothing.

    Structs by value and narrow integers are passed as the target's C compilers
    do it; docs/kinds.md has the rules. The target is the module's
    `llvm.target_triple`, the option `target`, or this machine, in this order.

    A module that declares an intrinsic's symbol with the record's type keeps
    its declaration; with another type it is an error that shows both.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
  let options = [
    Option<"target", "target", "std::string", /*default=*/"",
           "The target's triple, for modules without `llvm.target_triple`; this "
           "machine's by default">,
    Option<"visible", "visible-bodies", "bool", /*default=*/"false",
           "The runtime's code is or will be linked in as bitcode: leave out "
           "the memory attributes that hold only while the bodies are opaque">
  ];
}

def AbortOnFailure : Pass<"abort-on-failure", "::mlir::ModuleOp"> {
  let summary = "Make asserts and divisions without a result abort";
  let description = [{
    A division or remainder of `arith` or `index` whose divisor is zero has no
    result, nor has the minimum signed number by -1: LLVM may do anything then.
    They abort with `division by zero` or `overflow in a division` and the
    source position, as `cf.assert` does with its message. A divisor that is a
    constant and safe costs nothing, any other a compare and a branch.

    Only scalars are checked, not vectors; and only in functions' own blocks, as
    all are behind `convert-scf-to-cf`.
  }];
  let options = [
    Option<"divisions", "divisions", "bool", /*default=*/"true",
           "Check divisions and remainders">,
    Option<"asserts", "asserts", "bool", /*default=*/"true",
           "Abort where `cf.assert` fails; otherwise it ends the process">
  ];
}

def AddEntryPoint : Pass<"add-entry-point", "::mlir::ModuleOp"> {
  let summary = "Make the program's @main a C main";
  let description = [{
    Renames `func.func @main` and adds a C `main(argc, argv)` that starts the
    runtime's host, calls it and turns its result into the exit code: none is 0,
    an integer is itself, `i1` is 0 or 1, a status is 0 or 1.

    The module is a whole program then: its other functions become private.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect",
                           "::mlir::func::FuncDialect"];
}

def EraseUnreachable : Pass<"erase-unreachable-blocks"> {
  let summary = "Erase blocks that no branch leads to";
  let description = [{
    Many front ends begin a block behind each `return`. MLIR verifies such blocks
    and gives them to no conversion: upstream's would leave them as they are.
  }];
}

def ExpandOps : Pass<"expand-ops-for-llvm", "::mlir::ModuleOp"> {
  let summary = "Expand what upstream's conversions to LLVM do not take";
  let description = [{
    Views of memory, copies between layouts, `memref.realloc`, and operations of
    `math` that LLVM has not: by upstream's passes, each only where the module
    has such an operation. docs/dialects.md lists what there is.
  }];
}

def CheckLowered : Pass<"check-lowered", "::mlir::ModuleOp"> {
  let summary = "Report operations that have no lowering";
  let description = [{
    An error for each operation of the dialects that the pipeline lowers, where
    one is left.
  }];
}

def AddDebugLines : Pass<"add-debug-lines", "::mlir::ModuleOp"> {
  let summary = "Give functions a DISubprogram, for line tables";
  let description = [{
    In a module with the attribute `intr.debug_lines`. A function of the LLVM
    dialect that has a position, and no `DISubprogram`, gets one: a debugger then
    knows the lines of its operations. It is called what a `NameLoc` in its
    location says, or by its symbol.
  }];
}

def CompleteDebugInfo : Pass<"complete-debug-info", "::mlir::ModuleOp"> {
  let summary = "Make debug information what LLVM asks for";
  let description = [{
    Passes copy functions and move code without a thought of debug information.
    Of several functions with one `DISubprogram` the first keeps it; declarations
    have none that defines a function; code in a function without one names no
    scope; a call without a line is at line 0 where its function has one.
  }];
}

def InternalizePrivate : Pass<"internalize-private", "::mlir::ModuleOp"> {
  let summary = "Keep private functions from the linker";
  let description = [{
    Gives private functions with a body internal linkage. `convert-func-to-llvm`
    makes them external: a program's `@close` or `@write` would then take the
    place of the C library's in the whole process.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

#endif // PLUMB_PASSES_PASSES_TD
