// RUN: %plumb-opt %s --resolve-builtins --verify-diagnostics

func.func private @"Ws.serve"(i64, (!ws.conn) -> i1, (!ws.conn, !intr.str) -> (), (!ws.conn, i64, !intr.str) -> ()) -> !intr.status
func.func @accept(%conn: !ws.conn) -> i1 {
  %true = arith.constant true
  return %true : i1
}
func.func @message(%conn: !ws.conn, %text: !intr.str) {
  return
}
func.func @closed(%conn: !ws.conn, %code: i64, %reason: !intr.str) {
  return
}
func.func @main() {
  %port = arith.constant 0 : i64
  %accept = func.constant @accept : (!ws.conn) -> i1
  %message = func.constant @message : (!ws.conn, !intr.str) -> ()
  %closed = func.constant @closed : (!ws.conn, i64, !intr.str) -> ()
  // expected-error@+2 {{family 'ws' has no option 'shard'; did you mean 'shards'}}
  // expected-error@+1 {{option 'max_message' is 0 : i64, but it must be a whole number from 1 to}}
  %0 = call @"Ws.serve"(%port, %accept, %message, %closed) {options = {shard = 2, max_message = 0}} : (i64, (!ws.conn) -> i1, (!ws.conn, !intr.str) -> (), (!ws.conn, i64, !intr.str) -> ()) -> !intr.status
  // expected-error@+1 {{'Ws.serve' has no dictionary 'opts'; its options are in 'options'}}
  %1 = call @"Ws.serve"(%port, %accept, %message, %closed) {opts = {shards = 2}} : (i64, (!ws.conn) -> i1, (!ws.conn, !intr.str) -> (), (!ws.conn, i64, !intr.str) -> ()) -> !intr.status
  // expected-error@+1 {{'options' of 'Ws.serve' is a dictionary of options, not 1 : i64}}
  %2 = call @"Ws.serve"(%port, %accept, %message, %closed) {options = 1} : (i64, (!ws.conn) -> i1, (!ws.conn, !intr.str) -> (), (!ws.conn, i64, !intr.str) -> ()) -> !intr.status
  return
}
