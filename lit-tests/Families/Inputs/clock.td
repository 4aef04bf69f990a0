include "plumb/Intrinsic/Intrinsic.td"

def Clock_Family : IntrinsicFamily {
  let name = "clock";
  let module = "Clock";
  let summary = "Clocks of other places";
}
def Clock_Dialect : IntrinsicDialect<Clock_Family, /*hasTypes=*/1>;

def Clock_Zone : IntrinsicHandle<Clock_Family, Clock_Dialect, "Zone", "zone"> {
  let summary = "a time zone";
}
def Clock_OnTick : IntrinsicCallback<Clock_Family, "on_tick"> {
  let summary = "The clock ticks";
  let arguments = (ins Int:$hour);
}
def Clock_State : FamilyResource<"clock.state">;

class Clock_Intrinsic<string mnemonic>
    : Intrinsic<Clock_Family, Clock_Dialect, mnemonic>;

def Clock_Find : Clock_Intrinsic<"find"> {
  let summary = "The zone so many hours east of Greenwich";
  let arguments = (ins Arg<Int, "hours">:$east);
  let results = (outs Clock_Zone:$zone);
}
def Clock_Hour : Clock_Intrinsic<"hour"> {
  let summary = "The hour there when it is `hour` in Greenwich";
  let arguments = (ins Clock_Zone:$zone, Arg<Int, "0 to 23">:$hour);
  let results = (outs Res<Int, "0 to 23">:$local);
}
def Clock_Set : Clock_Intrinsic<"set"> {
  let summary = "Set the clock";
  let arguments = (ins Int:$hour);
  let touches = [Writes<Clock_State>];
}
def Clock_Tick : Clock_Intrinsic<"tick"> {
  let summary = "Let an hour pass";
  let arguments = (ins Arg<Callback<Clock_OnTick>, "called with the new hour">:$on_tick);
  let touches = [Reads<Clock_State>, Writes<Clock_State>];
}
