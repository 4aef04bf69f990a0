// Two servers, one after the other, with one function for both and an
// environment for each; a timer with another. What is given away is released
// once: after the last call, before ws.serve returns.
// RUN: %python %S/environments.py %plumb-run %s
// RUN: %plumbc %s -o %t
// RUN: %python %S/environments.py %t
// RUN: env PLUMB_WS_SHARDS=3 %python %S/environments.py %t

func.func private @say(%front: !intr.str, %slot: !intr.slot) -> !intr.str {
  %number = intr.unpack %slot : i64
  %digits = str.from_int %number
  %text = str.concat %front, %digits
  return %text : !intr.str
}

func.func private @accept(%conn: !ws.conn) -> i1 {
  %yes = arith.constant true
  return %yes : i1
}

func.func private @fired(%data: i64, %env: !intr.slot) {
  %room = intr.constant "all"
  %front = intr.constant "timer "
  %text = call @say(%front, %env) : (!intr.str, !intr.slot) -> !intr.str
  %sent = ws.broadcast %room, %text
  return
}

func.func private @answer(%conn: !ws.conn, %message: !intr.str, %env: !intr.slot) {
  %stop = intr.constant "stop"
  %stops = str.equal %message, %stop
  scf.if %stops {
    %stopped = ws.stop
  } else {
    %room = intr.constant "all"
    %joined = ws.join %conn, %room
    %front = intr.constant "server "
    %text = func.call @say(%front, %env) : (!intr.str, !intr.slot) -> !intr.str
    %sent = ws.send %conn, %text
    // The timer's is the server's and 1000 more.
    %number = intr.unpack %env : i64
    %thousand = arith.constant 1000 : i64
    %sum = arith.addi %number, %thousand : i64
    %slot = intr.pack %sum : i64
    %given = intr.give %slot {on_release = @released}
    %soon = arith.constant 1 : i64
    %timer = time.after %soon, %soon env(on_timer = %slot) {on_timer = @fired}
  }
  return
}

func.func private @closed(%conn: !ws.conn, %code: i64, %reason: !intr.str, %env: !intr.slot) {
  %front = intr.constant "closed by "
  %text = call @say(%front, %env) : (!intr.str, !intr.slot) -> !intr.str
  %printed = io.print %text
  return
}

func.func private @released(%env: !intr.slot) {
  %front = intr.constant "released "
  %text = call @say(%front, %env) : (!intr.str, !intr.slot) -> !intr.str
  %printed = io.print %text
  return
}

func.func private @serve(%number: i64) {
  %any = arith.constant 0 : i64
  %slot = intr.pack %number : i64
  // For both callbacks.
  %given = intr.give %slot {on_release = @released}
  %again = intr.give %slot {on_release = @released}
  %status = ws.serve %any env(on_message = %slot, on_close = %slot) {on_connect = @accept, on_message = @answer, on_close = @closed, options = {bind = "127.0.0.1"}}
  %code = intr.code %status
  %front = intr.constant "served "
  %result = intr.pack %code : i64
  %text = call @say(%front, %result) : (!intr.str, !intr.slot) -> !intr.str
  %printed = io.print %text
  return
}

func.func @main() {
  %first = arith.constant 41 : i64
  %second = arith.constant 42 : i64
  call @serve(%first) : (i64) -> ()
  call @serve(%second) : (i64) -> ()
  return
}
