// RUN: %plumb-opt --load-family=%S/../Kinds/Inputs/Clock.td %s --resolve-builtins --split-input-file --verify-diagnostics

func.func private @"Time.after"(i64, i64, (!intr.str) -> ()) -> !time.timer
// expected-note@+1 {{the function is here}}
func.func private @ring(!intr.str, !intr.slot)
func.func @other_type(%ms: i64, %env: !intr.slot) {
  %ring = intr.bind @ring(%env) : (!intr.str) -> ()
  // expected-error@+1 {{callback 'on_timer' of 'time.after': function @ring has type '(!intr.str, !intr.slot) -> ()', but the record says '(i64, !intr.slot) -> ()' for one with an environment}}
  %0 = call @"Time.after"(%ms, %ms, %ring) : (i64, i64, (!intr.str) -> ()) -> !time.timer
  return
}

// -----

// The callback's function takes it, but the value is the function alone.
func.func private @"Time.after"(i64, i64, (i64, !intr.slot) -> ()) -> !time.timer
// expected-note@+1 {{the function is here}}
func.func @ring(%data: i64, %env: !intr.slot) {
  return
}
func.func @not_bound(%ms: i64) {
  %ring = func.constant @ring : (i64, !intr.slot) -> ()
  // expected-error@+1 {{callback 'on_timer' of 'time.after': function @ring has type '(i64, !intr.slot) -> ()', but the record says '(i64) -> ()'; give it the environment that it takes: env(on_timer = %value)}}
  %0 = call @"Time.after"(%ms, %ms, %ring) : (i64, i64, (i64, !intr.slot) -> ()) -> !time.timer
  return
}

// -----

func.func private @"Clock.watch"(!intr.slot, (i16, i8, !intr.str) -> i1, (!clock.zone, !intr.slot) -> i8)
func.func private @f(i16, i8, !intr.str, !intr.slot) -> i1
func.func @g(%zone: !clock.zone, %env: !intr.slot) -> i8 {
  %0 = arith.constant 0 : i8
  return %0 : i8
}
func.func @of_the_intrinsic(%env: !intr.slot) {
  %f = intr.bind @f(%env) : (i16, i8, !intr.str) -> i1
  %g = func.constant @g : (!clock.zone, !intr.slot) -> i8
  // expected-error@+1 {{argument 'on_tick' of 'Clock.watch' has no environment of its own; it is called with what is passed as 'where'}}
  call @"Clock.watch"(%env, %f, %g) : (!intr.slot, (i16, i8, !intr.str) -> i1, (!clock.zone, !intr.slot) -> i8) -> ()
  return
}

// -----

func.func private @"Str.length"((i64) -> ()) -> i64
func.func private @ring(i64, !intr.slot)
func.func @no_value(%env: !intr.slot) {
  %ring = intr.bind @ring(%env) : (i64) -> ()
  // expected-error@+1 {{argument 'text' of 'Str.length' is a value, but a function is passed}}
  %0 = call @"Str.length"(%ring) : ((i64) -> ()) -> i64
  return
}
