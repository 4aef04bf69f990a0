// Fields of a value that ends are moved out of it, and its memory is that of the
// next one.
// RUN: %snow-opt --pass-pipeline='builtin.module(func.func(canonicalize,cse,snow-insert-counts),snow-move-fields)' %s | FileCheck %s

!t = !intr.object<"Main.Tree">
snow.data_type @tree "Main.Tree" [["Leaf", array<i32>, []], ["Node", array<i32: 4, 0, 4>, []]]
func.func private @keep(!t) -> !t

// CHECK-LABEL: @insert(
// CHECK: %[[V:.*]] = snow.field %arg0 @tree[1, 1]
// CHECK-NEXT: %[[F:.*]]:2, %[[M:.*]] = snow.take %arg0 @tree[1, [0, 2]]
// CHECK-NOT: snow.retain
// CHECK-NOT: snow.release
// CHECK: %[[L:.*]] = call @keep(%[[F]]#0)
// CHECK: snow.construct @tree[1] (%[[L]], %[[V]], %[[F]]#1) reusing %[[M]]
// CHECK: %[[R:.*]] = call @keep(%[[F]]#1)
// CHECK: snow.construct @tree[1] (%[[F]]#0, %[[V]], %[[R]]) reusing %[[M]]
func.func private @insert(%t: !t, %x: i64) -> !t {
  %l = snow.field %t @tree[1, 0] : !t -> !t
  %v = snow.field %t @tree[1, 1] : !t -> i64
  %r = snow.field %t @tree[1, 2] : !t -> !t
  %lt = arith.cmpi slt, %x, %v : i64
  cf.cond_br %lt, ^left, ^right
^left:
  %l2 = call @keep(%l) : (!t) -> !t
  %n1 = snow.construct @tree[1](%l2, %v, %r) : (!t, i64, !t) -> !t
  return %n1 : !t
^right:
  %r2 = call @keep(%r) : (!t) -> !t
  %n2 = snow.construct @tree[1](%l, %v, %r2) : (!t, i64, !t) -> !t
  return %n2 : !t
}

// Where nothing is made, the memory is given back.
// CHECK-LABEL: @perhaps(
// CHECK: %[[F:.*]]:2, %[[M:.*]] = snow.take
// CHECK: cf.cond_br %arg1, ^[[YES:bb[0-9]+]], ^[[NO:bb[0-9]+]]
// CHECK: ^[[YES]]:
// CHECK-NEXT: snow.construct {{.*}} reusing %[[M]]
// CHECK: ^[[NO]]:
// CHECK: snow.free %[[M]], 3
func.func private @perhaps(%t: !t, %c: i1) -> !t {
  %l = snow.field %t @tree[1, 0] : !t -> !t
  %v = snow.field %t @tree[1, 1] : !t -> i64
  %r = snow.field %t @tree[1, 2] : !t -> !t
  cf.cond_br %c, ^yes, ^no
^yes:
  %n = snow.construct @tree[1](%r, %v, %l) : (!t, i64, !t) -> !t
  return %n : !t
^no:
  return %l : !t
}

// Who is used before the end of the value is no move.
// CHECK-LABEL: @shared(
// CHECK: %[[L:.*]] = snow.field %arg0 @tree[1, 0]
// CHECK-NEXT: snow.retain %[[L]]
// CHECK-NEXT: call @keep(%[[L]])
// CHECK: snow.tag %arg0
// CHECK-NEXT: snow.release %arg0
func.func private @shared(%t: !t) -> i32 {
  %l = snow.field %t @tree[1, 0] : !t -> !t
  %k = call @keep(%l) : (!t) -> !t
  %tag = snow.tag %t : !t
  return %tag : i32
}
