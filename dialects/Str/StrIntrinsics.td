//===- StrIntrinsics.td - Text -----------------------------*- tablegen -*-===//

include "plumb/Intrinsic/Intrinsic.td"

def Str_Family : IntrinsicFamily {
  let name = "str";
  let module = "Str";
  let summary = "Immutable UTF-8 text";
  let description = [{
    Positions and lengths are in bytes. Nothing here has an effect, so calls
    with equal arguments may be merged and unused ones dropped.
  }];
}
def Str_Dialect : IntrinsicDialect<Str_Family>;

class Str_Intrinsic<string mnemonic>
    : Intrinsic<Str_Family, Str_Dialect, mnemonic>;

def Str_Concat : Str_Intrinsic<"concat"> {
  let summary = "One text after the other";
  let arguments = (ins Arg<Str, "the front">:$left, Arg<Str, "the back">:$right);
  let results = (outs Str:$text);
  let freshResult = 1;
}

def Str_Length : Str_Intrinsic<"length"> {
  let summary = "The length of a text";
  let arguments = (ins Arg<Str, "the text">:$text);
  let results = (outs Res<Int, "bytes">:$length);
}

def Str_Equal : Str_Intrinsic<"equal"> {
  let summary = "Whether two texts are the same, byte for byte";
  let arguments = (ins Arg<Str, "a text">:$left, Arg<Str, "another">:$right);
  let results = (outs Bool:$equal);
}

def Str_Contains : Str_Intrinsic<"contains"> {
  let summary = "Whether a text occurs within another";
  let arguments = (ins Arg<Str, "the text">:$text,
                       Arg<Str, "what is looked for">:$part);
  let results = (outs Bool:$found);
}

def Str_StartsWith : Str_Intrinsic<"starts_with"> {
  let summary = "Whether a text begins with another";
  let arguments = (ins Arg<Str, "the text">:$text,
                       Arg<Str, "what is looked for">:$prefix);
  let results = (outs Bool:$found);
}

def Str_Slice : Str_Intrinsic<"slice"> {
  let summary = "The part of a text from one position to before another";
  let description = [{
    Positions outside the text are moved to its ends, and positions within a
    UTF-8 sequence to its start, so the result is always valid text.
  }];
  let arguments = (ins Arg<Str, "the text">:$text,
                       Arg<Int, "first byte">:$begin,
                       Arg<Int, "one past the last byte">:$end);
  let results = (outs Str:$part);
  let freshResult = 1;
}

def Str_Split : Str_Intrinsic<"split"> {
  let summary = "One of the parts between the separators of a text";
  let description = "With an empty separator the text is its only part.";
  let arguments = (ins Arg<Str, "the text">:$text,
                       Arg<Str, "what separates the parts">:$separator,
                       Arg<Int, "which part, from 0">:$index);
  let results = (outs Res<Str, "empty when there is no such part">:$part);
  let freshResult = 1;
}

def Str_FromInt : Str_Intrinsic<"from_int"> {
  let summary = "A number in decimal digits";
  let arguments = (ins Arg<Int, "the number">:$value);
  let results = (outs Str:$text);
  let freshResult = 1;
}

def Str_ToInt : Str_Intrinsic<"to_int"> {
  let summary = "The number that decimal digits stand for";
  let description = [{
    The whole text must be an optional minus sign and digits, and the number
    must fit; otherwise the result is the fallback.
  }];
  let arguments = (ins Arg<Str, "the digits">:$text,
                       Arg<Int, "the result for anything else">:$fallback);
  let results = (outs Int:$value);
}
