// A loaded family's calls are checked like a built-in's.
// RUN: not %plumb-opt --load-family=%S/Inputs/clock.td %s --split-input-file 2>&1 | FileCheck %s

// CHECK: error: {{.*}}'zone'{{.*}}'!clock.zone'
func.func @type(%now: i64) -> i64 {
  %0 = intr.call "clock.hour"(%now, %now) : (i64, i64) -> i64
  return %0 : i64
}

// -----

// CHECK: error: {{.*}}clock.huor{{.*}}did you mean 'clock.hour'?
func.func @name(%zone: !clock.zone, %now: i64) -> i64 {
  %0 = intr.call "clock.huor"(%zone, %now) : (!clock.zone, i64) -> i64
  return %0 : i64
}

// -----

// CHECK: error: {{.*}}@other
func.func private @other(f64)
func.func @callback() {
  intr.call "clock.tick"() {on_tick = @other} : () -> ()
  return
}
