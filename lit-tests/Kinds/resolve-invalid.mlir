// RUN: %plumb-opt --load-family=%S/Inputs/Clock.td %s --resolve-builtins --split-input-file --verify-diagnostics

func.func private @"Clock.outs"(!clock.zone, i8) -> i1
func.func @results(%zone: !clock.zone, %at: i8) {
  // expected-error@+1 {{'Clock.outs' returns 'i1', '!intr.struct<"clock.date">', '!clock.zone', 'i1', but the call expects 'i1'}}
  %0 = call @"Clock.outs"(%zone, %at) : (!clock.zone, i8) -> i1
  return
}

// -----

func.func private @"Clock.format"() -> !intr.count
func.func @too_few() {
  // expected-error@+1 {{'Clock.format' takes at least 1 argument (how: !intr.str, ...), but the call passes 0}}
  %0 = call @"Clock.format"() : () -> !intr.count
  return
}

// -----

func.func private @"Clock.format"(!intr.str, !intr.bytes) -> !intr.count
func.func @tail(%how: !intr.str, %blob: !intr.bytes) {
  // expected-error@+1 {{but the call passes '!intr.bytes' for `...`; integers of at most 64 bits, f32, f64, handles, pointers, slots and texts may go there}}
  %0 = call @"Clock.format"(%how, %blob) : (!intr.str, !intr.bytes) -> !intr.count
  return
}

// -----

func.func private @"Clock.watch"(!clock.zone, (i16, i8, !intr.str) -> i1) -> ()
// expected-note@+1 {{the function is here}}
func.func @tick(%count: i16, %part: i8, %name: !intr.str) -> i1 {
  %true = arith.constant true
  return %true : i1
}
func.func @environment(%zone: !clock.zone) {
  %tick = constant @tick : (i16, i8, !intr.str) -> i1
  // expected-error@+2 {{argument 'where' of 'Clock.watch' has type '!intr.slot', but the call passes '!clock.zone'; intr.pack makes a slot of it}}
  // expected-error@+1 {{but the record says '(i16, i8, !intr.str, !intr.slot) -> i1'}}
  call @"Clock.watch"(%zone, %tick) : (!clock.zone, (i16, i8, !intr.str) -> i1) -> ()
  return
}
