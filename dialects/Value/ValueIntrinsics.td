//===- ValueIntrinsics.td - What any value can do ----------*- tablegen -*-===//

include "plumb/Intrinsic/ValueTypes.td"

def Value_Family : IntrinsicFamily {
  let name = "value";
  let module = "Value";
  let summary = "What values of any type can do";
  let description = [{
    A type of the program that says itself how it is compared or shown is asked,
    also where it is a part of another value.
  }];
}
def Value_Dialect : IntrinsicDialect<Value_Family>;

class Value_Intrinsic<string mnemonic>
    : Intrinsic<Value_Family, Value_Dialect, mnemonic> {
  let since = "0.3";
}

def Value_Equal : Value_Intrinsic<"equal"> {
  let summary = "Whether two values are equal";
  let description = [{
    Floats as IEEE 754 has it: a NaN equals nothing, 0.0 equals -0.0. Collections
    are equal when what is in them is, maps and sets in whatever order; functions
    when they are one.
  }];
  let arguments = (ins Arg<A, "a value">:$left, Arg<A, "another">:$right);
  let results = (outs Bool:$equal);
  let bounds = [Bound<A, "Eq">];
  let operators = ["=="];
}

def Value_Order : Value_Intrinsic<"order"> {
  let summary = "Which of two values comes first";
  let description = [{
    Texts go by code points, lists like words, types with several constructors
    by the constructors' order and then by the fields in turn. A NaN comes after
    all other floats.
  }];
  let arguments = (ins Arg<A, "a value">:$left, Arg<A, "another">:$right);
  let results = (outs Res<Int, "below 0 when the left one comes first, 0 when "
                               "neither does, else above">:$order);
  let bounds = [Bound<A, "Ord">];
  let operators = ["<=>"];
}

def Value_Compare : Value_Intrinsic<"compare"> {
  let summary = "Which of two values comes first, as an Ordering";
  let description = "In the order of `Value.order`.";
  let arguments = (ins Arg<A, "a value">:$left, Arg<A, "another">:$right);
  let results = (outs Res<OrderingValue, "Less when the left one comes first">
                          :$order);
  let bounds = [Bound<A, "Ord">];
  let aliases = ["compare"];
  let operators = ["compare"];
}

def Value_Hash : Value_Intrinsic<"hash"> {
  let summary = "A number that equal values have in common";
  let description = "It differs from one run of a program to the next.";
  let arguments = (ins Arg<A, "the value">:$value);
  let results = (outs Int:$hash);
  let bounds = [Bound<A, "Hash">];
  let operators = ["hash"];
}

def Value_Text : Value_Intrinsic<"text"> {
  let summary = "A value as interpolation shows it";
  let description = [{
    Whole numbers in decimal. Floats with as few digits as read back to the same
    float, without an exponent, and whole ones without a point: 4.0 is `4`; then
    there are `NaN`, `inf` and `-inf`. Texts as they are, also inside of
    `[a, b]`, `%{a => 1}`, `#{a, b}`, `(a, 1)`, `Some(a)`. A struct that does not
    say how it is shown is shown as `Value.inspect` does.
  }];
  let arguments = (ins Arg<A, "the value">:$value);
  let results = (outs String:$text);
  let bounds = [Bound<A, "Display">];
  let aliases = ["String.from"];
  let operators = ["${}"];
}

def Value_Inspect : Value_Intrinsic<"inspect"> {
  let summary = "A value as a programmer wants to see it";
  let description = "Structs with the names of their fields: "
                    "`Point { x: 1, y: 2 }`.";
  let arguments = (ins Arg<A, "the value">:$value);
  let results = (outs String:$text);
  let bounds = [Bound<A, "Debug">];
  let operators = ["inspect"];
}

//===----------------------------------------------------------------------===//
// Pairs
//===----------------------------------------------------------------------===//

def Value_TupleFirst : Value_Intrinsic<"tuple_first"> {
  let summary = "The first part of a pair";
  let sourceName = "Tuple.first";
  let operators = ["tuple.first"];
  let arguments = (ins Arg<PairOf<A, B>, "the pair">:$pair);
  let results = (outs A:$part);
}

def Value_TupleSecond : Value_Intrinsic<"tuple_second"> {
  let summary = "The second part of a pair";
  let sourceName = "Tuple.second";
  let operators = ["tuple.second"];
  let arguments = (ins Arg<PairOf<A, B>, "the pair">:$pair);
  let results = (outs B:$part);
}

def Value_TupleSize : Value_Intrinsic<"tuple_size"> {
  let summary = "How many parts a pair has";
  let sourceName = "Tuple.size";
  let operators = ["tuple.size"];
  let arguments = (ins Arg<PairOf<A, B>, "the pair">:$pair);
  let results = (outs Res<Int, "2">:$size);
}

def Value_TupleNth : Value_Intrinsic<"tuple_nth">, MayFail {
  let summary = "A part of a pair of equal types, by its position";
  let description = "The program fails when there is no such part.";
  let sourceName = "Tuple.nth";
  let operators = ["tuple.nth"];
  let arguments = (ins Arg<PairOf<A, A>, "the pair">:$pair,
                       Arg<Int, "0 or 1">:$index);
  let results = (outs A:$part);
}
