//===- RangeIntrinsics.td - Whole numbers from one to another -*- tablegen -*-===//

include "plumb/Intrinsic/ValueTypes.td"

def Range_Family : IntrinsicFamily {
  let name = "range";
  let module = "Range";
  let summary = "Whole numbers from one to before another";
}
def Range_Dialect : IntrinsicDialect<Range_Family>;

class Range_Intrinsic<string mnemonic>
    : Intrinsic<Range_Family, Range_Dialect, mnemonic> {
  let since = "0.3";
  let aliases = ["range_" # mnemonic];
}

def Range_Make : Range_Intrinsic<"make"> {
  let summary = "The numbers from one to before another";
  let sourceName = "Range.new";
  let arguments = (ins Arg<Int, "the first">:$from,
                       Arg<Int, "one past the last; not above the first: the "
                                "range is empty">:$to);
  let results = (outs RangeValue:$range);
  let aliases = ["range_new"];
  let operators = [".."];
}

def Range_Length : Range_Intrinsic<"length"> {
  let summary = "How many numbers a range has";
  let arguments = (ins Arg<RangeValue, "the range">:$range);
  let results = (outs Int:$length);
  let operators = ["for.length"];
}

def Range_Nth : Range_Intrinsic<"nth">, MayFail {
  let summary = "A number of a range, by its position";
  let description = "The program fails when there is none.";
  let arguments = (ins Arg<RangeValue, "the range">:$range,
                       Arg<Int, "from 0">:$index);
  let results = (outs Int:$number);
  let operators = ["for.at"];
}

def Range_ToList : Range_Intrinsic<"to_list">, MayFail {
  let summary = "The numbers of a range as a list";
  let arguments = (ins Arg<RangeValue, "the range">:$range);
  let results = (outs ListOf<Int>:$list);
}

def Range_Map : Range_Intrinsic<"map">, MayFail {
  let summary = "What a function gives for each number of a range";
  let arguments = (ins Arg<RangeValue, "the range">:$range,
                       Arg<FunctionValue<[Int], A>, "called in turn">:$function);
  let results = (outs ListOf<A>:$list);
}

def Range_Filter : Range_Intrinsic<"filter">, MayFail {
  let summary = "The numbers of a range for which a function is true";
  let arguments = (ins Arg<RangeValue, "the range">:$range,
                       Arg<FunctionValue<[Int], Bool>, "called in turn">
                           :$function);
  let results = (outs ListOf<Int>:$list);
}
