// Typed pointers, the null text, and what is in memory: round trip, and every
// verifier message.
// RUN: %plumb-opt %s --split-input-file --verify-diagnostics | FileCheck %s
// RUN: %plumb-opt %s --split-input-file --verify-diagnostics --mlir-print-op-generic | %plumb-opt --split-input-file | FileCheck %s

// CHECK-LABEL: func @values(%{{.*}}: !intr.ptr<"char *">, %{{.*}}: !intr.ptr<"a\22b">)
func.func @values(%p: !intr.ptr<"char *">, %odd: !intr.ptr<"a\22b">) -> i1 {
  // CHECK: intr.cast %{{.*}} : !intr.ptr<"char *"> to !intr.ptr
  %any = intr.cast %p : !intr.ptr<"char *"> to !intr.ptr
  // CHECK: intr.null : !intr.ptr<"tm">
  %tm = intr.null : !intr.ptr<"tm">
  // CHECK: intr.is_null %{{.*}} : !intr.ptr<"tm">
  %0 = intr.is_null %tm : !intr.ptr<"tm">
  // CHECK: intr.null : !intr.str
  %none = intr.null : !intr.str
  // CHECK: intr.is_null_text
  %1 = intr.is_null_text %none
  // CHECK: intr.data %{{.*}} : !intr.str
  %data = intr.data %none : !intr.str
  // CHECK: intr.length %{{.*}} : !intr.str
  %length = intr.length %none : !intr.str
  // CHECK: intr.copy_bytes %{{.*}}, %{{.*}} : !intr.ptr<"uint8_t">
  %bytes = intr.copy_bytes %data, %length : !intr.ptr<"uint8_t">
  // CHECK: intr.copy_text %{{.*}}, %{{.*}} : !intr.ptr
  %text = intr.copy_text %any, %length : !intr.ptr
  // CHECK: intr.copy_c_string
  %string = intr.copy_c_string %text, %text
  // CHECK: intr.copy_c_text %{{.*}} : !intr.ptr<"char">
  %back = intr.copy_c_text %string : !intr.ptr<"char">
  // CHECK: intr.take_c_text %{{.*}}, %{{.*}} : !intr.ptr<"char">, !intr.ptr
  %gone = intr.take_c_text %string, %any : !intr.ptr<"char">, !intr.ptr
  return %1 : i1
}

// -----

func.func @number(%i: i64) {
  // expected-error@+1 {{operand #0 must be a handle of a family or !intr.ptr, but got 'i64'}}
  %0 = intr.cast %i : i64 to !intr.ptr
  return
}

// -----

func.func @text(%p: !intr.ptr<"char">) {
  // expected-error@+1 {{operand #0 must be text: immutable UTF-8 with a length or immutable binary data with a length, but got '!intr.ptr<"char">'}}
  %0 = intr.data %p : !intr.ptr<"char">
  return
}

// -----

func.func @result(%p: !intr.ptr<"char">, %n: i64) {
  // expected-error@+1 {{'intr.copy_text' returns '!intr.str', but the op has result type '!intr.bytes'}}
  %0 = intr.call "intr.copy_text"(%p, %n) : (!intr.ptr<"char">, i64) -> !intr.bytes
  return
}
