//===- Seq.td - Generic intrinsics, for tests ----------------------------===//

#ifndef PLUMB_TEST_SEQ
#define PLUMB_TEST_SEQ

include "plumb/Intrinsic/Intrinsic.td"

def Seq_Family : IntrinsicFamily {
  let name = "seq";
  let module = "Seq";
  let summary = "Sequences of anything";
}
def Seq_Dialect : IntrinsicDialect<Seq_Family>;
class Seq_Intrinsic<string mnemonic>
    : Intrinsic<Seq_Family, Seq_Dialect, mnemonic>;

def A : TypeVariable<"A">;
def B : TypeVariable<"B">;
class ListOf<Type t> : ObjectType<"List", [t], "plumb_list *">;

def Seq_Make : Seq_Intrinsic<"make"> {
  let summary = "The list of nothing";
  let sourceName = "Seq.new";
  let results = (outs ListOf<A>:$made);
  let operators = ["list"];
}
def Seq_Append : Seq_Intrinsic<"append"> {
  let summary = "One element more";
  let arguments = (ins Arg<Consumed<ListOf<A>>, "is used again">:$list,
                       Consumed<A>:$value);
  let results = (outs ListOf<A>:$longer);
  let operators = ["list.append"];
}
def Seq_Get : Seq_Intrinsic<"get"> {
  let summary = "An element; fails where there is none";
  let arguments = (ins ListOf<A>:$list, Int:$index);
  let results = (outs A:$element);
  let touches = [Writes<Intr_Failure>];
  let operators = ["[]"];
}
def Seq_Length : Seq_Intrinsic<"length"> {
  let summary = "How many there are";
  let arguments = (ins ListOf<A>:$list);
  let results = (outs Int:$number);
  let aliases = ["size", "Seq.size"];
}
def Seq_Map : Seq_Intrinsic<"map"> {
  let summary = "What the closure makes of each";
  let arguments = (ins ListOf<A>:$list, FunctionValue<[A], B>:$f);
  let results = (outs ListOf<B>:$mapped);
}
def Seq_Each : Seq_Intrinsic<"each"> {
  let summary = "Calls the closure with each";
  let arguments = (ins ListOf<A>:$list, FunctionValue<[A], Unit>:$f);
}
def Seq_Contains : Seq_Intrinsic<"contains"> {
  let summary = "Whether one is there";
  let arguments = (ins ListOf<A>:$list, A:$value);
  let results = (outs Bool:$is_there);
  let bounds = [Bound<A, "Eq">];
}
def Seq_Zip : Seq_Intrinsic<"zip"> {
  let summary = "Pairs";
  let arguments = (ins ListOf<A>:$left, ListOf<B>:$right);
  let results = (outs ListOf<TupleObject<[A, B]>>:$pairs);
}
def Seq_Sum : Seq_Intrinsic<"sum"> {
  let summary = "The sum of numbers";
  let arguments = (ins ListOf<Int>:$list);
  let results = (outs Int:$sum);
}
def Seq_Twice : Seq_Intrinsic<"twice"> {
  let summary = "A closure that doubles";
  let results = (outs FunctionValue<[Int], Int>:$f);
}

#endif // PLUMB_TEST_SEQ
