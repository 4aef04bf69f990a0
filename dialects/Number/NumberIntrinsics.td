//===- NumberIntrinsics.td - Numbers -----------------------*- tablegen -*-===//

include "plumb/Intrinsic/ValueTypes.td"

def Number_Family : IntrinsicFamily {
  let name = "number";
  let module = "Math";
  let summary = "Numbers: the modules Int, Float and Math";
  let description = [{
    Ints are of 64 bits in two's complement and wrap around; Floats are those of
    IEEE 754, of 64 bits.
  }];
}
def Number_Dialect : IntrinsicDialect<Number_Family>;

class Number_Intrinsic<string mnemonic>
    : Intrinsic<Number_Family, Number_Dialect, mnemonic> {
  let since = "0.3";
}

def Number_IntToFloat : Number_Intrinsic<"int_to_float"> {
  let summary = "An Int as a Float";
  let description = "Beyond 53 bits the nearest one.";
  let sourceName = "Int.to_float";
  let arguments = (ins Arg<Int, "the number">:$value);
  let results = (outs Float:$number);
  let aliases = ["Float.from", "int_to_float"];
}

def Number_FloatToInt : Number_Intrinsic<"float_to_int"> {
  let summary = "A Float without what is behind its point";
  let description = "Toward zero; the nearest Int when there is none, and 0 for "
                    "NaN.";
  let sourceName = "Float.to_int";
  let arguments = (ins Arg<Float, "the number">:$value);
  let results = (outs Int:$number);
  let aliases = ["float_to_int"];
}

def Number_Abs : Number_Intrinsic<"abs"> {
  let summary = "A number without its sign";
  let description = "The smallest Int stays what it is.";
  let arguments = (ins Arg<A, "an Int or a Float">:$value);
  let results = (outs A:$number);
  let bounds = [Bound<A, "Number">];
}

def Number_Min : Number_Intrinsic<"min"> {
  let summary = "The smaller one of two numbers";
  let description = "Of a NaN and another Float, the other one.";
  let arguments = (ins Arg<A, "an Int or a Float">:$left,
                       Arg<A, "another">:$right);
  let results = (outs A:$number);
  let bounds = [Bound<A, "Number">];
}

def Number_Max : Number_Intrinsic<"max"> {
  let summary = "The larger one of two numbers";
  let description = "Of a NaN and another Float, the other one.";
  let arguments = (ins Arg<A, "an Int or a Float">:$left,
                       Arg<A, "another">:$right);
  let results = (outs A:$number);
  let bounds = [Bound<A, "Number">];
}

def Number_Pi : Number_Intrinsic<"pi"> {
  let summary = "The circumference of a circle of diameter 1";
  let results = (outs Res<Float, "3.141592653589793">:$number);
}

def Number_Pow : Number_Intrinsic<"pow"> {
  let summary = "A number to the power of another";
  let arguments = (ins Arg<Float, "the number">:$base,
                       Arg<Float, "the power">:$exponent);
  let results = (outs Float:$number);
}

def Number_Sqrt : Number_Intrinsic<"sqrt"> {
  let summary = "The square root of a number";
  let arguments = (ins Arg<Float, "the number">:$value);
  let results = (outs Res<Float, "NaN of a negative one">:$root);
}

def Number_Floor : Number_Intrinsic<"floor"> {
  let summary = "The largest Int that is not above a number";
  let description = "The nearest Int when there is none, and 0 for NaN.";
  let arguments = (ins Arg<Float, "the number">:$value);
  let results = (outs Int:$number);
}

def Number_Ceil : Number_Intrinsic<"ceil"> {
  let summary = "The smallest Int that is not below a number";
  let description = "The nearest Int when there is none, and 0 for NaN.";
  let arguments = (ins Arg<Float, "the number">:$value);
  let results = (outs Int:$number);
}

def Number_Round : Number_Intrinsic<"round"> {
  let summary = "The Int nearest to a number";
  let description = "Halves go away from zero. The nearest Int when there is "
                    "none, and 0 for NaN.";
  let arguments = (ins Arg<Float, "the number">:$value);
  let results = (outs Int:$number);
}
