// A callback's environment goes to C beside the function that is called with it;
// a call without one is what it always was.
// RUN: %plumb-opt %s --convert-intrinsics-to-llvm | FileCheck %s
// RUN: %plumb-opt %s --convert-to-llvm | FileCheck %s
// RUN: %plumb-opt %s --plumb-to-llvm | %plumb-translate --mlir-to-llvmir | FileCheck %s --check-prefix=IR

// CHECK-LABEL: func @timer(
// CHECK-SAME: i64, %[[ENV:[a-z0-9]+]]: i64)
// CHECK: %[[RING:.*]] = llvm.mlir.addressof @plumb_time_on_timer.env.ring : !llvm.ptr
// CHECK: %[[POINTER:.*]] = llvm.inttoptr %[[ENV]] : i64 to !llvm.ptr
// CHECK: llvm.call @plumb_time_after(%{{.*}}, %{{.*}}, %[[RING]], %[[POINTER]]) : (i64, i64, !llvm.ptr, !llvm.ptr) -> !llvm.ptr
// CHECK: %[[BEEP:.*]] = llvm.mlir.addressof @plumb_time_on_timer.beep : !llvm.ptr
// CHECK: %[[NULL:.*]] = llvm.mlir.zero : !llvm.ptr
// CHECK: llvm.call @plumb_time_after(%{{.*}}, %{{.*}}, %[[BEEP]], %[[NULL]])
func.func @timer(%ms: i64, %env: !intr.slot) {
  %0 = time.after %ms, %ms env(on_timer = %env) {on_timer = @ring}
  %1 = time.after %ms, %ms {on_timer = @beep}
  return
}

// The carrier, and the same function twice: one function for C is enough.
// CHECK-LABEL: func @carrier(
// CHECK: llvm.mlir.addressof @plumb_time_on_timer.env.ring : !llvm.ptr
// CHECK: llvm.call @plumb_time_every
func.func @carrier(%ms: i64, %env: !intr.slot) {
  %0 = intr.call "time.every"(%ms, %ms) env(on_timer = %env) {on_timer = @ring} : (i64, i64) -> !time.timer
  return
}

// Each gets its own, whatever the order is that they are given in.
// CHECK-LABEL: func @serve(
// CHECK-SAME: %[[PORT:[a-z0-9]+]]: i64, %[[A:[a-z0-9]+]]: i64, %[[B:[a-z0-9]+]]: i64)
// CHECK: %[[CONNECT:.*]] = llvm.mlir.addressof @plumb_ws_on_connect.accept
// CHECK: %[[NONE:.*]] = llvm.mlir.zero
// CHECK: %[[MESSAGE:.*]] = llvm.mlir.addressof @plumb_ws_on_message.env.message
// CHECK: %[[PB:.*]] = llvm.inttoptr %[[B]]
// CHECK: %[[CLOSE:.*]] = llvm.mlir.addressof @plumb_ws_on_close.env.close
// CHECK: %[[PA:.*]] = llvm.inttoptr %[[A]]
// CHECK: llvm.call @plumb_ws_serve(%[[PORT]], %[[CONNECT]], %[[NONE]], %[[MESSAGE]], %[[PB]], %[[CLOSE]], %[[PA]],
func.func @serve(%port: i64, %a: !intr.slot, %b: !intr.slot) {
  %0 = ws.serve %port env(on_close = %a, on_message = %b) {on_connect = @accept, on_message = @message, on_close = @close}
  return
}

// A function of llvm.func gets the slot as i64.
// CHECK-LABEL: func @of_llvm(
// CHECK: llvm.mlir.addressof @plumb_time_on_timer.env.chime
func.func @of_llvm(%ms: i64, %env: !intr.slot) {
  %0 = time.after %ms, %ms env(on_timer = %env) {on_timer = @chime}
  return
}

// CHECK-LABEL: func @give(
// CHECK-SAME: %[[ENV:[a-z0-9]+]]: i64)
// CHECK: %[[POINTER:.*]] = llvm.inttoptr %[[ENV]]
// CHECK: %[[FREE:.*]] = llvm.mlir.addressof @plumb_intr_on_release.env.free
// CHECK: llvm.call @plumb_intr_give(%[[POINTER]], %[[FREE]]) : (!llvm.ptr, !llvm.ptr) -> i64
func.func @give(%env: !intr.slot) {
  %0 = intr.give %env {on_release = @free}
  return
}

// The environment comes last, in C and in the program.
// IR: define internal void @plumb_time_on_timer.env.ring(i64 noundef %[[DATA:.*]], ptr noundef %[[ENV:.*]])
// IR-NEXT: %[[SLOT:.*]] = ptrtoint ptr %[[ENV]] to i64
// IR-NEXT: call void @ring(i64 %[[DATA]], i64 %[[SLOT]])

func.func private @ring(i64, !intr.slot)
func.func private @beep(i64)
llvm.func @chime(i64, i64)
func.func private @accept(!ws.conn) -> i1
func.func private @message(!ws.conn, !intr.str, !intr.slot)
func.func private @close(!ws.conn, i64, !intr.str, !intr.slot)
func.func private @free(!intr.slot)
