// A family for a runtime that somebody else wrote, with one row for each way in
// which a value can cross.

include "plumb/Intrinsic/Intrinsic.td"

def Clock_Family : IntrinsicFamily {
  let name = "clock";
  let module = "Clock";
  let summary = "Zones and days";
  let symbolPrefix = "clock_";
}
def Clock_Dialect : IntrinsicDialect<Clock_Family, /*hasTypes=*/1>;

class Clock_Intrinsic<string mnemonic>
    : Intrinsic<Clock_Family, Clock_Dialect, mnemonic>;

def Clock_Zone : IntrinsicHandle<Clock_Family, Clock_Dialect, "Zone", "zone"> {
  let summary = "a time zone";
}
def Clock_Day : IntrinsicEnum<Clock_Family, "day", Int32,
                              [Case<"monday", 0>, Case<"sunday", 6>]>;
def Clock_Date : IntrinsicStruct<Clock_Family, "date",
                                 [Field<"year", Int32>, Field<"month", UInt8>,
                                  Field<"fraction", Float>]>;
def Clock_OnTick : IntrinsicCallback<Clock_Family, "on_tick"> {
  let summary = "A second has passed";
  let arguments = (ins Int:$now, Bool:$last);
  let results = (outs Bool:$more);
}

def Clock_Now : Clock_Intrinsic<"now"> {
  let summary = "Milliseconds";
  let results = (outs Int:$now);
}
def Clock_Mix : Clock_Intrinsic<"mix"> {
  let summary = "Every scalar";
  let arguments = (ins Int8:$a, UInt8:$b, Int16:$c, UInt16:$d, Int32:$e,
                       UInt32:$f, UInt64:$g, Float32:$h, Float:$i, Bool:$j);
  let results = (outs UInt8:$sum);
}
def Clock_Open : Clock_Intrinsic<"open"> {
  let summary = "A zone by its name";
  let arguments = (ins Span<Str>:$place);
  let results = (outs Clock_Zone:$zone, Out<Int32>:$problem);
}
def Clock_Close : Clock_Intrinsic<"close"> {
  let summary = "Gives a zone back";
  let arguments = (ins NonNull<Clock_Zone>:$zone);
}
def Clock_Weekday : Clock_Intrinsic<"weekday"> {
  let summary = "The day of a date";
  let arguments = (ins Clock_Date:$date);
  let results = (outs Clock_Day:$day);
}
def Clock_Valid : Clock_Intrinsic<"valid"> {
  let summary = "Whether there is such a date";
  let arguments = (ins ByPointer<Clock_Date>:$date);
  let results = (outs Bool:$valid);
}
def Clock_Every : Clock_Intrinsic<"every"> {
  let summary = "Calls back";
  let arguments = (ins Int:$ms, Function<Clock_OnTick, /*kept=*/1>:$on_tick,
                       Environment:$user);
}
def Clock_After : Clock_Intrinsic<"after"> {
  let summary = "Calls back once";
  let arguments = (ins Int:$ms, Callback<Clock_OnTick>:$on_tick);
}
def Clock_Log : Clock_Intrinsic<"log"> {
  let summary = "Writes a line";
  let arguments = (ins CPointer<"const char *">:$format, VarArgs:$values);
  let results = (outs Int32:$written);
}
def Clock_Broken : Clock_Intrinsic<"broken_down"> {
  let summary = "Into C's own struct";
  let arguments = (ins CPointer<"struct tm *">:$to, Slot:$any);
}
def Clock_Quick : Clock_Intrinsic<"quick"> {
  let summary = "Saves nearly all registers";
  let callingConvention = "preserve_most";
}
def Clock_Read : Clock_Intrinsic<"read"> {
  let summary = "A record with a symbol of its own";
  let symbol = "tick_read";
  let arguments = (ins Str:$text);
  let results = (outs Int:$value);
}
