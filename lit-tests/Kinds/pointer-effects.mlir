// What follows an address is never merged or dropped, whatever its record does
// not say; a row without one is.
// RUN: %plumb-opt --load-family=%S/Inputs/Raw.td %s --cse --canonicalize | FileCheck %s

// CHECK-LABEL: func @f
// CHECK-COUNT-2: intr.call "heap.fill"
// CHECK-NOT: heap.square
func.func @f(%p: !intr.ptr, %x: i64) {
  intr.call "heap.fill"(%p) : (!intr.ptr) -> ()
  intr.call "heap.fill"(%p) : (!intr.ptr) -> ()
  %s = intr.call "heap.square"(%x) : (i64) -> i64
  return
}
