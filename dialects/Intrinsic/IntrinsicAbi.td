//===- IntrinsicAbi.td - ABI kinds -------------------------*- tablegen -*-===//
//
// How a value crosses from compiled code to a runtime function and back. One
// kind is one lowering: a string argument cannot be passed in two ways.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_DIALECTS_INTRINSIC_INTRINSICABI_TD
#define PLUMB_DIALECTS_INTRINSIC_INTRINSICABI_TD

// A parameter or result attribute of LLVM IR. The name is that of the flag
// PLUMB_INTR_ATTR_<NAME> in Descriptor.h.
class AbiAttr<string name> {
  string attrName = name;
}
def Abi_NonNull  : AbiAttr<"nonnull">;
def Abi_ReadOnly : AbiAttr<"readonly">;
// captures(none): the runtime keeps no copy of the pointer.
def Abi_NoCapture : AbiAttr<"nocapture">;
// Without an extension attribute the upper bits of a narrow integer are
// unspecified, and the callee computes with them. These two say whether an
// integer is unsigned or signed; the target decides what is extended.
def Abi_ZeroExt : AbiAttr<"zeroext">;
def Abi_SignExt : AbiAttr<"signext">;
def Abi_NoUndef : AbiAttr<"noundef">;

class AbiKind<string name, string llvm> {
  // The name in messages, signatures and the JSON dump.
  string kindName = name;
  // LLVM type: ptr, i1, i8, i16, i32, i64, f32, f64 or struct.
  string llvmType = llvm;
  list<AbiAttr> argAttrs = [Abi_NoUndef];
  list<AbiAttr> resultAttrs = [Abi_NoUndef];
  // C++ expression for the result when a body throws; the kind of the result
  // decides, since a count or a decision has no room for an error.
  string onException = "0";
  // MLIR that makes an argument of this kind for the generated reachability
  // tests: a value that every body must refuse or survive at once. `$_result`
  // is replaced by the SSA name.
  string probe = "";
}

def Abi_Text : AbiKind<"text", "ptr"> {
  let argAttrs = [Abi_NoUndef, Abi_NonNull, Abi_ReadOnly, Abi_NoCapture];
  let resultAttrs = [Abi_NoUndef, Abi_NonNull];
  let onException = "plumb::rt::emptyStr()";
  let probe = "$_result = intr.constant \"x\"";
}
def Abi_Bytes : AbiKind<"bytes", "ptr"> {
  let argAttrs = [Abi_NoUndef, Abi_NonNull, Abi_ReadOnly, Abi_NoCapture];
  let resultAttrs = [Abi_NoUndef, Abi_NonNull];
  let onException = "plumb::rt::emptyBytes()";
  let probe = "$_result = intr.constant \"x\" : !intr.bytes";
}
// An opaque, generation-checked token that compiled code never dereferences,
// so none of LLVM's pointer attributes say anything about it.
def Abi_Handle : AbiKind<"handle", "ptr"> {
  let onException = "nullptr";
  let probe = "$_result = intr.null : $_type";
}
def Abi_Status : AbiKind<"status", "i64"> {
  let onException = "PLUMB_ERR_INTERNAL";
}
def Abi_Count : AbiKind<"count", "i64">;
def Abi_Bool : AbiKind<"bool", "i1"> {
  let argAttrs = [Abi_NoUndef, Abi_ZeroExt];
  let resultAttrs = [Abi_NoUndef, Abi_ZeroExt];
  let onException = "false";
  let probe = "$_result = arith.constant false";
}

// A handle that is never null: to pass a null one is undefined, as in C.
def Abi_NonNullHandle : AbiKind<"handle", "ptr"> {
  let argAttrs = [Abi_NoUndef, Abi_NonNull];
  let resultAttrs = [Abi_NoUndef, Abi_NonNull];
  let onException = "nullptr";
  // A token that no runtime has given out.
  let probe = "$_result_bits = arith.constant 1 : i64\n"
              "  $_result_slot = intr.pack $_result_bits : i64\n"
              "  $_result = intr.unpack $_result_slot : $_type";
}
// An address of the runtime's, of which nothing is known.
def Abi_Pointer : AbiKind<"pointer", "ptr"> {
  let onException = "nullptr";
  let probe = "$_result = intr.null : $_type";
}
// A value of any scalar type in 64 bits.
def Abi_Slot : AbiKind<"slot", "i64"> {
  let probe = "$_result = intr.zero : $_type";
}
// What a callback is called with, beside its arguments: a slot in a pointer.
def Abi_Environment : AbiKind<"environment", "ptr"> {
  let probe = "$_result = intr.zero : $_type";
}
// By value, as the target's C compilers pass it.
def Abi_Struct : AbiKind<"struct", "struct"> {
  let argAttrs = [];
  let resultAttrs = [];
  let onException = "{}";
  let probe = "$_result = intr.zero : $_type";
}

class Abi_Int<int width, bit isSigned>
    : AbiKind<!if(isSigned, "int", "uint") # width, "i" # width> {
  list<AbiAttr> extension =
      !if(!lt(width, 64), !if(isSigned, [Abi_SignExt], [Abi_ZeroExt]), []<AbiAttr>);
  let argAttrs = !listconcat([Abi_NoUndef], extension);
  let resultAttrs = !listconcat([Abi_NoUndef], extension);
  let probe = "$_result = arith.constant -1 : i" # width;
}
class Abi_Float<int width> : AbiKind<"float" # width, "f" # width> {
  let probe = "$_result = arith.constant -1.0 : f" # width;
}

// Named values of an integer type.
class Abi_Enum<AbiKind integer, string name> : AbiKind<name, integer.llvmType> {
  let argAttrs = integer.argAttrs;
  let resultAttrs = integer.resultAttrs;
  let probe = "$_result = arith.constant 0 : $_type";
}

// Two arguments in C: the function, then the environment that it is called
// with as its last argument.
def Abi_Callback : AbiKind<"callback", "ptr">;

// Mixed into a type constraint: it may be an operand or result of an
// intrinsic.
class HasAbi<AbiKind kind, string mlir, string c> {
  AbiKind abiKind = kind;
  // The type as it is written in MLIR, and in C.
  string mlirType = mlir;
  string cType = c;
}

#endif // PLUMB_DIALECTS_INTRINSIC_INTRINSICABI_TD
