// Type variables are slots, objects and closures are pointers, and the kinds of
// variables follow the arguments.
// RUN: %plumb-opt --load-family=%S/Inputs/Seq.td %s --convert-intrinsics-to-llvm=target=x86_64-linux-gnu | FileCheck %s
// RUN: %plumb-opt --load-family=%S/Inputs/Seq.td %s --convert-to-llvm | FileCheck %s
// Nothing is left of what the pass notes for itself.
// RUN: %plumb-opt --load-family=%S/Inputs/Seq.td %s --convert-intrinsics-to-llvm=target=x86_64-linux-gnu | FileCheck %s --check-prefix=NOTES
// NOTES-NOT: value_kinds
// RUN: %plumb-opt --load-family=%S/Inputs/Seq.td %s --convert-intrinsics-to-llvm=target=x86_64-linux-gnu | FileCheck %s --check-prefix=DECLARED
// Types are read as they are printed, in both forms.
// RUN: %plumb-opt --load-family=%S/Inputs/Seq.td %s --mlir-print-op-generic | %plumb-opt --load-family=%S/Inputs/Seq.td | FileCheck %s --check-prefix=OP

module attributes {llvm.target_triple = "x86_64-linux-gnu"} {

// The kinds' order is that of the variables: Int, Float, Bool, Unit, object.
// CHECK-LABEL: func @ints(
// CHECK-SAME: %[[VALUE:.*]]: i64) -> !llvm.ptr
// CHECK: %[[INT:.*]] = llvm.mlir.constant(0 : i32) : i32
// CHECK: %[[LIST:.*]] = llvm.call @plumb_seq_make(%[[INT]]) : (i32) -> !llvm.ptr
// CHECK: %[[KIND:.*]] = llvm.mlir.constant(0 : i32)
// CHECK: llvm.call @plumb_seq_append(%[[LIST]], %[[VALUE]], %[[KIND]]) : (!llvm.ptr, i64, i32) -> !llvm.ptr
// OP: intr.call "seq.make"() : () -> !intr.object<"List", i64>
func.func @ints(%value: i64) -> !intr.object<"List", i64> {
  %0 = intr.call "seq.make"() : () -> !intr.object<"List", i64>
  %1 = intr.call "seq.append"(%0, %value) : (!intr.object<"List", i64>, i64) -> !intr.object<"List", i64>
  return %1 : !intr.object<"List", i64>
}

// CHECK-LABEL: func @floats(
// CHECK: %[[BITS:.*]] = llvm.bitcast %{{.*}} : f64 to i64
// CHECK: %[[FLOAT:.*]] = llvm.mlir.constant(1 : i32)
// CHECK: llvm.call @plumb_seq_contains(%{{.*}}, %[[BITS]], %[[FLOAT]]) : (!llvm.ptr, i64, i32) -> i1
func.func @floats(%list: !intr.object<"List", f64>, %value: f64) -> i1 {
  %0 = intr.call "seq.contains"(%list, %value) : (!intr.object<"List", f64>, f64) -> i1
  return %0 : i1
}

// CHECK-LABEL: func @bools(
// CHECK: %[[BOOL:.*]] = llvm.mlir.constant(2 : i32)
// CHECK: %[[SLOT:.*]] = llvm.call @plumb_seq_get(%{{.*}}, %{{.*}}, %[[BOOL]]) : (!llvm.ptr, i64, i32) -> i64
// CHECK: llvm.trunc %[[SLOT]] : i64 to i1
func.func @bools(%list: !intr.object<"List", i1>, %index: i64) -> i1 {
  %0 = intr.call "seq.get"(%list, %index) : (!intr.object<"List", i1>, i64) -> i1
  return %0 : i1
}

// CHECK-LABEL: func @units(
// CHECK-SAME: %{{.*}}: !llvm.ptr) -> i64
// CHECK: %[[UNIT:.*]] = llvm.mlir.constant(3 : i32)
// CHECK: %[[SLOT:.*]] = llvm.call @plumb_seq_get(%{{.*}}, %{{.*}}, %[[UNIT]])
// CHECK: return %[[SLOT]] : i64
// OP: !intr.object<"List", !intr.unit>
func.func @units(%list: !intr.object<"List", !intr.unit>) -> !intr.unit {
  %first = arith.constant 0 : i64
  %0 = intr.call "seq.get"(%list, %first) : (!intr.object<"List", !intr.unit>, i64) -> !intr.unit
  return %0 : !intr.unit
}

// A variable that stands for an object or a closure; one within another.
// CHECK-LABEL: func @objects(
// CHECK: %[[OBJECT:.*]] = llvm.mlir.constant(4 : i32)
// CHECK: %[[SLOT:.*]] = llvm.call @plumb_seq_get(%{{.*}}, %{{.*}}, %[[OBJECT]])
// CHECK: %[[INNER:.*]] = llvm.inttoptr %[[SLOT]] : i64 to !llvm.ptr
// CHECK: %[[ADDRESS:.*]] = llvm.ptrtoint %[[INNER]] : !llvm.ptr to i64
// CHECK: llvm.call @plumb_seq_append(%{{.*}}, %[[ADDRESS]], %{{.*}}) : (!llvm.ptr, i64, i32)
func.func @objects(%list: !intr.object<"List", !intr.fn<(i64, i1) -> f64>>, %index: i64) -> !intr.object<"List", !intr.fn<(i64, i1) -> f64>> {
  %0 = intr.call "seq.get"(%list, %index) : (!intr.object<"List", !intr.fn<(i64, i1) -> f64>>, i64) -> !intr.fn<(i64, i1) -> f64>
  %1 = intr.call "seq.append"(%list, %0) : (!intr.object<"List", !intr.fn<(i64, i1) -> f64>>, !intr.fn<(i64, i1) -> f64>) -> !intr.object<"List", !intr.fn<(i64, i1) -> f64>>
  return %1 : !intr.object<"List", !intr.fn<(i64, i1) -> f64>>
}

// Two variables, the second of which the closure tells.
// CHECK-LABEL: func @map(
// CHECK: %[[A:.*]] = llvm.mlir.constant(0 : i32)
// CHECK: %[[B:.*]] = llvm.mlir.constant(2 : i32)
// CHECK: llvm.call @plumb_seq_map(%{{.*}}, %{{.*}}, %[[A]], %[[B]]) : (!llvm.ptr, !llvm.ptr, i32, i32) -> !llvm.ptr
func.func @map(%list: !intr.object<"List", i64>, %f: !intr.fn<(i64) -> i1>) -> !intr.object<"List", i1> {
  %0 = intr.call "seq.map"(%list, %f) : (!intr.object<"List", i64>, !intr.fn<(i64) -> i1>) -> !intr.object<"List", i1>
  return %0 : !intr.object<"List", i1>
}

// What a row says of one type has no variable, and no kind.
// CHECK-LABEL: func @sum(
// CHECK: llvm.call @plumb_seq_sum(%{{.*}}) : (!llvm.ptr) -> i64
func.func @sum(%list: !intr.object<"List", i64>) -> i64 {
  %0 = intr.call "seq.sum"(%list) : (!intr.object<"List", i64>) -> i64
  return %0 : i64
}

// CHECK-LABEL: func @slots(
// CHECK: llvm.ptrtoint
// CHECK: llvm.inttoptr
func.func @slots(%list: !intr.object<"List", i64>) -> !intr.fn<() -> !intr.unit> {
  %0 = intr.pack %list : !intr.object<"List", i64>
  %1 = intr.unpack %0 : !intr.fn<() -> !intr.unit>
  %2 = intr.zero : !intr.unit
  return %1 : !intr.fn<() -> !intr.unit>
}

// Bodies may call the program (to compare) and change its objects' counts: LLVM
// hears of no memory that is left alone, and not that the call returns.
// DECLARED-DAG: llvm.func @plumb_seq_make(i32 {llvm.noundef}) -> (!llvm.ptr {llvm.nonnull, llvm.noundef}) attributes {no_unwind, sym_visibility = "private"}
// DECLARED-DAG: llvm.func @plumb_seq_contains(!llvm.ptr {llvm.nonnull, llvm.noundef}, i64 {llvm.noundef}, i32 {llvm.noundef}) -> (i1 {llvm.noundef, llvm.zeroext}) attributes {no_unwind, sym_visibility = "private"}
}
