// Mistakes in enums, structs, and in how parameters are passed: all of them in
// one run.
// RUN: not %plumb-tblgen %records %s -gen-json 2>&1 | FileCheck %s

include "plumb/Intrinsic/Intrinsic.td"

def Bad_Family : IntrinsicFamily {
  let name = "bad";
  let module = "Bad";
  let summary = "Mistakes";
}
def Bad_Dialect : IntrinsicDialect<Bad_Family, /*hasTypes=*/1>;
class Bad_Intrinsic<string mnemonic>
    : Intrinsic<Bad_Family, Bad_Dialect, mnemonic> {
  let summary = "A mistake";
}
def Bad_Thing : IntrinsicHandle<Bad_Family, Bad_Dialect, "Thing", "thing"> {
  let summary = "a thing";
}

// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: enum 'bad.text' is over kind 'text'; it is over Int, Int32, UInt8 or another integer
def Bad_Text : IntrinsicEnum<Bad_Family, "text", Str, [Case<"a", 0>]>;
// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: enum 'bad.none' has no cases
def Bad_None : IntrinsicEnum<Bad_Family, "none", Int32, []>;
// CHECK-DAG: bad-kinds.td:[[#@LINE+2]]:5: error: case 'big' of enum 'bad.wide' is 256, which is no uint8
// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: case of enum 'bad.wide' 'one' is there twice
def Bad_Wide : IntrinsicEnum<Bad_Family, "wide", UInt8,
    [Case<"one", 1>, Case<"one", 2>, Case<"big", 256>]>;
// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: case 'low' of enum 'bad.narrow' is -129, which is no int8
def Bad_Narrow : IntrinsicEnum<Bad_Family, "narrow", Int8, [Case<"low", -129>]>;

// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: struct 'bad.empty' has no fields
def Bad_Empty : IntrinsicStruct<Bad_Family, "empty", []>;
// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: field 'text' of struct 'bad.texts' has kind 'text'; fields are integers, floats, bools, enums, handles, slots, pointers, structs, and arrays of those
def Bad_Texts : IntrinsicStruct<Bad_Family, "texts", [Field<"text", Str>]>;
def Bad_Pair : IntrinsicStruct<Bad_Family, "pair",
    [Field<"a", Int32>, Field<"b", Float>]>;

def Bad_OnEvent : IntrinsicCallback<Bad_Family, "on_event"> {
  let summary = "With an environment";
}
def Bad_OnBare : IntrinsicCallback<Bad_Family, "on_bare"> {
  let summary = "Without";
  let hasEnvironment = 0;
}
// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: parameter 'pair' of callback 'on_pair' is a struct, a span, options or an environment; a callback takes scalars, text and bytes
def Bad_OnPair : IntrinsicCallback<Bad_Family, "on_pair"> {
  let summary = "A struct";
  let arguments = (ins Bad_Pair:$pair);
}
// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: the environment of callback 'on_far' stands at position 2, but it has only 1 parameters
def Bad_OnFar : IntrinsicCallback<Bad_Family, "on_far"> {
  let summary = "Far";
  let arguments = (ins Int:$a);
  let environmentPosition = 2;
}
// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: callback 'on_out' is called by the runtime; Out is for intrinsics
def Bad_OnOut : IntrinsicCallback<Bad_Family, "on_out"> {
  let summary = "Out";
  let results = (outs Out<Int>:$a);
}

// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: parameter 'x' of intrinsic 'bad.span': Span is for text and bytes, not for kind 'int64'
def Bad_Span : Bad_Intrinsic<"span"> {
  let arguments = (ins Span<Int>:$x);
}
// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: parameter 'x' of intrinsic 'bad.pointer': ByPointer is for structs, not for kind 'text'
def Bad_Pointer : Bad_Intrinsic<"pointer"> {
  let arguments = (ins ByPointer<Str>:$x);
}
// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: result 'x' of intrinsic 'bad.out': Out is for values that a program can hold, not for kind 'environment'
def Bad_Out : Bad_Intrinsic<"out"> {
  let results = (outs Out<Environment>:$x);
}
// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: 'x' of intrinsic 'bad.far' stands at position 3, but there are only 1 parameters before it
def Bad_Far : Bad_Intrinsic<"far"> {
  let arguments = (ins Int:$a);
  let results = (outs Out<Int, 3>:$x);
}
// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: two parameters of intrinsic 'bad.twice' are called 'x_len' in C
def Bad_Twice : Bad_Intrinsic<"twice"> {
  let arguments = (ins Span<Str>:$x, Int:$x_len);
}
// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: intrinsic 'bad.envs' has 2 parameters of kind 'environment'; its callbacks can be given one
def Bad_Envs : Bad_Intrinsic<"envs"> {
  let arguments = (ins Function<Bad_OnEvent>:$f, Environment:$a, Environment:$b);
}
// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: intrinsic 'bad.lonely' takes an environment but no Function<...> that is called with it; use Pointer or Slot
def Bad_Lonely : Bad_Intrinsic<"lonely"> {
  let arguments = (ins Environment:$a);
}
// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: callback 'on_bare' of intrinsic 'bad.bare' has no environment; use Function<...>
def Bad_Bare : Bad_Intrinsic<"bare"> {
  let arguments = (ins Callback<Bad_OnBare>:$f);
}
// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: callback 'on_event' of intrinsic 'bad.given' has an environment, but the intrinsic takes none
def Bad_Given : Bad_Intrinsic<"given"> {
  let arguments = (ins Function<Bad_OnEvent>:$f);
}
// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: callback 'on_bare' of intrinsic 'bad.taken' has no environment, but the intrinsic takes one
def Bad_Taken : Bad_Intrinsic<"taken"> {
  let arguments = (ins Function<Bad_OnBare>:$f, Environment:$env_of_it);
}
// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: parameter 'rest' of intrinsic 'bad.middle' is variadic; only the last parameter of an intrinsic can be
def Bad_Middle : Bad_Intrinsic<"middle"> {
  let arguments = (ins VarArgs:$rest, Int:$last);
}
// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: intrinsic 'bad.swift_log' is variadic, so its calling convention is c
def Bad_SwiftLog : Bad_Intrinsic<"swift_log"> {
  let arguments = (ins VarArgs:$rest);
  let callingConvention = "swift";
}
// CHECK-DAG: bad-kinds.td:[[#@LINE+1]]:5: error: calling convention 'pascal' of intrinsic 'bad.pascal' is unknown; it is c, preserve_most, preserve_all, ms_abi, sysv_abi, swift or aarch64_vector_pcs
def Bad_Pascal : Bad_Intrinsic<"pascal"> {
  let callingConvention = "pascal";
}
