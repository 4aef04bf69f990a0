//===- StringIntrinsics.td - Texts as values ---------------*- tablegen -*-===//

include "plumb/Intrinsic/ValueTypes.td"

def String_Family : IntrinsicFamily {
  let name = "string";
  let module = "String";
  let summary = "Texts as values of programs";
  let description = [{
    UTF-8. Lengths and positions are in code points.
  }];
}
def String_Dialect : IntrinsicDialect<String_Family>;

class String_Intrinsic<string mnemonic>
    : Intrinsic<String_Family, String_Dialect, mnemonic> {
  let since = "0.3";
  let aliases = ["string_" # mnemonic];
}

def String_Concat : String_Intrinsic<"concat"> {
  let summary = "One text after the other";
  let description = [{
    A text that nobody else has grows in place: building one of many parts takes
    time by the length of the result.
  }];
  let arguments = (ins Arg<Consumed<String>, "the front">:$left,
                       Arg<Str, "the back">:$right);
  let results = (outs String:$text);
  let operators = ["<>"];
}

def String_Length : String_Intrinsic<"length"> {
  let summary = "How long a text is";
  let arguments = (ins Arg<Str, "the text">:$text);
  let results = (outs Res<Int, "code points">:$length);
}

def String_Slice : String_Intrinsic<"slice"> {
  let summary = "The part of a text from one position to before another";
  let description = "Positions outside of the text are moved to its ends; "
                    "nothing is between a position and an earlier one.";
  let arguments = (ins Arg<Str, "the text">:$text,
                       Arg<Int, "the first code point, from 0">:$from,
                       Arg<Int, "one past the last">:$to);
  let results = (outs String:$part);
}

def String_Contains : String_Intrinsic<"contains"> {
  let summary = "Whether a text occurs within another";
  let arguments = (ins Arg<Str, "the text">:$text,
                       Arg<Str, "what is looked for; the empty one is "
                                "everywhere">:$part);
  let results = (outs Bool:$found);
}

def String_StartsWith : String_Intrinsic<"starts_with"> {
  let summary = "Whether a text begins with another";
  let arguments = (ins Arg<Str, "the text">:$text,
                       Arg<Str, "what is looked for">:$prefix);
  let results = (outs Bool:$found);
}

def String_EndsWith : String_Intrinsic<"ends_with"> {
  let summary = "Whether a text ends with another";
  let arguments = (ins Arg<Str, "the text">:$text,
                       Arg<Str, "what is looked for">:$suffix);
  let results = (outs Bool:$found);
}

def String_Trim : String_Intrinsic<"trim"> {
  let summary = "A text without the blanks at its ends";
  let description = "Blanks are what Unicode calls White_Space: ends of lines "
                    "and tabs, too.";
  let arguments = (ins Arg<Str, "the text">:$text);
  let results = (outs String:$trimmed);
}

def String_ToUpper : String_Intrinsic<"to_upper"> {
  let summary = "A text in capital letters";
  let description = [{
    Unicode's full mapping, of no language in particular: `ß` becomes `SS`.
  }];
  let arguments = (ins Arg<Str, "the text">:$text);
  let results = (outs String:$upper);
}

def String_ToLower : String_Intrinsic<"to_lower"> {
  let summary = "A text in small letters";
  let description = [{
    Unicode's full mapping, of no language in particular; a capital sigma that
    ends a word becomes `ς`.
  }];
  let arguments = (ins Arg<Str, "the text">:$text);
  let results = (outs String:$lower);
}

def String_Replace : String_Intrinsic<"replace"> {
  let summary = "A text with each occurrence of one text replaced by another";
  let description = [{
    From the front, without overlaps. The empty text is found before each code
    point and at the end.
  }];
  let arguments = (ins Arg<Str, "the text">:$text,
                       Arg<Str, "what is looked for">:$old,
                       Arg<Str, "what comes in its place">:$replacement);
  let results = (outs String:$replaced);
}

def String_Split : String_Intrinsic<"split"> {
  let summary = "The parts between the separators of a text";
  let description = [{
    Also the empty ones: there is one part more than separators. With the empty
    separator, the code points are the parts.
  }];
  let arguments = (ins Arg<Str, "the text">:$text,
                       Arg<Str, "what separates the parts">:$separator);
  let results = (outs ListOf<String>:$parts);
}

def String_Join : String_Intrinsic<"join"> {
  let summary = "Texts one after the other, with another between them";
  let arguments = (ins Arg<ListOf<String>, "the texts">:$parts,
                       Arg<Str, "what separates them">:$separator);
  let results = (outs String:$text);
}

def String_ToInt : String_Intrinsic<"to_int"> {
  let summary = "The whole number that a text stands for";
  let description = [{
    Decimal digits, before them at most one sign, around them any blanks.
  }];
  let arguments = (ins Arg<Str, "the text">:$text);
  let results = (outs Res<OptionOf<Int>,
      "None when it stands for none, or for one beyond 64 bits">:$number);
}

def String_ToFloat : String_Intrinsic<"to_float"> {
  let summary = "The float that a text stands for";
  let description = [{
    Decimal digits with at most one point and an exponent, before them at most
    one sign, around them any blanks; or `inf`, `infinity`, `NaN`. One that is
    too large is infinite.
  }];
  let arguments = (ins Arg<Str, "the text">:$text);
  let results = (outs Res<OptionOf<Float>, "None when it stands for none">
                          :$number);
}

def String_Collect : String_Intrinsic<"collect"> {
  let summary = "All texts of a sequence, one after the other";
  let arguments = (ins Arg<IterOf<String>, "the sequence">:$iter);
  let results = (outs String:$text);
  let touches = [Writes<Intr_Failure>];
}
