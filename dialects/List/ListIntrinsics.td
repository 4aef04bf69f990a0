//===- ListIntrinsics.td - Lists ---------------------------*- tablegen -*-===//

include "plumb/Intrinsic/ValueTypes.td"

def List_Family : IntrinsicFamily {
  let name = "list";
  let module = "List";
  let summary = "Values in a row";
  let description = [{
    Positions are from 0. An element is found by its position at once; what is
    appended to the newest version of a list, or taken off its ends, takes the
    same time however long the list is. A list that nobody else has is changed in
    place.
  }];
}
def List_Dialect : IntrinsicDialect<List_Family>;

class List_Intrinsic<string mnemonic>
    : Intrinsic<List_Family, List_Dialect, mnemonic> {
  let since = "0.3";
  let aliases = ["list_" # mnemonic];
}

def List_Make : List_Intrinsic<"make"> {
  let summary = "An empty list";
  let sourceName = "List.new";
  let results = (outs ListOf<A>:$list);
  let aliases = ["list_new"];
  let operators = ["list"];
}

def List_Length : List_Intrinsic<"length"> {
  let summary = "How many elements a list has";
  let arguments = (ins Arg<ListOf<A>, "the list">:$list);
  let results = (outs Int:$length);
  let operators = ["list.length", "for.length"];
}

def List_Append : List_Intrinsic<"append"> {
  let summary = "A list with one more element at its end";
  let arguments = (ins Arg<Consumed<ListOf<A>>, "the list">:$list,
                       Arg<Consumed<A>, "the element">:$element);
  let results = (outs ListOf<A>:$longer);
  let operators = ["list.append"];
}

def List_Head : List_Intrinsic<"head">, MayFail {
  let summary = "The first element of a list";
  let description = "The program fails when the list is empty.";
  let arguments = (ins Arg<ListOf<A>, "the list">:$list);
  let results = (outs A:$element);
  let aliases = ["head", "list_head"];
}

def List_Tail : List_Intrinsic<"tail">, MayFail {
  let summary = "A list without its first element";
  let description = "The program fails when the list is empty.";
  let arguments = (ins Arg<Consumed<ListOf<A>>, "the list">:$list);
  let results = (outs ListOf<A>:$rest);
  let aliases = ["tail", "list_tail"];
}

def List_Last : List_Intrinsic<"last">, MayFail {
  let summary = "The last element of a list";
  let description = "The program fails when the list is empty.";
  let arguments = (ins Arg<ListOf<A>, "the list">:$list);
  let results = (outs A:$element);
}

def List_Get : List_Intrinsic<"get">, MayFail {
  let summary = "An element of a list, by its position";
  let description = "The program fails when there is none.";
  let arguments = (ins Arg<ListOf<A>, "the list">:$list,
                       Arg<Int, "the position, from 0">:$index);
  let results = (outs A:$element);
  let aliases = ["List.nth", "list_get", "list_nth"];
  let operators = ["[]", "list.at", "for.at"];
}

def List_Concat : List_Intrinsic<"concat"> {
  let summary = "One list after the other";
  let arguments = (ins Arg<Consumed<ListOf<A>>, "the front">:$left,
                       Arg<ListOf<A>, "the back">:$right);
  let results = (outs ListOf<A>:$list);
  let operators = ["++"];
}

def List_Reverse : List_Intrinsic<"reverse"> {
  let summary = "The elements of a list from the last to the first";
  let arguments = (ins Arg<Consumed<ListOf<A>>, "the list">:$list);
  let results = (outs ListOf<A>:$reversed);
}

def List_Map : List_Intrinsic<"map">, MayFail {
  let summary = "What a function gives for each element of a list";
  let arguments = (ins Arg<Consumed<ListOf<A>>, "the list">:$list,
                       Arg<FunctionValue<[A], B>, "called in turn">:$function);
  let results = (outs ListOf<B>:$mapped);
  let aliases = ["map", "list_map"];
}

def List_Filter : List_Intrinsic<"filter">, MayFail {
  let summary = "The elements of a list for which a function is true";
  let arguments = (ins Arg<Consumed<ListOf<A>>, "the list">:$list,
                       Arg<FunctionValue<[A], Bool>, "called in turn">
                           :$function);
  let results = (outs ListOf<A>:$kept);
  let aliases = ["filter", "list_filter"];
}

def List_Reduce : List_Intrinsic<"reduce">, MayFail {
  let summary = "One value made of all elements of a list, from the front";
  let arguments = (ins
      Arg<Consumed<ListOf<A>>, "the list">:$list,
      Arg<Consumed<B>, "the value to begin with, and that of an empty list">
          :$initial,
      Arg<FunctionValue<[B, A], B>, "given the value so far and an element, "
                                    "gives the next">:$function);
  let results = (outs B:$value);
  let aliases = ["reduce", "list_reduce"];
}

def List_Sort : List_Intrinsic<"sort">, MayFail {
  let summary = "The elements of a list in order";
  let description = "Elements that neither comes before stay in their order.";
  let arguments = (ins
      Arg<Consumed<ListOf<A>>, "the list">:$list,
      Arg<FunctionValue<[A, A], Int>, "below 0 when the first comes before the "
          "second, above 0 when behind it, else 0">:$function);
  let results = (outs ListOf<A>:$sorted);
}

def List_Find : List_Intrinsic<"find">, MayFail {
  let summary = "The first element of a list for which a function is true";
  let arguments = (ins Arg<ListOf<A>, "the list">:$list,
                       Arg<FunctionValue<[A], Bool>, "called in turn">
                           :$function);
  let results = (outs Res<OptionOf<A>, "None when it is true for none">:$found);
}

def List_Any : List_Intrinsic<"any">, MayFail {
  let summary = "Whether a function is true for an element of a list";
  let arguments = (ins Arg<ListOf<A>, "the list">:$list,
                       Arg<FunctionValue<[A], Bool>, "called in turn, until it "
                                                     "is true">:$function);
  let results = (outs Bool:$any);
}

def List_All : List_Intrinsic<"all">, MayFail {
  let summary = "Whether a function is true for all elements of a list";
  let arguments = (ins Arg<ListOf<A>, "the list">:$list,
                       Arg<FunctionValue<[A], Bool>, "called in turn, until it "
                                                     "is false">:$function);
  let results = (outs Bool:$all);
}

def List_Contains : List_Intrinsic<"contains"> {
  let summary = "Whether a value is an element of a list";
  let arguments = (ins Arg<ListOf<A>, "the list">:$list,
                       Arg<A, "the value">:$value);
  let results = (outs Bool:$found);
  let bounds = [Bound<A, "Eq">];
}

def List_Zip : List_Intrinsic<"zip"> {
  let summary = "The elements of two lists in pairs";
  let description = "As many as the shorter one has.";
  let arguments = (ins Arg<ListOf<A>, "a list">:$left,
                       Arg<ListOf<B>, "another">:$right);
  let results = (outs ListOf<PairOf<A, B>>:$pairs);
}

def List_FlatMap : List_Intrinsic<"flat_map">, MayFail {
  let summary = "The lists that a function gives for each element, as one";
  let arguments = (ins Arg<Consumed<ListOf<A>>, "the list">:$list,
                       Arg<FunctionValue<[A], ListOf<B>>, "called in turn">
                           :$function);
  let results = (outs ListOf<B>:$mapped);
}

def List_Flatten : List_Intrinsic<"flatten"> {
  let summary = "Lists one after the other, as one";
  let arguments = (ins Arg<ListOf<ListOf<A>>, "the lists">:$lists);
  let results = (outs ListOf<A>:$list);
}

def List_Enumerate : List_Intrinsic<"enumerate"> {
  let summary = "The elements of a list with their positions";
  let arguments = (ins Arg<Consumed<ListOf<A>>, "the list">:$list);
  let results = (outs Res<ListOf<PairOf<Int, A>>, "pairs of position, from 0, "
                                                  "and element">:$pairs);
}

def List_Take : List_Intrinsic<"take"> {
  let summary = "The first elements of a list";
  let arguments = (ins Arg<Consumed<ListOf<A>>, "the list">:$list,
                       Arg<Int, "how many; all when there are fewer, none when "
                                "it is negative">:$count);
  let results = (outs ListOf<A>:$front);
}

def List_Drop : List_Intrinsic<"drop"> {
  let summary = "A list without its first elements";
  let arguments = (ins Arg<Consumed<ListOf<A>>, "the list">:$list,
                       Arg<Int, "how many; all when there are fewer, none when "
                                "it is negative">:$count);
  let results = (outs ListOf<A>:$back);
  let operators = ["list.drop"];
}

def List_Collect : List_Intrinsic<"collect">, MayFail {
  let summary = "What a sequence gives, as a list";
  let arguments = (ins Arg<IterOf<A>, "the sequence">:$iter);
  let results = (outs ListOf<A>:$list);
  let operators = ["for.list"];
}
