// What callbacks are called with, in operations of families and in the carrier,
// in each form that a program has.
// RUN: %plumb-opt %s | %plumb-opt | FileCheck %s
// RUN: %plumb-opt %s --mlir-print-op-generic | FileCheck %s --check-prefix=GENERIC
// RUN: %plumb-opt %s --mlir-print-op-generic | %plumb-opt | FileCheck %s
// RUN: %plumb-opt %s --emit-bytecode | %plumb-opt | FileCheck %s

func.func private @ring(i64, !intr.slot)
func.func private @beep(i64)
func.func private @accept(!ws.conn) -> i1
func.func private @message(!ws.conn, !intr.str, !intr.slot)
func.func private @close(!ws.conn, i64, !intr.str, !intr.slot)
func.func private @binary(!ws.conn, !intr.bytes, !intr.slot)
func.func private @free(!intr.slot)

// CHECK-LABEL: func @timers
// CHECK-SAME: (%[[MS:.*]]: i64, %[[ENV:.*]]: !intr.slot)
func.func @timers(%ms: i64, %env: !intr.slot) {
  // CHECK: time.after %[[MS]], %[[MS]] env(on_timer = %[[ENV]]) {on_timer = @ring}{{$}}
  // GENERIC: "time.after"(%{{.*}}, %{{.*}}, %{{.*}}) <{environment_names = ["on_timer"], on_timer = @ring}> : (i64, i64, !intr.slot) -> !time.timer
  %0 = time.after %ms, %ms env(on_timer = %env) {on_timer = @ring}
  // CHECK: time.every %[[MS]], %[[MS]] env(on_timer = %[[ENV]]) {my.note = "kept", on_timer = @ring}{{$}}
  %1 = time.every %ms, %ms env(on_timer = %env) {my.note = "kept", on_timer = @ring}
  // CHECK: time.after %[[MS]], %[[MS]] {on_timer = @beep}{{$}}
  // GENERIC: "time.after"(%{{.*}}, %{{.*}}) <{on_timer = @beep}> : (i64, i64) -> !time.timer
  %2 = time.after %ms, %ms {on_timer = @beep}
  // CHECK: intr.call "time.after"(%[[MS]], %[[MS]]) env(on_timer = %[[ENV]]) {my.note = "kept", on_timer = @ring} : (i64, i64) -> !time.timer
  %3 = intr.call "time.after"(%ms, %ms) env(on_timer = %env) {my.note = "kept", on_timer = @ring} : (i64, i64) -> !time.timer
  return
}

// Some callbacks may have one and others not; the order is the program's.
// CHECK-LABEL: func @serve
// CHECK-SAME: (%[[PORT:.*]]: i64, %[[A:.*]]: !intr.slot, %[[B:.*]]: !intr.slot)
func.func @serve(%port: i64, %a: !intr.slot, %b: !intr.slot) {
  // CHECK: ws.serve %[[PORT]] env(on_message = %[[A]], on_close = %[[B]]) {on_close = @close, on_connect = @accept, on_message = @message, options = {shards = 2 : i64}}{{$}}
  %0 = ws.serve %port env(on_message = %a, on_close = %b) {on_connect = @accept, on_message = @message, on_close = @close, options = {shards = 2}}
  // CHECK: ws.serve %[[PORT]] env(on_binary = %[[A]], on_close = %[[A]], on_message = %[[A]])
  %1 = ws.serve %port env(on_binary = %a, on_close = %a, on_message = %a) {on_connect = @accept, on_message = @message, on_close = @close, on_binary = @binary}
  return
}

// CHECK-LABEL: func @give
// CHECK-SAME: (%[[ENV:.*]]: !intr.slot)
func.func @give(%env: !intr.slot) -> !intr.status {
  // CHECK: intr.give %[[ENV]] {on_release = @free}
  %0 = intr.give %env {on_release = @free}
  return %0 : !intr.status
}

// CHECK-LABEL: func @bind
// CHECK-SAME: (%[[ENV:.*]]: !intr.slot)
func.func @bind(%env: !intr.slot) -> ((i64) -> ()) {
  // CHECK: intr.bind @ring(%[[ENV]]) : (i64) -> ()
  %0 = intr.bind @ring(%env) : (i64) -> ()
  return %0 : (i64) -> ()
}
