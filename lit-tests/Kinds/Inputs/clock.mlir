// Uses every row of Clock.td.
func.func @narrow(%a: i1, %b: i8, %d: i16, %f: i32, %h: f32) -> i8 {
  %0 = intr.call "clock.narrow"(%a, %b, %b, %d, %d, %f, %f, %h) : (i1, i8, i8, i16, i16, i32, i32, f32) -> i8
  return %0 : i8
}
func.func @structs(%date: !intr.struct<"clock.date">, %tiny: !intr.struct<"clock.tiny">, %angle: !intr.struct<"clock.angle">, %range: !intr.struct<"clock.range">, %big: !intr.struct<"clock.big">) -> i1 {
  %0 = intr.call "clock.structs"(%date, %tiny, %angle, %range, %big) : (!intr.struct<"clock.date">, !intr.struct<"clock.tiny">, !intr.struct<"clock.angle">, !intr.struct<"clock.range">, !intr.struct<"clock.big">) -> !intr.struct<"clock.date">
  %1 = intr.field %0["leap"] : !intr.struct<"clock.date"> -> i1
  return %1 : i1
}
func.func @crowded(%a: i64, %date: !intr.struct<"clock.date">, %range: !intr.struct<"clock.range">, %angle: !intr.struct<"clock.angle">) -> !intr.struct<"clock.big"> {
  %0 = intr.call "clock.crowded"(%a, %a, %a, %a, %a, %a, %date, %range, %angle) : (i64, i64, i64, i64, i64, i64, !intr.struct<"clock.date">, !intr.struct<"clock.range">, !intr.struct<"clock.angle">) -> !intr.struct<"clock.big">
  return %0 : !intr.struct<"clock.big">
}
func.func @outs(%zone: !clock.zone, %at: i8) -> (i1, i32, !clock.zone, i1) {
  %0:4 = intr.call "clock.outs"(%zone, %at) : (!clock.zone, i8) -> (i1, !intr.struct<"clock.date">, !clock.zone, i1)
  %y = intr.field %0#1["year"] : !intr.struct<"clock.date"> -> i32
  return %0#0, %y, %0#2, %0#3 : i1, i32, !clock.zone, i1
}
func.func @format(%how: !intr.str, %b: i1, %c: i8, %f: f32, %z: !clock.zone) -> !intr.count {
  %0 = intr.call "clock.format"(%how, %b, %c, %f, %z) : (!intr.str, i1, i8, f32, !clock.zone) -> !intr.count
  return %0 : !intr.count
}
func.func @watch(%zone: !clock.zone) {
  %env = intr.pack %zone : !clock.zone
  intr.call "clock.watch"(%env) {on_tick = @tick, on_first = @first} : (!intr.slot) -> ()
  return
}
func.func @tick(%count: i16, %part: i8, %name: !intr.str, %env: !intr.slot) -> i1 {
  %zone = intr.unpack %env : !clock.zone
  %null = intr.is_null %zone : !clock.zone
  return %null : i1
}
func.func @first(%zone: !clock.zone, %env: !intr.slot) -> i8 {
  %0 = intr.unpack %env : i8
  return %0 : i8
}
func.func @plain() -> i64 {
  %0 = intr.call "clock.plain"() {on_plain = @angle} : () -> i64
  return %0 : i64
}
func.func @angle(%value: i64) -> i16 {
  %x = arith.trunci %value : i64 to i16
  return %x : i16
}
func.func @quick(%a: i8, %year: i32, %leap: i1) -> i8 {
  %date = intr.make "clock.date"(%year, %a, %leap) : (i32, i8, i1)
  %0 = intr.call "clock.quick"(%a, %date) : (i8, !intr.struct<"clock.date">) -> i8
  return %0 : i8
}
func.func @range(%name: !intr.str, %key: !intr.bytes) -> f64 {
  %0 = intr.call "clock.make_range"(%name, %key) : (!intr.str, !intr.bytes) -> !intr.struct<"clock.range">
  %1 = intr.field %0["weight"] : !intr.struct<"clock.range"> -> f64
  return %1 : f64
}
func.func @make_angle(%big: !intr.struct<"clock.big">) -> f32 {
  %0 = intr.call "clock.make_angle"(%big) : (!intr.struct<"clock.big">) -> !intr.struct<"clock.angle">
  %1 = intr.field %0["y"] : !intr.struct<"clock.angle"> -> f32
  return %1 : f32
}
func.func @enum() -> (i32, i8) {
  %day = intr.enum "clock.day" "sunday" : i32
  %parts = intr.enum "clock.parts" "hours|minutes" : i8
  %0 = intr.call "clock.narrow_result"(%day, %parts) : (i32, i8) -> i16
  return %day, %parts : i32, i8
}
func.func @slots(%slot: !intr.slot, %pointer: !intr.ptr, %zone: !clock.zone) -> !intr.slot {
  %0 = intr.call "clock.slots"(%slot, %pointer, %zone) : (!intr.slot, !intr.ptr, !clock.zone) -> !intr.slot
  return %0 : !intr.slot
}
