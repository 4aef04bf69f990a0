func.func private @"Clock.find"(i64) -> !clock.zone
func.func private @"Clock.set"(i64)
func.func private @tick(%hour: i64) {
  %text = str.from_int %hour
  %0 = io.print %text
  return
}
func.func @main() {
  %two = arith.constant 2 : i64
  %now = arith.constant 23 : i64
  %zone = call @"Clock.find"(%two) : (i64) -> !clock.zone
  %again = call @"Clock.find"(%two) : (i64) -> !clock.zone
  %hour = intr.call "clock.hour"(%again, %now) : (!clock.zone, i64) -> i64
  call @"Clock.set"(%hour) : (i64) -> ()
  intr.call "clock.tick"() {on_tick = @tick} : () -> ()
  return
}
