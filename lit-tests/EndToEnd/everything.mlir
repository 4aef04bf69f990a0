// Every intrinsic of every family, on real connections: under the JIT over ws,
// compiled over wss on three shards. The last run compares what was called with
// the records: a row that nobody calls here is an error.
//
// RUN: rm -f %t.*.log
// RUN: %python %S/everything.py --log %t.jit.log %plumb-run %s
// RUN: %plumbc %s -o %t
// RUN: env PLUMB_WS_SHARDS=3 %python %S/everything.py --tls --log %t.aot.log %t
// RUN: env PLUMB_WS_SHARDS=3 %python %S/everything.py %t
// RUN: %python %S/every_row.py %src_root %t.jit.log %t.aot.log -- %plumb-tblgen %records
//
// Fields of a message stand between bars. The answer is "<verb> <result>".

func.func private @field(%text: !intr.str, %index: i64) -> !intr.str {
  %bar = intr.constant "|"
  %field = str.split %text, %bar, %index
  return %field : !intr.str
}

func.func private @words(%left: !intr.str, %right: !intr.str) -> !intr.str {
  %space = intr.constant " "
  %front = str.concat %left, %space
  %both = str.concat %front, %right
  return %both : !intr.str
}

func.func private @and_number(%left: !intr.str, %number: i64) -> !intr.str {
  %digits = str.from_int %number
  %both = call @words(%left, %digits) : (!intr.str, !intr.str) -> !intr.str
  return %both : !intr.str
}

func.func private @and_status(%left: !intr.str, %status: !intr.status) -> !intr.str {
  %number = intr.code %status
  %both = call @and_number(%left, %number) : (!intr.str, i64) -> !intr.str
  return %both : !intr.str
}

func.func private @and_count(%left: !intr.str, %count: !intr.count) -> !intr.str {
  %number = intr.value %count
  %both = call @and_number(%left, %number) : (!intr.str, i64) -> !intr.str
  return %both : !intr.str
}

func.func private @and_bool(%left: !intr.str, %value: i1) -> !intr.str {
  %number = arith.extui %value : i1 to i64
  %both = call @and_number(%left, %number) : (!intr.str, i64) -> !intr.str
  return %both : !intr.str
}

func.func private @watch(%text: !intr.str) {
  %room = intr.constant "watch"
  %undelivered = ws.broadcast %room, %text
  return
}

//===----------------------------------------------------------------------===//
// Verbs, each of which makes the answer
//===----------------------------------------------------------------------===//

func.func private @about(%conn: !ws.conn, %verb: !intr.str, %name: !intr.str) -> !intr.str {
  %path_verb = intr.constant "path"
  %is_path = str.equal %verb, %path_verb
  cf.cond_br %is_path, ^path, ^not_path
^path:
  %path = ws.path %conn
  return %path : !intr.str
^not_path:
  %remote_verb = intr.constant "remote"
  %is_remote = str.equal %verb, %remote_verb
  cf.cond_br %is_remote, ^remote, ^not_remote
^remote:
  %address = ws.remote_address %conn
  return %address : !intr.str
^not_remote:
  %certificate_verb = intr.constant "certificate"
  %is_certificate = str.equal %verb, %certificate_verb
  cf.cond_br %is_certificate, ^certificate, ^not_certificate
^certificate:
  %part = ws.client_certificate %conn, %name
  return %part : !intr.str
^not_certificate:
  %subprotocol_verb = intr.constant "subprotocol"
  %is_subprotocol = str.equal %verb, %subprotocol_verb
  cf.cond_br %is_subprotocol, ^subprotocol, ^not_subprotocol
^subprotocol:
  %agreed = ws.subprotocol %conn
  return %agreed : !intr.str
^not_subprotocol:
  %header_verb = intr.constant "header"
  %is_header = str.equal %verb, %header_verb
  cf.cond_br %is_header, ^header, ^not_header
^header:
  %field = ws.header %conn, %name
  return %field : !intr.str
^not_header:
  %query_verb = intr.constant "query"
  %is_query = str.equal %verb, %query_verb
  cf.cond_br %is_query, ^query, ^not_query
^query:
  %parameter = ws.query %conn, %name
  return %parameter : !intr.str
^not_query:
  %by_number_verb = intr.constant "by number"
  %is_by_number = str.equal %verb, %by_number_verb
  cf.cond_br %is_by_number, ^by_number, ^not_by_number
^by_number:
  %number = ws.id %conn
  %again = ws.by_id %number
  %its_value = ws.get %again, %name
  return %its_value : !intr.str
^not_by_number:
  %variable_verb = intr.constant "variable"
  %is_variable = str.equal %verb, %variable_verb
  cf.cond_br %is_variable, ^variable, ^get
^variable:
  %is_set = environment.has %name
  %otherwise = intr.constant "nothing"
  %variable = environment.get_or %name, %otherwise
  %variable_answer = call @and_bool(%variable, %is_set) : (!intr.str, i1) -> !intr.str
  return %variable_answer : !intr.str
^get:
  %value = ws.get %conn, %name
  return %value : !intr.str
}

func.func private @rooms(%conn: !ws.conn, %verb: !intr.str, %room: !intr.str,
                         %text: !intr.str) -> !intr.str {
  %empty = intr.constant ""
  %join_verb = intr.constant "join"
  %is_join = str.equal %verb, %join_verb
  cf.cond_br %is_join, ^join, ^not_join
^join:
  %joined = ws.join %conn, %room
  %join_answer = call @and_status(%empty, %joined) : (!intr.str, !intr.status) -> !intr.str
  return %join_answer : !intr.str
^not_join:
  %leave_verb = intr.constant "leave"
  %is_leave = str.equal %verb, %leave_verb
  cf.cond_br %is_leave, ^leave, ^not_leave
^leave:
  %left = ws.leave %conn, %room
  %leave_answer = call @and_status(%empty, %left) : (!intr.str, !intr.status) -> !intr.str
  return %leave_answer : !intr.str
^not_leave:
  %count_verb = intr.constant "count"
  %is_count = str.equal %verb, %count_verb
  cf.cond_br %is_count, ^count, ^not_count
^count:
  %members = ws.member_count %room
  %count_answer = call @and_count(%empty, %members) : (!intr.str, !intr.count) -> !intr.str
  return %count_answer : !intr.str
^not_count:
  %all_verb = intr.constant "all"
  %is_all = str.equal %verb, %all_verb
  cf.cond_br %is_all, ^all, ^not_all
^all:
  %missed_all = ws.broadcast %room, %text
  %all_answer = call @and_count(%empty, %missed_all) : (!intr.str, !intr.count) -> !intr.str
  return %all_answer : !intr.str
^not_all:
  %others_verb = intr.constant "others"
  %is_others = str.equal %verb, %others_verb
  cf.cond_br %is_others, ^others, ^bytes
^others:
  %missed_others = ws.broadcast_except %room, %text, %conn
  %others_answer = call @and_count(%empty, %missed_others) : (!intr.str, !intr.count) -> !intr.str
  return %others_answer : !intr.str
^bytes:
  %data = intr.constant "\00\FFplumb" : !intr.bytes
  %missed_bytes = ws.broadcast_binary %room, %data
  %bytes_answer = call @and_count(%empty, %missed_bytes) : (!intr.str, !intr.count) -> !intr.str
  return %bytes_answer : !intr.str
}

// Length, whether the part is in it, whether it is its front, bytes 1 to 4.
func.func private @text(%text: !intr.str, %part: !intr.str) -> !intr.str {
  %one = arith.constant 1 : i64
  %four = arith.constant 4 : i64
  %length = str.length %text
  %digits = str.from_int %length
  %contains = str.contains %text, %part
  %a = call @and_bool(%digits, %contains) : (!intr.str, i1) -> !intr.str
  %starts = str.starts_with %text, %part
  %b = call @and_bool(%a, %starts) : (!intr.str, i1) -> !intr.str
  %slice = str.slice %text, %one, %four
  %c = call @words(%b, %slice) : (!intr.str, !intr.str) -> !intr.str
  return %c : !intr.str
}

func.func private @log() -> !intr.str {
  %empty = intr.constant ""
  %debug = arith.constant 0 : i64
  %debug_text = intr.constant "told at level debug"
  %s0 = io.log %debug, %debug_text
  %a = call @and_status(%empty, %s0) : (!intr.str, !intr.status) -> !intr.str
  %info = arith.constant 1 : i64
  %info_text = intr.constant "told at level info"
  %s1 = io.log %info, %info_text
  %b = call @and_status(%a, %s1) : (!intr.str, !intr.status) -> !intr.str
  %warning = arith.constant 2 : i64
  %warning_text = intr.constant "told at level warning"
  %s2 = io.log %warning, %warning_text
  %c = call @and_status(%b, %s2) : (!intr.str, !intr.status) -> !intr.str
  %error = arith.constant 3 : i64
  %error_text = intr.constant "told at level error"
  %s3 = io.log %error, %error_text
  %d = call @and_status(%c, %s3) : (!intr.str, !intr.status) -> !intr.str
  %none = arith.constant 4 : i64
  %none_text = intr.constant "told at no level"
  %s4 = io.log %none, %none_text
  %e = call @and_status(%d, %s4) : (!intr.str, !intr.status) -> !intr.str
  return %e : !intr.str
}

// One that is cancelled and would be the first to fire; one that fires once;
// one that fires on and on. Cancelling what is no timer says so.
func.func private @timers() -> !intr.str {
  %empty = intr.constant ""
  %never = arith.constant 1 : i64
  %once = arith.constant 2 : i64
  %always = arith.constant 3 : i64
  %soon = arith.constant 1 : i64
  %later = arith.constant 40 : i64
  %past = arith.constant -1 : i64
  %cancelled = time.every %soon, %never {on_timer = @tick}
  %s0 = time.cancel %cancelled
  %a = call @and_status(%empty, %s0) : (!intr.str, !intr.status) -> !intr.str
  %s1 = time.cancel %cancelled
  %b = call @and_status(%a, %s1) : (!intr.str, !intr.status) -> !intr.str
  %timer = time.after %later, %once {on_timer = @tick}
  %endless = time.every %soon, %always {on_timer = @tick}
  %null = time.after %past, %never {on_timer = @tick}
  %s2 = time.cancel %null
  %c = call @and_status(%b, %s2) : (!intr.str, !intr.status) -> !intr.str
  return %c : !intr.str
}

func.func private @tick(%data: i64) {
  %room = intr.constant "clock"
  %front = intr.constant "tick"
  %text = call @and_number(%front, %data) : (!intr.str, i64) -> !intr.str
  %undelivered = ws.broadcast %room, %text
  return
}

// Another page for a path that has one; a path that cannot be one.
func.func private @page() -> !intr.str {
  %empty = intr.constant ""
  %path = intr.constant "/data"
  %type = intr.constant "application/octet-stream"
  %body = intr.constant "\01the second\00" : !intr.bytes
  %s0 = ws.page %path, %type, %body
  %a = call @and_status(%empty, %s0) : (!intr.str, !intr.status) -> !intr.str
  %wrong = intr.constant "no/slash/first"
  %s1 = ws.page %wrong, %type, %body
  %b = call @and_status(%a, %s1) : (!intr.str, !intr.status) -> !intr.str
  return %b : !intr.str
}

// A name that cannot be one, files that are not there, and all once more.
func.func private @certificates() -> !intr.str {
  %empty = intr.constant ""
  %wrong = intr.constant "no name"
  %name = intr.constant "other.example"
  %absent = intr.constant "/nonexistent/file.pem"
  %s0 = ws.certificate %wrong, %absent, %absent
  %a = call @and_status(%empty, %s0) : (!intr.str, !intr.status) -> !intr.str
  %s1 = ws.certificate %name, %absent, %absent
  %b = call @and_status(%a, %s1) : (!intr.str, !intr.status) -> !intr.str
  %s2 = ws.reload_certificates
  %c = call @and_status(%b, %s2) : (!intr.str, !intr.status) -> !intr.str
  return %c : !intr.str
}

// Whatever may be said from here on to this connection is refused.
func.func private @close(%conn: !ws.conn, %code_text: !intr.str, %reason: !intr.str) {
  %none = arith.constant -1 : i64
  %code = str.to_int %code_text, %none
  %verb = intr.constant "close"
  %s0 = ws.close %conn, %code, %reason
  %a = call @and_status(%verb, %s0) : (!intr.str, !intr.status) -> !intr.str
  %late = intr.constant "too late"
  %s1 = ws.send %conn, %late
  %b = call @and_status(%a, %s1) : (!intr.str, !intr.status) -> !intr.str
  %room = intr.constant "hall"
  %s2 = ws.join %conn, %room
  %c = call @and_status(%b, %s2) : (!intr.str, !intr.status) -> !intr.str
  call @watch(%c) : (!intr.str) -> ()
  return
}

//===----------------------------------------------------------------------===//
// Callbacks
//===----------------------------------------------------------------------===//

// By path: /refused is refused after it has joined a room; /early is sent to
// before it is open; /shut is closed before it is open.
func.func private @on_connect(%conn: !ws.conn) -> i1 {
  %yes = arith.constant true
  %no = arith.constant false
  %path = ws.path %conn
  %hall = intr.constant "hall"
  %refused_path = intr.constant "/refused"
  %is_refused = str.equal %path, %refused_path
  cf.cond_br %is_refused, ^refuse, ^accept
^refuse:
  %joined = ws.join %conn, %hall
  return %no : i1
^accept:
  %early_path = intr.constant "/early"
  %is_early = str.equal %path, %early_path
  scf.if %is_early {
    %text = intr.constant "the first word"
    %sent = ws.send %conn, %text
    %early_joined = ws.join %conn, %hall
    %all = intr.constant "to the hall"
    %undelivered = ws.broadcast %hall, %all
  }
  %shut_path = intr.constant "/shut"
  %is_shut = str.equal %path, %shut_path
  scf.if %is_shut {
    %code = arith.constant 4003 : i64
    %reason = intr.constant "not today"
    %closed = ws.close %conn, %code, %reason
  }
  return %yes : i1
}

func.func private @answer(%conn: !ws.conn, %verb: !intr.str, %text: !intr.str) {
  %first = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %space = intr.constant " "
  %has_space = str.starts_with %text, %space
  %begin = arith.select %has_space, %one, %first : i64
  %end = str.length %text
  %result = str.slice %text, %begin, %end
  %answer = call @words(%verb, %result) : (!intr.str, !intr.str) -> !intr.str
  %sent = ws.send %conn, %answer
  return
}

func.func private @one_of(%list: !intr.str, %verb: !intr.str) -> i1 {
  %bar = intr.constant "|"
  %front = str.concat %bar, %verb
  %entry = str.concat %front, %bar
  %is = str.contains %list, %entry
  return %is : i1
}

func.func private @on_message(%conn: !ws.conn, %message: !intr.str) {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %verb = call @field(%message, %zero) : (!intr.str, i64) -> !intr.str
  %left = call @field(%message, %one) : (!intr.str, i64) -> !intr.str
  %right = call @field(%message, %two) : (!intr.str, i64) -> !intr.str

  %about_verbs = intr.constant "|path|remote|certificate|subprotocol|header|query|get|by number|variable|"
  %is_about = call @one_of(%about_verbs, %verb) : (!intr.str, !intr.str) -> i1
  scf.if %is_about {
    %text = func.call @about(%conn, %verb, %left)
        : (!ws.conn, !intr.str, !intr.str) -> !intr.str
    func.call @answer(%conn, %verb, %text) : (!ws.conn, !intr.str, !intr.str) -> ()
  }
  %room_verbs = intr.constant "|join|leave|count|all|others|bytes|"
  %is_room = call @one_of(%room_verbs, %verb) : (!intr.str, !intr.str) -> i1
  scf.if %is_room {
    %text = func.call @rooms(%conn, %verb, %left, %right)
        : (!ws.conn, !intr.str, !intr.str, !intr.str) -> !intr.str
    func.call @answer(%conn, %verb, %text) : (!ws.conn, !intr.str, !intr.str) -> ()
  }
  %put_verb = intr.constant "put"
  %is_put = str.equal %verb, %put_verb
  scf.if %is_put {
    %empty = intr.constant ""
    %kept = ws.put %conn, %left, %right
    %text = func.call @and_status(%empty, %kept) : (!intr.str, !intr.status) -> !intr.str
    func.call @answer(%conn, %verb, %text) : (!ws.conn, !intr.str, !intr.str) -> ()
  }
  %text_verb = intr.constant "text"
  %is_text = str.equal %verb, %text_verb
  scf.if %is_text {
    %text = func.call @text(%left, %right) : (!intr.str, !intr.str) -> !intr.str
    func.call @answer(%conn, %verb, %text) : (!ws.conn, !intr.str, !intr.str) -> ()
  }
  %log_verb = intr.constant "log"
  %is_log = str.equal %verb, %log_verb
  scf.if %is_log {
    %text = func.call @log() : () -> !intr.str
    func.call @answer(%conn, %verb, %text) : (!ws.conn, !intr.str, !intr.str) -> ()
  }
  %now_verb = intr.constant "now"
  %is_now = str.equal %verb, %now_verb
  scf.if %is_now {
    %now = time.now
    %text = str.from_int %now
    func.call @answer(%conn, %verb, %text) : (!ws.conn, !intr.str, !intr.str) -> ()
  }
  %timers_verb = intr.constant "timers"
  %is_timers = str.equal %verb, %timers_verb
  scf.if %is_timers {
    %text = func.call @timers() : () -> !intr.str
    func.call @answer(%conn, %verb, %text) : (!ws.conn, !intr.str, !intr.str) -> ()
  }
  %page_verb = intr.constant "page"
  %is_page = str.equal %verb, %page_verb
  scf.if %is_page {
    %text = func.call @page() : () -> !intr.str
    func.call @answer(%conn, %verb, %text) : (!ws.conn, !intr.str, !intr.str) -> ()
  }
  %certificates_verb = intr.constant "certificates"
  %is_certificates = str.equal %verb, %certificates_verb
  scf.if %is_certificates {
    %text = func.call @certificates() : () -> !intr.str
    func.call @answer(%conn, %verb, %text) : (!ws.conn, !intr.str, !intr.str) -> ()
  }
  %null_verb = intr.constant "null"
  %is_null = str.equal %verb, %null_verb
  scf.if %is_null {
    %null = intr.null : !ws.conn
    %empty = intr.constant ""
    %sent = ws.send %null, %left
    %text = func.call @and_status(%empty, %sent) : (!intr.str, !intr.status) -> !intr.str
    %path = ws.path %null
    %both = str.concat %text, %path
    func.call @answer(%conn, %verb, %both) : (!ws.conn, !intr.str, !intr.str) -> ()
  }
  %close_verb = intr.constant "close"
  %is_close = str.equal %verb, %close_verb
  scf.if %is_close {
    func.call @close(%conn, %left, %right) : (!ws.conn, !intr.str, !intr.str) -> ()
  }
  %stop_verb = intr.constant "stop"
  %is_stop = str.equal %verb, %stop_verb
  scf.if %is_stop {
    %stopped = ws.stop
  }
  return
}

// Back to the sender, and a word on it to those who watch.
func.func private @on_binary(%conn: !ws.conn, %data: !intr.bytes) {
  %front = intr.constant "binary"
  %sent = ws.send_binary %conn, %data
  %text = call @and_status(%front, %sent) : (!intr.str, !intr.status) -> !intr.str
  call @watch(%text) : (!intr.str) -> ()
  return
}

// "closed <name> <code> [<reason>] <status of a send> <members of the hall>"
func.func private @on_close(%conn: !ws.conn, %code: i64, %reason: !intr.str) {
  %key = intr.constant "name"
  %open = intr.constant "["
  %shut = intr.constant "]"
  %hall = intr.constant "hall"
  %front = intr.constant "closed"
  %name = ws.get %conn, %key
  %a = call @words(%front, %name) : (!intr.str, !intr.str) -> !intr.str
  %b = call @and_number(%a, %code) : (!intr.str, i64) -> !intr.str
  %opened = str.concat %open, %reason
  %quoted = str.concat %opened, %shut
  %c = call @words(%b, %quoted) : (!intr.str, !intr.str) -> !intr.str
  %sent = ws.send %conn, %name
  %d = call @and_status(%c, %sent) : (!intr.str, !intr.status) -> !intr.str
  %members = ws.member_count %hall
  %e = call @and_count(%d, %members) : (!intr.str, !intr.count) -> !intr.str
  %printed = io.print %e
  call @watch(%e) : (!intr.str) -> ()
  return
}

//===----------------------------------------------------------------------===//
// The program
//===----------------------------------------------------------------------===//

func.func private @print_number(%data: i64) {
  %front = intr.constant "timer"
  %text = call @and_number(%front, %data) : (!intr.str, i64) -> !intr.str
  %printed = io.print %text
  return
}

func.func private @serve(%port: i64) -> !intr.status {
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %three = arith.constant 3 : i64
  %count = io.arg_count
  %arguments = intr.value %count
  %is_plain = arith.cmpi eq, %arguments, %one : i64
  cf.cond_br %is_plain, ^plain, ^tls
^plain:
  %plain = ws.serve %port {on_connect = @on_connect, on_message = @on_message,
      on_close = @on_close, on_binary = @on_binary}
  return %plain : !intr.status
^tls:
  %certificate = io.arg %two
  %key = io.arg %three
  %name = intr.constant "localhost"
  %named = ws.certificate %name, %certificate, %key
  %named_word = intr.constant "named"
  %text = call @and_status(%named_word, %named) : (!intr.str, !intr.status) -> !intr.str
  %printed = io.print %text
  %status = ws.serve_tls %port, %certificate, %key {on_connect = @on_connect,
      on_message = @on_message, on_close = @on_close, on_binary = @on_binary}
  return %status : !intr.status
}

func.func @main() -> i64 {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %none = arith.constant -1 : i64
  %path = intr.constant "/data"
  %type = intr.constant "text/plain"
  %body = intr.constant "the first" : !intr.bytes
  %paged = ws.page %path, %type, %body
  // Fires on the server's loop; the second, made after it, in time.run.
  %before = time.after %zero, %one {on_timer = @print_number}

  %port_text = io.arg %zero
  %port = str.to_int %port_text, %none
  %served = call @serve(%port) : (i64) -> !intr.status
  %served_word = intr.constant "served"
  %a = call @and_status(%served_word, %served) : (!intr.str, !intr.status) -> !intr.str
  %p0 = io.print %a

  %after = time.after %one, %two {on_timer = @print_number}
  %ran = time.run
  %ran_word = intr.constant "ran"
  %b = call @and_status(%ran_word, %ran) : (!intr.str, !intr.status) -> !intr.str
  %p1 = io.print %b
  %ok = intr.ok %served
  %failed = arith.select %ok, %zero, %one : i64
  return %failed : i64
}
