// Where references are counted: an operation that uses a value last takes its
// reference, or a release follows it; where control forks, on the edge.
// RUN: %snow-opt --pass-pipeline='builtin.module(func.func(canonicalize,cse,snow-insert-counts))' %s | FileCheck %s

!t = !intr.object<"Main.Tree">
!s = !intr.object<"String">
snow.data_type @tree "Main.Tree" [["Leaf", array<i32>, []], ["Node", array<i32: 4, 0, 4>, []]]
func.func private @keep(!t) -> !t

// CHECK-LABEL: @unused(
// CHECK-NEXT: snow.release %arg0
func.func private @unused(%t: !t) -> i64 {
  %c = arith.constant 1 : i64
  return %c : i64
}

// The first use leaves one for the second.
// CHECK-LABEL: @twice(
// CHECK-NEXT: snow.retain %arg0
// CHECK-NEXT: %[[A:.*]] = call @keep(%arg0)
// CHECK-NEXT: snow.release %[[A]]
// CHECK-NEXT: %[[B:.*]] = call @keep(%arg0)
// CHECK-NEXT: return %[[B]]
func.func private @twice(%t: !t) -> !t {
  %a = call @keep(%t) : (!t) -> !t
  %b = call @keep(%t) : (!t) -> !t
  return %b : !t
}

// Both operands of one operation.
// CHECK-LABEL: @both(
// CHECK-NEXT: arith.constant
// CHECK-NEXT: snow.retain %arg0
// CHECK-NEXT: snow.construct @tree[1] (%arg0, %{{.*}}, %arg0)
func.func private @both(%t: !t) -> !t {
  %c = arith.constant 1 : i64
  %n = snow.construct @tree[1](%t, %c, %t) : (!t, i64, !t) -> !t
  return %n : !t
}

// One side of a branch needs it, the other side does not.
// CHECK-LABEL: @fork(
// CHECK: cf.cond_br %arg1, ^[[YES:bb[0-9]+]], ^[[NO:bb[0-9]+]]
// CHECK: ^[[YES]]:
// CHECK-NEXT: return %arg0
// CHECK: ^[[NO]]:
// CHECK-NEXT: snow.release %arg0
func.func private @fork(%t: !t, %c: i1) -> !t {
  cf.cond_br %c, ^yes, ^no
^yes:
  return %t : !t
^no:
  %e = snow.construct @tree[0]() : () -> !t
  return %e : !t
}

// A loop that gives it away in each turn and keeps it.
// CHECK-LABEL: @loop(
// CHECK: ^[[BODY:bb[0-9]+]]:
// CHECK-NEXT: snow.retain %arg0
// CHECK-NEXT: %[[K:.*]] = call @keep(%arg0)
// CHECK-NEXT: snow.release %[[K]]
// CHECK: ^{{bb[0-9]+}}: // pred
// CHECK-NEXT: snow.release %arg0
func.func private @loop(%t: !t, %n: i64) -> i64 {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  cf.br ^test(%zero : i64)
^test(%i: i64):
  %more = arith.cmpi slt, %i, %n : i64
  cf.cond_br %more, ^body, ^after
^body:
  %k = call @keep(%t) : (!t) -> !t
  %j = arith.addi %i, %one : i64
  cf.br ^test(%j : i64)
^after:
  return %n : i64
}

// A constant is immortal.
// CHECK-LABEL: @constant(
// CHECK-NOT: snow.retain
// CHECK-NOT: snow.release
// CHECK: return
func.func private @constant() -> !t {
  %e = snow.construct @tree[0]() : () -> !t
  %c = arith.constant 1 : i64
  %n = snow.construct @tree[1](%e, %c, %e) : (!t, i64, !t) -> !t
  return %n : !t
}

// A field that is only looked at is part of its value, which lives on.
// CHECK-LABEL: @look(
// CHECK: %[[L:.*]] = snow.field %arg0 @tree[1, 0]
// CHECK-NEXT: snow.tag %[[L]]
// CHECK-NEXT: snow.release %arg0
func.func private @look(%t: !t) -> i32 {
  %l = snow.field %t @tree[1, 0] : !t -> !t
  %tag = snow.tag %l : !t
  return %tag : i32
}

// The text in a String lives as long as that.
// CHECK-LABEL: @text(
// CHECK-NEXT: %[[T:.*]] = snow.text %arg0
// CHECK-NEXT: %[[L:.*]] = str.length %[[T]]
// CHECK-NEXT: snow.release %arg0
// CHECK-NEXT: return %[[L]]
func.func private @text(%s: !s) -> i64 {
  %t = snow.text %s : !s -> !intr.str
  %l = str.length %t
  return %l : i64
}

// One of two: the chosen one is kept, and both end.
// CHECK-LABEL: @choice(
// CHECK-NEXT: %[[C:.*]] = arith.select %arg1, %arg0, %arg2
// CHECK-NEXT: snow.retain %[[C]]
// CHECK-DAG: snow.release %arg0
// CHECK-DAG: snow.release %arg2
// CHECK: return %[[C]]
func.func private @choice(%t: !t, %c: i1, %u: !t) -> !t {
  cf.cond_br %c, ^join(%t : !t), ^join(%u : !t)
^join(%p: !t):
  return %p : !t
}

// A value that is passed on an edge and needed behind it.
// CHECK-LABEL: @passed(
// CHECK: cf.cond_br %arg1, ^[[SPLIT:bb[0-9]+]], ^[[ELSE:bb[0-9]+]]
// CHECK: ^[[ELSE]]:
// CHECK-NEXT: %[[K:.*]] = call @keep(%arg2)
// CHECK-NEXT: cf.br ^[[JOIN:bb[0-9]+]](%[[K]]
// CHECK: ^[[SPLIT]]:
// CHECK-NEXT: snow.retain %arg0
// CHECK-NEXT: snow.release %arg2
// CHECK-NEXT: cf.br ^[[JOIN]](%arg0
// CHECK: ^[[JOIN]](%[[P:.*]]: !intr.object<"Main.Tree">):
// CHECK-NEXT: snow.construct @tree[1] (%[[P]], %{{.*}}, %arg0)
func.func private @passed(%t: !t, %c: i1, %u: !t) -> !t {
  cf.cond_br %c, ^join(%t : !t), ^else
^else:
  %k = call @keep(%u) : (!t) -> !t
  cf.br ^join(%k : !t)
^join(%p: !t):
  %n = arith.constant 1 : i64
  %r = snow.construct @tree[1](%p, %n, %t) : (!t, i64, !t) -> !t
  return %r : !t
}
