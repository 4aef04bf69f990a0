//===- IntrinsicBase.td - Record classes -------------------*- tablegen -*-===//
//
// The classes that a family file uses. A record of class Intrinsic is an ODS
// operation (mlir-tblgen makes the op class) with the fields that plumb-tblgen
// turns into everything else.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_INTRINSIC_INTRINSICBASE_TD
#define PLUMB_INTRINSIC_INTRINSICBASE_TD

include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinTypeInterfaces.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/DataLayoutInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "plumb/Intrinsic/IntrinsicAbi.td"
include "plumb/Intrinsic/IntrinsicGeneric.td"
include "plumb/Intrinsic/IntrinsicInterfaces.td"

//===----------------------------------------------------------------------===//
// Family
//===----------------------------------------------------------------------===//

// A set of intrinsics with one runtime library, one C header and one source
// module. A family file defines exactly one.
class IntrinsicFamily {
  // MLIR dialect namespace and prefix of the intrinsics' names: "ws".
  string name = "";
  // The module that source programs call them by: "Ws".
  string module = "";
  string summary = "";
  string description = "";
  // Prefix of every C symbol, and of typedefs.
  string symbolPrefix = "plumb_" # name # "_";
  // Prefix of the family's C macros: status codes and options.
  string macroPrefix = "PLUMB_" # !toupper(name) # "_";
  // As it is included: <plumb/ws.h>.
  string header = "plumb/" # name # ".h";
  // Where the generated op classes live.
  string cppNamespace = "::plumb::" # name;
  // C text that goes into the header before the first declaration.
  string headerPreamble = "";
}

class IntrinsicDialect<IntrinsicFamily family, bit hasTypes = 0> : Dialect {
  let name = family.name;
  let cppNamespace = family.cppNamespace;
  let summary = family.summary;
  let description = family.description;
  let dependentDialects = ["::plumb::intr::IntrDialect"];
  let useDefaultTypePrinterParser = hasTypes;
}

// A type that a family brings: `!ws.conn`. It has 64 bits, also in memory:
// memrefs and tensors may hold it.
class IntrinsicType<IntrinsicFamily f, Dialect d, string cppName, string mnem,
                    AbiKind kind, string c>
    : TypeDef<d, cppName, [MemRefElementTypeInterface, DataLayoutTypeInterface]>,
      HasAbi<kind, "!" # f.name # "." # mnem, c> {
  IntrinsicFamily family = f;
  let mnemonic = mnem;
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

// An opaque handle, which may be null; its C type is a pointer to a struct that nobody defines,
// so that C and C++ tell two kinds of handles apart.
class IntrinsicHandle<IntrinsicFamily f, Dialect d, string cppName, string mnem>
    : IntrinsicType<f, d, cppName, mnem, Abi_Handle, f.symbolPrefix # mnem>;

// A parameter or result that is a handle and never null. It has the MLIR type
// of the handle; intr.is_null tells before the call.
class NonNull<IntrinsicType handle>
    : TypeAlias<handle>,
      HasAbi<Abi_NonNullHandle, handle.mlirType, handle.cType> {
  IntrinsicFamily family = handle.family;
}

//===----------------------------------------------------------------------===//
// Enums, flags, structs
//===----------------------------------------------------------------------===//

class Case<string name, int v, string text = ""> {
  string caseName = name;
  int value = v;
  string doc = text;
}

// Named values of an integer type: `intr.enum "clock.day" "monday" : i32`. In
// C: a typedef of the integer, <prefix><name>, and a constant for each case,
// <MACRO_PREFIX><NAME>_<CASE>.
class IntrinsicEnum<IntrinsicFamily f, string name, Type integer,
                    list<Case> values, bit flags = 0>
    : TypeAlias<integer>,
      HasAbi<!if(flags, Abi_Flags, Abi_Enum), !cast<HasAbi>(integer).mlirType,
             f.symbolPrefix # name> {
  IntrinsicFamily family = f;
  string enumName = name;
  Type integerType = integer;
  list<Case> cases = values;
  bit isFlags = flags;
}
// Values that may be or-ed.
class IntrinsicFlags<IntrinsicFamily f, string name, Type integer,
                     list<Case> values>
    : IntrinsicEnum<f, name, integer, values, /*flags=*/1>;

class Field<string name, Type t, string text = ""> {
  string fieldName = name;
  Type fieldType = t;
  string doc = text;
  // Elements of an array, negative for none; bits of a bit-field.
  int elements = -1;
  int bitWidth = 0;
}
// `T name[count]`.
class ArrayField<string name, Type t, int count, string text = "">
    : Field<name, t, text> {
  let elements = count;
}
// `T name[]`, the last field: as many elements as there is memory for. Such a
// struct is only behind pointers.
class FlexibleField<string name, Type t, string text = "">
    : ArrayField<name, t, 0, text>;
// `T name : width`. Such a struct is only behind pointers.
class BitField<string name, Type t, int width, string text = "">
    : Field<name, t, text> {
  let bitWidth = width;
}

// A C struct with natural alignment: scalars, structs, and arrays of those. As
// a parameter or result it goes by value, in ByPointer as `const T *`, in Out
// as `T *`; behind a pointer intr.load and intr.store reach its fields.
class IntrinsicStruct<IntrinsicFamily f, string name, list<Field> members>
    : Type<CPred<"::plumb::intr::isStructType($_self, \"" # f.name # "." #
                 name # "\")">,
           "struct " # f.name # "." # name>,
      BuildableType<"::plumb::intr::StructType::get($_builder.getContext(), \"" #
                    f.name # "." # name # "\")">,
      HasAbi<Abi_Struct, "!intr.struct<\"" # f.name # "." # name # "\">",
             f.symbolPrefix # name> {
  IntrinsicFamily family = f;
  string structName = name;
  list<Field> fields = members;
  bit isUnion = 0;
}

// A C union, whose fields share one place. A value of it is passed as a struct
// is; intr.make says which field it is made of.
class IntrinsicUnion<IntrinsicFamily f, string name, list<Field> members>
    : IntrinsicStruct<f, name, members> {
  let isUnion = 1;
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

// A named constant: `intr.named "clock.max_zones" : i32`, in C a macro. A
// family file uses the classes that follow.
class IntrinsicConstant<IntrinsicFamily f, string name, Type t, string text> {
  IntrinsicFamily family = f;
  string constantName = name;
  Type constantType = t;
  string doc = text;
  // <MACRO_PREFIX><NAME>.
  string cName = f.macroPrefix # !toupper(name);
  // What the runtime's own header calls it, with which plumb-abi compares it.
  string spelling = "";
}
// Of an integer type, Bool, an enum, or Pointer, of which it is the address.
class IntConstant<IntrinsicFamily f, string name, Type t, int v,
                  string text = ""> : IntrinsicConstant<f, name, t, text> {
  int value = v;
}
// Float or Float32. TableGen has no such numbers: "0.5", "0x1p-3".
class FloatConstant<IntrinsicFamily f, string name, Type t, string v,
                    string text = ""> : IntrinsicConstant<f, name, t, text> {
  string value = v;
}
class TextConstant<IntrinsicFamily f, string name, Type t, string v,
                   string text = ""> : IntrinsicConstant<f, name, t, text> {
  string value = v;
}

//===----------------------------------------------------------------------===//
// How parameters are passed
//===----------------------------------------------------------------------===//

class HasPassing<Type t, string how> {
  Type passedType = t;
  // Its name in JSON.
  string passing = how;
}

// Text or bytes as `const uint8_t *<name>, size_t <name>_len`.
class Span<Type t> : TypeAlias<t>, HasPassing<t, "span">;
// A struct as `const T *`, to a copy that lives during the call.
class ByPointer<Type t> : TypeAlias<t>, HasPassing<t, "pointer">;
// Stands among the results: in C a parameter `T *<name>`, the one at the
// position `at` (0 is the first), or after all others.
class Out<Type t, int at = -1> : TypeAlias<t>, HasPassing<t, "out"> {
  int position = at;
}
// Stands among the results, too: what the function leaves in the storage that
// `T *<name>` leads to, where the argument `of` was before the call. The
// argument has the type `t`, and its place is that of the parameter in C.
class InOut<Type t, string of> : TypeAlias<t>, HasPassing<t, "inout"> {
  string argumentName = of;
}

//===----------------------------------------------------------------------===//
// Status codes, effects, options
//===----------------------------------------------------------------------===//

// A named status: 0 is success, errors are negative.
class IntrinsicStatus<IntrinsicFamily f, string name, int value, string text> {
  IntrinsicFamily family = f;
  string statusName = name;
  int statusCode = value;
  string message = text;
}

// What the intrinsics of a family read and write outside their arguments.
class FamilyResource<string name> {
  string resourceName = name;
}
class Touch<FamilyResource r, string how> {
  FamilyResource resource = r;
  string access = how;
}
class Reads<FamilyResource r> : Touch<r, "read">;
class Writes<FamilyResource r> : Touch<r, "write">;

// A limit or setting of a family's runtime, which the environment variable
// <macroPrefix><NAME> sets, and a program by an argument `Options`. A family
// file uses the classes that follow.
class IntrinsicOption<IntrinsicFamily f, string name, string text> {
  IntrinsicFamily family = f;
  string optionName = name;
  string doc = text;
  // The heading that it stands under in documentation:
  // `let section = "Limits" in { ... }`.
  string section = "";
}
// A whole number from `minimum` to `maximum`, both allowed. `unitName` is in
// the plural, or empty: "bytes".
class IntOption<IntrinsicFamily f, string name, int value, int minimum,
                int maximum, string unitName, string text>
    : IntrinsicOption<f, name, text> {
  int defaultValue = value;
  int min = minimum;
  int max = maximum;
  string unit = unitName;
}
class TextOption<IntrinsicFamily f, string name, string value, string text>
    : IntrinsicOption<f, name, text> {
  string defaultValue = value;
}
// One of some words. In C an enum <prefix><name>, the words in their order
// from 0.
class ChoiceOption<IntrinsicFamily f, string name, list<string> words,
                   string value, string text>
    : IntrinsicOption<f, name, text> {
  list<string> choices = words;
  string defaultValue = value;
}

//===----------------------------------------------------------------------===//
// Callbacks
//===----------------------------------------------------------------------===//

// The signature of a function that a runtime calls back.
class IntrinsicCallback<IntrinsicFamily f, string name> {
  IntrinsicFamily family = f;
  string callbackName = name;
  // The typedef in C.
  string cName = f.symbolPrefix # name;
  string summary = ?;
  string description = "";
  dag arguments = (ins);
  dag results = (outs);
  // In C one more parameter, `void *env`: at this position (0 is the first),
  // or after all others.
  bit hasEnvironment = 1;
  int environmentPosition = -1;
}

// Mixed into an attribute constraint: it names a callback's signature. `kept`
// says that the runtime calls it after the intrinsic has returned, too;
// `alone`, that no environment follows the function in C.
class HasCallback<IntrinsicCallback cb, bit optional, bit kept, bit alone> {
  IntrinsicCallback callback = cb;
  bit isOptionalCallback = optional;
  bit isKeptCallback = kept;
  bit isFunctionAlone = alone;
}

class Intrinsic_Callback<IntrinsicCallback cb, bit kept, bit alone>
    : Attr<CPred<"::llvm::isa<::mlir::FlatSymbolRefAttr>($_self)">,
           "symbol of a function that takes the arguments of callback '" #
               cb.callbackName # "'">,
      HasCallback<cb, 0, kept, alone> {
  let storageType = "::mlir::FlatSymbolRefAttr";
  let returnType = "::llvm::StringRef";
  let constBuilderCall =
      "::mlir::SymbolRefAttr::get($_builder.getContext(), $0)";
}

// An argument of an intrinsic: the symbol of a function with the signature. In
// C the function and an environment, with which it is called: null unless the
// program gives one, see `Environments`.
class Callback<IntrinsicCallback cb, bit kept = 0>
    : Intrinsic_Callback<cb, kept, /*alone=*/0>;
class OptionalCallback<IntrinsicCallback cb, bit kept = 0>
    : OptionalAttr<Callback<cb, kept>>, HasCallback<cb, 1, kept, 0>;

// In C the function alone. When the intrinsic has an argument `Environment`,
// the callback gets it: as `void *` in C, and in the program as one more, last
// parameter of type !intr.slot.
class Function<IntrinsicCallback cb, bit kept = 0>
    : Intrinsic_Callback<cb, kept, /*alone=*/1>;
class OptionalFunction<IntrinsicCallback cb, bit kept = 0>
    : OptionalAttr<Function<cb, kept>>, HasCallback<cb, 1, kept, 1>;

// Mixed into what stands for the environments of callbacks, which are no
// parameters of their own.
class IsEnvironments;

// Mixed into an attribute constraint: a dictionary of the family's options.
class HasOptions<Type t> : HasPassing<t, "options">;

// The last argument of a variadic intrinsic: C's `...`. Integers up to 64 bits,
// f32 and f64, handles, pointers and slots, after C's default promotions.
def VarArgs : Variadic<AnyType>;

//===----------------------------------------------------------------------===//
// Intrinsics
//===----------------------------------------------------------------------===//

// "$conn `,` $room": the operands of an intrinsic, for its assembly. (ODS's
// `operands` would take the next line's result for an operand when there is
// none.)
class Intrinsic_IsOperand<dag arguments, int i> {
  defvar variable = !getdagarg<OpVariable>(arguments, i);
  bit ret = !if(!initialized(variable),
                !not(!isa<AttrConstraint>(variable.constraint)),
                !not(!initialized(!getdagarg<AttrConstraint>(arguments, i))));
}
class Intrinsic_IsVarArgs<dag arguments, int i> {
  bit ret = !initialized(!getdagarg<Variadic>(arguments, i));
}
class Intrinsic_IsEnvironments<dag arguments, int i> {
  bit ret = !initialized(!getdagarg<IsEnvironments>(arguments, i));
}
class Intrinsic_OperandList<dag arguments> {
  list<int> environments = !filter(i, !range(!size(arguments)),
                                   Intrinsic_IsEnvironments<arguments, i>.ret);
  list<int> positions = !filter(i, !range(!size(arguments)),
      !and(Intrinsic_IsOperand<arguments, i>.ret,
           !not(Intrinsic_IsEnvironments<arguments, i>.ret)));
  // A variadic operand is written with its types, if it has any.
  int variadic = !foldl(-1, positions, last, i,
                        !if(Intrinsic_IsVarArgs<arguments, i>.ret, i, last));
  list<int> fixed = !filter(i, positions, !ne(i, variadic));
  string written = !interleave(
      // plumb-tblgen reports a parameter without a name; TableGen must get there.
      !foreach(i, fixed,
               "$" # !if(!initialized(!getdagname(arguments, i)),
                         !getdagname(arguments, i), "unnamed")),
      " `,` ");
  string ret = written # !if(!lt(variadic, 0), "",
      " (" # !if(!empty(fixed), "", "`,` ") # "$" #
          !getdagname(arguments, variadic) # "^ `:` type($" #
          !getdagname(arguments, variadic) # "))?") #
      !if(!empty(environments), "",
          // It prints its own space, if anything.
          " `` custom<Environments>(" #
          !interleave(!foreach(i, environments, "$" # !getdagname(arguments, i)),
                      ", ") # ")");
}

// The types of a generic intrinsic's operands and results are the program's, so
// its assembly has them.
class Intrinsic_IsErased<dag values, int i> {
  defvar variable = !getdagarg<OpVariable>(values, i);
  bit ret = !if(!initialized(variable),
                !isa<Intrinsic_Erased>(variable.constraint),
                !initialized(!getdagarg<Intrinsic_Erased>(values, i)));
}
class Intrinsic_HasErased<dag values> {
  bit ret = !not(!empty(!filter(i, !range(!size(values)),
                                Intrinsic_IsErased<values, i>.ret)));
}
class Intrinsic_Types<dag arguments, dag results> {
  string ret = !if(!or(Intrinsic_HasErased<arguments>.ret,
                       Intrinsic_HasErased<results>.ret),
                   " `:` functional-type(operands, results)", "");
}

class Intrinsic<IntrinsicFamily f, Dialect d, string mnem,
                list<Trait> traits = []>
    : Op<d, mnem, !listconcat(traits, [IntrinsicOpInterface,
                                       MemoryEffectsOpInterface,
                                       ConditionallySpeculatable,
                                       SymbolUserOpInterface])> {
  IntrinsicFamily family = f;
  // The name that source programs call it by, and the symbol in the runtime.
  string sourceName = f.module # "." # mnem;
  string symbol = f.symbolPrefix # mnem;
  // Everything outside its arguments that a call reads or writes; nothing
  // means that equal arguments give equal results, so that calls may be
  // merged, moved and dropped.
  list<Touch> touches = [];
  // The call may take as long as it likes (a server's loop).
  bit blocks = 0;
  // The result is memory of the callback's arena that nothing else points to.
  bit freshResult = 0;
  // The first release that had it.
  string since = "0.1";
  // c, preserve_most, preserve_all, ms_abi, sysv_abi, swift or
  // aarch64_vector_pcs.
  string callingConvention = "c";

  // What the program's types for the type variables must be able to do.
  list<Bound> bounds = [];
  // More source names, such as "println". No two rows share one.
  list<string> aliases = [];
  // What languages write without a name, such as "<>" or "[]";
  // docs/front-end-generic.md has the words. Rows whose first parameters differ
  // may share one.
  list<string> operators = [];

  let assemblyFormat = Intrinsic_OperandList<arguments>.ret # " attr-dict" #
                       Intrinsic_Types<arguments, results>.ret;
}

#endif // PLUMB_INTRINSIC_INTRINSICBASE_TD
