//===- IntrinsicGeneric.td - Types with variables ----------*- tablegen -*-===//
//
// `List.map : (List<A>, Fun(A) -> B) -> List<B>`: the parameters and results of
// intrinsics whose types a program chooses. All of them have one ABI: a
// variable is a plumb_slot, an object or a closure a pointer, and the C function
// has one more, last parameter for each variable, `int32_t A_kind`.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_INTRINSIC_INTRINSICGENERIC_TD
#define PLUMB_INTRINSIC_INTRINSICGENERIC_TD

include "mlir/IR/OpBase.td"
include "plumb/Intrinsic/IntrinsicAbi.td"

// Operations of such a type are checked against the row as a whole, since a
// variable stands for one type in all places.
class Intrinsic_Erased;
class Intrinsic_ErasedType<AbiKind kind, string mlir, string c, string name,
                           list<Type> arguments>
    : Type<CPred<"true">, mlir>, HasAbi<kind, mlir, c>, Intrinsic_Erased {
  // Of an object or a variable.
  string typeName = name;
  list<Type> typeArguments = arguments;
}

// "i64, i1" of [Int, Bool].
class Intrinsic_MlirTypes<list<Type> types> {
  string ret = !interleave(!foreach(t, types, !cast<HasAbi>(t).mlirType), ", ");
}

// A type that the program chooses, the same in all places of one intrinsic:
// `def A : TypeVariable<"A">`.
class TypeVariable<string name>
    : Intrinsic_ErasedType<Abi_Variable, "!intr.var<\"" # name # "\">",
                           "plumb_slot", name, []>;

// A counted object: `class ListOf<Type t> : ObjectType<"List", [t], "plumb_list
// *">`. The name has as many arguments everywhere, but for Tuple. `c` is a
// pointer to a struct of that name, which the generated header declares.
class ObjectType<string name, list<Type> arguments, string c = "plumb_object *">
    : Intrinsic_ErasedType<
          Abi_Object,
          "!intr.object<\"" # name # "\"" # !if(!empty(arguments), "", ", ") #
              Intrinsic_MlirTypes<arguments>.ret # ">",
          c, name, arguments>;

// Any number of values: `TupleObject<[A, B]>`.
class TupleObject<list<Type> parts, string c = "plumb_tuple *">
    : ObjectType<"Tuple", parts, c>;

// A closure of the program: `FunctionValue<[A], B>`; without a result `Unit`.
class FunctionValue<list<Type> parameters, Type result>
    : Intrinsic_ErasedType<Abi_Function,
                           "!intr.fn<(" # Intrinsic_MlirTypes<parameters>.ret #
                               ") -> " # !cast<HasAbi>(result).mlirType # ">",
                           "plumb_fun *", "",
                           !listconcat(parameters, [result])>;

// A parameter whose reference the intrinsic takes over: it is released or used
// again for the result. Others are borrowed.
class Consumed<Type t> : TypeAlias<t>, Intrinsic_Erased {
  Type consumedType = t;
}

// What the program's type for a variable must be able to do: Bound<A, "Eq">.
class Bound<TypeVariable v, string name> {
  TypeVariable variable = v;
  string boundName = name;
}

#endif // PLUMB_INTRINSIC_INTRINSICGENERIC_TD
