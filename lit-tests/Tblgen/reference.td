// The reference page shows enums, structs, results that a function leaves behind
// and environments as a program sees them.

// RUN: %plumb-tblgen %records %s -gen-reference | FileCheck %s

include "plumb/Intrinsic/Intrinsic.td"

def Clock_Family : IntrinsicFamily {
  let name = "clock";
  let module = "Clock";
  let summary = "Clocks";
}
def Clock_Dialect : IntrinsicDialect<Clock_Family, /*hasTypes=*/0>;
class Clock_Intrinsic<string mnemonic>
    : Intrinsic<Clock_Family, Clock_Dialect, mnemonic>;

def Clock_Day : IntrinsicEnum<Clock_Family, "day", Int32,
    [Case<"monday", 0, "the first">, Case<"sunday", 6, "the last">]>;
def Clock_Parts : IntrinsicFlags<Clock_Family, "parts", UInt8,
    [Case<"hours", 1, "">, Case<"minutes", 2, "">]>;
def Clock_Date : IntrinsicStruct<Clock_Family, "date",
    [Field<"year", Int32, "from the year 0">, Field<"day", Clock_Day, "of the week">]>;
def Clock_OnTick : IntrinsicCallback<Clock_Family, "on_tick"> {
  let summary = "A second has passed";
  let arguments = (ins Arg<Int, "seconds">:$now);
}
def Clock_Tick : Clock_Intrinsic<"tick"> {
  let summary = "Call back each second";
  let arguments = (ins Arg<Function<Clock_OnTick, 1>, "what to call">:$on_tick,
                       Arg<Environment, "what it is given">:$with);
}
def Clock_Split : Clock_Intrinsic<"split"> {
  let summary = "Take a date apart";
  let arguments = (ins Arg<ByPointer<Clock_Date>, "the date">:$date,
                       Arg<Clock_Parts, "which | how">:$parts,
                       Arg<Span<Str>, "of the result">:$format, VarArgs:$more);
  let results = (outs Bool:$known, Res<Out<Int>, "seconds">:$seconds,
                      Out<Clock_Day>:$day);
}

// CHECK: | [`Clock.tick`](#clock.tick) | Call back each second |
// CHECK-NEXT: | [`Clock.split`](#clock.split) | Take a date apart |
// CHECK: clock.tick(on_tick: (i64, !intr.slot) -> (), with: !intr.slot)
// CHECK-NEXT: func.func private @"Clock.tick"((i64, !intr.slot) -> (), !intr.slot) -> ()
// CHECK: void plumb_clock_tick(plumb_clock_on_tick on_tick, void *with);
// CHECK: | `on_tick` | [callback `on_tick`](#callback-on_tick), kept | what to call |
// CHECK: Effects: those of the program's functions. Since
// CHECK: clock.split(
// CHECK-NEXT: {{^}}    date: !intr.struct<"clock.date">,
// CHECK-NEXT: {{^}}    parts: i8,
// CHECK-NEXT: {{^}}    format: !intr.str,
// CHECK-NEXT: {{^}}    ...) -> (i1, i64, i32)
// CHECK-NEXT: func.func private @"Clock.split"(
// CHECK-NEXT: {{^}}    !intr.struct<"clock.date">,
// CHECK-NEXT: {{^}}    i8,
// CHECK-NEXT: {{^}}    !intr.str) -> (i1, i64, i32)
// CHECK: bool plumb_clock_split(
// CHECK-NEXT: {{^}}    const plumb_clock_date *date,
// CHECK-NEXT: {{^}}    plumb_clock_parts parts,
// CHECK-NEXT: {{^}}    const uint8_t *format,
// CHECK-NEXT: {{^}}    size_t format_len,
// CHECK-NEXT: {{^}}    int64_t *seconds,
// CHECK-NEXT: {{^}}    plumb_clock_day *day,
// CHECK-NEXT: {{^}}    ...);
// CHECK: | `date` | [`clock.date`](#clock.date) | the date |
// CHECK-NEXT: | `parts` | `i8`, [`clock.parts`](#clock.parts) | which \| how |
// CHECK-NEXT: | `format` | `!intr.str` | of the result |
// CHECK-NEXT: | returns `known` | `i1` |  |
// CHECK-NEXT: | returns `seconds` | `i64` | seconds |
// CHECK-NEXT: | returns `day` | `i32`, [`clock.day`](#clock.day) |  |
// CHECK: Effects: none; equal calls may be merged and unused ones dropped. Since {{[0-9.]+}}.
// CHECK: <a id="clock.day"></a>
// CHECK: ### Enum `clock.day`
// CHECK-EMPTY:
// CHECK-NEXT: An `i32`, in C `plumb_clock_day`.
// CHECK: intr.enum "clock.day" "monday" : i32
// CHECK: | `sunday` | 6 | `PLUMB_CLOCK_DAY_SUNDAY` | the last |
// CHECK: ### Flags `clock.parts`
// CHECK: intr.enum "clock.parts" "hours|minutes" : i8
// CHECK: ### Struct `clock.date`
// CHECK: `!intr.struct<"clock.date">`, in C `plumb_clock_date`, 8 bytes.
// CHECK: | `day` | `i32`, [`clock.day`](#clock.day) | `plumb_clock_day day` | of the week |
