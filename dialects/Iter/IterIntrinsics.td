//===- IterIntrinsics.td - Sequences of which nothing is made yet -*- tablegen -*-===//

include "plumb/Intrinsic/ValueTypes.td"

def Iter_Family : IntrinsicFamily {
  let name = "iter";
  let module = "Iter";
  let summary = "Sequences that are worked out when something asks for them";
  let description = [{
    A sequence says what to do, element by element; `Iter.count` and its like,
    `List.collect` and `for` do it. Who asks twice has it done twice.
  }];
}
def Iter_Dialect : IntrinsicDialect<Iter_Family>;

class Iter_Intrinsic<string mnemonic>
    : Intrinsic<Iter_Family, Iter_Dialect, mnemonic> {
  let since = "0.3";
  let aliases = ["iter_" # mnemonic];
}

def Iter_From : Iter_Intrinsic<"from"> {
  let summary = "The elements of a list as a sequence";
  let arguments = (ins Arg<Consumed<ListOf<A>>, "the list">:$list);
  let results = (outs IterOf<A>:$iter);
  let operators = ["iter.from"];
}

def Iter_Map : Iter_Intrinsic<"map"> {
  let summary = "What a function gives for each element";
  let arguments = (ins Arg<Consumed<IterOf<A>>, "the sequence">:$iter,
                       Arg<Consumed<FunctionValue<[A], B>>, "the function">
                           :$function);
  let results = (outs IterOf<B>:$mapped);
}

def Iter_Filter : Iter_Intrinsic<"filter"> {
  let summary = "The elements for which a function is true";
  let arguments = (ins Arg<Consumed<IterOf<A>>, "the sequence">:$iter,
                       Arg<Consumed<FunctionValue<[A], Bool>>, "the function">
                           :$function);
  let results = (outs IterOf<A>:$kept);
}

def Iter_Take : Iter_Intrinsic<"take"> {
  let summary = "The first elements";
  let arguments = (ins Arg<Consumed<IterOf<A>>, "the sequence">:$iter,
                       Arg<Int, "how many; none when it is negative">:$count);
  let results = (outs IterOf<A>:$front);
}

def Iter_Skip : Iter_Intrinsic<"skip"> {
  let summary = "All but the first elements";
  let arguments = (ins Arg<Consumed<IterOf<A>>, "the sequence">:$iter,
                       Arg<Int, "how many; none when it is negative">:$count);
  let results = (outs IterOf<A>:$back);
}

def Iter_Enumerate : Iter_Intrinsic<"enumerate"> {
  let summary = "The elements with their positions";
  let arguments = (ins Arg<Consumed<IterOf<A>>, "the sequence">:$iter);
  let results = (outs Res<IterOf<PairOf<Int, A>>, "pairs of position, from 0, "
                                                  "and element">:$pairs);
}

def Iter_Zip : Iter_Intrinsic<"zip"> {
  let summary = "The elements of two sequences in pairs";
  let description = "As many as the shorter one has.";
  let arguments = (ins Arg<Consumed<IterOf<A>>, "a sequence">:$left,
                       Arg<Consumed<IterOf<B>>, "another">:$right);
  let results = (outs IterOf<PairOf<A, B>>:$pairs);
}

def Iter_Count : Iter_Intrinsic<"count">, MayFail {
  let summary = "How many elements there are";
  let arguments = (ins Arg<IterOf<A>, "the sequence">:$iter);
  let results = (outs Int:$count);
}

def Iter_Sum : Iter_Intrinsic<"sum">, MayFail {
  let summary = "The sum of numbers";
  let arguments = (ins Arg<IterOf<A>, "Ints or Floats">:$iter);
  let results = (outs Res<A, "0 of none">:$sum);
  let bounds = [Bound<A, "Number">];
}

def Iter_Any : Iter_Intrinsic<"any">, MayFail {
  let summary = "Whether a function is true for an element";
  let arguments = (ins Arg<IterOf<A>, "the sequence">:$iter,
                       Arg<FunctionValue<[A], Bool>, "called in turn, until it "
                                                     "is true">:$function);
  let results = (outs Bool:$any);
}

def Iter_All : Iter_Intrinsic<"all">, MayFail {
  let summary = "Whether a function is true for all elements";
  let arguments = (ins Arg<IterOf<A>, "the sequence">:$iter,
                       Arg<FunctionValue<[A], Bool>, "called in turn, until it "
                                                     "is false">:$function);
  let results = (outs Bool:$all);
}

def Iter_Find : Iter_Intrinsic<"find">, MayFail {
  let summary = "The first element for which a function is true";
  let arguments = (ins Arg<IterOf<A>, "the sequence">:$iter,
                       Arg<FunctionValue<[A], Bool>, "called in turn">
                           :$function);
  let results = (outs Res<OptionOf<A>, "None when it is true for none">:$found);
}

def Iter_Reduce : Iter_Intrinsic<"reduce">, MayFail {
  let summary = "One value made of all elements, from the front";
  let arguments = (ins
      Arg<IterOf<A>, "the sequence">:$iter,
      Arg<Consumed<B>, "the value to begin with, and that of an empty "
                       "sequence">:$initial,
      Arg<FunctionValue<[B, A], B>, "given the value so far and an element, "
                                    "gives the next">:$function);
  let results = (outs B:$value);
}
