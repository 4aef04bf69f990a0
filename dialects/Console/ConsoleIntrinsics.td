//===- ConsoleIntrinsics.td - Lines to and from a terminal -*- tablegen -*-===//

include "plumb/Intrinsic/ValueTypes.td"

def Console_Family : IntrinsicFamily {
  let name = "console";
  let module = "IO";
  let summary = "Lines to and from whoever started the program";
  let description = [{
    What is written is handed to the system at once; several threads' lines do
    not mix. What cannot be written, since nobody reads any more, is lost without
    a word.
  }];
}
def Console_Dialect : IntrinsicDialect<Console_Family>;

class Console_Intrinsic<string mnemonic>
    : Intrinsic<Console_Family, Console_Dialect, mnemonic> {
  let since = "0.3";
}

def Console_Output : FamilyResource<"console.output">;
def Console_Input : FamilyResource<"console.input">;

def Console_Println : Console_Intrinsic<"println"> {
  let summary = "Write a line to standard output";
  let arguments = (ins Arg<Str, "the line, without its end">:$text);
  let touches = [Writes<Console_Output>];
  let aliases = ["println", "io_println"];
}

def Console_Print : Console_Intrinsic<"print"> {
  let summary = "Write a text to standard output, without ending the line";
  let arguments = (ins Arg<Str, "the text">:$text);
  let touches = [Writes<Console_Output>];
  let aliases = ["print", "io_print"];
}

def Console_Eprintln : Console_Intrinsic<"eprintln"> {
  let summary = "Write a line to standard error";
  let arguments = (ins Arg<Str, "the line, without its end">:$text);
  let touches = [Writes<Console_Output>];
  let aliases = ["io_eprintln"];
}

def Console_ReadLine : Console_Intrinsic<"read_line"> {
  let summary = "Read a line from standard input";
  let description = [{
    Waits for one. A line that is not UTF-8 has U+FFFD where it is not.
  }];
  let results = (outs Res<ResultOf<String, String>,
      "Ok without the line's end, and Ok of the empty text at the end of input; "
      "Err says why it cannot be read">:$line);
  let touches = [Writes<Console_Input>];
  let blocks = 1;
  let aliases = ["io_read_line"];
}
