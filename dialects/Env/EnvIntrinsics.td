//===- EnvIntrinsics.td - Environment variables ------------*- tablegen -*-===//

include "plumb/Intrinsic/ValueTypes.td"

def Env_Family : IntrinsicFamily {
  let name = "environment";
  let module = "Env";
  let summary = "Environment variables of the process";
  let description = [{
    As they were when the process started; nothing of the runtime changes one.
    Names are compared byte by byte. `PLUMB_...` are the runtime's own: each
    option of a family has one.
  }];
}
def Env_Dialect : IntrinsicDialect<Env_Family>;

class Env_Intrinsic<string mnemonic>
    : Intrinsic<Env_Family, Env_Dialect, mnemonic>;

def Env_Variables : FamilyResource<"environment.variables">;

def Env_Has : Env_Intrinsic<"has"> {
  let summary = "Whether an environment variable is set";
  let description = [{
    True, too, when it is set to nothing. A name that no variable can have, which
    is one with `=` or a zero byte in it or the empty one, is not set.
  }];
  let arguments = (ins Arg<Str, "the variable's name">:$name);
  let results = (outs Bool:$set);
  let touches = [Reads<Env_Variables>];
}

def Env_GetOr : Env_Intrinsic<"get_or"> {
  let summary = "The value of an environment variable, or another text";
  let description = [{
    A variable that is set to nothing has the empty text. The environment knows
    bytes: what is not UTF-8 in a value is replaced by U+FFFD, as in arguments.
  }];
  let arguments = (ins Arg<Str, "the variable's name">:$name,
                       Arg<Str, "what it is when it is not set">:$otherwise);
  let results = (outs Str:$value);
  let touches = [Reads<Env_Variables>];
  let freshResult = 1;
}

def Env_Get : Env_Intrinsic<"get"> {
  let summary = "The value of an environment variable, if it is set";
  let arguments = (ins Arg<Str, "the variable's name">:$name);
  let results = (outs Res<OptionOf<String>, "None when it is not">:$value);
  let touches = [Reads<Env_Variables>];
  let since = "0.3";
  let aliases = ["env_get"];
}

def Env_Args : Env_Intrinsic<"args"> {
  let summary = "The arguments that the program was started with";
  let results = (outs Res<ListOf<String>, "without the program's name">:$args);
  let touches = [Reads<Env_Variables>];
  let since = "0.3";
  let aliases = ["env_args"];
}
