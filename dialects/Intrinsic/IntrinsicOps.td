//===- IntrinsicOps.td - Operations of the intr dialect ----*- tablegen -*-===//

#ifndef PLUMB_DIALECTS_INTRINSIC_INTRINSICOPS_TD
#define PLUMB_DIALECTS_INTRINSIC_INTRINSICOPS_TD

include "dialects/Intrinsic/Intrinsic.td"

class Intr_Op<string mnemonic, list<Trait> traits = []>
    : Op<Intr_Dialect, mnemonic, traits>;

def Intr_TextLike : AnyTypeOf<[Str, Bytes]>;
def Intr_HandleLike
    : Type<CPred<"::plumb::intr::isHandleType($_self)">, "a handle of a family">;

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
  let results = (outs Intr_HandleLike:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
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
    the names of their parameters.

    ```mlir
    %t = intr.call "clock.now"() : () -> i64
    intr.call "clock.alarm"(%t) {on_alarm = @ring} : (i64) -> ()
    ```
  }];
  let arguments = (ins StrAttr:$callee, Variadic<AnyType>:$arguments);
  let results = (outs Variadic<AnyType>:$outs);
  let assemblyFormat = [{
    $callee `(` $arguments `)` attr-dict `:`
    functional-type($arguments, $outs)
  }];
}

#endif // PLUMB_DIALECTS_INTRINSIC_INTRINSICOPS_TD
