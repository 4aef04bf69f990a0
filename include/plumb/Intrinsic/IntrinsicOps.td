//===- IntrinsicOps.td - Operations of the intr dialect ----*- tablegen -*-===//

#ifndef PLUMB_INTRINSIC_INTRINSICOPS_TD
#define PLUMB_INTRINSIC_INTRINSICOPS_TD

include "plumb/Intrinsic/Intrinsic.td"

class Intr_Op<string mnemonic, list<Trait> traits = []>
    : Op<Intr_Dialect, mnemonic, traits>;

def Intr_TextLike : AnyTypeOf<[Str, Bytes]>;
def Intr_HandleLike
    : Type<CPred<"::plumb::intr::isHandleType($_self) || "
                 "::llvm::isa<::plumb::intr::PointerType>($_self)">,
           "a handle of a family or !intr.ptr">;
def Intr_NullLike
    : Type<Or<[Intr_HandleLike.predicate, Str.predicate]>,
           "a handle of a family, !intr.ptr or !intr.str">;
def Intr_ZeroLike : AnyTypeOf<[Slot, Unit, Intr_Struct]>;
def Intr_SlotValue
    : Type<Or<[AnyInteger.predicate, F32.predicate, F64.predicate,
               Intr_HandleLike.predicate, Unit.predicate,
               Intr_Object.predicate, Intr_Fn.predicate]>,
           "an integer of at most 64 bits, f32, f64, a handle, !intr.ptr, an "
           "object, a closure or !intr.unit">;

def Intr_ConstantOp : Intr_Op<"constant", [Pure, ConstantLike]> {
  let summary = "A text or bytes known at compile time";
  let description = [{
    Lowered to a private constant in the layout of `plumb_str`; equal constants
    of a module share one. Text must be UTF-8.

    ```mlir
    %room = intr.constant "lobby"
    %blob = intr.constant "\00\FF" : !intr.bytes
    ```
  }];
  let arguments = (ins StrAttr:$value);
  let results = (outs Intr_TextLike:$result);
  let assemblyFormat = "$value attr-dict custom<TextType>(type($result))";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Intr_EmbedOp : Intr_Op<"embed", [Pure]> {
  let summary = "The content of a file, read when the program is compiled";
  let description = [{
    The file is looked for beside the source file of the operation's location,
    then in the working directory.

    ```mlir
    %page = intr.embed "chat.html" : !intr.bytes
    ```
  }];
  let arguments = (ins StrAttr:$file);
  let results = (outs Intr_TextLike:$result);
  let assemblyFormat = "$file attr-dict custom<TextType>(type($result))";
  let hasVerifier = 1;
}

def Intr_NullOp : Intr_Op<"null", [Pure]> {
  let summary = "The null handle, which every runtime refuses";
  let description = [{
    The null text is an empty text that is the null pointer as a C string.

    ```mlir
    %default = intr.null : !intr.str
    ```
  }];
  let results = (outs Intr_NullLike:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
}

def Intr_IsNullOp : Intr_Op<"is_null", [Pure]> {
  let summary = "Whether a handle or pointer is null";
  let arguments = (ins Intr_HandleLike:$handle);
  let results = (outs I1:$result);
  let assemblyFormat = "$handle attr-dict `:` type($handle)";
}

def Intr_IsNullTextOp : Intr_Op<"is_null_text", [Pure]> {
  let summary = "Whether a text is the null text";
  let description = [{
    The null text is what a C string was that a runtime handed out as the null
    pointer; everything else takes it for an empty text.
  }];
  let arguments = (ins Str:$text);
  let results = (outs I1:$result);
  let assemblyFormat = "$text attr-dict";
}

def Intr_CastOp : Intr_Op<"cast", [Pure]> {
  let summary = "A pointer or handle as one of another type";
  let description = [{
    Nothing is converted or checked.

    ```mlir
    %bytes = intr.cast %p : !intr.ptr to !intr.ptr<"uint8_t">
    ```
  }];
  let arguments = (ins Intr_HandleLike:$pointer);
  let results = (outs Intr_HandleLike:$result);
  let assemblyFormat = "$pointer attr-dict `:` type($pointer) `to` type($result)";
}

def Intr_DataOp : Intr_Op<"data", [Pure]> {
  let summary = "The address of what a text or bytes hold";
  let description = [{
    Valid as long as the text. Nobody may write there, and no zero byte follows.

    ```mlir
    %data = intr.data %blob : !intr.bytes
    ```
  }];
  let arguments = (ins Intr_TextLike:$text);
  let results = (outs CPointer<"const uint8_t *">:$data);
  let assemblyFormat = "$text attr-dict `:` type($text)";
}

def Intr_LengthOp : Intr_Op<"length", [Pure]> {
  let summary = "The number of bytes that a text or bytes hold";
  let arguments = (ins Intr_TextLike:$text);
  let results = (outs I64:$length);
  let assemblyFormat = "$text attr-dict `:` type($text)";
}

def Intr_ZeroOp : Intr_Op<"zero", [Pure]> {
  let summary = "A slot or struct of zeros";
  let results = (outs Intr_ZeroLike:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
}

def Intr_PackOp : Intr_Op<"pack", [Pure]> {
  let summary = "Any scalar as a type-erased slot";
  let description = [{
    Integers are sign-extended (`i1` zero-extended), floats keep their bits.

    ```mlir
    %env = intr.pack %connection : !clock.zone
    ```
  }];
  let arguments = (ins Intr_SlotValue:$value);
  let results = (outs Slot:$slot);
  let assemblyFormat = "$value attr-dict `:` type($value)";
  let hasVerifier = 1;
}

def Intr_UnpackOp : Intr_Op<"unpack", [Pure]> {
  let summary = "The scalar that was packed into a slot";
  let description = [{
    The type must be that of the value that was packed; a slot does not know it.

    ```mlir
    %connection = intr.unpack %env : !clock.zone
    ```
  }];
  let arguments = (ins Slot:$slot);
  let results = (outs Intr_SlotValue:$value);
  let assemblyFormat = "$slot attr-dict `:` type($value)";
  let hasVerifier = 1;
}

def Intr_MakeOp : Intr_Op<"make", [Pure]> {
  let summary = "A struct of its fields";
  let description = [{
    One operand for each field, in their order; for an array one for each of its
    elements. A union is made of one of its fields, `member`; the other bytes
    are zero.

    ```mlir
    %date = intr.make "clock.date"(%year, %month) : (i32, i8)
    %value = intr.make "clock.value"(%number) {member = "number"} : (f64)
    ```
  }];
  let arguments = (ins StrAttr:$name, Variadic<AnyType>:$fields,
                       OptionalAttr<StrAttr>:$member);
  let results = (outs Intr_Struct:$result);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
}

def Intr_FieldOp : Intr_Op<"field", [Pure]> {
  let summary = "A field of a struct";
  let description = [{
    Fields of structs within follow after a `.`, elements of arrays in `[]`. A
    field of a union is the bytes that are there, as a value of its type.

    ```mlir
    %year = intr.field %date["year"] : !intr.struct<"clock.date"> -> i32
    %third = intr.field %week["days[2].hours"] : !intr.struct<"clock.week"> -> i8
    ```
  }];
  let arguments = (ins Intr_Struct:$value, StrAttr:$field);
  let results = (outs AnyType:$result);
  let assemblyFormat = [{
    $value `[` $field `]` attr-dict `:` type($value) `->` type($result)
  }];
  let hasVerifier = 1;
}

def Intr_EnumOp : Intr_Op<"enum", [Pure]> {
  let summary = "A named value of an enum, or several of flags";
  let description = [{
    ```mlir
    %day = intr.enum "clock.day" "monday" : i32
    %what = intr.enum "clock.parts" "hours|minutes" : i32
    ```
  }];
  let arguments = (ins StrAttr:$enumeration, StrAttr:$cases);
  let results = (outs AnySignlessInteger:$result);
  let assemblyFormat = "$enumeration $cases attr-dict `:` type($result)";
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The number; only of a verified operation.
    int64_t getNumber();
  }];
}

def Intr_NamedOp : Intr_Op<"named", [Pure]> {
  let summary = "A named constant of a family";
  let description = [{
    ```mlir
    %end = intr.named "uv.eof" : i32
    %version = intr.named "lua.release" : !intr.str
    ```
  }];
  let arguments = (ins StrAttr:$name);
  let results = (outs AnyType:$result);
  let assemblyFormat = "$name attr-dict `:` type($result)";
  let hasVerifier = 1;
}

def Intr_FunctionOp
    : Intr_Op<"function", [Pure, DeclareOpInterfaceMethods<
                                     SymbolUserOpInterface>]> {
  let summary = "A function of the program, as C calls it";
  let description = [{
    The address of a C function of the callback's type, which calls the
    program's: for fields of structs, for `...`, and for parameters that are
    pointers to functions. Where the callback has an environment, the program's
    function gets it as one more, last argument, a slot.

    ```mlir
    %write = intr.function "curl.write_callback" @on_data : !intr.ptr
    ```
  }];
  let arguments = (ins StrAttr:$callback, FlatSymbolRefAttr:$function);
  let results = (outs Intr_HandleLike:$result);
  let assemblyFormat = "$callback $function attr-dict `:` type($result)";
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

// A value that has a place in memory: what a slot holds, slots, and structs.
def Intr_InMemory
    : Type<Or<[Intr_SlotValue.predicate, Slot.predicate,
               CPred<"::llvm::isa<::plumb::intr::StructType>($_self)">]>,
           "an integer of at most 64 bits, f32, f64, a handle, a pointer, a "
           "slot or a struct">;

// `%p[%i] "clock.week"["days[2]"]`: the i-th element after the pointer, and in
// it a field. `structure` and `path` may be left out, `path` alone too.
class Intr_AtPlace<string mnemonic, list<Trait> traits = []>
    : Intr_Op<mnemonic, traits> {
  dag place = (ins Optional<I64>:$index, OptionalAttr<StrAttr>:$structure,
                   OptionalAttr<StrAttr>:$path);
  let hasVerifier = 1;
}

def Intr_AllocateOp : Intr_Op<"allocate"> {
  let summary = "Memory for structs, until intr.deallocate";
  let description = [{
    For one struct, or for as many as `count` says, all zero. Null when there is
    no memory. It is C's `calloc`.

    ```mlir
    %timer = intr.allocate "uv.timer_t" : !intr.ptr
    %dates = intr.allocate "clock.date" x %n : !intr.ptr
    ```
  }];
  let arguments = (ins StrAttr:$structure, Optional<I64>:$count);
  let results = (outs Res<Intr_HandleLike, "", [MemAlloc]>:$result);
  let assemblyFormat = "$structure (`x` $count^)? attr-dict `:` type($result)";
  let hasVerifier = 1;
}

def Intr_DeallocateOp : Intr_Op<"deallocate"> {
  let summary = "Gives back what intr.allocate, or C's malloc, has given";
  let description = [{
    It is C's `free`; null is allowed.
  }];
  let arguments = (ins Arg<Intr_HandleLike, "", [MemFree]>:$pointer);
  let assemblyFormat = "$pointer attr-dict `:` type($pointer)";
}

def Intr_AddressOp : Intr_AtPlace<"address", [Pure]> {
  let summary = "The address of a field or of an element";
  let description = [{
    ```mlir
    %days = intr.address %week "clock.week"["days"] : !intr.ptr -> !intr.ptr
    ```
    Without a struct the elements are bytes.
  }];
  let arguments = !con((ins Intr_HandleLike:$pointer), place);
  let results = (outs Intr_HandleLike:$result);
  let assemblyFormat = [{
    $pointer custom<Place>($index, $structure, $path) attr-dict `:`
    type($pointer) `->` type($result)
  }];
}

def Intr_LoadOp : Intr_AtPlace<"load"> {
  let summary = "A value in memory";
  let description = [{
    ```mlir
    %data = intr.load %timer "uv.timer_t"["data"] : !intr.ptr -> !intr.ptr
    %date = intr.load %dates[%i] "clock.date" : !intr.ptr -> !intr.struct<"clock.date">
    %byte = intr.load %text[%i] : !intr.ptr -> i8
    ```
    Nothing is checked at run time: as in C, the memory must be there.
  }];
  let arguments = !con((ins Arg<Intr_HandleLike, "", [MemRead]>:$pointer), place);
  let results = (outs Intr_InMemory:$result);
  let assemblyFormat = [{
    $pointer custom<Place>($index, $structure, $path) attr-dict `:`
    type($pointer) `->` type($result)
  }];
}

def Intr_StoreOp : Intr_AtPlace<"store"> {
  let summary = "Leaves a value in memory";
  let description = [{
    ```mlir
    intr.store %data, %timer "uv.timer_t"["data"] : !intr.ptr, !intr.ptr
    ```
  }];
  let arguments = !con((ins Intr_InMemory:$value,
                            Arg<Intr_HandleLike, "", [MemWrite]>:$pointer),
                       place);
  let assemblyFormat = [{
    $value `,` $pointer custom<Place>($index, $structure, $path) attr-dict `:`
    type($value) `,` type($pointer)
  }];
}

def Intr_OkOp : Intr_Op<"ok", [Pure]> {
  let summary = "Whether a status is a success";
  let arguments = (ins Status:$status);
  let results = (outs I1:$result);
  let assemblyFormat = "$status attr-dict";
}

def Intr_CodeOp : Intr_Op<"code", [Pure]> {
  let summary = "The number of a status: 0 or a negative code";
  let arguments = (ins Status:$status);
  let results = (outs I64:$result);
  let assemblyFormat = "$status attr-dict";
}

def Intr_ValueOp : Intr_Op<"value", [Pure]> {
  let summary = "The number of a count";
  let arguments = (ins Count:$count);
  let results = (outs I64:$result);
  let assemblyFormat = "$count attr-dict";
}

def Intr_CallOp
    : Intr_Op<"call", [DeclareOpInterfaceMethods<IntrinsicOpInterface,
                                                ["getIntrinsic"]>,
                       MemoryEffectsOpInterface, ConditionallySpeculatable,
                       SymbolUserOpInterface]> {
  let summary = "Calls an intrinsic by its name: the carrier op";
  let description = [{
    For families that come without op classes. The name is that of the op that
    the family would have: `family.mnemonic`. Callbacks are attributes under
    the names of their parameters; `env` says what they are called with.

    ```mlir
    %t = intr.call "clock.now"() : () -> i64
    intr.call "clock.alarm"(%t) {on_alarm = @ring} : (i64) -> ()
    intr.call "clock.alarm"(%t) env(on_alarm = %bell) {on_alarm = @ring_it} : (i64) -> ()
    ```
  }];
  // The environments are the last operands.
  let arguments = (ins StrAttr:$callee, Variadic<AnyType>:$arguments,
                       OptionalAttr<StrArrayAttr>:$environment_names);
  let results = (outs Variadic<AnyType>:$outs);
  let hasCustomAssemblyFormat = 1;
}

def Intr_BindOp
    : Intr_Op<"bind", [Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "A function with an environment, to be passed as a callback";
  let description = [{
    The function takes the environment as one more, last parameter; the value has
    the type without it. For calls by source names, where it stands for what
    `func.constant` is without an environment: it is no function that could be
    called otherwise.

    ```mlir
    %ring = intr.bind @ring_it(%bell) : (i64) -> ()
    call @"Clock.alarm"(%time, %ring) : (i64, (i64) -> ()) -> ()
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$function, Slot:$environment);
  let results = (outs FunctionType:$result);
  let assemblyFormat = [{
    $function `(` $environment `)` attr-dict `:` type($result)
  }];
}

#endif // PLUMB_INTRINSIC_INTRINSICOPS_TD
