//===- IntrinsicBase.td - Record classes -------------------*- tablegen -*-===//
//
// The classes that a family file uses. A record of class Intrinsic is an ODS
// operation (mlir-tblgen makes the op class) with the fields that plumb-tblgen
// turns into everything else.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_DIALECTS_INTRINSIC_INTRINSICBASE_TD
#define PLUMB_DIALECTS_INTRINSIC_INTRINSICBASE_TD

include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "dialects/Intrinsic/IntrinsicAbi.td"
include "dialects/Intrinsic/IntrinsicInterfaces.td"

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

// A type that a family brings: `!ws.conn`.
class IntrinsicType<IntrinsicFamily f, Dialect d, string cppName, string mnem,
                    AbiKind kind, string c>
    : TypeDef<d, cppName>, HasAbi<kind, "!" # f.name # "." # mnem, c> {
  IntrinsicFamily family = f;
  let mnemonic = mnem;
}

// An opaque handle; its C type is a pointer to a struct that nobody defines,
// so that C and C++ tell two kinds of handles apart.
class IntrinsicHandle<IntrinsicFamily f, Dialect d, string cppName, string mnem>
    : IntrinsicType<f, d, cppName, mnem, Abi_Handle, f.symbolPrefix # mnem>;

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

// A limit or setting of a family's runtime. The default is written in C and
// the type is "i64" or "str". Users set it by the environment variable
// <macroPrefix><NAME>.
class IntrinsicOption<IntrinsicFamily f, string name, string type, string value,
                      string text> {
  IntrinsicFamily family = f;
  string optionName = name;
  string optionType = type;
  string defaultValue = value;
  string doc = text;
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
}

// Mixed into an attribute constraint: it names a callback's signature.
class HasCallback<IntrinsicCallback cb, bit optional> {
  IntrinsicCallback callback = cb;
  bit isOptionalCallback = optional;
}

// An argument of an intrinsic: the symbol of a function with the signature.
class Callback<IntrinsicCallback cb>
    : Attr<CPred<"::llvm::isa<::mlir::FlatSymbolRefAttr>($_self)">,
           "symbol of a function that takes the arguments of callback '" #
               cb.callbackName # "'">,
      HasCallback<cb, 0> {
  let storageType = "::mlir::FlatSymbolRefAttr";
  let returnType = "::llvm::StringRef";
  let constBuilderCall =
      "::mlir::SymbolRefAttr::get($_builder.getContext(), $0)";
}
class OptionalCallback<IntrinsicCallback cb>
    : OptionalAttr<Callback<cb>>, HasCallback<cb, 1>;

//===----------------------------------------------------------------------===//
// Intrinsics
//===----------------------------------------------------------------------===//

// "$conn `,` $room": the operands of an intrinsic, for its assembly. (ODS's
// `operands` would take the next line's result for an operand when there is
// none.)
class Intrinsic_IsOperand<dag arguments, int i> {
  defvar variable = !getdagarg<OpVariable>(arguments, i);
  bit ret = !if(!initialized(variable),
                !not(!isa<HasCallback>(variable.constraint)),
                !not(!initialized(!getdagarg<HasCallback>(arguments, i))));
}
class Intrinsic_OperandList<dag arguments> {
  list<int> positions = !filter(i, !range(!size(arguments)),
                                Intrinsic_IsOperand<arguments, i>.ret);
  string ret = !interleave(
      // plumb-tblgen reports a parameter without a name; TableGen must get there.
      !foreach(i, positions,
               "$" # !if(!initialized(!getdagname(arguments, i)),
                         !getdagname(arguments, i), "unnamed")),
      " `,` ");
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

  let assemblyFormat = Intrinsic_OperandList<arguments>.ret # " attr-dict";
}

#endif // PLUMB_DIALECTS_INTRINSIC_INTRINSICBASE_TD
