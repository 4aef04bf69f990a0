// A family with every kind, for tests of the generator and the loader.
include "plumb/Intrinsic/Intrinsic.td"

def Clock_Family : IntrinsicFamily {
  let name = "clock";
  let module = "Clock";
  let summary = "Clocks";
}
def Clock_Dialect : IntrinsicDialect<Clock_Family, /*hasTypes=*/1>;

class Clock_Intrinsic<string mnemonic>
    : Intrinsic<Clock_Family, Clock_Dialect, mnemonic> {
  let summary = "An intrinsic of clocks";
}

def Clock_Zone : IntrinsicHandle<Clock_Family, Clock_Dialect, "Zone", "zone"> {
  let summary = "a time zone";
}
def Clock_Day : IntrinsicEnum<Clock_Family, "day", Int8,
    [Case<"monday", 0, "the first">, Case<"sunday", -6>]>;
def Clock_Parts : IntrinsicFlags<Clock_Family, "parts", UInt32,
    [Case<"hours", 1>, Case<"minutes", 2>, Case<"all", 4294967295>]>;
def Clock_Date : IntrinsicStruct<Clock_Family, "date",
    [Field<"day", Clock_Day>, Field<"year", Int32, "from 1">,
     Field<"zone", Clock_Zone>, Field<"leap", Bool>]>;

def Clock_OptDrift : IntOption<Clock_Family, "drift", 5, -10, 3600, "seconds",
    "how wrong a clock may be">;
let section = "Looks" in {
def Clock_OptFace : ChoiceOption<Clock_Family, "face", ["round", "square"],
    "square", "what it looks like">;
def Clock_OptMaker : TextOption<Clock_Family, "maker", "nobody", "on the face">;
}

def Clock_OnTick : IntrinsicCallback<Clock_Family, "on_tick"> {
  let summary = "A clock ticks";
  let arguments = (ins Int:$time, Str:$text);
  let results = (outs Bool:$again);
  let environmentPosition = 0;
}
def Clock_Compare : IntrinsicCallback<Clock_Family, "compare"> {
  let summary = "Which of two times comes first";
  let arguments = (ins Int:$a, Int:$b);
  let results = (outs Int32:$order);
  let hasEnvironment = 0;
}

def Clock_State : FamilyResource<"clock.state">;

def Clock_Parse : Clock_Intrinsic<"parse"> {
  let arguments = (ins Span<Str>:$text, Span<Bytes>:$rules);
  let results = (outs Status:$status, Out<Int, 1>:$time, Out<Clock_Date>:$date);
}
def Clock_Format : Clock_Intrinsic<"format"> {
  let arguments = (ins Clock_Date:$date, ByPointer<Clock_Date>:$base,
                       Clock_Parts:$parts);
  let results = (outs Str:$text);
  let freshResult = 1;
}
def Clock_Today : Clock_Intrinsic<"today"> {
  let arguments = (ins NonNull<Clock_Zone>:$zone);
  let results = (outs Clock_Date:$date);
  let touches = [Reads<Clock_State>];
  let callingConvention = "preserve_most";
}
def Clock_Every : Clock_Intrinsic<"every"> {
  let symbol = "start_ticking";
  let sourceName = "every";
  let arguments = (ins UInt16:$delay, Function<Clock_OnTick, /*kept=*/1>:$tick,
                       Environment:$data, OptionalFunction<Clock_OnTick>:$last);
  let touches = [Writes<Clock_State>];
}
def Clock_Sort : Clock_Intrinsic<"sort"> {
  let arguments = (ins CPointer<"int64_t *">:$times, UInt64:$count,
                       Function<Clock_Compare>:$compare);
}
def Clock_Log : Clock_Intrinsic<"log"> {
  let arguments = (ins Str:$format, VarArgs:$values);
  let touches = [Writes<Clock_State>];
}
def Clock_Swap : Clock_Intrinsic<"swap"> {
  let arguments = (ins Slot:$value, Pointer:$where, Float32:$f, Int8:$small);
  let results = (outs Slot:$old);
  let touches = [Writes<Clock_State>];
}
def Clock_Alarm : Clock_Intrinsic<"alarm"> {
  let arguments = (ins Int:$time, Callback<Clock_OnTick>:$tick);
  let touches = [Writes<Clock_State>];
}
