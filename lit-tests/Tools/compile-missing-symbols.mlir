// Every intrinsic that the runtime library lacks, in one error, before linking;
// every other undefined symbol in one error of the linker, whichever that is.
// RUN: rm -rf %t && split-file %s %t && mkdir %t/lib
// RUN: %cc -c %S/Inputs/incomplete.c -o %t/incomplete.o
// RUN: llvm-ar rc %t/lib/libPlumbRuntime.a %t/incomplete.o
// RUN: not %plumbc --runtime-dir=%t/lib %t/intrinsics.mlir -o %t/out 2>&1 | FileCheck %s --check-prefix=RUNTIME --implicit-check-not=io_print
// RUN: not %plumbc --linker=false --runtime-dir=%t/lib %t/intrinsics.mlir -o %t/out 2>&1 | FileCheck %s --check-prefix=RUNTIME
// RUN: not %plumbc %t/own.mlir -o %t/out 2>&1 | FileCheck %s --check-prefix=OWN
// RUN: not env CXX=g++ %plumbc %t/own.mlir -o %t/out 2>&1 | FileCheck %s --check-prefix=OWN
// RUN: mkdir %t/path && for tool in g++ ld as; do ln -s /usr/bin/$tool %t/path/$tool; done
// RUN: not env PATH=%t/path %plumbc %t/own.mlir -o %t/out 2>&1 | %FileCheck %s --check-prefix=OWN
// RUN: %python %t/many.py > %t/many.mlir
// RUN: not %plumbc %t/many.mlir -o %t/out 2>&1 | FileCheck %s --check-prefix=MANY
// RUN: test ! -e %t/out

// RUN: not %plumbc --runtime-dir=%t/none %t/own.mlir -o %t/out 2>&1 | FileCheck %s --check-prefix=NO-ARCHIVE
// RUN: mkdir %t/bad && cp %s %t/bad/libPlumbRuntime.a
// RUN: not %plumbc --runtime-dir=%t/bad %t/own.mlir -o %t/out 2>&1 | FileCheck %s --check-prefix=NO-ARCHIVE

// RUNTIME: plumbc: error: '{{.*}}intrinsics.mlir' uses 2 symbols that nothing defines:
// RUNTIME-NEXT: {{^}}  plumb_io_log: intrinsic 'Io.log' of dialects/Io/IoIntrinsics.td:{{[0-9]+$}}
// RUNTIME-NEXT: {{^}}  plumb_str_length: intrinsic 'Str.length' of dialects/Str/StrIntrinsics.td:{{[0-9]+$}}
// RUNTIME-NEXT: note: the runtime library '{{.*}}/lib/libPlumbRuntime.a' does not have these{{.*$}}
// RUNTIME-NOT: {{.}}

// OWN: plumbc: error: '{{.*}}own.mlir' uses 2 symbols that nothing defines:
// OWN-NEXT: {{^}}  my_first{{$}}
// OWN-NEXT: {{^}}  my_second{{$}}
// OWN-NEXT: note: functions of the program's own need a body{{.*$}}
// OWN-NOT: {{.}}

// MANY: uses 50 symbols that nothing defines:
// MANY: f49

// NO-ARCHIVE: plumbc: error: cannot read the runtime library '{{.*}}libPlumbRuntime.a': {{.+}}
// NO-ARCHIVE-NEXT: note: --runtime-dir=<folder> says where libPlumbRuntime.a is

//--- intrinsics.mlir
func.func @main() {
  %text = intr.constant "x"
  %0 = io.print %text
  %length = str.length %text
  %1 = io.log %length, %text
  return
}
//--- own.mlir
func.func private @my_first()
func.func private @my_second(i64)
func.func @main() {
  %0 = arith.constant 1 : i64
  func.call @my_first() : () -> ()
  func.call @my_second(%0) : (i64) -> ()
  return
}
//--- many.py
names = [f"f{i}" for i in range(50)]
for name in names:
    print(f"func.func private @{name}()")
print("func.func @main() {")
for name in names:
    print(f"  func.call @{name}() : () -> ()")
print("  return\n}")
