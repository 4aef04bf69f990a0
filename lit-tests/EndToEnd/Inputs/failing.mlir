// A server whose handlers fail as they are told.
func.func @main() -> !intr.status {
  %zero = arith.constant 0 : i64
  %text = io.arg %zero
  %port = str.to_int %text, %zero
  %status = ws.serve %port {on_connect = @on_connect, on_message = @on_message, on_close = @on_close}
  return %status : !intr.status
}

func.func @fail(%how: !intr.str) -> i64 {
  %zero = arith.constant 0 : i64
  %abort = intr.constant "abort"
  %divide = intr.constant "divide"
  %overflow = intr.constant "overflow"
  %assert = intr.constant "assert"
  %is_abort = str.equal %how, %abort
  %is_divide = str.equal %how, %divide
  %is_overflow = str.equal %how, %overflow
  %is_assert = str.equal %how, %assert
  scf.if %is_abort {
    %why = intr.constant "told to"
    intr.abort %why
  }
  %true = arith.constant true
  %fine = arith.xori %is_assert, %true : i1
  cf.assert %fine, "it was so"
  %minus = arith.constant -1 : i64
  %one = arith.constant 1 : i64
  %ten = arith.constant 10 : i64
  %min = arith.constant -9223372036854775808 : i64
  %top = arith.select %is_overflow, %min, %ten : i64
  %below = arith.select %is_divide, %zero, %one : i64
  %bottom = arith.select %is_overflow, %minus, %below : i64
  %quotient = arith.divsi %top, %bottom : i64 loc("failing.mlir":12:5)
  // As another compiler would have it, and unknown to LLVM: 0 for "raw".
  %length = str.length %how
  %three = arith.constant 3 : i64
  %raw_bottom = arith.subi %length, %three : i64
  %raw_quotient = llvm.sdiv %quotient, %raw_bottom : i64
  return %raw_quotient : i64
}

func.func @on_connect(%conn: !ws.conn) -> i1 {
  %name = intr.constant "connect"
  %how = ws.query %conn, %name
  %number = func.call @fail(%how) : (!intr.str) -> i64
  %room = intr.constant "room"
  %joined = ws.join %conn, %room
  %true = arith.constant true
  return %true : i1
}

func.func @on_message(%conn: !ws.conn, %message: !intr.str) {
  %room = intr.constant "room"
  %undelivered = ws.broadcast %room, %message
  %number = func.call @fail(%message) : (!intr.str) -> i64
  %text = str.from_int %number
  %sent = ws.send %conn, %text
  return
}

func.func @on_close(%conn: !ws.conn, %code: i64, %reason: !intr.str) {
  %word = intr.constant "closed "
  %number = str.from_int %code
  %text = str.concat %word, %number
  %room = intr.constant "room"
  %undelivered = ws.broadcast %room, %text
  %name = intr.constant "close"
  %how = ws.query %conn, %name
  %failed = func.call @fail(%how) : (!intr.str) -> i64
  return
}
