// A family whose records are wrong about all that they say. Those that begin with
// `fair` are right.

include "plumb/Intrinsic/Intrinsic.td"

def Liar_Family : IntrinsicFamily {
  let name = "liar";
  let module = "Liar";
  let summary = "Promises that are not kept";
}
def Liar_Dialect : IntrinsicDialect<Liar_Family, /*hasTypes=*/1>;
class Liar<string mnemonic> : Intrinsic<Liar_Family, Liar_Dialect, mnemonic> {
  let summary = "Something else than it says";
}
def Liar_State : FamilyResource<"liar.state">;
def Liar_Thing : IntrinsicHandle<Liar_Family, Liar_Dialect, "Thing", "thing"> {
  let summary = "a thing";
}
def Liar_Pair : IntrinsicStruct<Liar_Family, "pair", [Field<"a", Int32>, Field<"b", Int>]>;
def Liar_Told : IntrinsicCallback<Liar_Family, "told"> {
  let summary = "Told";
  let arguments = (ins Int:$number);
}

def Liar_Counts : Liar<"counts"> { let results = (outs Int:$number); }
def Liar_CountsOut : Liar<"counts_out"> { let results = (outs Out<Int>:$number); }
def Liar_Peek : Liar<"fair_peek"> {
  let results = (outs Int:$number);
  let touches = [Reads<Liar_State>];
}
def Liar_Poke : Liar<"fair_poke"> {
  let arguments = (ins Int:$number);
  let touches = [Writes<Liar_State>];
}
def Liar_PokesToo : Liar<"pokes_too"> {
  let arguments = (ins Int:$number);
  let touches = [Reads<Liar_State>];
}
def Liar_PeeksToo : Liar<"peeks_too"> { let results = (outs Int:$number); }
def Liar_Says : Liar<"says"> { let results = (outs Int:$number); }
def Liar_Later : Liar<"calls_later"> {
  let arguments = (ins Callback<Liar_Told>:$told);
  let touches = [Writes<Liar_State>];
}
def Liar_FairLater : Liar<"fair_later"> {
  let arguments = (ins OptionalCallback<Liar_Told, /*kept=*/1>:$told);
  let touches = [Writes<Liar_State>];
}
def Liar_NeverLater : Liar<"never_later"> {
  let arguments = (ins Callback<Liar_Told, /*kept=*/1>:$told);
  let touches = [Writes<Liar_State>];
}
def Liar_FairNow : Liar<"fair_now"> {
  let arguments = (ins Environment:$context, Function<Liar_Told>:$told);
  let touches = [Writes<Liar_State>];
}
def Liar_Waits : Liar<"waits"> { let touches = [Writes<Liar_State>]; }
def Liar_FairRun : Liar<"fair_run"> {
  let touches = [Writes<Liar_State>];
  let blocks = 1;
}
def Liar_NeverWaits : Liar<"never_waits"> {
  let touches = [Writes<Liar_State>];
  let blocks = 1;
}
def Liar_Same : Liar<"same_text"> {
  let results = (outs Str:$text);
  let freshResult = 1;
}
def Liar_FairFresh : Liar<"fair_fresh"> {
  let arguments = (ins Span<Bytes>:$some);
  let results = (outs Str:$text);
  let freshResult = 1;
}
def Liar_ComesBack : Liar<"comes_back"> { let touches = [Writes<Intr_Control>]; }
def Liar_Quits : Liar<"quits"> {
  let arguments = (ins Int:$number);
  let touches = [Writes<Liar_State>];
}
def Liar_FairEnd : Liar<"fair_end"> { let touches = [Writes<Intr_Control>]; }
def Liar_GivesNull : Liar<"gives_null"> {
  let arguments = (ins Int:$number);
  let results = (outs NonNull<Liar_Thing>:$thing);
}
def Liar_GivesNoText : Liar<"gives_no_text"> { let results = (outs Str:$text); }
def Liar_TakesNull : Liar<"takes_no_null"> {
  let arguments = (ins Liar_Thing:$thing);
  let results = (outs Int:$number);
}
def Liar_NeedsIt : Liar<"needs_it"> {
  let arguments = (ins OptionalCallback<Liar_Told>:$told);
  let touches = [Writes<Liar_State>];
}
def Liar_Scribbles : Liar<"scribbles"> {
  let arguments = (ins Str:$text);
  let touches = [Writes<Liar_State>];
}
def Liar_FairPair : Liar<"fair_pair"> {
  let arguments = (ins ByPointer<Liar_Pair>:$left, Liar_Pair:$right, Float:$factor,
                       NonNull<Liar_Thing>:$thing);
  let results = (outs Int:$number);
}
def Liar_FairThing : Liar<"fair_thing"> {
  let results = (outs NonNull<Liar_Thing>:$thing);
}
