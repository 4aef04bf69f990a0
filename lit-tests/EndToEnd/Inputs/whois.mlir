// Answers each message, the name of a part, with that part of the client's
// certificate. Lets in whom the authority calls a machine of this service.
//
//   plumb-run whois.mlir PORT --tls CERTIFICATE KEY

func.func private @accept(%conn: !ws.conn) -> i1 {
  %part = intr.constant "uri"
  %uri = ws.client_certificate %conn, %part
  %service = intr.constant "spiffe://example.org/chat"
  %is_ours = str.equal %uri, %service
  return %is_ours : i1
}
func.func private @tell(%conn: !ws.conn, %part: !intr.str) {
  %value = ws.client_certificate %conn, %part
  %sent = ws.send %conn, %value
  return
}
func.func private @closed(%conn: !ws.conn, %code: i64, %reason: !intr.str) {
  return
}

func.func @main() -> i64 {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %three = arith.constant 3 : i64
  %port_text = io.arg %zero
  %port = str.to_int %port_text, %zero
  %certificate = io.arg %two
  %key = io.arg %three
  %status = ws.serve_tls %port, %certificate, %key {on_connect = @accept, on_message = @tell, on_close = @closed}
  %ok = intr.ok %status
  %exit = arith.select %ok, %zero, %one : i64
  return %exit : i64
}
