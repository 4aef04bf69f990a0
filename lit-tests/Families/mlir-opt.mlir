// The distribution's own mlir-opt, by the plugin and PLUMB_LOAD_FAMILY.
// mlir-opt has no sanitizer's runtime.
// UNSUPPORTED: sanitizer
// RUN: env PLUMB_LOAD_FAMILY=%S/Inputs/clock.td %mlir-opt --load-dialect-plugin=%plugin %s --cse | FileCheck %s --check-prefix=CSE
// RUN: env PLUMB_LOAD_FAMILY=%S/Inputs/clock.td %mlir-opt --load-dialect-plugin=%plugin --load-pass-plugin=%plugin %s --pass-pipeline='builtin.module(plumb-to-llvm)' | FileCheck %s --check-prefix=LLVM
// RUN: not env PLUMB_LOAD_FAMILY=%t.none.td %mlir-opt --load-dialect-plugin=%plugin %s 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not %mlir-opt --load-dialect-plugin=%plugin %s 2>&1 | FileCheck %s --check-prefix=UNKNOWN

// CSE-LABEL: func.func @twice
// CSE: %[[HOUR:.*]] = intr.call "clock.hour"
// CSE-NOT: clock.hour
// CSE: intr.call "clock.set"
// CSE-NEXT: intr.call "clock.set"
// CSE: return %[[HOUR]], %[[HOUR]]

// LLVM: llvm.call @plumb_clock_hour

// NONE: PlumbPlugin: error: PLUMB_LOAD_FAMILY: cannot load the family '{{.*}}.none.td': No such file or directory
// UNKNOWN: error:

func.func @twice(%zone: !clock.zone, %now: i64) -> (i64, i64) {
  %0 = intr.call "clock.hour"(%zone, %now) : (!clock.zone, i64) -> i64
  %1 = intr.call "clock.hour"(%zone, %now) : (!clock.zone, i64) -> i64
  %unused = intr.call "clock.hour"(%zone, %0) : (!clock.zone, i64) -> i64
  intr.call "clock.set"(%0) : (i64) -> ()
  intr.call "clock.set"(%0) : (i64) -> ()
  return %0, %1 : i64, i64
}
