// Divisions without a result and failed asserts become aborts.
// RUN: %plumb-opt %s --abort-on-failure | FileCheck %s
// RUN: %plumb-opt %s --abort-on-failure=divisions=false | FileCheck %s --check-prefix=ASSERTS
// RUN: %plumb-opt %s --abort-on-failure=asserts=false | FileCheck %s --check-prefix=DIVISIONS
// RUN: %plumb-opt %s --plumb-to-llvm | FileCheck %s --check-prefix=LLVM
// RUN: %plumb-opt %s --plumb-to-llvm=checks=false | FileCheck %s --check-prefix=OFF
// OFF-NOT: plumb_intr_abort
// LLVM: llvm.cond_br {{.*}} weights([1, 2000])
// DIVISIONS: cf.assert
// ASSERTS-NOT: division by zero
// ASSERTS: assertion failed: it is not so at abort-on-failure.mlir
// ASSERTS-NOT: division by zero

// CHECK-LABEL: func @unsigned
func.func @unsigned(%a: i32, %b: i32) -> i32 {
  // CHECK: %[[Z:.*]] = arith.constant 0 : i32
  // CHECK: %[[IS:.*]] = arith.cmpi eq, %arg1, %[[Z]]
  // CHECK: cf.cond_br %[[IS]] weights([1, 2000]), ^[[ABORT:bb[0-9]+]], ^[[GO:bb[0-9]+]]
  // CHECK: ^[[GO]]:
  // CHECK-NEXT: arith.divui
  // CHECK-NEXT: return
  // CHECK: ^[[ABORT]]:
  // CHECK-NEXT: %[[WHY:.*]] = intr.constant "division by zero at abort-on-failure.mlir:[[#@LINE+3]]:8"
  // CHECK-NEXT: intr.abort %[[WHY]]
  // CHECK-NEXT: ub.unreachable
  %0 = arith.divui %a, %b : i32
  return %0 : i32
}

// One branch is taken for both 0 and -1.
// CHECK-LABEL: func @signed
func.func @signed(%a: i64, %b: i64) -> i64 {
  // CHECK: %[[NEXT:.*]] = arith.addi %arg1, %{{.*}}
  // CHECK: %[[RARE:.*]] = arith.cmpi ule, %[[NEXT]], %{{.*}}
  // CHECK: cf.cond_br %[[RARE]] weights([1, 2000]), ^[[R:bb[0-9]+]], ^[[GO:bb[0-9]+]]
  // CHECK: ^[[GO]]:
  // CHECK-NEXT: arith.remsi
  // CHECK: ^[[R]]:
  // CHECK: arith.cmpi eq, %arg1, %c0
  // CHECK: cf.cond_br %{{.*}} weights([1, 2000]), ^[[ZERO:bb[0-9]+]], ^[[MINUS:bb[0-9]+]]
  // CHECK: ^[[MINUS]]:
  // CHECK: %[[MIN:.*]] = arith.constant -9223372036854775808 : i64
  // CHECK: arith.cmpi eq, %arg0, %[[MIN]]
  // CHECK: cf.cond_br %{{.*}} weights([1, 2000]), ^[[OVER:bb[0-9]+]], ^[[GO]]
  // CHECK: ^[[ZERO]]:
  // CHECK-NEXT: intr.constant "division by zero at
  // CHECK: ^[[OVER]]:
  // CHECK-NEXT: intr.constant "overflow in a division at
  %0 = arith.remsi %a, %b : i64
  return %0 : i64
}

// CHECK-LABEL: func @all_kinds
// CHECK: return
// CHECK-COUNT-14: intr.abort
// CHECK-NOT: intr.abort
func.func @all_kinds(%a: i8, %b: i8, %c: index, %d: index) {
  %0 = arith.divsi %a, %b : i8       // 2
  %1 = arith.ceildivsi %a, %b : i8   // 2
  %2 = arith.floordivsi %a, %b : i8  // 2
  %3 = arith.remui %a, %b : i8       // 1
  %4 = arith.ceildivui %a, %b : i8   // 1
  %5 = arith.divui %c, %d : index    // 1
  %6 = index.divs %c, %d             // 2
  %7 = index.remu %c, %d             // 1
  %8 = index.floordivs %c, %d        // 2
  return
}

// CHECK-LABEL: func @safe
// CHECK-NOT: cf.cond_br
// CHECK: return
func.func @safe(%a: i32, %v: vector<4xi32>) {
  %seven = arith.constant 7 : i32
  %minus = arith.constant -1 : i32
  %five = arith.constant 5 : i32
  %0 = arith.divsi %a, %seven : i32
  %1 = arith.remui %a, %minus : i32
  %2 = arith.divsi %five, %minus : i32
  %3 = arith.divsi %v, %v : vector<4xi32>
  return
}

// CHECK-LABEL: func @by_minus_one
// CHECK-NOT: division by zero
// CHECK: overflow in a division
func.func @by_minus_one(%a: i32) -> i32 {
  %minus = arith.constant -1 : i32
  %0 = arith.divsi %a, %minus : i32
  return %0 : i32
}

// CHECK-LABEL: func @assert
func.func @assert(%c: i1) {
  // CHECK: cf.cond_br %arg0 weights([2000, 1]), ^[[GO:bb[0-9]+]], ^[[ABORT:bb[0-9]+]]
  // CHECK-NOT: cf.assert
  // CHECK: intr.constant "assertion failed: it is not so at abort-on-failure.mlir:[[#@LINE+1]]:3"
  cf.assert %c, "it is not so"
  return
}
