// The family that each test copies and changes in one place.

include "plumb/Intrinsic/Intrinsic.td"

def Clock_Family : IntrinsicFamily {
  let name = "clock";
  let module = "Clock";
  let summary = "Clocks and zones";
}
def Clock_Dialect : IntrinsicDialect<Clock_Family, /*hasTypes=*/1>;
class Clock_Intrinsic<string mnemonic>
    : Intrinsic<Clock_Family, Clock_Dialect, mnemonic>;

def Clock_Zone : IntrinsicHandle<Clock_Family, Clock_Dialect, "Zone", "zone"> {
  let summary = "a time zone";
}
def Clock_Day : IntrinsicEnum<Clock_Family, "day", Int32, [
  Case<"monday", 0, "after Sunday">, Case<"friday", 4, "at last">]> {
  let summary = "a day of the week";
}
def Clock_Date : IntrinsicStruct<Clock_Family, "date", [
  Field<"year", Int32, "since year 0">, Field<"month", UInt8, "from 1">]> {
  let summary = "a date";
}
def Clock_Zones : FamilyResource<"clock.zones">;
def Clock_ErrLate : IntrinsicStatus<Clock_Family, "err_late", -500, "too late">;
def Clock_OnTick : IntrinsicCallback<Clock_Family, "on_tick"> {
  let summary = "A tick";
  let arguments = (ins Int32:$count, Clock_Zone:$zone);
  let results = (outs Bool:$again);
}

def Clock_Open : Clock_Intrinsic<"open"> {
  let summary = "Open a zone";
  let arguments = (ins Arg<Int, "minutes east">:$offset);
  let results = (outs Clock_Zone:$zone);
  let touches = [Writes<Clock_Zones>];
}
def Clock_Shift : Clock_Intrinsic<"shift"> {
  let summary = "A time in a zone";
  let arguments = (ins Clock_Zone:$zone, Int:$time, Int32:$leap);
  let results = (outs Int:$shifted);
  let touches = [Reads<Clock_Zones>];
}
def Clock_Dim : Clock_Intrinsic<"dim"> {
  let summary = "Whether a display of a brightness can be read";
  let arguments = (ins Bool:$night, UInt8:$level);
  let results = (outs Bool:$readable);
}
def Clock_Name : Clock_Intrinsic<"name"> {
  let summary = "The length of what a zone is called";
  let arguments = (ins Str:$zone);
  let results = (outs Count:$length);
}
def Clock_Every : Clock_Intrinsic<"every"> {
  let summary = "Tick until told to stop";
  let arguments = (ins Clock_Zone:$zone, Callback<Clock_OnTick>:$on_tick);
  let results = (outs Status:$status);
  let touches = [Reads<Clock_Zones>];
}
def Clock_Weekday : Clock_Intrinsic<"weekday"> {
  let summary = "The day of the week of a date";
  let arguments = (ins ByPointer<Clock_Date>:$date);
  let results = (outs Clock_Day:$day);
}
