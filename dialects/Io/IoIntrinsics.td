//===- IoIntrinsics.td - Terminal and program arguments ----*- tablegen -*-===//

include "plumb/Intrinsic/Intrinsic.td"

def Io_Family : IntrinsicFamily {
  let name = "io";
  let module = "Io";
  let summary = "Output, the log and the program's arguments";
}
def Io_Dialect : IntrinsicDialect<Io_Family>;

class Io_Intrinsic<string mnemonic> : Intrinsic<Io_Family, Io_Dialect, mnemonic>;

def Io_Terminal : FamilyResource<"io.terminal">;
def Io_Arguments : FamilyResource<"io.arguments">;

def Io_Print : Io_Intrinsic<"print"> {
  let summary = "Write a line to standard output";
  let arguments = (ins Arg<Str, "the line, without its end">:$text);
  let results = (outs Status:$status);
  let touches = [Writes<Io_Terminal>];
}

def Io_Log : Io_Intrinsic<"log"> {
  let summary = "Write a line to the log, which is standard error";
  let description = [{
    The environment variable PLUMB_LOG (debug, info, warning or error) sets the
    lowest level that is shown; without it that is info. PLUMB_LOG_FORMAT=json
    makes each line an object. Control characters are escaped: a text is one line.
  }];
  let arguments = (ins
      Arg<Int, "0 debug, 1 info, 2 warning, 3 error">:$level,
      Arg<Str, "the line, without its end">:$text);
  let results = (outs Status:$status);
  let touches = [Writes<Io_Terminal>];
}

def Io_ArgCount : Io_Intrinsic<"arg_count"> {
  let summary = "How many arguments the program was started with";
  let results = (outs Res<Count, "without the program's name">:$arguments);
  let touches = [Reads<Io_Arguments>];
}

def Io_Arg : Io_Intrinsic<"arg"> {
  let summary = "An argument that the program was started with";
  let arguments = (ins Arg<Int, "which, from 0">:$index);
  let results = (outs Res<Str, "empty when there is none">:$argument);
  let touches = [Reads<Io_Arguments>];
  let freshResult = 1;
}
