// Nothing is released when the process ends: neither what a timer waits with nor
// what was given away and never passed.
// RUN: %plumb-run %s | FileCheck %s --implicit-check-not=released
// RUN: %plumbc %s -o %t && %t | FileCheck %s --implicit-check-not=released
// CHECK: the end

func.func private @ring(%data: i64, %env: !intr.slot) {
  return
}
func.func private @free(%env: !intr.slot) {
  %text = intr.constant "released"
  %printed = io.print %text
  return
}
func.func @main() {
  %hour = arith.constant 3600000 : i64
  %env = intr.pack %hour : i64
  %given = intr.give %env {on_release = @free}
  %again = intr.give %env {on_release = @free}
  %timer = time.after %hour, %hour env(on_timer = %env) {on_timer = @ring}
  %text = intr.constant "the end"
  %printed = io.print %text
  return
}
