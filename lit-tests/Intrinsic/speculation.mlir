// What leaves a loop that may not be entered: a pure call whose arguments are
// values whatever the loop does. A test before the loop is not needed for it.
// RUN: %plumb-opt --load-family=%S/Inputs/lamp.td %s --loop-invariant-code-motion | FileCheck %s

// CHECK-LABEL: func.func @values
// CHECK: str.from_int
// CHECK: str.slice
// CHECK: scf.for
// CHECK-NOT: str.
// CHECK: return
func.func @values(%n: index, %x: i64, %t: !intr.str) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    %sum = arith.addi %x, %x : i64
    %a = str.from_int %sum
    %b = str.slice %t, %x, %sum
    func.call @use(%a, %b) : (!intr.str, !intr.str) -> ()
  }
  return
}

// A shift by too much is poison, and so is what is made of it; the call would be
// undefined.
// CHECK-LABEL: func.func @poison
// CHECK: scf.for
// CHECK: str.from_int
// CHECK: str.from_int
// CHECK: return
func.func @poison(%n: index, %x: i64, %by: i64) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    %far = arith.shli %x, %by : i64
    %more = arith.addi %far, %x : i64
    %a = str.from_int %more
    %wrapped = arith.addi %x, %by overflow<nsw> : i64
    %b = str.from_int %wrapped
    func.call @use(%a, %b) : (!intr.str, !intr.str) -> ()
  }
  return
}

// The loop is entered when the handle is not null.
// CHECK-LABEL: func.func @asked_first
// CHECK: intr.call "lamp.any"
// CHECK: scf.for
// CHECK: intr.call "lamp.watts"
// CHECK-NOT: lamp.any
func.func @asked_first(%h: !lamp.lamp) -> i64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %z = arith.constant 0 : i64
  %null = intr.is_null %h : !lamp.lamp
  %n = arith.select %null, %c0, %c1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %z) -> i64 {
    %w = intr.call "lamp.watts"(%h) : (!lamp.lamp) -> i64
    %any = intr.call "lamp.any"(%h) : (!lamp.lamp) -> i64
    %s = arith.addi %w, %any : i64
    scf.yield %s : i64
  }
  return %r : i64
}
func.func private @use(!intr.str, !intr.str)
