// What does not come back: printed as parsed, kept by the optimiser, and in any
// control flow.
// RUN: %plumb-opt %s | %plumb-opt | FileCheck %s --check-prefix=OP
// RUN: %plumb-opt %s --mlir-print-op-generic | %plumb-opt | FileCheck %s --check-prefix=OP
// RUN: %plumb-opt %s --canonicalize --cse | FileCheck %s --check-prefix=OP
// RUN: %plumb-opt %s --plumb-to-llvm | FileCheck %s
// RUN: not %plumb-run %s 2>&1 | FileCheck %s --check-prefix=SAID
// RUN: %plumbc %s -o %t && not %t 2>&1 | FileCheck %s --check-prefix=SAID
// RUN: %python -c "import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:]).returncode != 70)" %plumb-run -O0 %s
// RUN: %python -c "import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:]).returncode != 70)" %t

func.func private @"Intr.abort"(!intr.str)

// What LLVM may assume: nothing of memory, and not that it returns.
// CHECK: llvm.func @plumb_intr_abort(!llvm.ptr {{.*}}) attributes {no_unwind, passthrough = ["cold", "noreturn"], sym_visibility = "private"}

// OP-LABEL: func @in_a_loop
// CHECK-LABEL: llvm.func @in_a_loop
func.func @in_a_loop(%n: i64) -> i64 {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %r = scf.for %i = %zero to %n step %one iter_args(%sum = %zero) -> (i64) : i64 {
    %far = arith.cmpi eq, %i, %n : i64
    scf.if %far {
      // OP: intr.abort %{{.*}}
      // CHECK: llvm.call @plumb_intr_abort(%{{.*}}) : (!llvm.ptr) -> ()
      %why = intr.constant "too far"
      intr.abort %why
    }
    %next = arith.addi %sum, %i : i64
    scf.yield %next : i64
  }
  return %r : i64
}

// By its source name; what follows is not reached.
// SAID-NOT: after
// SAID: plumb: error: the program failed: the end\x0aof it
// SAID-NOT: after
func.func @main() -> i64 {
  %n = arith.constant 5 : i64
  %sum = func.call @in_a_loop(%n) : (i64) -> i64
  %why = intr.constant "the end\0Aof it"
  call @"Intr.abort"(%why) : (!intr.str) -> ()
  %text = intr.constant "after"
  %s = io.print %text
  return %sum : i64
}
