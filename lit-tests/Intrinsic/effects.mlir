// Effects come from the record: what has none is merged, dropped and hoisted;
// what writes is not.
// RUN: %plumb-opt %s --cse --canonicalize --loop-invariant-code-motion | FileCheck %s

// CHECK-LABEL: func @pure_is_merged
// CHECK: str.length
// CHECK-NOT: str.length
// CHECK: return
func.func @pure_is_merged(%text: !intr.str) -> i64 {
  %0 = str.length %text
  %1 = str.length %text
  %2 = arith.addi %0, %1 : i64
  return %2 : i64
}

// CHECK-LABEL: func @pure_carrier_is_merged
// CHECK: intr.call "str.length"
// CHECK-NOT: intr.call "str.length"
// CHECK: return
func.func @pure_carrier_is_merged(%text: !intr.str) -> i64 {
  %0 = intr.call "str.length"(%text) : (!intr.str) -> i64
  %1 = intr.call "str.length"(%text) : (!intr.str) -> i64
  %2 = arith.addi %0, %1 : i64
  return %2 : i64
}

// CHECK-LABEL: func @unused_pure_is_dropped
// CHECK-NOT: str.concat
// CHECK-NOT: ws.get
// CHECK: ws.join
// CHECK: return
func.func @unused_pure_is_dropped(%conn: !ws.conn, %text: !intr.str) {
  %0 = str.concat %text, %text
  %1 = ws.get %conn, %text
  %2 = ws.join %conn, %text
  return
}

// CHECK-LABEL: func @writes_stay
// CHECK-COUNT-2: ws.broadcast
// CHECK: time.now
// CHECK: time.now
// CHECK: return
func.func @writes_stay(%room: !intr.str) -> i64 {
  %0 = ws.broadcast %room, %room
  %1 = ws.broadcast %room, %room
  %2 = time.now
  %3 = time.now
  %4 = arith.subi %3, %2 : i64
  return %4 : i64
}

// CHECK-LABEL: func @pure_is_hoisted
// CHECK: str.length
// CHECK: scf.for
// CHECK: ws.member_count
func.func @pure_is_hoisted(%text: !intr.str, %n: index) -> i64 {
  %zero = arith.constant 0 : i64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %sum = scf.for %i = %c0 to %n step %c1 iter_args(%acc = %zero) -> i64 {
    %length = str.length %text
    %count = ws.member_count %text
    %members = intr.value %count
    %a = arith.addi %acc, %length : i64
    %b = arith.addi %a, %members : i64
    scf.yield %b : i64
  }
  return %sum : i64
}
