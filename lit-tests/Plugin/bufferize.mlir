// Tensors of texts: upstream's bufferization makes memrefs of them, and copies where
// a tensor is still read.
// RUN: %mlir-opt --load-dialect-plugin=%plugin %s --one-shot-bufferize=bufferize-function-boundaries --buffer-deallocation-pipeline -o %t
// RUN: FileCheck %s < %t
// RUN: %plumb-run %t | FileCheck %s --check-prefix=OUT

// CHECK: memref.copy {{.*}} : memref<2x!intr.str> to memref<2x!intr.str>
// OUT: {{^}}one{{$}}
// OUT-NEXT: {{^}}two{{$}}
func.func @main() {
  %i = arith.constant 1 : index
  %one = intr.constant "one"
  %two = intr.constant "two"
  %before = tensor.from_elements %one, %two : tensor<2x!intr.str>
  %after = tensor.insert %one into %before[%i] : tensor<2x!intr.str>
  %new = tensor.extract %after[%i] : tensor<2x!intr.str>
  %0 = io.print %new
  %old = tensor.extract %before[%i] : tensor<2x!intr.str>
  %1 = io.print %old
  return
}
