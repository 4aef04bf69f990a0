// Tells each client what it thinks its address is; the page at / asks and shows it.
//
//   plumb-run whoami.mlir PORT [--tls CERTIFICATE KEY]

func.func private @accept(%conn: !ws.conn) -> i1 {
  %yes = arith.constant true
  return %yes : i1
}
func.func private @tell(%conn: !ws.conn, %text: !intr.str) {
  %address = ws.remote_address %conn
  %sent = ws.send %conn, %address
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
  %path = intr.constant "/"
  %type = intr.constant "text/html; charset=utf-8"
  %page = intr.embed "whoami.html" : !intr.bytes
  %set = ws.page %path, %type, %page
  %port_text = io.arg %zero
  %port = str.to_int %port_text, %zero
  %count = io.arg_count
  %arguments = intr.value %count
  %is_plain = arith.cmpi eq, %arguments, %one : i64
  cf.cond_br %is_plain, ^plain, ^tls
^plain:
  %plain = ws.serve %port {on_connect = @accept, on_message = @tell, on_close = @closed}
  cf.br ^end(%plain : !intr.status)
^tls:
  %certificate = io.arg %two
  %key = io.arg %three
  %secure = ws.serve_tls %port, %certificate, %key {on_connect = @accept, on_message = @tell, on_close = @closed}
  cf.br ^end(%secure : !intr.status)
^end(%status: !intr.status):
  %ok = intr.ok %status
  %exit = arith.select %ok, %zero, %one : i64
  return %exit : i64
}
