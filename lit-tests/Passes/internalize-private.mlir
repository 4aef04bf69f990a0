// A program's private functions are not the linker's business: @close must not
// become everybody's close. Declarations and public functions stay as they are.
// RUN: %plumb-opt %s --plumb-to-llvm | %FileCheck %s
// RUN: %plumb-opt %s --internalize-private | %FileCheck %s --check-prefix=ALONE

// CHECK: llvm.func internal @close()
// ALONE: func.func private @close()
func.func private @close() {
  return
}

// CHECK: llvm.func @elsewhere() attributes {sym_visibility = "private"}
func.func private @elsewhere()

// CHECK: llvm.func @public()
func.func @public() {
  call @close() : () -> ()
  call @elsewhere() : () -> ()
  return
}

// ALONE: llvm.func internal @lowered()
llvm.func @lowered() attributes {sym_visibility = "private"} {
  llvm.return
}
