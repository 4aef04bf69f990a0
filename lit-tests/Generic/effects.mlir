// Making an object is no effect: equal calls are one, unused ones are none, since
// a front end counts references afterwards.
// RUN: %plumb-opt --load-family=%S/Inputs/Seq.td %s --cse --canonicalize --loop-invariant-code-motion | FileCheck %s

// CHECK-LABEL: func.func @merged(
// CHECK-COUNT-1: seq.contains
// CHECK-NOT: seq.contains
// CHECK-NOT: seq.zip
// CHECK: return
func.func @merged(%list: !intr.object<"List", i64>, %value: i64) -> (i1, i1) {
  %0 = intr.call "seq.contains"(%list, %value) : (!intr.object<"List", i64>, i64) -> i1
  %1 = intr.call "seq.contains"(%list, %value) : (!intr.object<"List", i64>, i64) -> i1
  %2 = intr.call "seq.zip"(%list, %list) : (!intr.object<"List", i64>, !intr.object<"List", i64>) -> !intr.object<"List", !intr.object<"Tuple", i64, i64>>
  return %0, %1 : i1, i1
}

// A closure may do anything.
// CHECK-LABEL: func.func @calls(
// CHECK-COUNT-2: seq.map
// CHECK: return
func.func @calls(%list: !intr.object<"List", i64>, %f: !intr.fn<(i64) -> i64>) {
  %0 = intr.call "seq.map"(%list, %f) : (!intr.object<"List", i64>, !intr.fn<(i64) -> i64>) -> !intr.object<"List", i64>
  %1 = intr.call "seq.map"(%list, %f) : (!intr.object<"List", i64>, !intr.fn<(i64) -> i64>) -> !intr.object<"List", i64>
  return
}

// What fails fails where the program says, also when nobody uses the result.
// CHECK-LABEL: func.func @fails(
// CHECK: scf.for
// CHECK: seq.get
// CHECK: return
func.func @fails(%list: !intr.object<"List", i64>, %n: index) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %first = arith.constant 0 : i64
  scf.for %i = %zero to %n step %one {
    %0 = intr.call "seq.get"(%list, %first) : (!intr.object<"List", i64>, i64) -> i64
  }
  return
}

// A body may call the program's `==`: it is not called where the program would not.
// CHECK-LABEL: func.func @stays(
// CHECK: scf.for
// CHECK: seq.contains
// CHECK: return
func.func @stays(%list: !intr.object<"List", i64>, %value: i64, %n: index) -> i1 {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %false = arith.constant false
  %r = scf.for %i = %zero to %n step %one iter_args(%so = %false) -> i1 {
    %0 = intr.call "seq.contains"(%list, %value) : (!intr.object<"List", i64>, i64) -> i1
    %1 = arith.xori %so, %0 : i1
    scf.yield %1 : i1
  }
  return %r : i1
}
