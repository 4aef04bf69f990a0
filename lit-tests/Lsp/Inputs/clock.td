include "plumb/Intrinsic/Intrinsic.td"

def Clock_Family : IntrinsicFamily {
  let name = "clock";
  let module = "Clock";
  let summary = "Clocks of other places";
}
def Clock_Dialect : IntrinsicDialect<Clock_Family, /*hasTypes=*/1>;
class Clock_Intrinsic<string mnemonic>
    : Intrinsic<Clock_Family, Clock_Dialect, mnemonic>;

def Clock_Zone : IntrinsicHandle<Clock_Family, Clock_Dialect, "Zone", "zone"> {
  let summary = "a time zone";
}
def Clock_Parts : IntrinsicFlags<Clock_Family, "parts", Int32,
    [Case<"hours", 1, "the first">, Case<"minutes", 2, "the second">]>;
def Clock_Date : IntrinsicStruct<Clock_Family, "date",
    [Field<"year", Int32, "from the year 0">, Field<"day", Int32, "of the year">]>;
def Clock_OnTick : IntrinsicCallback<Clock_Family, "on_tick"> {
  let summary = "The clock ticks";
  let arguments = (ins Int:$hour);
}
def Clock_Find : Clock_Intrinsic<"find"> {
  let summary = "The zone so many hours east of Greenwich";
  let arguments = (ins Arg<Int, "hours">:$east);
  let results = (outs Clock_Zone:$zone);
}
def Clock_Today : Clock_Intrinsic<"today"> {
  let summary = "The day that it is";
  let arguments = (ins Clock_Zone:$zone, Arg<Clock_Parts, "what to fill in">:$parts,
                       Arg<Function<Clock_OnTick, 1>, "told of the next">:$on_tick,
                       Arg<Environment, "what it is given">:$with);
  let results = (outs Bool:$known, Res<Out<Int>, "since midnight">:$seconds);
}
