// A measuring target: what the load generator of bench/ speaks to.
//
//   plumb-run examples/loadtarget.mlir PORT [--tls CERTIFICATE KEY]
//
// Text commands:
//   join <room>     leave the room that the sender is in and join this one
//   say <payload>   to every member of the sender's room, the sender too
//   echo <payload>  back to the sender alone
//   also <room>     join this one too; `say` still goes to the other
//   part <room>     leave it
// Anything else closes the connection with 1008.

func.func private @accept(%conn: !ws.conn) -> i1 {
  %yes = arith.constant true
  return %yes : i1
}

func.func private @message(%conn: !ws.conn, %text: !intr.str) {
  %say = intr.constant "say "
  %is_say = str.starts_with %text, %say
  cf.cond_br %is_say, ^say, ^not_say
^say:
  %say_begin = arith.constant 4 : i64
  %room_key = intr.constant "room"
  %room = ws.get %conn, %room_key
  %say_end = str.length %text
  %payload = str.slice %text, %say_begin, %say_end
  %undelivered = ws.broadcast %room, %payload
  return
^not_say:
  %echo = intr.constant "echo "
  %is_echo = str.starts_with %text, %echo
  cf.cond_br %is_echo, ^echo, ^not_echo
^echo:
  %echo_begin = arith.constant 5 : i64
  %echo_end = str.length %text
  %answer = str.slice %text, %echo_begin, %echo_end
  %sent = ws.send %conn, %answer
  return
^not_echo:
  %join = intr.constant "join "
  %is_join = str.starts_with %text, %join
  cf.cond_br %is_join, ^join, ^not_join
^join:
  %key = intr.constant "room"
  %old = ws.get %conn, %key
  %left = ws.leave %conn, %old
  %join_begin = arith.constant 5 : i64
  %join_end = str.length %text
  %new = str.slice %text, %join_begin, %join_end
  %joined = ws.join %conn, %new
  %kept = ws.put %conn, %key, %new
  return
^not_join:
  %also = intr.constant "also "
  %is_also = str.starts_with %text, %also
  cf.cond_br %is_also, ^also, ^not_also
^also:
  %also_begin = arith.constant 5 : i64
  %also_end = str.length %text
  %more = str.slice %text, %also_begin, %also_end
  %joined_more = ws.join %conn, %more
  return
^not_also:
  %part = intr.constant "part "
  %is_part = str.starts_with %text, %part
  cf.cond_br %is_part, ^part, ^unknown
^part:
  %part_begin = arith.constant 5 : i64
  %part_end = str.length %text
  %less = str.slice %text, %part_begin, %part_end
  %left_it = ws.leave %conn, %less
  return
^unknown:
  %policy = arith.constant 1008 : i64
  %reason = intr.constant "the commands are join, say, echo, also and part"
  %closed = ws.close %conn, %policy, %reason
  return
}

func.func private @closed(%conn: !ws.conn, %code: i64, %reason: !intr.str) {
  return
}

// Serves; the process's exit status.
func.func private @serve(%port: i64) -> i64 {
  %status = ws.serve %port {on_connect = @accept, on_message = @message,
                            on_close = @closed}
  %exit = call @exit_status(%status) : (!intr.status) -> i64
  return %exit : i64
}

func.func private @serve_tls(%port: i64) -> i64 {
  %two = arith.constant 2 : i64
  %three = arith.constant 3 : i64
  %certificate = io.arg %two
  %key = io.arg %three
  %status = ws.serve_tls %port, %certificate, %key
      {on_connect = @accept, on_message = @message, on_close = @closed}
  %exit = call @exit_status(%status) : (!intr.status) -> i64
  return %exit : i64
}

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
  %plain = arith.cmpi eq, %arguments, %one : i64
  cf.cond_br %plain, ^plain, ^perhaps_tls
^plain:
  %exit = call @serve(%port) : (i64) -> i64
  return %exit : i64
^perhaps_tls:
  %option = io.arg %one
  %tls_name = intr.constant "--tls"
  %is_tls = str.equal %option, %tls_name
  %has_files = arith.cmpi eq, %arguments, %four : i64
  %tls = arith.andi %is_tls, %has_files : i1
  cf.cond_br %tls, ^tls, ^usage
^tls:
  %tls_exit = call @serve_tls(%port) : (i64) -> i64
  return %tls_exit : i64
^usage:
  %error = arith.constant 3 : i64
  %text = intr.constant "usage: loadtarget PORT [--tls CERTIFICATE KEY]"
  %logged = io.log %error, %text
  %status = arith.constant 2 : i64
  return %status : i64
}
