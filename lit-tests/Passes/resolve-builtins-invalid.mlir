// RUN: %plumb-opt %s --resolve-builtins --split-input-file --verify-diagnostics

// expected-note@+1 {{declared here}}
func.func private @"Ws.jion"(!ws.conn, !intr.str) -> !intr.status
func.func @unknown(%conn: !ws.conn, %room: !intr.str) {
  // expected-error@+1 {{unknown intrinsic 'Ws.jion'; did you mean 'Ws.join'}}
  %0 = call @"Ws.jion"(%conn, %room) : (!ws.conn, !intr.str) -> !intr.status
  return
}

// -----

// expected-note@+1 {{has the attribute intr.extern}}
func.func private @"Rooms.join"()
func.func @unknown_module() {
  // expected-error@+2 {{unknown intrinsic 'Rooms.join'}}
  // expected-note@+1 {{no loaded family has module 'Rooms'; the loaded ones are Intr, Ws, Str, Io, Env, Time}}
  call @"Rooms.join"() : () -> ()
  return
}

// -----

func.func private @"Ws.join"(!ws.conn) -> !intr.status
func.func @arity(%conn: !ws.conn) {
  // expected-error@+1 {{'Ws.join' takes 2 arguments (conn: !ws.conn, room: !intr.str), but the call passes 1}}
  %0 = call @"Ws.join"(%conn) : (!ws.conn) -> !intr.status
  return
}

// -----

// Every mismatch of a call is reported, not only the first.
func.func private @"Ws.send"(i64, i64) -> i1
func.func @types(%number: i64) {
  // expected-error@+3 {{argument 'conn' of 'Ws.send' has type '!ws.conn', but the call passes 'i64'; a handle comes only from the runtime}}
  // expected-error@+2 {{argument 'message' of 'Ws.send' has type '!intr.str', but the call passes 'i64'}}
  // expected-error@+1 {{'Ws.send' returns '!intr.status', but the call expects 'i1'; intr.ok tells whether a status is a success}}
  %0 = call @"Ws.send"(%number, %number) : (i64, i64) -> i1
  return
}

// -----

func.func private @"Ws.member_count"(!intr.str) -> i64
func.func @count(%room: !intr.str) {
  // expected-error@+1 {{'Ws.member_count' returns '!intr.count', but the call expects 'i64'; intr.value gives the number of a count}}
  %0 = call @"Ws.member_count"(%room) : (!intr.str) -> i64
  return
}

// -----

func.func private @"Time.after"(i64, i64, (!intr.str) -> ()) -> !time.timer
// expected-note@+1 {{the function is here}}
func.func @other(%text: !intr.str) {
  return
}
func.func @callback(%ms: i64) {
  %f = func.constant @other : (!intr.str) -> ()
  // expected-error@+1 {{callback 'on_timer' of 'time.after': function @other has type '(!intr.str) -> ()', but the record says '(i64) -> ()'}}
  %0 = call @"Time.after"(%ms, %ms, %f) : (i64, i64, (!intr.str) -> ()) -> !time.timer
  return
}

// -----

func.func private @"Time.after"(i64, i64, (i64) -> ()) -> !time.timer
func.func @computed_callback(%ms: i64, %f: (i64) -> ()) {
  // expected-error@+1 {{argument 'on_timer' of 'Time.after' is a callback with type '(i64) -> ()'; pass a function by its name}}
  %0 = call @"Time.after"(%ms, %ms, %f) : (i64, i64, (i64) -> ()) -> !time.timer
  return
}

// -----

func.func private @"Str.length"(!intr.str) -> i64
func.func @value() -> ((!intr.str) -> i64) {
  // expected-error@+1 {{'Str.length' is an intrinsic: it can be called, but it is no value}}
  %f = func.constant @"Str.length" : (!intr.str) -> i64
  return %f : (!intr.str) -> i64
}

// -----

// A status is no decision: 0 would mean "refuse".
func.func private @"Ws.serve"(i64, (!ws.conn) -> !intr.status, (!ws.conn, !intr.str) -> (), (!ws.conn, i64, !intr.str) -> ()) -> !intr.status
// expected-note@+1 {{the function is here}}
func.func @accept(%conn: !ws.conn) -> !intr.status {
  %room = intr.constant "lobby"
  %0 = ws.join %conn, %room
  return %0 : !intr.status
}
func.func @message(%conn: !ws.conn, %text: !intr.str) {
  return
}
func.func @closed(%conn: !ws.conn, %code: i64, %reason: !intr.str) {
  return
}
func.func @decision(%port: i64) {
  %accept = func.constant @accept : (!ws.conn) -> !intr.status
  %message = func.constant @message : (!ws.conn, !intr.str) -> ()
  %closed = func.constant @closed : (!ws.conn, i64, !intr.str) -> ()
  // expected-error@+1 {{callback 'on_connect' of 'ws.serve': function @accept has type '(!ws.conn) -> !intr.status', but the record says '(!ws.conn) -> i1'}}
  %0 = call @"Ws.serve"(%port, %accept, %message, %closed) : (i64, (!ws.conn) -> !intr.status, (!ws.conn, !intr.str) -> (), (!ws.conn, i64, !intr.str) -> ()) -> !intr.status
  return
}

// -----

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
func.func @misread(%port: i64) {
  %accept = func.constant @accept : (!ws.conn) -> i1
  %message = func.constant @message : (!ws.conn, !intr.str) -> ()
  %closed = func.constant @closed : (!ws.conn, i64, !intr.str) -> ()
  // expected-error@+1 {{attribute 'on_close' of a call of 'Ws.serve' has the name of a callback, which is passed as an argument: give the attribute another name, such as 'my.on_close'}}
  %0 = call @"Ws.serve"(%port, %accept, %message, %closed) {on_close = @other} : (i64, (!ws.conn) -> i1, (!ws.conn, !intr.str) -> (), (!ws.conn, i64, !intr.str) -> ()) -> !intr.status
  return
}
