// A runtime in C gets its options, under the JIT and compiled; plumb-abi knows the
// kind.
// RUN: rm -rf %t && mkdir -p %t/include/plumb
// RUN: %plumb-tblgen -gen-c-header %records %S/../Tools/Inputs/Options.td -o %t/include/plumb/lamp.h
// RUN: %plumb-tblgen -gen-json %records %S/../Tools/Inputs/Options.td -o %t/lamp.json
// RUN: %cc -g -shared -fPIC -I %t/include -I %build_root/include %S/Inputs/lamp.c -o %t/liblamp.so
// RUN: %plumb-run --load-family=%S/../Tools/Inputs/Options.td --runtime=%t/liblamp.so %s | FileCheck %s
// RUN: %plumbc --load-family=%S/../Tools/Inputs/Options.td --runtime=%t/liblamp.so %s -o %t/lamps && %t/lamps | FileCheck %s
// RUN: %plumb-abi check %t/lamp.json %t/liblamp.so | FileCheck %s --check-prefix=ABI

// CHECK: lamp 1 for 2:colour=cold;name=a=b;watts=-1;{{$}}
// CHECK: lamp 3 for 4:{{$}}
// ABI: 0 mismatches
func.func @main() {
  %1 = arith.constant 1 : i64
  %2 = arith.constant 2 : i64
  %3 = arith.constant 3 : i64
  %4 = arith.constant 4 : i64
  intr.call "lamp.light"(%1, %2) {settings = {watts = -1, name = "a=b", colour = "cold"}} : (i64, i64) -> ()
  intr.call "lamp.light"(%3, %4) : (i64, i64) -> ()
  return
}
