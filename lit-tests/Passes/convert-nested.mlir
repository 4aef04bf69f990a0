// RUN: %plumb-opt %s --convert-intrinsics-to-llvm | FileCheck %s
// The same through upstream's pass.
// RUN: %plumb-opt %s --convert-to-llvm | FileCheck %s --check-prefix=UPSTREAM

// Each module declares what it uses itself.
// CHECK: module {
// CHECK: llvm.func @plumb_str_length
// UPSTREAM-DAG: llvm.func @plumb_str_length
func.func @outer(%text: !intr.str) -> i64 {
  %0 = str.length %text
  return %0 : i64
}
// CHECK: module @inner
// CHECK-NEXT: llvm.func @plumb_str_from_int
// CHECK-NOT: @plumb_str_length
module @inner {
  func.func @f(%n: i64) -> !intr.str {
    %0 = str.from_int %n
    return %0 : !intr.str
  }
}

func.func @tick(%data: i64) {
  return
}
// UPSTREAM: llvm.call @plumb_time_after
// UPSTREAM: llvm.call @plumb_time_every
// UPSTREAM: llvm.func internal @plumb_time_on_timer.tick(
// UPSTREAM-NOT: plumb_time_on_timer.tick_
func.func @timers(%ms: i64) {
  %0 = time.after %ms, %ms {on_timer = @tick}
  %1 = time.every %ms, %ms {on_timer = @tick}
  return
}
