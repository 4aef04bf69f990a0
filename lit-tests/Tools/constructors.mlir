// Constructors run before main, under the JIT as well.
// RUN: %plumb-run %s | FileCheck %s
// RUN: %plumbc %s -o %t && %t | FileCheck %s

// CHECK: {{^}}1
// CHECK-NEXT: {{^}}2

llvm.mlir.global_ctors ctors = [@construct], priorities = [0 : i32], data = [#llvm.zero]

llvm.func @puts(!llvm.ptr) -> i32
llvm.mlir.global internal constant @one("1\00")
llvm.mlir.global internal constant @two("2\00")

llvm.func @construct() {
  %text = llvm.mlir.addressof @one : !llvm.ptr
  %0 = llvm.call @puts(%text) : (!llvm.ptr) -> i32
  llvm.return
}

func.func @main() {
  %text = llvm.mlir.addressof @two : !llvm.ptr
  %0 = llvm.call @puts(%text) : (!llvm.ptr) -> i32
  return
}
