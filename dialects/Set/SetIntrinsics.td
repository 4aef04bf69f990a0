//===- SetIntrinsics.td - Values, each once ----------------*- tablegen -*-===//

include "plumb/Intrinsic/ValueTypes.td"

def Set_Family : IntrinsicFamily {
  let name = "set";
  let module = "Set";
  let summary = "Values, each once";
  let description = "In the order in which they were first added. A set that "
                    "nobody else has is changed in place.";
}
def Set_Dialect : IntrinsicDialect<Set_Family>;

class Set_Intrinsic<string mnemonic>
    : Intrinsic<Set_Family, Set_Dialect, mnemonic> {
  let since = "0.3";
  let aliases = ["set_" # mnemonic];
}
class Set_ByValue {
  list<Bound> bounds = [Bound<A, "Eq">, Bound<A, "Hash">];
}

def Set_Make : Set_Intrinsic<"make"> {
  let summary = "An empty set";
  let sourceName = "Set.new";
  let results = (outs SetOf<A>:$set);
  let aliases = ["set_new"];
}

def Set_Add : Set_Intrinsic<"add">, Set_ByValue {
  let summary = "A set with a value";
  let arguments = (ins Arg<Consumed<SetOf<A>>, "the set">:$set,
                       Arg<Consumed<A>, "the value">:$value);
  let results = (outs SetOf<A>:$changed);
}

def Set_Remove : Set_Intrinsic<"remove">, Set_ByValue {
  let summary = "A set without a value";
  let arguments = (ins Arg<Consumed<SetOf<A>>, "the set">:$set,
                       Arg<A, "the value, which need not be there">:$value);
  let results = (outs SetOf<A>:$changed);
}

def Set_Contains : Set_Intrinsic<"contains">, Set_ByValue {
  let summary = "Whether a value is in a set";
  let arguments = (ins Arg<SetOf<A>, "the set">:$set, Arg<A, "the value">:$value);
  let results = (outs Bool:$found);
}

def Set_Size : Set_Intrinsic<"size"> {
  let summary = "How many values a set has";
  let arguments = (ins Arg<SetOf<A>, "the set">:$set);
  let results = (outs Int:$size);
  let operators = ["for.length"];
}

def Set_Nth : Set_Intrinsic<"nth">, MayFail {
  let summary = "A value of a set, by its place";
  let description = "The program fails when there is none.";
  let arguments = (ins Arg<SetOf<A>, "the set">:$set,
                       Arg<Int, "the place, from 0">:$index);
  let results = (outs A:$value);
  let operators = ["for.at"];
}

def Set_Union : Set_Intrinsic<"unite">, Set_ByValue {
  let summary = "The values of either of two sets";
  let sourceName = "Set.union";
  let arguments = (ins Arg<Consumed<SetOf<A>>, "a set">:$left,
                       Arg<SetOf<A>, "another">:$right);
  let results = (outs Res<SetOf<A>, "first those of the left one">:$set);
  let aliases = ["set_union"];
}

def Set_Intersection : Set_Intrinsic<"intersection">, Set_ByValue {
  let summary = "The values that are in both of two sets";
  let arguments = (ins Arg<SetOf<A>, "a set">:$left,
                       Arg<SetOf<A>, "another">:$right);
  let results = (outs Res<SetOf<A>, "in the order of the left one">:$set);
}

def Set_Difference : Set_Intrinsic<"difference">, Set_ByValue {
  let summary = "The values of one set that are not in another";
  let arguments = (ins Arg<SetOf<A>, "the one">:$left,
                       Arg<SetOf<A>, "the other">:$right);
  let results = (outs SetOf<A>:$set);
}

def Set_ToList : Set_Intrinsic<"to_list"> {
  let summary = "The values of a set, in order";
  let arguments = (ins Arg<SetOf<A>, "the set">:$set);
  let results = (outs ListOf<A>:$list);
}

def Set_FromList : Set_Intrinsic<"from_list">, Set_ByValue {
  let summary = "The values of a list, each once";
  let arguments = (ins Arg<ListOf<A>, "the list">:$list);
  let results = (outs SetOf<A>:$set);
}

def Set_Collect : Set_Intrinsic<"collect">, Set_ByValue, MayFail {
  let summary = "The values that a sequence gives, each once";
  let arguments = (ins Arg<IterOf<A>, "the sequence">:$iter);
  let results = (outs SetOf<A>:$set);
}
