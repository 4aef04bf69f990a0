// Logs its argument, then serves on any port that is free, and logs what it hears.
func.func @enter(%conn: !ws.conn) -> i1 {
  %accept = arith.constant true
  return %accept : i1
}
func.func @say(%conn: !ws.conn, %text: !intr.str) {
  %warning = arith.constant 2 : i64
  %logged = io.log %warning, %text
  return
}
func.func @leave(%conn: !ws.conn, %code: i64, %reason: !intr.str) {
  return
}
func.func @main() -> !intr.status {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %first = io.arg %zero
  %logged = io.log %one, %first
  %status = ws.serve %zero {on_connect = @enter, on_message = @say, on_close = @leave}
  return %status : !intr.status
}
