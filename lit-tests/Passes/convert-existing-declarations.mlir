// A matching declaration is kept, however it is written; a different one is an
// error that shows both.
// RUN: %plumb-opt %s --convert-intrinsics-to-llvm --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-COUNT-1: llvm.func @plumb_str_length
// CHECK-NOT: @plumb_str_length_0
llvm.func @plumb_str_length(!llvm.ptr) -> i64
func.func @kept(%text: !intr.str) -> i64 {
  // CHECK: llvm.call @plumb_str_length
  %0 = str.length %text
  return %0 : i64
}

// -----

// The front end's own declaration gets the record's attributes, and its calls
// follow.
// CHECK-LABEL: {{//}} -----
// CHECK: llvm.func @plumb_ws_member_count({{.*}}llvm.nonnull
// CHECK-NOT: func.func private @plumb_ws_member_count
func.func private @plumb_ws_member_count(!intr.str) -> !intr.count
func.func @adopted(%room: !intr.str) -> !intr.count {
  // CHECK: llvm.call @plumb_ws_member_count
  %0 = ws.member_count %room
  // CHECK: llvm.call @plumb_ws_member_count
  %1 = func.call @plumb_ws_member_count(%room) : (!intr.str) -> !intr.count
  return %1 : !intr.count
}

// -----

// expected-note@+1 {{the module's declaration is here}}
llvm.func @plumb_ws_join(i64, !llvm.ptr) -> i64
func.func @clash(%conn: !ws.conn, %room: !intr.str) {
  // expected-error@+1 {{'ws.join' calls '@plumb_ws_join' with type '!llvm.func<i64 (ptr, ptr)>' (its record is at dialects/Ws/WsIntrinsics.td:}}
  %0 = ws.join %conn, %room
  return
}

// -----

// expected-note@+1 {{the module's declaration is here}}
func.func private @plumb_ws_leave(i64, !intr.str) -> !intr.status
func.func @clash_of_func(%conn: !ws.conn, %room: !intr.str) {
  // expected-error@+1 {{but this module declares that symbol with type '(i64, !llvm.ptr) -> i64'}}
  %0 = ws.leave %conn, %room
  return
}

// -----

// expected-note@+1 {{the module's declaration is here}}
llvm.mlir.global external @plumb_ws_stop() : i64
func.func @clash_of_global() {
  // expected-error@+1 {{but this module declares that symbol; remove the declaration, or correct it}}
  %0 = ws.stop
  return
}
