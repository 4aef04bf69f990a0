// A made-up family with one row for each kind that runtimes use.

include "plumb/Intrinsic/Intrinsic.td"

def Clock_Family : IntrinsicFamily {
  let name = "clock";
  let module = "Clock";
  let summary = "Clocks";
}
def Clock_Dialect : IntrinsicDialect<Clock_Family, /*hasTypes=*/1>;
class Clock_Intrinsic<string mnemonic>
    : Intrinsic<Clock_Family, Clock_Dialect, mnemonic>;

def Zone : IntrinsicHandle<Clock_Family, Clock_Dialect, "Zone", "zone"> {
  let summary = "a time zone";
}
def State : FamilyResource<"clock.state">;

def Day : IntrinsicEnum<Clock_Family, "day", Int32,
                        [Case<"monday", 0>, Case<"sunday", 6>]>;
def Parts : IntrinsicFlags<Clock_Family, "parts", UInt8,
                           [Case<"hours", 1>, Case<"minutes", 2>]>;
// One of each way that a C compiler has for structs.
def Date : IntrinsicStruct<Clock_Family, "date",
    [Field<"year", Int32>, Field<"month", Int8>, Field<"leap", Bool>]>;
def Tiny : IntrinsicStruct<Clock_Family, "tiny",
    [Field<"a", Int8>, Field<"b", UInt8>, Field<"c", Bool>]>;
def Angle : IntrinsicStruct<Clock_Family, "angle",
    [Field<"x", Float32>, Field<"y", Float32>]>;
def Span2 : IntrinsicStruct<Clock_Family, "range",
    [Field<"from", Int>, Field<"weight", Float>]>;
def Big : IntrinsicStruct<Clock_Family, "big",
    [Field<"a", Int>, Field<"b", Int>, Field<"zone", Zone>]>;

def OnTick : IntrinsicCallback<Clock_Family, "on_tick"> {
  let summary = "A tick";
  let arguments = (ins Int16:$count, UInt8:$part, Str:$name);
  let results = (outs Bool:$again);
}
def OnFirst : IntrinsicCallback<Clock_Family, "on_first"> {
  let summary = "Takes the environment first";
  let arguments = (ins Zone:$zone);
  let results = (outs Int8:$changed);
  let environmentPosition = 0;
}
def OnPlain : IntrinsicCallback<Clock_Family, "on_plain"> {
  let summary = "Has no environment";
  let arguments = (ins Int:$value);
  let results = (outs UInt16:$angle);
  let hasEnvironment = 0;
}

def Narrow : Clock_Intrinsic<"narrow"> {
  let summary = "Narrow integers";
  let arguments = (ins Bool:$a, Int8:$b, UInt8:$c, Int16:$d, UInt16:$e,
                       Int32:$f, UInt32:$g, Float32:$h);
  let results = (outs Int8:$result);
}
def NarrowResult : Clock_Intrinsic<"narrow_result"> {
  let summary = "An unsigned narrow result";
  let arguments = (ins Day:$day, Parts:$parts);
  let results = (outs UInt16:$result);
}
def Structs : Clock_Intrinsic<"structs"> {
  let summary = "Structs by value";
  let arguments = (ins Date:$date, Tiny:$tiny, Angle:$angle, Span2:$range,
                       Big:$big);
  let results = (outs Date:$result);
}
def Crowded : Clock_Intrinsic<"crowded"> {
  let summary = "More than the registers hold";
  let arguments = (ins Int:$a, Int:$b, Int:$c, Int:$d, Int:$e, Int:$f,
                       Date:$date, Span2:$range, Angle:$angle);
  let results = (outs Big:$result);
}
def MakeAngle : Clock_Intrinsic<"make_angle"> {
  let summary = "Two floats in one register, or two";
  let arguments = (ins ByPointer<Big>:$big);
  let results = (outs Angle:$result);
  let touches = [Reads<State>];
}
def MakeRange : Clock_Intrinsic<"make_range"> {
  let summary = "A result of two registers";
  let arguments = (ins Span<Str>:$name, Span<Bytes>:$key);
  let results = (outs Span2:$result);
}
def Outs : Clock_Intrinsic<"outs"> {
  let summary = "Values left behind";
  let arguments = (ins Zone:$zone, Int8:$at);
  let results = (outs Bool:$found, Out<Date, 1>:$date, Out<Zone>:$parent,
                      Out<Bool>:$summer);
  let touches = [Reads<State>];
}
def Format : Clock_Intrinsic<"format"> {
  let summary = "Variadic";
  let arguments = (ins Str:$how, VarArgs:$values);
  let results = (outs Count:$length);
  let touches = [Writes<State>];
}
def Watch : Clock_Intrinsic<"watch"> {
  let summary = "Callbacks with an environment";
  let arguments = (ins Environment:$where, Function<OnTick>:$on_tick,
                       OptionalFunction<OnFirst, 1>:$on_first);
}
def Plain : Clock_Intrinsic<"plain"> {
  let summary = "A function alone";
  let arguments = (ins Function<OnPlain>:$on_plain);
  let results = (outs Int:$result);
}
def Slots : Clock_Intrinsic<"slots"> {
  let summary = "Slots and pointers";
  let arguments = (ins Slot:$slot, Pointer:$pointer, NonNull<Zone>:$zone);
  let results = (outs Slot:$result);
  let touches = [Writes<State>];
}
def Quick : Clock_Intrinsic<"quick"> {
  let summary = "Another calling convention";
  let arguments = (ins Int8:$a, Date:$date);
  let results = (outs Int8:$result);
  let callingConvention = "preserve_most";
}
