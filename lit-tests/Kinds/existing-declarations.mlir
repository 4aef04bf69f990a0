// Declarations that a front end has written itself, of rows with all kinds.
// RUN: %plumb-opt --load-family=%S/Inputs/Clock.td %s --convert-intrinsics-to-llvm=target=x86_64-linux-gnu --split-input-file --verify-diagnostics | FileCheck %s

// One without extensions gets them: a bool's upper bits would be anything.
// CHECK: llvm.func @plumb_clock_narrow(i1 {llvm.zeroext}, i8 {llvm.signext}, i8 {llvm.zeroext}, i16 {llvm.signext}, i16 {llvm.zeroext}, i32, i32, f32) -> (i8 {llvm.signext})
llvm.func @plumb_clock_narrow(i1, i8, i8, i16, i16, i32, i32, f32) -> i8
func.func @narrow(%a: i1, %b: i8, %d: i16, %f: i32, %h: f32) {
  %0 = intr.call "clock.narrow"(%a, %b, %b, %d, %d, %f, %f, %h) : (i1, i8, i8, i16, i16, i32, i32, f32) -> i8
  return
}

// -----

// One with the operation's types: its calls are lowered like the operation.
// CHECK-LABEL: {{//}} -----
// CHECK: llvm.func @plumb_clock_make_range(!llvm.ptr {{{.*}}}, i64 {llvm.noundef}, !llvm.ptr {{{.*}}}, i64 {llvm.noundef}) -> !llvm.struct<(i64, f64)>
// CHECK-NOT: func.func private
// CHECK-COUNT-2: llvm.call @plumb_clock_make_range({{.*}}) : (!llvm.ptr, i64, !llvm.ptr, i64) -> !llvm.struct<(i64, f64)>
func.func private @plumb_clock_make_range(!intr.str, !intr.bytes) -> !intr.struct<"clock.range">
func.func @operation(%name: !intr.str, %key: !intr.bytes) -> f64 {
  %0 = intr.call "clock.make_range"(%name, %key) : (!intr.str, !intr.bytes) -> !intr.struct<"clock.range">
  %1 = call @plumb_clock_make_range(%name, %key) : (!intr.str, !intr.bytes) -> !intr.struct<"clock.range">
  %2 = intr.field %1["weight"] : !intr.struct<"clock.range"> -> f64
  return %2 : f64
}

// -----

// One with C's types.
// CHECK-LABEL: {{//}} -----
// CHECK: llvm.func @plumb_clock_make_angle({{.*}}) -> vector<2xf32>
// CHECK-NOT: func.func private
// CHECK: llvm.call @plumb_clock_make_angle(
// CHECK: llvm.call @plumb_clock_make_angle(%arg1) : (!llvm.ptr) -> vector<2xf32>
func.func private @plumb_clock_make_angle(!llvm.ptr) -> vector<2xf32>
func.func @in_c(%big: !intr.struct<"clock.big">, %address: !llvm.ptr) {
  %0 = intr.call "clock.make_angle"(%big) : (!intr.struct<"clock.big">) -> !intr.struct<"clock.angle">
  %1 = call @plumb_clock_make_angle(%address) : (!llvm.ptr) -> vector<2xf32>
  return
}

// -----

// expected-note@+1 {{the module's declaration is here}}
llvm.func @plumb_clock_quick(i8, i64) -> i8
func.func @convention(%a: i8, %date: !intr.struct<"clock.date">) {
  // expected-error@+1 {{with type '!llvm.func<i8 (i8, i64)>' and calling convention preserve_mostcc (its record is at}}
  %0 = intr.call "clock.quick"(%a, %date) : (i8, !intr.struct<"clock.date">) -> i8
  return
}

// -----

// expected-note@+1 {{the module's declaration is here}}
llvm.func @plumb_clock_format(!llvm.ptr) -> i64
func.func @variadic(%how: !intr.str) {
  // expected-error@+1 {{with type '!llvm.func<i64 (ptr, ...)>'}}
  %0 = intr.call "clock.format"(%how) : (!intr.str) -> !intr.count
  return
}

// -----

// A program's own struct type of the name that ours has.
func.func @clash(%own: !llvm.struct<"plumb.clock.date", (i64)>, %date: !intr.struct<"clock.date">) -> i8 {
  // expected-error@+1 {{the program has an LLVM struct type of its own with the name of the struct's; rename it}}
  %0 = intr.field %date["month"] : !intr.struct<"clock.date"> -> i8
  return %0 : i8
}

// -----

// One that no operation leads to is held to the record, too.
// expected-error@+1 {{this module declares '@plumb_clock_narrow' with type '!llvm.func<i64 (ptr)>', but 'clock.narrow' (its record is at}}
llvm.func @plumb_clock_narrow(!llvm.ptr) -> i64
func.func @alone(%p: !llvm.ptr) -> i64 {
  %0 = llvm.call @plumb_clock_narrow(%p) : (!llvm.ptr) -> i64
  return %0 : i64
}

// -----

// expected-error@+1 {{this module declares '@plumb_clock_narrow' with type '(i64) -> i64', but}}
func.func private @plumb_clock_narrow(i64) -> i64
func.func @alone(%n: i64) -> i64 {
  %0 = call @plumb_clock_narrow(%n) : (i64) -> i64
  return %0 : i64
}

// -----

// expected-error@+1 {{this module defines '@plumb_clock_narrow' with type '(i64) -> i64', but}}
func.func @plumb_clock_narrow(%n: i64) -> i64 {
  return %n : i64
}

// -----

// expected-error@+1 {{and calling convention ccc, but 'clock.quick' (its record is at}}
llvm.func @plumb_clock_quick(i8, i64) -> i8

// -----

// expected-error@+1 {{'@plumb_clock_narrow' is the function of 'clock.narrow' (its record is at}}
llvm.mlir.global external @plumb_clock_narrow() : i64

// -----

module @nested {
  // expected-error@+1 {{this module declares '@plumb_clock_narrow'}}
  func.func private @plumb_clock_narrow()
}

// -----

// Of the right type it is given what callers and callees must agree on.
// CHECK-LABEL: {{//}} -----
// CHECK: func.func private @plumb_clock_narrow(i1 {llvm.zeroext}, i8 {llvm.signext}, i8 {llvm.zeroext}, i16 {llvm.signext}, i16 {llvm.zeroext}, i32, i32, f32) -> (i8 {llvm.signext})
func.func private @plumb_clock_narrow(i1, i8, i8, i16, i16, i32, i32, f32) -> i8
func.func @alone(%a: i1, %b: i8, %d: i16, %f: i32, %h: f32) -> i8 {
  %0 = call @plumb_clock_narrow(%a, %b, %b, %d, %d, %f, %f, %h) : (i1, i8, i8, i16, i16, i32, i32, f32) -> i8
  return %0 : i8
}
