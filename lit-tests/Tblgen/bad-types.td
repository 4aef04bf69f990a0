// Mistakes in types: what their kinds say of them.
// RUN: not %plumb-tblgen %records %s -gen-json 2> %t.err
// RUN: FileCheck %s < %t.err
// RUN: test $(grep -c 'error:' %t.err) = $(grep -c '^// CHECK-DAG: .*error:' %s)

include "plumb/Intrinsic/Intrinsic.td"

def Bad_Family : IntrinsicFamily {
  let name = "bad";
  let module = "Bad";
  let summary = "Mistakes";
}
def Bad_Dialect : IntrinsicDialect<Bad_Family, /*hasTypes=*/1>;
class Bad_Type<AbiKind kind, string mlir, string c>
    : Type<CPred<"true">, "bad">, HasAbi<kind, mlir, c> {
  IntrinsicFamily family = Bad_Family;
}
class Bad_Intrinsic<string mnemonic, Type type>
    : Intrinsic<Bad_Family, Bad_Dialect, mnemonic> {
  let summary = "Uses a type";
  let results = (outs type:$x);
}

// CHECK-DAG: bad-types.td:[[#@LINE+1]]:5: error: type 'Bad_Narrow' is 'i32' in MLIR, but kind 'int64' is 'i64'
def Bad_Narrow : Bad_Type<Abi_Int<64, 1>, "i32", "int64_t">;
def Bad_1 : Bad_Intrinsic<"narrow", Bad_Narrow>;
// CHECK-DAG: bad-types.td:[[#@LINE+1]]:5: error: type 'Bad_Text' is '!intr.bytes' in MLIR, but kind 'text' is '!intr.str'
def Bad_Text : Bad_Type<Abi_Text, "!intr.bytes", "const plumb_str *">;
def Bad_2 : Bad_Intrinsic<"text", Bad_Text>;
// CHECK-DAG: bad-types.td:[[#@LINE+1]]:5: error: type 'Bad_Width' has ABI kind 'int65'; it is one of
def Bad_Width : Bad_Type<Abi_Int<65, 1>, "i65", "int65_t">;
def Bad_3 : Bad_Intrinsic<"width", Bad_Width>;
// CHECK-DAG: bad-types.td:[[#@LINE+1]]:5: error: type 'Bad_Foreign' is '!other.thing' in MLIR, which is not a type of family 'bad'
def Bad_Foreign : Bad_Type<Abi_Handle, "!other.thing", "other_thing">;
def Bad_4 : Bad_Intrinsic<"foreign", Bad_Foreign>;
// CHECK-DAG: bad-types.td:[[#@LINE+1]]:5: error: type 'Bad_Handle' is 'i64' in MLIR, which is not the type of a handle, such as !clock.zone
def Bad_Handle : Bad_Type<Abi_Handle, "i64", "bad_thing">;
def Bad_5 : Bad_Intrinsic<"handle", Bad_Handle>;
// CHECK-DAG: bad-types.td:[[#@LINE+1]]:5: error: type 'Bad_Enum' is of kind 'enum', but has no enum
def Bad_Enum : Bad_Type<Abi_Enum, "i32", "int32_t">;
def Bad_6 : Bad_Intrinsic<"enumeration", Bad_Enum>;
// CHECK-DAG: bad-types.td:[[#@LINE+1]]:5: error: type 'Bad_Struct' is of kind 'struct', but has no struct
def Bad_Struct : Bad_Type<Abi_Struct, "!intr.struct<\"bad.s\">", "bad_s">;
def Bad_7 : Bad_Intrinsic<"structure", Bad_Struct>;
// CHECK-DAG: bad-types.td:[[#@LINE+1]]:5: error: intrinsic 'bad.environment' returns kind 'environment', which no intrinsic does
def Bad_8 : Bad_Intrinsic<"environment", Environment>;
def Bad_Pair : IntrinsicStruct<Bad_Family, "pair", [Field<"a", Int>]>;
// CHECK-DAG: bad-types.td:[[#@LINE+1]]:5: error: callback 'on_pair' returns kind 'struct'; a callback returns scalars, text and bytes
def Bad_OnPair : IntrinsicCallback<Bad_Family, "on_pair"> {
  let summary = "Returns a struct";
  let results = (outs Bad_Pair:$pair);
}
// CHECK-DAG: bad-types.td:[[#@LINE+1]]:5: error: callback 'on_env' returns kind 'environment'; a callback returns scalars, text and bytes
def Bad_OnEnv : IntrinsicCallback<Bad_Family, "on_env"> {
  let summary = "Returns its environment";
  let results = (outs Environment:$env_of_it);
}
def Bad_By : TypeAlias<Int>, HasPassing<Int, "sideways">;
// CHECK-DAG: bad-types.td:[[#@LINE+1]]:5: error: parameter 'x' of intrinsic 'bad.odd_passing' is passed as 'sideways', which is no way of passing
def Bad_Sideways : Intrinsic<Bad_Family, Bad_Dialect, "odd_passing"> {
  let summary = "Is given a value sideways";
  let arguments = (ins Bad_By:$x);
}
