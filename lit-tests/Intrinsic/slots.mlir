// Slots, pointers and null: round trip, and every verifier message.
// RUN: %plumb-opt %s --split-input-file --verify-diagnostics | FileCheck %s
// RUN: %plumb-opt %s --split-input-file --verify-diagnostics --mlir-print-op-generic | FileCheck %s --check-prefix=GENERIC

// CHECK-LABEL: func @values
func.func @values(%i: i64, %b: i1, %f: f32, %p: !intr.ptr) -> (i64, i1, f32, i1) {
  // CHECK: %[[A:.*]] = intr.pack %{{.*}} : i64
  // GENERIC: "intr.pack"(%{{.*}}) : (i64) -> !intr.slot
  %a = intr.pack %i : i64
  // CHECK: intr.unpack %[[A]] : i64
  %i1 = intr.unpack %a : i64
  %c = intr.pack %b : i1
  %b1 = intr.unpack %c : i1
  %d = intr.pack %f : f32
  %f1 = intr.unpack %d : f32
  // CHECK: intr.pack %{{.*}} : !intr.ptr
  %e = intr.pack %p : !intr.ptr
  %p1 = intr.unpack %e : !intr.ptr
  // CHECK: intr.is_null %{{.*}} : !intr.ptr
  %null = intr.is_null %p1 : !intr.ptr
  // CHECK: intr.zero : !intr.slot
  %zero = intr.zero : !intr.slot
  // CHECK: intr.null : !intr.ptr
  %nothing = intr.null : !intr.ptr
  return %i1, %b1, %f1, %null : i64, i1, f32, i1
}

// -----

func.func @wide(%i: i128) {
  // expected-error@+1 {{a slot has 64 bits; it cannot hold 'i128'}}
  %a = intr.pack %i : i128
  return
}

// -----

func.func @wide(%s: !intr.slot) {
  // expected-error@+1 {{a slot has 64 bits; it cannot hold 'i65'}}
  %a = intr.unpack %s : i65
  return
}

// -----

func.func @text(%t: !intr.str) {
  // expected-error@+1 {{operand #0 must be an integer of at most 64 bits, f32, f64, a handle, !intr.ptr, an object, a closure or !intr.unit, but got '!intr.str'}}
  %a = intr.pack %t : !intr.str
  return
}

// -----

func.func @text(%t: !intr.str) {
  // expected-error@+1 {{operand #0 must be a handle of a family or !intr.ptr, but got '!intr.str'}}
  %a = intr.is_null %t : !intr.str
  return
}

// -----

func.func @zero() {
  // expected-error@+1 {{result #0 must be a value of any scalar type in 64 bits or nothing, as an argument of other types or a struct of a family, but got 'i64'}}
  %a = intr.zero : i64
  return
}

// -----

func.func @unknown(%a: i32) {
  // expected-error@+1 {{no loaded family has a struct 'clock.date'}}
  %d = intr.make "clock.date"(%a) : (i32)
  return
}

// -----

func.func @unknown(%d: !intr.struct<"clock.date">) {
  // expected-error@+1 {{no loaded family has a struct 'clock.date'}}
  %y = intr.field %d["year"] : !intr.struct<"clock.date"> -> i32
  return
}

// -----

func.func @unknown() {
  // expected-error@+1 {{no loaded family has an enum 'clock.day'}}
  %d = intr.enum "clock.day" "monday" : i32
  return
}
