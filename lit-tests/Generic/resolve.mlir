// Source names and aliases, with the types of each program.
// RUN: %plumb-opt --load-family=%S/Inputs/Seq.td %s --resolve-builtins | FileCheck %s

// One symbol has one type: what follows `<` tells instances apart.
func.func private @"Seq.new"() -> !intr.object<"List", i64>
func.func private @"Seq.new<Float>"() -> !intr.object<"List", f64>
func.func private @"Seq.map<Int, Bool>"(!intr.object<"List", i64>, !intr.fn<(i64) -> i1>) -> !intr.object<"List", i1>
func.func private @"Seq.size"(!intr.object<"List", i64>) -> i64
// An alias without a dot may be a function of C.
func.func private @size(!intr.object<"List", f64>) -> i64 attributes {intr.builtin}

// CHECK-NOT: private @"Seq
// CHECK-NOT: private @size
// CHECK: intr.call "seq.make"() : () -> !intr.object<"List", i64>
// CHECK: intr.call "seq.make"() : () -> !intr.object<"List", f64>
// CHECK: intr.call "seq.map"(%{{.*}}, %{{.*}}) : (!intr.object<"List", i64>, !intr.fn<(i64) -> i1>) -> !intr.object<"List", i1>
// CHECK: intr.call "seq.length"(%{{.*}}) : (!intr.object<"List", i64>) -> i64
// CHECK: intr.call "seq.length"(%{{.*}}) : (!intr.object<"List", f64>) -> i64
func.func @calls(%f: !intr.fn<(i64) -> i1>) -> (i64, i64) {
  %0 = call @"Seq.new"() : () -> !intr.object<"List", i64>
  %1 = call @"Seq.new<Float>"() : () -> !intr.object<"List", f64>
  %2 = call @"Seq.map<Int, Bool>"(%0, %f) : (!intr.object<"List", i64>, !intr.fn<(i64) -> i1>) -> !intr.object<"List", i1>
  %3 = call @"Seq.size"(%0) : (!intr.object<"List", i64>) -> i64
  %4 = call @size(%1) : (!intr.object<"List", f64>) -> i64
  return %3, %4 : i64, i64
}
