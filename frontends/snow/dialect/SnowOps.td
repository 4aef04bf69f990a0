//===- SnowOps.td - The snow dialect -----------------------*- tablegen -*-===//
//
// What Snow's values need beside the intrinsics of the registry. All values are
// immutable, so reading them is free of effects until counts are inserted:
// before, these operations may be merged and dropped like arithmetic.
//
//===----------------------------------------------------------------------===//

#ifndef SNOW_DIALECT_SNOWOPS_TD
#define SNOW_DIALECT_SNOWOPS_TD

include "mlir/IR/BuiltinAttributes.td"
include "mlir/IR/OpBase.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Snow_Dialect : Dialect {
  let name = "snow";
  let cppNamespace = "::snow::dialect";
  let summary = "Values of the language Snow";
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::func::FuncDialect"];
  let hasConstantMaterializer = 1;
}

class Snow_Op<string mnemonic, list<Trait> traits = []>
    : Op<Snow_Dialect, mnemonic, traits>;

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

def Snow_UnitOp : Snow_Op<"unit", [Pure]> {
  let summary = "The only value of Unit";
  let results = (outs AnyType:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
}

def Snow_UndefOp : Snow_Op<"undef", [Pure]> {
  let summary = "A value for code that never runs";
  let results = (outs AnyType:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
}

def Snow_StringOp : Snow_Op<"string", [Pure]> {
  let summary = "A String or Atom known at compile time: immortal";
  let arguments = (ins StrAttr:$value, UnitAttr:$atom);
  let results = (outs AnyType:$result);
  let assemblyFormat = "$value attr-dict `:` type($result)";
}

//===----------------------------------------------------------------------===//
// Texts of the registry
//===----------------------------------------------------------------------===//

def Snow_TextOp : Snow_Op<"text", [Pure]> {
  let summary = "The text in a String, which lives as long as that";
  let arguments = (ins AnyType:$string);
  let results = (outs AnyType:$result);
  let assemblyFormat = "$string attr-dict `:` type($string) `->` type($result)";
}

def Snow_CopyTextOp : Snow_Op<"copy_text"> {
  let summary = "A String with a copy of the text that an intrinsic gave";
  let arguments = (ins AnyType:$text);
  let results = (outs AnyType:$result);
  let assemblyFormat = "$text attr-dict `:` type($text) `->` type($result)";
}

//===----------------------------------------------------------------------===//
// Data
//===----------------------------------------------------------------------===//

def Snow_DataTypeOp : Snow_Op<"data_type", [Symbol]> {
  let summary = "A type of the program with its constructors";
  let description = [{
    Each constructor is `[name, kinds, field names]`: `kinds` are
    plumb_value_kind's, one a field. The hooks are functions of the program on
    one or two values of the type, which they own: what its impls say in place
    of what follows from its shape.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$name,
                       ArrayAttr:$constructors,
                       UnitAttr:$is_struct, UnitAttr:$is_tuple,
                       UnitAttr:$has_display,
                       OptionalAttr<FlatSymbolRefAttr>:$equal,
                       OptionalAttr<FlatSymbolRefAttr>:$compare,
                       OptionalAttr<FlatSymbolRefAttr>:$less,
                       OptionalAttr<FlatSymbolRefAttr>:$hash,
                       OptionalAttr<FlatSymbolRefAttr>:$text,
                       OptionalAttr<FlatSymbolRefAttr>:$inspect);
  let assemblyFormat = "$sym_name $name $constructors attr-dict";
  let hasVerifier = 1;
}

def Snow_ConstructOp
    : Snow_Op<"construct", [NoMemoryEffect, AttrSizedOperandSegments,
                            DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "A value of a constructor of a type";
  let description = [{
    Owns its fields. Without fields it is immortal. With `reusing`, in the memory
    that a `snow.release` left over, if it did.
  }];
  let arguments = (ins FlatSymbolRefAttr:$dataType, I32Attr:$tag,
                       Variadic<AnyType>:$fields, Optional<AnyType>:$memory);
  let results = (outs AnyType:$result);
  let assemblyFormat = [{
    $dataType `[` $tag `]` `(` $fields `)` (`reusing` $memory^ `:` type($memory))?
    attr-dict `:` functional-type($fields, $result)
  }];
}

def Snow_TagOp : Snow_Op<"tag", [NoMemoryEffect]> {
  let summary = "The number of the constructor that made a value";
  let arguments = (ins AnyType:$value);
  let results = (outs I32:$result);
  let assemblyFormat = "$value attr-dict `:` type($value)";
  let hasFolder = 1;
}

def Snow_FieldOp : Snow_Op<"field", [NoMemoryEffect,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "A field of a value, of the constructor that made it";
  let description = [{
    Not counted by itself: it lives as long as the value. Where somebody keeps
    it, a `snow.retain` stands behind.
  }];
  let arguments = (ins AnyType:$value, FlatSymbolRefAttr:$dataType,
                       I32Attr:$tag, I32Attr:$index);
  let results = (outs AnyType:$result);
  let assemblyFormat = [{
    $value $dataType `[` $tag `,` $index `]` attr-dict `:` type($value) `->`
    type($result)
  }];
  let hasFolder = 1;
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

def Snow_ClosureOp : Snow_Op<"closure", [NoMemoryEffect,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "A function with its first arguments as a value";
  let description = "Owns what it captures. Without captures it is immortal.";
  let arguments = (ins FlatSymbolRefAttr:$function,
                       Variadic<AnyType>:$captures);
  let results = (outs AnyType:$result);
  let assemblyFormat = [{
    $function `(` $captures `)` attr-dict `:`
    functional-type($captures, $result)
  }];
}

def Snow_CallClosureOp : Snow_Op<"call_closure"> {
  let summary = "Calls a function value, which owns the arguments";
  let arguments = (ins AnyType:$callee, Variadic<AnyType>:$arguments);
  let results = (outs AnyType:$result);
  let assemblyFormat = [{
    $callee `(` $arguments `)` attr-dict `:` type($callee) `,`
    functional-type($arguments, $result)
  }];
  let hasCanonicalizeMethod = 1;
}

def Snow_RunOp : Snow_Op<"run", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Runs the program's main, a function without arguments";
  let arguments = (ins FlatSymbolRefAttr:$function);
  let assemblyFormat = "$function attr-dict";
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

class Snow_Division<string mnemonic>
    : Snow_Op<mnemonic, [NoMemoryEffect]> {
  let description = [{
    The divisor is not 0; the smallest number by -1 wraps.
  }];
  let arguments = (ins I64:$dividend, I64:$divisor);
  let results = (outs I64:$result);
  let assemblyFormat = "$dividend `,` $divisor attr-dict";
}
def Snow_DivideOp : Snow_Division<"divide"> {
  let summary = "A quotient, toward zero";
}
def Snow_RemainderOp : Snow_Division<"remainder"> {
  let summary = "A remainder, of the dividend's sign";
}

def Snow_FailOp : Snow_Op<"fail", [Terminator]> {
  let summary = "A runtime error: ends the actor, or the process";
  let arguments = (ins StrAttr:$text);
  let assemblyFormat = "$text attr-dict";
}

//===----------------------------------------------------------------------===//
// Counts
//===----------------------------------------------------------------------===//

def Snow_RetainOp : Snow_Op<"retain"> {
  let summary = "One reference more";
  let arguments = (ins AnyType:$value);
  let assemblyFormat = "$value attr-dict `:` type($value)";
}

def Snow_ReleaseOp : Snow_Op<"release"> {
  let summary = "One reference less; the last one frees the value";
  let arguments = (ins AnyType:$value);
  let assemblyFormat = "$value attr-dict `:` type($value)";
}

def Snow_TakeOp : Snow_Op<"take", [AttrSizedResultSegments]> {
  let summary = "The fields of a value whose reference ends here";
  let description = [{
    As a `snow.field` and a `snow.retain` of each of the fields and a
    `snow.release` of the value, but those of a value with no other reference
    are moved. Then its memory, if asked for, is left over for a
    `snow.construct`; else that is null.
  }];
  let arguments = (ins AnyType:$value, FlatSymbolRefAttr:$dataType,
                       I32Attr:$tag, DenseI32ArrayAttr:$indices);
  let results = (outs Variadic<AnyType>:$fields, Optional<AnyType>:$memory);
  let assemblyFormat = [{
    $value $dataType `[` $tag `,` $indices `]` attr-dict `:` type($value) `->`
    `(` type($fields) `)` (`leaving` type($memory)^)?
  }];
}

def Snow_FreeOp : Snow_Op<"free"> {
  let summary = "Gives back memory for so many fields, if a `snow.take` left it";
  let arguments = (ins AnyType:$memory, I32Attr:$fields);
  let assemblyFormat = "$memory `,` $fields attr-dict `:` type($memory)";
}

#endif // SNOW_DIALECT_SNOWOPS_TD
