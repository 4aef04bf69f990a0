// Of a whole program only the C main is for the linker: a public @write must
// not take the place of the C library's either.
// RUN: %plumb-opt %s --add-entry-point --plumb-to-llvm | %FileCheck %s

// CHECK-DAG: llvm.func internal @write()
// CHECK-DAG: llvm.func internal @plumb.program()
// CHECK-DAG: llvm.func @main(
func.func @write() {
  return
}

func.func @main() {
  call @write() : () -> ()
  return
}
