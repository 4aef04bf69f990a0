// Upstream passes work on programs: a function is inlined, two equal pure
// intrinsics become one, an invariant one leaves its loop, an unused one goes, one
// with effects stays.
// RUN: %plumb-opt %s --inline --cse --loop-invariant-code-motion --symbol-dce | FileCheck %s
// RUN: %plumb-opt %s --convert-to-llvm | FileCheck %s --check-prefix=LLVM

// CHECK-LABEL: func.func @main
// CHECK: %[[LENGTH:.*]] = str.length
// CHECK-NOT: str.length
// CHECK: scf.for
// CHECK-NEXT: io.print
// CHECK-NOT: call @
// CHECK-NOT: func.func
// LLVM-DAG: llvm.func @plumb_io_print
// LLVM-DAG: llvm.func @plumb_str_length
// LLVM-NOT: str.length

func.func private @helper(%text: !intr.str) -> i64 {
  %length = str.length %text
  return %length : i64
}

func.func @main(%text: !intr.str, %n: index) -> i64 {
  %begin = arith.constant 0 : index
  %step = arith.constant 1 : index
  %zero = arith.constant 0 : i64
  %sum = scf.for %i = %begin to %n step %step iter_args(%total = %zero) -> i64 {
    %length = str.length %text
    %unused = str.length %text
    %0 = io.print %text
    %next = arith.addi %total, %length : i64
    scf.yield %next : i64
  }
  %again = call @helper(%text) : (!intr.str) -> i64
  %both = arith.addi %sum, %again : i64
  return %both : i64
}
