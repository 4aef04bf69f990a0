// RUN: %plumb-opt %s --add-entry-point --split-input-file --verify-diagnostics | FileCheck %s

// CHECK: func.func private @plumb.program() -> !intr.status
// CHECK: llvm.func @main(%[[ARGC:.*]]: i32, %[[ARGV:.*]]: !llvm.ptr) -> i32
// CHECK: llvm.call @plumb_host_start(%[[ARGC]], %[[ARGV]])
// CHECK: %[[STATUS:.*]] = func.call @plumb.program()
// CHECK: %[[OK:.*]] = intr.ok %[[STATUS]]
// CHECK: llvm.select %[[OK]]
func.func @main() -> !intr.status {
  %0 = ws.stop
  return %0 : !intr.status
}

// -----

// CHECK-LABEL: {{//}} -----
// CHECK: llvm.trunc %{{.*}} : i64 to i32
func.func @main() -> i64 {
  %0 = arith.constant 3 : i64
  return %0 : i64
}

// -----

// A C main is left as it is.
// CHECK-LABEL: {{//}} -----
// CHECK-NOT: plumb.program
// CHECK: llvm.func @main() -> i32
llvm.func @main() -> i32 {
  %0 = llvm.mlir.constant(0 : i32) : i32
  llvm.return %0 : i32
}

// -----

// expected-error@+1 {{a program starts in `func.func @main`, and this module defines none}}
module {
  func.func @helper() {
    return
  }
}

// -----

// expected-error@+1 {{a program's @main takes no arguments}}
func.func @main(%argc: i64) {
  return
}

// -----

// expected-error@+1 {{a program's @main returns nothing, i1, i32, i64 or !intr.status, not ('f32')}}
func.func @main() -> f32 {
  %0 = arith.constant 0.0 : f32
  return %0 : f32
}
