// Every symbol that is missing, in one error, and nothing runs: neither with
// the runtime that is built in nor with an incomplete one.
// RUN: not %plumb-run %s > %t.txt 2>&1
// RUN: FileCheck %s --check-prefix=BUILTIN --implicit-check-not=running < %t.txt
// RUN: %cc -shared -fPIC %S/Inputs/incomplete.c -o %t.so
// RUN: not %plumb-run --runtime=%t.so %s > %t.txt 2>&1
// RUN: FileCheck %s --check-prefix=LIBRARY --implicit-check-not=running --implicit-check-not=io_print < %t.txt

// BUILTIN: plumb-run: error: '{{.*}}.mlir' uses 2 symbols that nothing defines:
// BUILTIN-NEXT: {{^}}  my_first{{$}}
// BUILTIN-NEXT: {{^}}  my_second{{$}}
// BUILTIN-NEXT: note: functions of the program's own need a body

// LIBRARY: plumb-run: error: '{{.*}}.mlir' uses 4 symbols that nothing defines:
// LIBRARY-NEXT: {{^}}  my_first{{$}}
// LIBRARY-NEXT: {{^}}  my_second{{$}}
// LIBRARY-NEXT: {{^}}  plumb_io_log: intrinsic 'Io.log' of dialects/Io/IoIntrinsics.td:{{[0-9]+$}}
// LIBRARY-NEXT: {{^}}  plumb_str_length: intrinsic 'Str.length' of dialects/Str/StrIntrinsics.td:{{[0-9]+$}}
// LIBRARY-NEXT: note: the runtime library '{{.*}}.so' does not have these
// LIBRARY-NEXT: note: functions of the program's own need a body

func.func private @my_first()
func.func private @my_second(i64)

func.func @main() {
  %running = intr.constant "running"
  %0 = io.print %running
  %level = arith.constant 3 : i64
  %1 = io.log %level, %running
  %length = str.length %running
  func.call @my_first() : () -> ()
  func.call @my_second(%length) : (i64) -> ()
  return
}
