// Mistakes in generic intrinsics.
// RUN: not %plumb-tblgen %records %s -gen-json 2> %t.err
// RUN: FileCheck %s < %t.err
// RUN: test $(grep -c 'error:' %t.err) = $(grep -c '^// CHECK-DAG: .*error:' %s)

include "plumb/Intrinsic/Intrinsic.td"

def Bad_Family : IntrinsicFamily {
  let name = "bad";
  let module = "Bad";
  let summary = "Mistakes";
}
def Bad_Dialect : IntrinsicDialect<Bad_Family>;
class Bad_Intrinsic<string mnemonic>
    : Intrinsic<Bad_Family, Bad_Dialect, mnemonic> {
  let summary = "Has a mistake";
}
def A : TypeVariable<"A">;
def B : TypeVariable<"B">;
def Strings : ObjectType<"Strings", []>;
def ListA : ObjectType<"List", [A]>;
def ListB : ObjectType<"List", [B]>;

// Right: an empty list is one of all types.
def Bad_Empty : Bad_Intrinsic<"empty"> {
  let results = (outs ListA:$x);
}
// Right: what a closure makes.
def Bad_Called : Bad_Intrinsic<"called"> {
  let arguments = (ins FunctionValue<[], A>:$f);
  let results = (outs A:$x);
}
// Right: it makes nothing.
def Bad_Never : Bad_Intrinsic<"never"> {
  let results = (outs A:$x);
  let touches = [Writes<Intr_Control>];
}
// CHECK-DAG: bad-generics.td:[[#@LINE+1]]:5: error: intrinsic 'bad.magic' returns a value of type 'A', which is in no parameter: nothing tells what it makes; return an object of it, or give it a parameter
def Bad_Magic : Bad_Intrinsic<"magic"> {
  let arguments = (ins ListB:$list);
  let results = (outs A:$x);
}
// CHECK-DAG: bad-generics.td:[[#@LINE+1]]:5: error: intrinsic 'bad.unbound' has a bound 'Eq' of type variable 'B', which is in no parameter and not in the result
def Bad_Unbound : Bad_Intrinsic<"unbound"> {
  let arguments = (ins ListA:$list);
  let bounds = [Bound<B, "Eq">];
}
// CHECK-DAG: bad-generics.td:[[#@LINE+2]]:5: error: bound 'not a name' of intrinsic 'bad.bounds' is not a name such as Eq
// CHECK-DAG: bad-generics.td:[[#@LINE+1]]:5: error: bound 'Eq' of type variable 'A' of intrinsic 'bad.bounds' is there twice
def Bad_Bounds : Bad_Intrinsic<"bounds"> {
  let arguments = (ins ListA:$list);
  let bounds = [Bound<A, "Eq">, Bound<A, "not a name">, Bound<A, "Eq">];
}
// CHECK-DAG: bad-generics.td:[[#@LINE+4]]:5: error: alias 'Bad.empty' of intrinsic 'bad.other' is taken by intrinsic 'bad.empty'
// CHECK-DAG: bad-generics.td:[[#@LINE+3]]:5: error: alias 'Bad.other' of intrinsic 'bad.other' is taken by intrinsic 'bad.other'
// CHECK-DAG: bad-generics.td:[[#@LINE+2]]:5: error: alias 'two words' of intrinsic 'bad.other' is empty or has a space or quote
// CHECK-DAG: bad-generics.td:[[#@LINE+1]]:5: error: alias 'once' of intrinsic 'bad.other' is taken by intrinsic 'bad.other'
def Bad_Other : Bad_Intrinsic<"other"> {
  let aliases = ["Bad.empty", "Bad.other", "two words", "once", "once"];
}
// CHECK-DAG: bad-generics.td:[[#@LINE+1]]:5: error: source name 'once' of intrinsic 'bad.taken' is taken by intrinsic 'bad.other'
def Bad_Taken : Bad_Intrinsic<"taken"> {
  let sourceName = "once";
}
// CHECK-DAG: bad-generics.td:[[#@LINE+2]]:5: error: operator 'a b' of intrinsic 'bad.operators' is empty or has a space
// CHECK-DAG: bad-generics.td:[[#@LINE+1]]:5: error: operator '<>' of intrinsic 'bad.operators' is there twice
def Bad_Operators : Bad_Intrinsic<"operators"> {
  let operators = ["<>", "a b", "<>"];
}
// CHECK-DAG: bad-generics.td:[[#@LINE+1]]:5: error: object 'List' has 1 type arguments in one record and 2 in another
def Bad_Pairs : ObjectType<"List", [A, B]>;
def Bad_Arity : Bad_Intrinsic<"arity"> {
  let arguments = (ins Bad_Pairs:$list);
}
// CHECK-DAG: bad-generics.td:[[#@LINE+1]]:5: error: object 'List' is both 'plumb_object *' and 'struct own *' in C
def Bad_OwnList : ObjectType<"List", [Int], "struct own *">;
def Bad_CType : Bad_Intrinsic<"c_type"> {
  let arguments = (ins Bad_OwnList:$list);
}
// CHECK-DAG: bad-generics.td:[[#@LINE+1]]:5: error: type 'Bad_Narrow' has type argument 'i32' of kind 'int32'; type arguments are Int, Float, Bool, Unit, objects, functions and type variables
def Bad_Narrow : ObjectType<"Numbers", [Int32]>;
def Bad_Numbers : Bad_Intrinsic<"numbers"> {
  let arguments = (ins Bad_Narrow:$list);
}
// CHECK-DAG: bad-generics.td:[[#@LINE+1]]:5: error: type 'Bad_Name' has the name 'a list', which is not one such as List or Main.Point
def Bad_Name : ObjectType<"a list", []>;
def Bad_Named : Bad_Intrinsic<"named"> {
  let arguments = (ins Bad_Name:$list);
}
// CHECK-DAG: bad-generics.td:[[#@LINE+1]]:5: error: type 'Bad_Var' has the name '1', which is no identifier: letters, digits and _, not starting with a digit
def Bad_Var : TypeVariable<"1">;
def Bad_Variable : Bad_Intrinsic<"variable"> {
  let arguments = (ins Bad_Var:$value);
}
// CHECK-DAG: bad-generics.td:[[#@LINE+1]]:5: error: parameter 'n' of intrinsic 'bad.consumes' is consumed, which only objects, closures and type variables can be
def Bad_Consumes : Bad_Intrinsic<"consumes"> {
  let arguments = (ins Consumed<Int>:$n);
}
// CHECK-DAG: bad-generics.td:[[#@LINE+1]]:5: error: result 'x' of intrinsic 'bad.gives' is passed as a parameter; a result is returned or Out
def Bad_Gives : Bad_Intrinsic<"gives"> {
  let results = (outs Consumed<Strings>:$x);
}
// CHECK-DAG: bad-generics.td:[[#@LINE+1]]:5: error: parameter 'x' of intrinsic 'bad.unit': ABI kind 'unit' is for arguments of types only
def Bad_Unit : Bad_Intrinsic<"unit"> {
  let arguments = (ins Unit:$x);
}
// CHECK-DAG: bad-generics.td:[[#@LINE+1]]:5: error: intrinsic 'bad.unit_result' returns kind 'unit', which no intrinsic does
def Bad_UnitResult : Bad_Intrinsic<"unit_result"> {
  let results = (outs Unit:$x);
}
// CHECK-DAG: bad-generics.td:[[#@LINE+1]]:5: error: intrinsic 'bad.fresh' has freshResult, which is for memory of the arena; an object is counted
def Bad_Fresh : Bad_Intrinsic<"fresh"> {
  let results = (outs Strings:$x);
  let freshResult = 1;
}
// CHECK-DAG: bad-generics.td:[[#@LINE+1]]:5: error: two parameters of intrinsic 'bad.kinds' are called 'A_kind' in C
def Bad_Kinds : Bad_Intrinsic<"kinds"> {
  let arguments = (ins ListA:$list, Int:$A_kind);
}
// CHECK-DAG: bad-generics.td:[[#@LINE+1]]:5: error: result 'x' of intrinsic 'bad.left': Out is for
def Bad_Left : Bad_Intrinsic<"left"> {
  let results = (outs Bool:$ok, Out<Strings>:$x);
}
// CHECK-DAG: bad-generics.td:[[#@LINE+1]]:5: error: parameter 'x' of callback 'on_strings' is an object, a closure or a type variable; a callback takes scalars, text and bytes
def Bad_OnStrings : IntrinsicCallback<Bad_Family, "on_strings"> {
  let summary = "Takes an object";
  let arguments = (ins Strings:$x);
}
