// A function's DISubprogram is its own: what is made for the function has none.
// RUN: %plumb-run %s
// RUN: %plumb-translate --plumb-to-llvmir %s | FileCheck %s
// RUN: %plumb-opt %s --plumb-to-llvm --mlir-print-debuginfo | %plumb-translate --mlir-to-llvmir | FileCheck %s --check-prefix=LIBRARY
// With -g only what has none gets one.
// RUN: %plumbc -g -S -emit-llvm -O0 %s -o - | FileCheck %s --check-prefix=LINES

// CHECK: define internal void @ring(i64 %0) !dbg ![[RING:[0-9]+]]
// CHECK: call i64 @plumb_ws_stop(), !dbg ![[STOP:[0-9]+]]
// CHECK: define internal void @plumb_time_on_timer.ring({{.*}}) #{{[0-9]+}} {
// CHECK: call void @ring({{.*}}){{$}}
// CHECK: define internal i64 @plumb.program() !dbg ![[MAIN:[0-9]+]]
// A call without a place is at line 0, as an inliner asks.
// CHECK: call void @elsewhere(), !dbg ![[NOWHERE:[0-9]+]]
// CHECK: call void @copied(), !dbg ![[NOWHERE]]
// CHECK: declare void @plumb_host_start(i32, ptr){{$}}
// CHECK: define i32 @main({{.*}}) {
// CHECK: define internal void @elsewhere() !dbg
// CHECK: define internal void @copied() {
// CHECK: define internal void @bare() {
// CHECK: declare noundef i64 @plumb_ws_stop() #
// CHECK: ![[STOP]] = !DILocation(line: 2, column: 3, scope: ![[RING]])
// CHECK: ![[NOWHERE]] = !DILocation(line: 0, scope: ![[MAIN]])
// LIBRARY: define {{.*}}i64 @main() !dbg
// LINES: define internal void @ring(i64 %0) {{.*}}!dbg ![[RING:[0-9]+]]
// LINES: define internal void @plumb_time_on_timer.ring({{.*}}) #{{[0-9]+}} {
// LINES: define i32 @main({{.*}}) {{[^!]*}}{
// LINES: define internal void @copied() {{.*}}!dbg ![[COPIED:[0-9]+]]
// LINES-DAG: ![[RING]] = distinct !DISubprogram(name: "ring", {{.*}}line: 1, {{.*}}unit: ![[UNIT:[0-9]+]])
// LINES-DAG: ![[UNIT]] = distinct !DICompileUnit({{.*}}producer: "toy"
// LINES-DAG: ![[COPIED]] = distinct !DISubprogram(name: "copied", {{.*}}line: 20,
#file = #llvm.di_file<"prog.toy" in "/src">
#cu = #llvm.di_compile_unit<id = distinct[0]<>, sourceLanguage = DW_LANG_C, file = #file, producer = "toy", isOptimized = false, emissionKind = Full>
#ty = #llvm.di_subroutine_type<>
#sp_ring = #llvm.di_subprogram<id = distinct[1]<>, compileUnit = #cu, scope = #file, name = "ring", file = #file, line = 1, scopeLine = 1, subprogramFlags = Definition, type = #ty>
#sp_main = #llvm.di_subprogram<id = distinct[2]<>, compileUnit = #cu, scope = #file, name = "main", file = #file, line = 5, scopeLine = 5, subprogramFlags = Definition, type = #ty>
#sp_elsewhere = #llvm.di_subprogram<id = distinct[3]<>, compileUnit = #cu, scope = #file, name = "elsewhere", file = #file, line = 20, scopeLine = 20, subprogramFlags = Definition, type = #ty>
#block = #llvm.di_lexical_block<scope = #sp_elsewhere, file = #file, line = 21, column = 1>
func.func @ring(%n: i64) {
  %s = ws.stop loc("prog.toy":2:3)
  return loc("prog.toy":3:3)
} loc(fused<#sp_ring>["prog.toy":1:1])

func.func @main() -> i64 {
  %d = arith.constant 0 : i64 loc("prog.toy":6:3)
  %timer = time.after %d, %d {on_timer = @ring} loc("prog.toy":7:3)
  %r = time.run loc("prog.toy":8:3)
  call @elsewhere() : () -> () loc(unknown)
  call @copied() : () -> () loc(callsite("macro" at unknown))
  call @bare() : () -> () loc("prog.toy":9:3)
  return %d : i64 loc("prog.toy":10:3)
} loc(fused<#sp_main>["prog.toy":5:1])

func.func private @elsewhere() {
  return loc("prog.toy":21:3)
} loc(fused<#sp_elsewhere>["prog.toy":20:1])

// As outlining leaves it: the function's location is that of where it came from.
func.func private @copied() {
  %t = intr.constant "" loc(fused<#block>["prog.toy":22:3])
  %n = str.length %t loc(fused<#block>["prog.toy":22:3])
  return loc("prog.toy":22:3)
} loc(fused<#sp_elsewhere>["prog.toy":20:1])

// As inlining leaves it: code of a function with debug information in one without.
func.func private @bare() {
  %t = intr.constant "" loc(callsite(fused<#block>["prog.toy":22:3] at "prog.toy":30:1))
  %n = str.length %t loc(callsite(fused<#block>["prog.toy":22:3] at "prog.toy":30:1))
  return loc("prog.toy":22:3)
}

// What a front end declares has one that defines nothing, or it is left out.
func.func private @plumb_ws_stop() -> i64 loc(fused<#sp_main>["prog.toy":30:1])
