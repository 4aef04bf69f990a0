// Calls every row by its source name, and returns 7 when all did their work.
func.func private @"Clock.open"(i64) -> !clock.zone
func.func private @"Clock.shift"(!clock.zone, i64, i32) -> i64
func.func private @"Clock.dim"(i1, i8) -> i1
func.func private @"Clock.name"(!intr.str) -> !intr.count

func.func @on_tick(%count: i32, %zone: !clock.zone) -> i1 {
  %two = arith.constant 2 : i32
  %again = arith.cmpi slt, %count, %two : i32
  return %again : i1
}

func.func @main() -> i64 {
  %sixty = arith.constant 60 : i64
  %minus = arith.constant -60 : i32
  %zone = func.call @"Clock.open"(%sixty) : (i64) -> !clock.zone
  // 60 + 60 - 60: the sign of a narrow integer arrives.
  %time = func.call @"Clock.shift"(%zone, %sixty, %minus) : (!clock.zone, i64, i32) -> i64
  %night = arith.constant true
  // 240 of eight bits is more than 10: so does the lack of one.
  %level = arith.constant -16 : i8
  %seen = func.call @"Clock.dim"(%night, %level) : (i1, i8) -> i1
  %text = intr.constant "Europe"
  %length = func.call @"Clock.name"(%text) : (!intr.str) -> !intr.count
  %ticked = intr.call "clock.every"(%zone) {on_tick = @on_tick} : (!clock.zone) -> !intr.status
  %ok = intr.ok %ticked
  %year = arith.constant 2026 : i32
  %december = arith.constant 12 : i8
  %date = intr.make "clock.date"(%year, %december) : (i32, i8)
  %day = intr.call "clock.weekday"(%date) : (!intr.struct<"clock.date">) -> i32
  %friday = intr.enum "clock.day" "friday" : i32

  %isTime = arith.cmpi eq, %time, %sixty : i64
  %n = intr.value %length
  %six = arith.constant 6 : i64
  %isLength = arith.cmpi eq, %n, %six : i64
  %isDay = arith.cmpi eq, %day, %friday : i32
  %0 = arith.andi %isTime, %seen : i1
  %1 = arith.andi %0, %isLength : i1
  %2 = arith.andi %1, %ok : i1
  %3 = arith.andi %2, %isDay : i1
  %seven = arith.constant 7 : i64
  %one = arith.constant 1 : i64
  %code = arith.select %3, %seven, %one : i64
  return %code : i64
}
