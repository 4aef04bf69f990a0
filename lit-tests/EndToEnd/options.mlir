// Options that a program gives, under the JIT and compiled.
// RUN: %python %S/options.py %plumb-run %s
// RUN: %plumbc %s -o %t
// RUN: %python %S/options.py %t

func.func private @accept(%conn: !ws.conn) -> i1 {
  %yes = arith.constant true
  return %yes : i1
}
func.func private @echo(%conn: !ws.conn, %text: !intr.str) {
  %sent = ws.send %conn, %text
  return
}
func.func private @closed(%conn: !ws.conn, %code: i64, %reason: !intr.str) {
  return
}
func.func private @"Ws.serve"(i64, (!ws.conn) -> i1, (!ws.conn, !intr.str) -> (), (!ws.conn, i64, !intr.str) -> ()) -> !intr.status

func.func @main() -> i64 {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %accept = func.constant @accept : (!ws.conn) -> i1
  %echo = func.constant @echo : (!ws.conn, !intr.str) -> ()
  %closed = func.constant @closed : (!ws.conn, i64, !intr.str) -> ()
  %status = call @"Ws.serve"(%zero, %accept, %echo, %closed) {options = {bind = "127.0.0.1", max_message = 100, shards = 2}} : (i64, (!ws.conn) -> i1, (!ws.conn, !intr.str) -> (), (!ws.conn, i64, !intr.str) -> ()) -> !intr.status
  %ok = intr.ok %status
  %exit = arith.select %ok, %zero, %one : i64
  return %exit : i64
}
