// Programs may be MLIR bytecode.
// RUN: %plumb-opt %s --emit-bytecode -o %t.mlirbc
// RUN: %plumb-run %t.mlirbc | FileCheck %s
// RUN: %plumb-run - < %t.mlirbc | FileCheck %s
// RUN: %plumbc %t.mlirbc -o %t && %t | FileCheck %s

// CHECK: from bytecode

func.func @main() {
  %text = intr.constant "from bytecode"
  %0 = io.print %text
  return
}
