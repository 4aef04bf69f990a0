// What LLVM may do with the attributes, and what it must not. The bodies that
// make each of them true are tested in unittests/bodies and by the rows' tests.
// RUN: %plumb-translate --plumb-to-llvmir %s | opt -S -passes='default<O2>' | FileCheck %s

func.func private @use(i64)
func.func private @use_flag(i1)

// Equal calls of a pure function become one.
// CHECK-LABEL: define {{.*}}@pure(
// CHECK: call {{.*}}@plumb_str_length
// CHECK-NOT: @plumb_str_length
// CHECK: ret
func.func @pure(%text: !intr.str) -> i64 {
  %0 = str.length %text
  %1 = str.length %text
  %2 = arith.addi %0, %1 : i64
  return %2 : i64
}

// An unused call of a pure function goes.
// CHECK-LABEL: define {{.*}}@unused(
// CHECK-NOT: call
// CHECK: ret
func.func @unused(%text: !intr.str) {
  %0 = str.length %text
  return
}

// A look-up that only reads the rooms leaves the loop that writes none.
// CHECK-LABEL: define {{.*}}@hoisted(
// CHECK: call {{.*}}@plumb_ws_member_count
// CHECK: br label
// CHECK: phi
// CHECK-NOT: @plumb_ws_member_count
// CHECK: ret
func.func @hoisted(%room: !intr.str, %n: index) -> i64 {
  %zero = arith.constant 0 : i64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %sum = scf.for %i = %c0 to %n step %c1 iter_args(%acc = %zero) -> i64 {
    %count = ws.member_count %room
    %members = intr.value %count
    %square = arith.muli %acc, %members : i64
    %next = arith.addi %square, %members : i64
    scf.yield %next : i64
  }
  return %sum : i64
}

// It is not carried over a write of the rooms.
// CHECK-LABEL: define {{.*}}@not_over_a_write(
// CHECK: call {{.*}}@plumb_ws_member_count
// CHECK: call {{.*}}@plumb_ws_join
// CHECK: call {{.*}}@plumb_ws_member_count
// CHECK: ret
func.func @not_over_a_write(%conn: !ws.conn, %room: !intr.str) -> i64 {
  %a = ws.member_count %room
  %status = ws.join %conn, %room
  %b = ws.member_count %room
  %x = intr.value %a
  %y = intr.value %b
  %2 = arith.subi %y, %x : i64
  return %2 : i64
}

// Nor over a call that calls back, whose callbacks may change the program's
// own memory too.
memref.global @state : memref<i64> = dense<0>
// CHECK-LABEL: define {{.*}}@not_over_callbacks(
// CHECK: store i64 7
// CHECK: call {{.*}}@plumb_ws_serve
// CHECK: load i64
// CHECK: ret
func.func @not_over_callbacks(%port: i64) -> i64 {
  %state = memref.get_global @state : memref<i64>
  %seven = arith.constant 7 : i64
  memref.store %seven, %state[] : memref<i64>
  %status = ws.serve %port {on_connect = @accept, on_message = @message, on_close = @closed}
  %now = memref.load %state[] : memref<i64>
  return %now : i64
}
func.func @accept(%conn: !ws.conn) -> i1 {
  %true = arith.constant true
  return %true : i1
}
func.func @message(%conn: !ws.conn, %text: !intr.str) {
  %state = memref.get_global @state : memref<i64>
  %length = str.length %text
  memref.store %length, %state[] : memref<i64>
  return
}
func.func @closed(%conn: !ws.conn, %code: i64, %reason: !intr.str) {
  return
}
