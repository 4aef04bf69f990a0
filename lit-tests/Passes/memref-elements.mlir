// Texts, handles, statuses and the like may be elements of memrefs, which upstream's
// passes may change, and which are lowered and run.
// RUN: %plumb-opt %s --verify-roundtrip -o /dev/null
// RUN: %plumb-opt %s --plumb-to-llvm | FileCheck %s
// RUN: %plumb-opt %s --convert-intrinsics-to-llvm | %plumb-opt --convert-intrinsics-to-llvm -o /dev/null
// RUN: %plumb-run %s | FileCheck %s --check-prefix=OUT
// RUN: %plumb-opt %s --mem2reg --canonicalize --cse | %plumb-run - | FileCheck %s --check-prefix=OUT
// RUN: %plumbc %s -o %t && %t | FileCheck %s --check-prefix=OUT

// CHECK: llvm.mlir.global private @names() {{.*}} : !llvm.array<2 x ptr>
memref.global "private" @names : memref<2x!intr.str> = uninitialized

// CHECK-LABEL: llvm.func internal @count_null(
// CHECK: llvm.load %{{.*}} : !llvm.ptr -> !llvm.ptr
func.func private @count_null(%conns: memref<?x!ws.conn>) -> i64 {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %none = arith.constant 0 : i64
  %length = memref.dim %conns, %zero : memref<?x!ws.conn>
  %count = scf.for %i = %zero to %length step %one iter_args(%sum = %none) -> i64 {
    %conn = memref.load %conns[%i] : memref<?x!ws.conn>
    %null = intr.is_null %conn : !ws.conn
    %number = arith.extui %null : i1 to i64
    %next = arith.addi %sum, %number : i64
    scf.yield %next : i64
  }
  return %count : i64
}

func.func @main() {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %two = arith.constant 2 : index
  %three = arith.constant 3 : index
  %texts = memref.alloc() : memref<3x!intr.str>
  %ein = intr.constant "ein"
  %zwei = intr.constant "zwei"
  %drei = str.concat %ein, %zwei
  memref.store %ein, %texts[%zero] : memref<3x!intr.str>
  memref.store %zwei, %texts[%one] : memref<3x!intr.str>
  memref.store %drei, %texts[%two] : memref<3x!intr.str>
  %names = memref.get_global @names : memref<2x!intr.str>
  memref.store %drei, %names[%one] : memref<2x!intr.str>
  // OUT: ein
  // OUT-NEXT: zwei
  // OUT-NEXT: einzwei
  scf.for %i = %zero to %three step %one {
    %text = memref.load %texts[%i] : memref<3x!intr.str>
    %0 = io.print %text
  }
  memref.dealloc %texts : memref<3x!intr.str>
  // OUT-NEXT: einzwei
  %name = memref.load %names[%one] : memref<2x!intr.str>
  %last = memref.alloca() : memref<!intr.status>
  %1 = io.print %name
  memref.store %1, %last[] : memref<!intr.status>

  %conns = memref.alloc(%three) : memref<?x!ws.conn>
  %null = intr.null : !ws.conn
  scf.for %i = %zero to %three step %one {
    memref.store %null, %conns[%i] : memref<?x!ws.conn>
  }
  // OUT-NEXT: 3
  %nulls = call @count_null(%conns) : (memref<?x!ws.conn>) -> i64
  %count = str.from_int %nulls
  %2 = io.print %count
  memref.dealloc %conns : memref<?x!ws.conn>
  // OUT-NEXT: 0
  %status = memref.load %last[] : memref<!intr.status>
  %code = intr.code %status
  %shown = str.from_int %code
  %3 = io.print %shown
  return
}
