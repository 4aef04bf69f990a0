// An echo server: what a client sends comes back to it alone, as what it was,
// text or binary. What a conformance suite wants: docs/conformance.md.
//
//   plumb-run examples/echo.mlir PORT [--tls CERTIFICATE KEY]

func.func private @accept(%conn: !ws.conn) -> i1 {
  %yes = arith.constant true
  return %yes : i1
}

func.func private @text(%conn: !ws.conn, %message: !intr.str) {
  %sent = ws.send %conn, %message
  return
}

func.func private @binary(%conn: !ws.conn, %message: !intr.bytes) {
  %sent = ws.send_binary %conn, %message
  return
}

func.func private @closed(%conn: !ws.conn, %code: i64, %reason: !intr.str) {
  return
}

func.func private @serve(%port: i64) -> !intr.status {
  %status = ws.serve %port {on_connect = @accept, on_message = @text,
                            on_close = @closed, on_binary = @binary}
  return %status : !intr.status
}

func.func private @serve_tls(%port: i64) -> !intr.status {
  %two = arith.constant 2 : i64
  %three = arith.constant 3 : i64
  %certificate = io.arg %two
  %key = io.arg %three
  %status = ws.serve_tls %port, %certificate, %key
      {on_connect = @accept, on_message = @text, on_close = @closed,
       on_binary = @binary}
  return %status : !intr.status
}

// The process's exit status: 0, or 1 when it could not serve.
func.func private @exit_status(%status: !intr.status) -> i64 {
  %success = arith.constant 0 : i64
  %failure = arith.constant 1 : i64
  %ok = intr.ok %status
  %exit = arith.select %ok, %success, %failure : i64
  return %exit : i64
}

func.func @main() -> i64 {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %four = arith.constant 4 : i64
  %none = arith.constant -1 : i64
  %max = arith.constant 65535 : i64
  %count = io.arg_count
  %arguments = intr.value %count
  %port_text = io.arg %zero
  %port = str.to_int %port_text, %none
  // As unsigned numbers, so that -1 is too large.
  %port_ok = arith.cmpi ule, %port, %max : i64
  cf.cond_br %port_ok, ^port, ^usage
^port:
  %is_plain = arith.cmpi eq, %arguments, %one : i64
  cf.cond_br %is_plain, ^plain, ^perhaps_tls
^plain:
  %status = call @serve(%port) : (i64) -> !intr.status
  cf.br ^end(%status : !intr.status)
^perhaps_tls:
  %option = io.arg %one
  %tls_name = intr.constant "--tls"
  %named = str.equal %option, %tls_name
  %has_files = arith.cmpi eq, %arguments, %four : i64
  %is_tls = arith.andi %named, %has_files : i1
  cf.cond_br %is_tls, ^tls, ^usage
^tls:
  %tls_status = call @serve_tls(%port) : (i64) -> !intr.status
  cf.br ^end(%tls_status : !intr.status)
^end(%served: !intr.status):
  %exit = call @exit_status(%served) : (!intr.status) -> i64
  return %exit : i64
^usage:
  %error = arith.constant 3 : i64
  %text = intr.constant "usage: echo PORT [--tls CERTIFICATE KEY]"
  %logged = io.log %error, %text
  %usage_error = arith.constant 2 : i64
  return %usage_error : i64
}
