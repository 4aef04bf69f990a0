// Handles and structs of a family that is only data may be elements of memrefs.
// RUN: %plumb-opt --load-family=%S/../Kinds/Inputs/Clock.td %s --emit-bytecode | %plumb-opt --load-family=%S/../Kinds/Inputs/Clock.td --verify-roundtrip | FileCheck %s
// RUN: %plumb-opt --load-family=%S/../Kinds/Inputs/Clock.td %s --plumb-to-llvm | FileCheck %s --check-prefix=LLVM
// RUN: env PLUMB_LOAD_FAMILY=%S/../Kinds/Inputs/Clock.td %mlir-opt --load-dialect-plugin=%plugin %s --promote-buffers-to-stack='max-alloc-size-in-bytes=24' | FileCheck %s --check-prefix=STACK

// CHECK-LABEL: func @zones
// CHECK: memref.alloc() : memref<3x!clock.zone>
// LLVM-LABEL: llvm.func @zones
// LLVM: llvm.store %arg0, %{{.*}} : !llvm.ptr, !llvm.ptr
// LLVM: llvm.load %{{.*}} : !llvm.ptr -> !llvm.ptr
// A handle has 8 bytes: three of them are just small enough.
// STACK-LABEL: func @zones
// STACK: memref.alloca() : memref<3x!clock.zone>
func.func @zones(%zone: !clock.zone, %at: index) -> i1 {
  %zones = memref.alloc() : memref<3x!clock.zone>
  memref.store %zone, %zones[%at] : memref<3x!clock.zone>
  %read = memref.load %zones[%at] : memref<3x!clock.zone>
  %null = intr.is_null %read : !clock.zone
  return %null : i1
}

// A date has 8, a big struct 24: two are not.
// LLVM-LABEL: llvm.func @structs
// LLVM: llvm.store %{{.*}} : !llvm.struct<
// LLVM: llvm.load %{{.*}} -> !llvm.struct<
// STACK-LABEL: func @structs
// STACK: memref.alloca() : memref<3x!intr.struct<"clock.date">>
// STACK: memref.alloc() : memref<2x!intr.struct<"clock.big">>
func.func @structs(%date: !intr.struct<"clock.date">, %big: !intr.struct<"clock.big">, %at: index) -> (i32, i64) {
  %dates = memref.alloc() : memref<3x!intr.struct<"clock.date">>
  %bigs = memref.alloc() : memref<2x!intr.struct<"clock.big">>
  memref.store %date, %dates[%at] : memref<3x!intr.struct<"clock.date">>
  memref.store %big, %bigs[%at] : memref<2x!intr.struct<"clock.big">>
  %d = memref.load %dates[%at] : memref<3x!intr.struct<"clock.date">>
  %b = memref.load %bigs[%at] : memref<2x!intr.struct<"clock.big">>
  %year = intr.field %d["year"] : !intr.struct<"clock.date"> -> i32
  %a = intr.field %b["a"] : !intr.struct<"clock.big"> -> i64
  return %year, %a : i32, i64
}
