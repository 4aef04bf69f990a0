// A family that is a file of records and a library in C: every tool takes it,
// as records and as JSON, and no C++ is compiled for it.
// RUN: rm -rf %t && mkdir -p %t/include/plumb
// RUN: %plumb-tblgen -gen-json %records %S/Inputs/clock.td -o %t/clock.json
// RUN: %plumb-tblgen -gen-c-header %records %S/Inputs/clock.td -o %t/include/plumb/clock.h
// RUN: %cc -shared -fPIC -I %t/include -I %build_root/include %S/Inputs/clock.c -o %t/libclock.so
// RUN: %cc -c -fPIC -I %t/include -I %build_root/include %S/Inputs/clock.c -o %t/clock.o
// RUN: llvm-ar rc %t/libclock.a %t/clock.o

// RUN: %plumb-opt --load-family=%S/Inputs/clock.td %s --resolve-builtins --cse --canonicalize | FileCheck %s --check-prefix=CSE
// RUN: %plumb-opt --load-family=%t/clock.json %s --resolve-builtins --cse --canonicalize | FileCheck %s --check-prefix=CSE
// RUN: %plumb-opt --load-family=%t/clock.json %s --resolve-builtins --convert-intrinsics-to-llvm | FileCheck %s --check-prefix=LLVM
// RUN: %plumb-translate --load-family=%t/clock.json --plumb-to-llvmir %s | FileCheck %s --check-prefix=IR

// RUN: %plumb-run --load-family=%S/Inputs/clock.td --runtime=%t/libclock.so %s | FileCheck %s --check-prefix=OUTPUT
// RUN: %plumb-run --load-family=%t/clock.json --runtime=%t/libclock.so %s | FileCheck %s --check-prefix=OUTPUT
// RUN: env PLUMB_LOAD_FAMILY=%t/clock.json %plumb-run --runtime=%t/libclock.so %s | FileCheck %s --check-prefix=OUTPUT
// RUN: %plumbc --load-family=%t/clock.json --runtime=%t/libclock.a %s -o %t/archive && %t/archive | FileCheck %s --check-prefix=OUTPUT
// RUN: %plumbc --load-family=%S/Inputs/clock.td --runtime=%t/libclock.so %s -o %t/shared && %t/shared | FileCheck %s --check-prefix=OUTPUT

// Without its library, and without the family.
// RUN: not %plumb-run --load-family=%t/clock.json %s 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: not %plumbc --load-family=%t/clock.json %s -o %t/none 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: not %plumbc --load-family=%t/clock.json --runtime=%s %s -o %t/none 2>&1 | FileCheck %s --check-prefix=LIBRARY
// RUN: not %plumb-opt %s 2>&1 | FileCheck %s --check-prefix=UNKNOWN

// CSE-LABEL: func.func @main
// CSE: %[[ZONE:.*]] = intr.call "clock.find"
// CSE-NOT: clock.find
// CSE: %[[HOUR:.*]] = intr.call "clock.hour"(%[[ZONE]],
// CSE-NOT: clock.hour
// CSE: intr.call "clock.set"(%[[HOUR]])
// CSE-NEXT: intr.call "clock.set"(%[[HOUR]])
// CSE: intr.call "clock.tick"

// LLVM-LABEL: llvm.func @plumb_clock_find(i64
// LLVM: llvm.call @plumb_clock_find
// LLVM-NOT: intr.call

// IR: declare {{.*}}ptr @plumb_clock_find(i64

// OUTPUT: {{^}}2{{$}}

// MISSING: error: '{{.*}}clock.mlir' uses 4 symbols that nothing defines:
// MISSING-NEXT: plumb_clock_find: intrinsic 'Clock.find' of
// MISSING: note: {{.*}}--runtime=<library>
// LIBRARY: plumbc: error: cannot read the runtime library '{{.*}}clock.mlir': {{.+}}
// UNKNOWN: error: {{.*}}clock

func.func private @"Clock.find"(i64) -> !clock.zone
func.func private @tick(%hour: i64) {
  %text = str.from_int %hour
  %0 = io.print %text
  return
}
func.func @main() {
  %two = arith.constant 2 : i64
  %now = arith.constant 23 : i64
  %zone = call @"Clock.find"(%two) : (i64) -> !clock.zone
  %again = call @"Clock.find"(%two) : (i64) -> !clock.zone
  %hour = intr.call "clock.hour"(%zone, %now) : (!clock.zone, i64) -> i64
  %same = intr.call "clock.hour"(%again, %now) : (!clock.zone, i64) -> i64
  %unused = intr.call "clock.hour"(%zone, %two) : (!clock.zone, i64) -> i64
  intr.call "clock.set"(%hour) : (i64) -> ()
  intr.call "clock.set"(%same) : (i64) -> ()
  intr.call "clock.tick"() {on_tick = @tick} : () -> ()
  return
}
