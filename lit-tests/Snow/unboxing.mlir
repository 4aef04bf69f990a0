// Structs are passed by their fields from block to block, and short functions on
// them are inlined: this loop makes none.
// RUN: %snow-opt --pass-pipeline='builtin.module(func.func(canonicalize,cse),snow-inline-values,func.func(canonicalize,cse),snow-unbox-arguments,func.func(canonicalize))' %s | FileCheck %s

!p = !intr.object<"Main.Point">
snow.data_type @point "Main.Point" [["Point", array<i32: 1, 1>, ["x", "y"]]] {is_struct}
snow.data_type @shape "Main.Shape" [["Dot", array<i32>, []], ["Disc", array<i32: 1>, []]]

func.func private @"Main.move"(%p: !p, %d: f64) -> !p {
  %x = snow.field %p @point[0, 0] : !p -> f64
  %y = snow.field %p @point[0, 1] : !p -> f64
  %x2 = arith.addf %x, %d : f64
  %q = snow.construct @point[0](%x2, %y) : (f64, f64) -> !p
  return %q : !p
}

// CHECK-LABEL: @Main.run(
// CHECK: %[[X:.*]] = snow.field %arg0 @point[0, 0]
// CHECK-NEXT: cf.br ^[[TEST:bb[0-9]+]](%{{.*}}, %[[X]] : i64, f64)
// CHECK: ^[[TEST]](%{{.*}}: i64, %[[NOW:.*]]: f64):
// CHECK-NOT: snow.construct
// CHECK-NOT: call
// CHECK: %[[NEXT:.*]] = arith.addf %[[NOW]], %arg1
// CHECK: cf.br ^[[TEST]](%{{.*}}, %[[NEXT]] : i64, f64)
func.func private @"Main.run"(%p: !p, %d: f64, %n: i64) -> f64 {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  cf.br ^test(%zero, %p : i64, !p)
^test(%i: i64, %now: !p):
  %more = arith.cmpi slt, %i, %n : i64
  cf.cond_br %more, ^body, ^after
^body:
  %next = call @"Main.move"(%now, %d) : (!p, f64) -> !p
  %j = arith.addi %i, %one : i64
  cf.br ^test(%j, %next : i64, !p)
^after:
  %x = snow.field %now @point[0, 0] : !p -> f64
  return %x : f64
}

// What is needed whole stays whole.
// CHECK-LABEL: @Main.whole(
// CHECK: ^{{bb[0-9]+}}(%{{.*}}: i64, %[[W:.*]]: !intr.object<"Main.Point">):
// CHECK: return %[[W]]
func.func private @"Main.whole"(%p: !p, %d: f64, %n: i64) -> !p {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  cf.br ^test(%zero, %p : i64, !p)
^test(%i: i64, %now: !p):
  %more = arith.cmpi slt, %i, %n : i64
  cf.cond_br %more, ^body, ^after
^body:
  %next = call @"Main.move"(%now, %d) : (!p, f64) -> !p
  %j = arith.addi %i, %one : i64
  cf.br ^test(%j, %next : i64, !p)
^after:
  return %now : !p
}

// A field and the constructor of what is made here are known.
// CHECK-LABEL: @Main.known(
// CHECK-NEXT: %[[ONE:.*]] = arith.constant 1 : i32
// CHECK-NEXT: return %arg0, %[[ONE]]
func.func private @"Main.known"(%x: f64) -> (f64, i32) {
  %s = snow.construct @shape[1](%x) : (f64) -> !intr.object<"Main.Shape">
  %f = snow.field %s @shape[1, 0] : !intr.object<"Main.Shape"> -> f64
  %t = snow.tag %s : !intr.object<"Main.Shape">
  return %f, %t : f64, i32
}

// A known closure is a call of its function.
// CHECK-LABEL: @Main.closure(
// CHECK-NEXT: %[[R:.*]] = call @add(%arg0, %arg1)
// CHECK-NEXT: return %[[R]]
func.func private @add(i64, i64) -> i64
func.func private @"Main.closure"(%a: i64, %b: i64) -> i64 {
  %f = snow.closure @add(%a) : (i64) -> !intr.fn<(i64) -> i64>
  %r = snow.call_closure %f(%b) : !intr.fn<(i64) -> i64>, (i64) -> i64
  return %r : i64
}
