// Options of a family that is data: nothing of them is known to the compiler.
// RUN: %plumb-opt --load-family=%S/../Tools/Inputs/Options.td %s --resolve-builtins --convert-intrinsics-to-llvm | FileCheck %s
// RUN: %plumb-tblgen -gen-json %records %S/../Tools/Inputs/Options.td -o %t.json
// RUN: %plumb-opt --load-family=%t.json %s --resolve-builtins --convert-intrinsics-to-llvm | FileCheck %s
// RUN: %plumb-tblgen -gen-c-header %records %S/../Tools/Inputs/Options.td | FileCheck %s --check-prefix=HEADER
// RUN: %plumb-tblgen -gen-reference %records %S/../Tools/Inputs/Options.td | FileCheck %s --check-prefix=REFERENCE

// HEADER: \param settings of this lamp (NAME=VALUE and a zero byte for each option given)
// HEADER: void plumb_lamp_light(int64_t which, const plumb_str *settings, int64_t seconds)
// REFERENCE: lamp.light(which: i64, settings?: {...}, seconds: i64)
// REFERENCE-NEXT: func.func private @"Lamp.light"(i64, i64) -> ()
// REFERENCE: | `settings` | dictionary of [options](#options), optional | of this lamp |
// REFERENCE: Set by the program, in the dictionary `settings` of `Lamp.light`,

func.func private @"Lamp.light"(i64, i64)
// CHECK-DAG: llvm.mlir.constant("colour=cold\00watts=-1\00")
// CHECK-DAG: llvm.func @plumb_lamp_light(i64 {llvm.noundef}, !llvm.ptr {llvm.nocapture, llvm.nonnull, llvm.noundef, llvm.readonly}, i64 {llvm.noundef}) attributes {{.*}}memory_effects = #llvm.memory_effects<other = none, argMem = read, inaccessibleMem = readwrite
// CHECK-LABEL: func.func @good
// CHECK-SAME: %[[WHICH:.*]]: i64, %[[SECONDS:.*]]: i64
func.func @good(%which: i64, %seconds: i64) {
  // CHECK: %[[TEXT:.*]] = llvm.mlir.addressof
  // CHECK: llvm.call @plumb_lamp_light(%[[WHICH]], %[[TEXT]], %[[SECONDS]])
  call @"Lamp.light"(%which, %seconds) {settings = {watts = -1, colour = "cold"}} : (i64, i64) -> ()
  return
}
