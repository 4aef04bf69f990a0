// What a front end emits: only calls of source names.
func.func private @"Ws.serve"(i64, (!ws.conn) -> i1, (!ws.conn, !intr.str) -> (), (!ws.conn, i64, !intr.str) -> ()) -> !intr.status
func.func private @"Ws.shout"(!ws.conn, !intr.str) -> !intr.status

func.func @accept(%conn: !ws.conn) -> i1 {
  %true = arith.constant true
  return %true : i1
}
func.func @message(%conn: !ws.conn, %text: !intr.str) {
  %status = call @"Ws.shout"(%conn, %text) : (!ws.conn, !intr.str) -> !intr.status
  return
}
func.func @closed(%conn: !ws.conn, %code: i64, %reason: !intr.str) {
  return
}
func.func @main() -> !intr.status {
  %port = arith.constant 0 : i64
  %accept = func.constant @accept : (!ws.conn) -> i1
  %message = func.constant @message : (!ws.conn, !intr.str) -> ()
  %closed = func.constant @closed : (!ws.conn, i64, !intr.str) -> ()
  %status = call @"Ws.serve"(%port, %accept, %message, %closed) : (i64, (!ws.conn) -> i1, (!ws.conn, !intr.str) -> (), (!ws.conn, i64, !intr.str) -> ()) -> !intr.status
  return %status : !intr.status
}
