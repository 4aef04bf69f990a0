//===- Intrinsic.td - The core family ----------------------*- tablegen -*-===//
//
// What every family shares: the `intr` dialect, its types, the builtin types
// that may cross into a runtime, and the status codes that any intrinsic may
// return. Its own intrinsics are at the end, for its own generators only: every
// other family's would make their operations once more.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_INTRINSIC_INTRINSIC_TD
#define PLUMB_INTRINSIC_INTRINSIC_TD

include "plumb/Intrinsic/IntrinsicBase.td"

def Intr_Family : IntrinsicFamily {
  let name = "intr";
  let module = "Intr";
  let summary = "What every family of intrinsics shares";
  let macroPrefix = "PLUMB_";
  let headerPreamble = [{
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define PLUMB_NOEXCEPT noexcept
#else
#define PLUMB_NOEXCEPT
#endif
#define PLUMB_API __attribute__((visibility("default")))
#ifdef __cplusplus
#define PLUMB_NORETURN [[noreturn]]
#else
#define PLUMB_NORETURN _Noreturn
#endif
#ifdef __cplusplus
#define PLUMB_STATIC_ASSERT static_assert
#else
#define PLUMB_STATIC_ASSERT _Static_assert
#endif

/// Text: UTF-8, `len` bytes, no terminator, never null. A string that an
/// intrinsic returns, or that a callback is given, lives until the outermost
/// callback of this thread returns (in `main`: until the thread ends). A runtime
/// copies what it keeps.
typedef struct plumb_str {
  uint64_t len;
  uint8_t data[];
} plumb_str;

/// Binary data, with the shape and lifetime of plumb_str.
typedef struct plumb_bytes {
  uint64_t len;
  uint8_t data[];
} plumb_bytes;

/// A value of any scalar type: integers extended, a float's bits, a pointer.
typedef uint64_t plumb_slot;
}];
}

def Intr_Dialect : Dialect {
  let name = "intr";
  let cppNamespace = "::plumb::intr";
  let summary = "Types, constants and the carrier call of runtime intrinsics";
  let description = [{
    The `intr` dialect holds what every family of intrinsics shares: text and
    bytes, statuses and counts, constants, and `intr.call`, the carrier for
    intrinsics whose family comes without op classes.
  }];
  let useDefaultTypePrinterParser = 1;
  let extraClassDeclaration = [{
    /// The families of this context.
    Registry &getRegistry() { return families; }

    /// The type of a record's type in this context, parsed once; null while
    /// the dialect that has it is not loaded. From any thread.
    ::mlir::Type getRecordType(const plumb_intr_type &type);

  private:
    ::llvm::sys::SmartRWMutex<true> mutex;
    ::llvm::DenseMap<const plumb_intr_type *, ::mlir::Type> recordTypes;
    Registry families;

  public:
  }];
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

class Intr_Type<string cppName, string mnem, AbiKind kind, string c>
    : IntrinsicType<Intr_Family, Intr_Dialect, cppName, mnem, kind, c>;

def Str : Intr_Type<"Str", "str", Abi_Text, "const plumb_str *"> {
  let summary = "text: immutable UTF-8 with a length";
}
def Bytes : Intr_Type<"Bytes", "bytes", Abi_Bytes, "const plumb_bytes *"> {
  let summary = "immutable binary data with a length";
}
def Status : Intr_Type<"Status", "status", Abi_Status, "int64_t"> {
  let summary = "0 for success or a negative code that has a name";
  let description = [{
    A status is not a number and not a decision: `intr.ok` tells whether it is
    a success and `intr.code` gives the number.
  }];
}
def Count : Intr_Type<"Count", "count", Abi_Count, "int64_t"> {
  let summary = "a number of things, never negative and never an error";
  let description = [{
    A count is not a status; `intr.value` gives the number.
  }];
}

// A text that ends with a zero byte in C. As an argument it is a copy that lives
// as long as a text that is made at the call. What a runtime hands out is
// copied, too: it may change or go. The null text is the null pointer, both
// ways. A text with a zero byte in it is no C string: the call aborts.
def CStr : TypeAlias<Str>, HasAbi<Abi_CString, "!intr.str", "const char *"> {
  IntrinsicFamily family = Intr_Family;
}
// A parameter or result that is never null; the null text is an empty one.
def NonNullCStr
    : TypeAlias<Str>, HasAbi<Abi_NonNullCString, "!intr.str", "const char *"> {
  IntrinsicFamily family = Intr_Family;
}
// A result, or Out, that the program has to free: when it is copied, the
// function `free`, `void f(void *)`, is called with it, unless it is null.
class OwnedCStr<string free>
    : TypeAlias<Str>, HasAbi<Abi_CString, "!intr.str", "char *"> {
  IntrinsicFamily family = Intr_Family;
  let release = free;
}

def Intr_Pointer
    : TypeDef<Intr_Dialect, "Pointer", [MemRefElementTypeInterface,
                                        DataLayoutTypeInterface]> {
  let mnemonic = "ptr";
  let summary = "an address that only the runtime knows more about";
  let description = [{
    What it leads to has a name, as in `!intr.ptr<"tm">`, or is not known:
    `!intr.ptr` is C's `void *`, and a parameter of that type takes any. Where a
    family has a struct of the name, `!intr.ptr<"clock.date">`, the fields are
    known. `intr.cast` makes one of another.
  }];
  let parameters = (ins StringRefParameter<"what it leads to">:$pointee);
  let builders = [TypeBuilder<(ins), [{
    return Base::get($_ctxt, ::llvm::StringRef());
  }]>];
  let hasCustomAssemblyFormat = 1;
  let extraClassDeclaration = [{
    ::llvm::TypeSize getTypeSizeInBits(const ::mlir::DataLayout &,
                                       ::mlir::DataLayoutEntryListRef) const {
      return ::llvm::TypeSize::getFixed(64);
    }
    uint64_t getABIAlignment(const ::mlir::DataLayout &,
                             ::mlir::DataLayoutEntryListRef) const {
      return 8;
    }
  }];
}
class Intr_PointerTo<string pointee>
    : Type<CPred<!if(!empty(pointee),
                     "::llvm::isa<::plumb::intr::PointerType>($_self)",
                     "::plumb::intr::isPointerType($_self, \"" # pointee #
                         "\")")>,
           "!intr.ptr" # !if(!empty(pointee), "", "<'" # pointee # "'>")>,
      BuildableType<"::plumb::intr::PointerType::get($_builder.getContext(), \"" #
                    pointee # "\")"> {
  IntrinsicFamily family = Intr_Family;
}
// C's `void *`.
def Pointer : Intr_PointerTo<"">, HasAbi<Abi_Pointer, "!intr.ptr", "void *">;
// What a C type points to, by its name: "tm" of "const struct tm *", "char *" of
// "char **"; "" of "void *".
class Intr_Pointee<string c> {
  string plain = !subst("enum ", "", !subst("union ", "", !subst("struct ", "",
                     !subst("const ", "", !subst("*const ", "*", c)))));
  string tight = !subst(" *", "*", !subst(" *", "*", plain));
  // Without the last star.
  string to = !substr(tight, 0, !if(!empty(tight), 0, !sub(!size(tight), 1)));
  string ret = !if(!eq(to, "void"), "", !subst("*", " *", to));
}
// An address that leads to what `pointee` names: two kinds of pointers are told
// apart. `c` is its type in C.
class TypedPointer<string pointee, string c>
    : Intr_PointerTo<pointee>,
      HasAbi<Abi_Pointer,
             "!intr.ptr" # !if(!empty(pointee), "", "<\"" # pointee # "\">"), c>;
// The same by its C type alone: CPointer<"struct tm *"> is `!intr.ptr<"tm">`.
class CPointer<string c> : TypedPointer<Intr_Pointee<c>.ret, c>;
// A pointer to a struct of the family, whose fields the program can reach.
class PointerTo<IntrinsicStruct s, bit isConst = 0>
    : TypedPointer<s.family.name # "." # s.structName,
                   !if(isConst, "const ", "") # s.cType # " *">;
// A pointer to a function of the callback's type, as a field, parameter or
// result; intr.function makes one of a function of the program. In C the
// callback's typedef.
class FunctionPointer<IntrinsicCallback cb>
    : TypedPointer<cb.family.name # "." # cb.callbackName, cb.cName> {
  IntrinsicCallback callback = cb;
}
def Slot : Intr_Type<"Slot", "slot", Abi_Slot, "plumb_slot"> {
  let summary = "a value of any scalar type in 64 bits";
  let description = [{
    `intr.pack` makes one and `intr.unpack` takes the value out again.
  }];
}
// What a callback of the same intrinsic is called with.
def Environment
    : TypeAlias<Slot>, HasAbi<Abi_Environment, "!intr.slot", "void *"> {
  IntrinsicFamily family = Intr_Family;
}
// At the end of the arguments of an intrinsic with `Callback`s, `!con((ins ...),
// Environments)`: its operation can give each of them an environment. The names
// are those of the callbacks' parameters, one for each value. Neither is a
// parameter, and C is the same without. An operation that has not got them is
// made as `intr.call` when a front end gives an environment.
def Intr_EnvironmentValues : Variadic<Slot>, IsEnvironments;
def Intr_EnvironmentNames : OptionalAttr<StrArrayAttr>, IsEnvironments;
defvar Environments = (ins Intr_EnvironmentValues:$environments,
                           Intr_EnvironmentNames:$environment_names);

// An argument that is no operand: options of the family, `{options =
// {max_message = 65536}}` with the name of the argument. All are checked
// against the option records, and any may be left out. In C one text: for each
// that is given its name, `=`, the value and a zero byte, as in an environment.
def Options : OptionalAttr<DictionaryAttr>, HasOptions<Str>;

def Intr_Struct
    : TypeDef<Intr_Dialect, "Struct", [MemRefElementTypeInterface,
        DeclareTypeInterfaceMethods<DataLayoutTypeInterface,
                                    ["getTypeSizeInBits", "getABIAlignment"]>]> {
  let mnemonic = "struct";
  let summary = "a struct of a family";
  let description = [{
    `intr.make` makes one of its fields and `intr.field` reads one.
  }];
  let parameters = (ins StringRefParameter<"family.name">:$name);
  let assemblyFormat = "`<` $name `>`";
}

def Unit : Intr_Type<"Unit", "unit", Abi_Unit, "plumb_slot"> {
  let summary = "nothing, as an argument of other types";
}

class Intr_SlotSized<string cppName, string mnem>
    : TypeDef<Intr_Dialect, cppName, [MemRefElementTypeInterface,
                                      DataLayoutTypeInterface]> {
  let mnemonic = mnem;
  let extraClassDeclaration = Unit.extraClassDeclaration;
}

def Intr_Object : Intr_SlotSized<"Object", "object"> {
  let summary = "a counted object of a program: List<Int>";
  let description = [{
    Its name and the types that it is of: `!intr.object<"List", i64>`,
    `!intr.object<"Tuple", i64, i1>`, `!intr.object<"Main.Point">`. An argument
    is i64, f64, i1, `!intr.unit`, an object or a closure.
  }];
  let parameters = (ins StringRefParameter<"List">:$name,
                        OptionalArrayRefParameter<"::mlir::Type">:$arguments);
  let assemblyFormat = "`<` $name (`,` $arguments^)? `>`";
  let genVerifyDecl = 1;
}
def Intr_Fn : Intr_SlotSized<"Fn", "fn"> {
  let summary = "a closure of a program: Fun(Int) -> Bool";
  let description = [{
    `!intr.fn<(i64, i1) -> f64>`. One that has no result is of the result
    `!intr.unit`.
  }];
  let parameters = (ins OptionalArrayRefParameter<"::mlir::Type">:$inputs,
                        "::mlir::Type":$result);
  let assemblyFormat = "`<` custom<FnInputs>($inputs) `->` $result `>`";
  let genVerifyDecl = 1;
}
def Intr_Variable : Intr_SlotSized<"Variable", "var"> {
  let summary = "a type variable of a record, of which no value is";
  let parameters = (ins StringRefParameter<"A">:$name);
  let assemblyFormat = "`<` $name `>`";
}

class Intr_Builtin<Type t, string builder, AbiKind kind, string mlir, string c>
    : Type<t.predicate, t.summary>, BuildableType<"$_builder." # builder>,
      HasAbi<kind, mlir, c> {
  IntrinsicFamily family = Intr_Family;
}
def Bool : Intr_Builtin<I1, "getI1Type()", Abi_Bool, "i1", "bool">;
def Int : Intr_Builtin<I64, "getI64Type()", Abi_Int<64, 1>, "i64", "int64_t">;
def UInt64 : Intr_Builtin<I64, "getI64Type()", Abi_Int<64, 0>, "i64", "uint64_t">;
def Int32 : Intr_Builtin<I32, "getI32Type()", Abi_Int<32, 1>, "i32", "int32_t">;
def Int16 : Intr_Builtin<I16, "getIntegerType(16)", Abi_Int<16, 1>, "i16", "int16_t">;
def Int8 : Intr_Builtin<I8, "getI8Type()", Abi_Int<8, 1>, "i8", "int8_t">;
def UInt32 : Intr_Builtin<I32, "getI32Type()", Abi_Int<32, 0>, "i32", "uint32_t">;
def UInt16 : Intr_Builtin<I16, "getIntegerType(16)", Abi_Int<16, 0>, "i16", "uint16_t">;
def UInt8 : Intr_Builtin<I8, "getI8Type()", Abi_Int<8, 0>, "i8", "uint8_t">;
def Float : Intr_Builtin<F64, "getF64Type()", Abi_Float<64>, "f64", "double">;
def Float32 : Intr_Builtin<F32, "getF32Type()", Abi_Float<32>, "f32", "float">;

//===----------------------------------------------------------------------===//
// Status codes of every family
//===----------------------------------------------------------------------===//

class Intr_Status<string name, int value, string message>
    : IntrinsicStatus<Intr_Family, name, value, message>;

def Intr_Ok : Intr_Status<"ok", 0, "success">;
def Intr_ErrInternal
    : Intr_Status<"err_internal", -1, "the runtime failed; its log says how">;
def Intr_ErrNoMemory : Intr_Status<"err_no_memory", -2, "out of memory">;
def Intr_ErrInvalidArgument
    : Intr_Status<"err_invalid_argument", -3, "an argument is out of its range">;
def Intr_ErrStaleHandle
    : Intr_Status<"err_stale_handle", -4,
                  "the handle is null, or what it named is gone">;

//===----------------------------------------------------------------------===//
// Intrinsics
//===----------------------------------------------------------------------===//

// A call that writes it does not come back: what follows is not reached.
def Intr_Control : FamilyResource<"intr.control">;
// Those that were given away and that no callback has taken over yet.
def Intr_Environments : FamilyResource<"intr.environments">;

// A call that writes it may fail at run time, which ends the program or its
// actor: it is not dropped when nobody uses its result, and what follows is not
// sure to be reached.
def Intr_Failure : FamilyResource<"intr.failure">;

#ifdef PLUMB_INTR_ROWS
def Intr_AbortOp : Intrinsic<Intr_Family, Intr_Dialect, "abort"> {
  let summary = "Gives up: the handler that runs has failed";
  let description = [{
    Does not come back. The handler ends where it is. Its failure is logged with
    the handler's name, the connection and this text, of which the peer sees
    nothing. What happens then depends on the handler: docs/front-end.md has a
    table. What it has done until then stays.

    Outside of handlers, in `main` or a thread of the program's own, the text is
    logged and the process ends with exit code 70.

    For programs only. A handler in C++ throws an exception instead, which has
    the same effect: an abort does not run destructors.
  }];
  let arguments = (ins Arg<Str, "why, for the log">:$why);
  let touches = [Writes<Intr_Control>];
}

// What is behind an address, which no compiler knows: a call may read and write
// anything, and aborts when it cannot do what it is asked for.
class Intr_MemoryRow<string mnemonic>
    : Intrinsic<Intr_Family, Intr_Dialect, mnemonic> {
  let since = "0.3";
  let blocks = 1;
}
def Intr_NewMemoryOp : Intr_MemoryRow<"new_memory"> {
  let summary = "Memory of so many bytes, all zero, that lives as long as a text";
  let description = [{
    That is until the outermost callback of the thread returns; in `main` until
    the thread ends. Aligned for any C type.
  }];
  let arguments = (ins Arg<Int, "bytes; more than there are abort">:$size);
  let results = (outs Pointer:$memory);
}
def Intr_CopyBytesOp : Intr_MemoryRow<"copy_bytes"> {
  let summary = "The bytes that are at an address now";
  let arguments = (ins Arg<Pointer, "may be null when there are none">:$memory,
                       Arg<Int, "bytes">:$size);
  let results = (outs Bytes:$bytes);
  let assemblyFormat = "$memory `,` $size attr-dict `:` type($memory)";
}
def Intr_CopyTextOp : Intr_MemoryRow<"copy_text"> {
  let summary = "The text that is at an address now";
  let description = [{
    What is not UTF-8 becomes U+FFFD.
  }];
  let arguments = (ins Arg<Pointer, "may be null when there is none">:$memory,
                       Arg<Int, "bytes">:$size);
  let results = (outs Str:$text);
  let assemblyFormat = "$memory `,` $size attr-dict `:` type($memory)";
}
def Intr_CopyCTextOp : Intr_MemoryRow<"copy_c_text"> {
  let summary = "The C string that is at an address now, as a text";
  let description = [{
    What is not UTF-8 becomes U+FFFD. For the null pointer it is empty.
  }];
  let arguments = (ins Arg<Pointer, "ends with a zero byte">:$memory);
  let results = (outs Str:$text);
  let assemblyFormat = "$memory attr-dict `:` type($memory)";
}
def Intr_TakeCTextOp : Intr_MemoryRow<"take_c_text"> {
  let summary = "The same, and frees the C string";
  let arguments = (ins Arg<Pointer, "ends with a zero byte">:$memory,
                       Arg<Pointer, "`void f(void *)`; not called for null">:$free);
  let results = (outs Str:$text);
  let assemblyFormat = "$memory `,` $free attr-dict `:` type($memory) `,` type($free)";
}
def Intr_CopyCStringOp : Intr_MemoryRow<"copy_c_string"> {
  let summary = "A text as a C string, which lives as long as the text could";
  let description = [{
    Until the outermost callback of the thread returns; in `main` until the
    thread ends. Aborts when the text has a zero byte in it: C would take it for
    the end.
  }];
  let arguments = (ins Str:$text,
                       Arg<Str, "what it is for, for the message">:$use);
  let results = (outs CPointer<"const char *">:$memory);
}

def Intr_OnRelease : IntrinsicCallback<Intr_Family, "on_release"> {
  let summary = "An environment that was given away is called with no more";
}

def Intr_GiveOp : Intrinsic<Intr_Family, Intr_Dialect, "give"> {
  let summary = "Gives an environment away, for the runtime to release";
  let description = [{
    Directly before the call that passes the environment with a callback: that
    takes it over, whatever comes of the call, and `on_release` is called with it
    once, when the callback has returned for the last time: when the timer has
    fired or was cancelled, when the server has stopped, or before the call
    returns when it has refused the callback. One that two callbacks are to have
    is given twice, and released twice. It is released on the thread that ran the
    callback last, or would have run it; none is when the process ends.

    Whose environment is not given away knows by itself how long it is used:
    docs/lifetimes-and-threads.md has a table.
  }];
  let arguments = (ins
      Arg<Environment, "what a callback will be given">:$environment,
      Arg<Function<Intr_OnRelease, /*kept=*/1>, "called when it is free">:$on_release);
  let results = (outs Status:$status);
  let touches = [Writes<Intr_Environments>];
  let since = "0.3";
}
#endif // PLUMB_INTR_ROWS

#endif // PLUMB_INTRINSIC_INTRINSIC_TD
