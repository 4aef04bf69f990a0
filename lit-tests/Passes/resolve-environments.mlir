// Calls by source names pass a function with an environment as one value.
// RUN: %plumb-opt %s --resolve-builtins | FileCheck %s

func.func private @"Time.after"(i64, i64, (i64) -> ()) -> !time.timer
func.func private @ring(i64, !intr.slot)
func.func private @beep(i64)

// CHECK-LABEL: func @timers(
// CHECK-SAME: %[[MS:.*]]: i64, %[[ENV:.*]]: !intr.slot)
// CHECK-NEXT: time.after %[[MS]], %[[MS]] env(on_timer = %[[ENV]]) {on_timer = @ring}
// CHECK-NEXT: time.after %[[MS]], %[[MS]] {on_timer = @beep}
// CHECK-NEXT: return
func.func @timers(%ms: i64, %env: !intr.slot) {
  %ring = intr.bind @ring(%env) : (i64) -> ()
  %0 = call @"Time.after"(%ms, %ms, %ring) : (i64, i64, (i64) -> ()) -> !time.timer
  %beep = func.constant @beep : (i64) -> ()
  %1 = call @"Time.after"(%ms, %ms, %beep) : (i64, i64, (i64) -> ()) -> !time.timer
  return
}
