// What chaos.py plays with: rooms, and a room "observers" that is told of every
// connection that comes and goes, by the id that it gave in its query.
//
//   join <room>          answered with "joined <room>"
//   leave <room>         answered with "left <room>"
//   say <room> <words>   "<room> <words>" to the room; its name has 4 letters
//   kick                 the server closes the connection with 4001

func.func private @tell(%what: !intr.str, %conn: !ws.conn) {
  %key = intr.constant "id"
  %id = ws.query %conn, %key
  %observers = intr.constant "observers"
  %text = str.concat %what, %id
  %undelivered = ws.broadcast %observers, %text
  return
}

func.func private @accept(%conn: !ws.conn) -> i1 {
  %opened = intr.constant "opened "
  call @tell(%opened, %conn) : (!intr.str, !ws.conn) -> ()
  %yes = arith.constant true
  return %yes : i1
}

func.func private @closed(%conn: !ws.conn, %code: i64, %reason: !intr.str) {
  %closed = intr.constant "closed "
  call @tell(%closed, %conn) : (!intr.str, !ws.conn) -> ()
  return
}

func.func private @message(%conn: !ws.conn, %text: !intr.str) {
  %end = str.length %text
  %say = intr.constant "say "
  %is_say = str.starts_with %text, %say
  cf.cond_br %is_say, ^say, ^not_say
^say:
  %room_begin = arith.constant 4 : i64
  %room_end = arith.constant 8 : i64
  %room = str.slice %text, %room_begin, %room_end
  %words = str.slice %text, %room_begin, %end
  %undelivered = ws.broadcast %room, %words
  return
^not_say:
  %join = intr.constant "join "
  %is_join = str.starts_with %text, %join
  cf.cond_br %is_join, ^join, ^not_join
^join:
  %join_begin = arith.constant 5 : i64
  %new = str.slice %text, %join_begin, %end
  %joined = ws.join %conn, %new
  %joined_text = intr.constant "joined "
  %join_answer = str.concat %joined_text, %new
  %join_sent = ws.send %conn, %join_answer
  return
^not_join:
  %leave = intr.constant "leave "
  %is_leave = str.starts_with %text, %leave
  cf.cond_br %is_leave, ^leave, ^kick
^leave:
  %leave_begin = arith.constant 6 : i64
  %old = str.slice %text, %leave_begin, %end
  %left = ws.leave %conn, %old
  %left_text = intr.constant "left "
  %leave_answer = str.concat %left_text, %old
  %leave_sent = ws.send %conn, %leave_answer
  return
^kick:
  %code = arith.constant 4001 : i64
  %reason = intr.constant "as you wish"
  %kicked = ws.close %conn, %code, %reason
  return
}

func.func @main() -> !intr.status {
  %zero = arith.constant 0 : i64
  %port_text = io.arg %zero
  %port = str.to_int %port_text, %zero
  %status = ws.serve %port {on_connect = @accept, on_message = @message,
                            on_close = @closed}
  return %status : !intr.status
}
