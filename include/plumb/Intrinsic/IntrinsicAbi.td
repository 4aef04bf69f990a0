//===- IntrinsicAbi.td - ABI kinds -------------------------*- tablegen -*-===//
//
// How a value crosses from compiled code to a runtime function and back. One
// kind is one lowering: a string argument cannot be passed in two ways. What a
// kind means, its LLVM type, attributes and where it may stand, is said once, in
// plumb/Model/Kinds.def; records name it.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_INTRINSIC_INTRINSICABI_TD
#define PLUMB_INTRINSIC_INTRINSICABI_TD

class AbiKind<string name, bit nonNull = 0> {
  // The name in Kinds.def, in messages, signatures and the JSON dump.
  string kindName = name;
  // Of a handle or C string: it is never null.
  bit isNonNull = nonNull;
}

def Abi_Text : AbiKind<"text">;
def Abi_Bytes : AbiKind<"bytes">;
def Abi_Handle : AbiKind<"handle">;
// To pass a null one is undefined, as in C.
def Abi_NonNullHandle : AbiKind<"handle", /*nonNull=*/1>;
def Abi_CString : AbiKind<"cstring">;
def Abi_NonNullCString : AbiKind<"cstring", /*nonNull=*/1>;
def Abi_Status : AbiKind<"status">;
def Abi_Count : AbiKind<"count">;
def Abi_Bool : AbiKind<"bool">;
def Abi_Pointer : AbiKind<"pointer">;
def Abi_Slot : AbiKind<"slot">;
def Abi_Environment : AbiKind<"environment">;
def Abi_Struct : AbiKind<"struct">;
def Abi_Enum : AbiKind<"enum">;
def Abi_Flags : AbiKind<"flags">;
def Abi_Object : AbiKind<"object">;
def Abi_Function : AbiKind<"function">;
def Abi_Variable : AbiKind<"variable">;
def Abi_Unit : AbiKind<"unit">;
class Abi_Int<int width, bit isSigned>
    : AbiKind<!if(isSigned, "int", "uint") # width>;
class Abi_Float<int width> : AbiKind<"float" # width>;

// Mixed into a type constraint: it may be an operand or result of an
// intrinsic.
class HasAbi<AbiKind kind, string mlir, string c> {
  AbiKind abiKind = kind;
  // The type as it is written in MLIR, and in C.
  string mlirType = mlir;
  string cType = c;
  // Of a C string that a runtime hands out: the function that frees it.
  string release = "";
}

#endif // PLUMB_INTRINSIC_INTRINSICABI_TD
