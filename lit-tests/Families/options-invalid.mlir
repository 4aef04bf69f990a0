// RUN: %plumb-opt --load-family=%S/../Tools/Inputs/Options.td %s --verify-diagnostics

func.func @bad(%which: i64, %seconds: i64) {
  // expected-error@+2 {{option 'colour' is "hot", but it must be one of warm, cold, as a string}}
  // expected-error@+1 {{family 'lamp' has no option 'color'; did you mean 'colour'}}
  intr.call "lamp.light"(%which, %seconds) {settings = {colour = "hot", color = "warm"}} : (i64, i64) -> ()
  return
}
