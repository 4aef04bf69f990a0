// A chat server and its page on one port.
//
//   plumb-run examples/chat.mlir [PORT] [--tls CERTIFICATE KEY]
//
// A client connects with ?name=<name>&room=<room> (refused without a name) and
// says "hello" first. Messages either way are fields between tabs. The program
// takes every field from between two tabs, so nothing that a person writes can
// make a field of its own:
//
//   to the program                 to the clients
//     hello                          welcome <name>   (the name it has now)
//     name <name>                    renamed <room> <old> <new>
//     join <room>                    here <room> <count>, joined <room> <name> <count>
//     leave <room>                   gone <room>, left <room> <name> <count>
//     say <room> <text>              said <room> <name> <text>
//     tell <name> <text>             told <from> <to> <text>, absent <name>
//     typing <room>                  typing <room> <name>
//     wave <room> <name>             present <room> <name>
//     who <room>                     count <room> <count>
//                                    error <text>
//
// Every person is the one member of the room "@<name>", which is where private
// words go, and how the program knows that a name is taken. A connection
// remembers its "name" and its "rooms", with a tab before and after each.

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

// Two fields, or a field after others.
func.func private @fields(%front: !intr.str, %back: !intr.str) -> !intr.str {
  %tab = intr.constant "\t"
  %with_tab = str.concat %front, %tab
  %text = str.concat %with_tab, %back
  return %text : !intr.str
}

// Field number `index`, at most `limit` bytes of it.
func.func private @field(%text: !intr.str, %index: i64, %limit: i64) -> !intr.str {
  %zero = arith.constant 0 : i64
  %tab = intr.constant "\t"
  %whole = str.split %text, %tab, %index
  %field = str.slice %whole, %zero, %limit
  return %field : !intr.str
}

func.func private @name_field(%text: !intr.str, %index: i64) -> !intr.str {
  %limit = arith.constant 64 : i64
  %name = call @field(%text, %index, %limit) : (!intr.str, i64, i64) -> !intr.str
  return %name : !intr.str
}

func.func private @text_field(%text: !intr.str, %index: i64) -> !intr.str {
  %limit = arith.constant 4000 : i64
  %field = call @field(%text, %index, %limit) : (!intr.str, i64, i64) -> !intr.str
  return %field : !intr.str
}

func.func private @is_empty(%text: !intr.str) -> i1 {
  %empty = intr.constant ""
  %is = str.equal %text, %empty
  return %is : i1
}

// `front`, then the room's member count.
func.func private @with_count(%front: !intr.str, %room: !intr.str) -> !intr.str {
  %members = ws.member_count %room
  %number = intr.value %members
  %digits = str.from_int %number
  %text = call @fields(%front, %digits) : (!intr.str, !intr.str) -> !intr.str
  return %text : !intr.str
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

func.func private @own_name(%conn: !ws.conn) -> !intr.str {
  %key = intr.constant "name"
  %name = ws.get %conn, %key
  return %name : !intr.str
}

// The room whose one member is the person of this name.
func.func private @room_of(%name: !intr.str) -> !intr.str {
  %at = intr.constant "@"
  %room = str.concat %at, %name
  return %room : !intr.str
}

func.func private @is_taken(%name: !intr.str) -> i1 {
  %none = arith.constant 0 : i64
  %room = call @room_of(%name) : (!intr.str) -> !intr.str
  %members = ws.member_count %room
  %number = intr.value %members
  %taken = arith.cmpi ne, %number, %none : i64
  return %taken : i1
}

// The name itself when it is free, else with a number: ada-2, ada-3 ...
func.func private @free_name(%name: !intr.str) -> !intr.str {
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %dash = intr.constant "-"
  %front = str.concat %name, %dash
  %free, %last = scf.while (%candidate = %name, %number = %two)
      : (!intr.str, i64) -> (!intr.str, i64) {
    %taken = func.call @is_taken(%candidate) : (!intr.str) -> i1
    scf.condition(%taken) %candidate, %number : !intr.str, i64
  } do {
  ^bb0(%candidate: !intr.str, %number: i64):
    %digits = str.from_int %number
    %next = str.concat %front, %digits
    %next_number = arith.addi %number, %one : i64
    scf.yield %next, %next_number : !intr.str, i64
  }
  return %free : !intr.str
}

// Makes the connection the person of this name, or of one like it.
func.func private @take_name(%conn: !ws.conn, %wish: !intr.str) {
  %key = intr.constant "name"
  %name = call @free_name(%wish) : (!intr.str) -> !intr.str
  %kept = ws.put %conn, %key, %name
  %room = call @room_of(%name) : (!intr.str) -> !intr.str
  %joined = ws.join %conn, %room
  %welcome = intr.constant "welcome"
  %text = call @fields(%welcome, %name) : (!intr.str, !intr.str) -> !intr.str
  %sent = ws.send %conn, %text
  return
}

//===----------------------------------------------------------------------===//
// Rooms
//===----------------------------------------------------------------------===//

func.func private @own_rooms(%conn: !ws.conn) -> !intr.str {
  %key = intr.constant "rooms"
  %rooms = ws.get %conn, %key
  return %rooms : !intr.str
}

// How `room` stands in the list of a connection's rooms.
func.func private @entry(%room: !intr.str) -> !intr.str {
  %empty = intr.constant ""
  %front = call @fields(%empty, %room) : (!intr.str, !intr.str) -> !intr.str
  %entry = call @fields(%front, %empty) : (!intr.str, !intr.str) -> !intr.str
  return %entry : !intr.str
}

func.func private @is_member(%conn: !ws.conn, %room: !intr.str) -> i1 {
  %rooms = call @own_rooms(%conn) : (!ws.conn) -> !intr.str
  %entry = call @entry(%room) : (!intr.str) -> !intr.str
  %is = str.contains %rooms, %entry
  return %is : i1
}

// The name that starts at byte `at` of a list of rooms; empty behind the last.
func.func private @room_at(%rooms: !intr.str, %at: i64) -> !intr.str {
  %zero = arith.constant 0 : i64
  %max = arith.constant 65 : i64 // A name of 64 bytes and its tab.
  %tab = intr.constant "\t"
  %end = arith.addi %at, %max : i64
  %part = str.slice %rooms, %at, %end
  %room = str.split %part, %tab, %zero
  return %room : !intr.str
}

// "<verb> <room> <rest>", and the count if asked for, to every member of each of
// the connection's rooms.
func.func private @tell_own_rooms(%conn: !ws.conn, %verb: !intr.str,
                                  %rest: !intr.str, %count: i1) {
  %one = arith.constant 1 : i64
  %true = arith.constant true
  %rooms = call @own_rooms(%conn) : (!ws.conn) -> !intr.str
  // Each name is cut out where it starts: to count separators from the front
  // would cost the square of the rooms.
  %first = call @room_at(%rooms, %one) : (!intr.str, i64) -> !intr.str
  %end, %last = scf.while (%room = %first, %at = %one)
      : (!intr.str, i64) -> (!intr.str, i64) {
    %is_end = func.call @is_empty(%room) : (!intr.str) -> i1
    %more = arith.xori %is_end, %true : i1
    scf.condition(%more) %room, %at : !intr.str, i64
  } do {
  ^bb0(%room: !intr.str, %at: i64):
    %front = func.call @fields(%verb, %room) : (!intr.str, !intr.str) -> !intr.str
    %plain = func.call @fields(%front, %rest) : (!intr.str, !intr.str) -> !intr.str
    %text = scf.if %count -> !intr.str {
      %counted = func.call @with_count(%plain, %room)
          : (!intr.str, !intr.str) -> !intr.str
      scf.yield %counted : !intr.str
    } else {
      scf.yield %plain : !intr.str
    }
    %undelivered = ws.broadcast %room, %text
    %size = str.length %room
    %separator = arith.addi %at, %size : i64
    %next_at = arith.addi %separator, %one : i64
    %next = func.call @room_at(%rooms, %next_at) : (!intr.str, i64) -> !intr.str
    scf.yield %next, %next_at : !intr.str, i64
  }
  return
}

func.func private @send_error(%conn: !ws.conn, %what: !intr.str) {
  %error = intr.constant "error"
  %text = call @fields(%error, %what) : (!intr.str, !intr.str) -> !intr.str
  %sent = ws.send %conn, %text
  return
}

// Tells the connection that it is in the room.
func.func private @send_here(%conn: !ws.conn, %room: !intr.str) {
  %here = intr.constant "here"
  %front = call @fields(%here, %room) : (!intr.str, !intr.str) -> !intr.str
  %text = call @with_count(%front, %room) : (!intr.str, !intr.str) -> !intr.str
  %sent = ws.send %conn, %text
  return
}

func.func private @join(%conn: !ws.conn, %room: !intr.str) {
  %at = intr.constant "@"
  %is_empty = call @is_empty(%room) : (!intr.str) -> i1
  %is_persons = str.starts_with %room, %at
  %refused = arith.ori %is_empty, %is_persons : i1
  cf.cond_br %refused, ^refuse, ^ask
^refuse:
  %no_room = intr.constant "That cannot be the name of a room"
  call @send_error(%conn, %no_room) : (!ws.conn, !intr.str) -> ()
  return
^ask:
  %is_member = call @is_member(%conn, %room) : (!ws.conn, !intr.str) -> i1
  cf.cond_br %is_member, ^here, ^remember
^here:
  call @send_here(%conn, %room) : (!ws.conn, !intr.str) -> ()
  return
^remember:
  %empty = intr.constant ""
  %key = intr.constant "rooms"
  %rooms = call @own_rooms(%conn) : (!ws.conn) -> !intr.str
  %more = str.concat %rooms, %room
  %list = call @fields(%more, %empty) : (!intr.str, !intr.str) -> !intr.str
  %kept = ws.put %conn, %key, %list
  %is_kept = intr.ok %kept
  cf.cond_br %is_kept, ^join, ^too_many
^too_many:
  %full = intr.constant "You are in as many rooms as one person can be"
  call @send_error(%conn, %full) : (!ws.conn, !intr.str) -> ()
  return
^join:
  %joined = ws.join %conn, %room
  call @send_here(%conn, %room) : (!ws.conn, !intr.str) -> ()
  %verb = intr.constant "joined"
  %name = call @own_name(%conn) : (!ws.conn) -> !intr.str
  %front = call @fields(%verb, %room) : (!intr.str, !intr.str) -> !intr.str
  %who = call @fields(%front, %name) : (!intr.str, !intr.str) -> !intr.str
  %text = call @with_count(%who, %room) : (!intr.str, !intr.str) -> !intr.str
  %undelivered = ws.broadcast_except %room, %text, %conn
  return
}

func.func private @leave(%conn: !ws.conn, %room: !intr.str) {
  %is_member = call @is_member(%conn, %room) : (!ws.conn, !intr.str) -> i1
  scf.if %is_member {
    %zero = arith.constant 0 : i64
    %one = arith.constant 1 : i64
    %key = intr.constant "rooms"
    %rooms = func.call @own_rooms(%conn) : (!ws.conn) -> !intr.str
    %entry = func.call @entry(%room) : (!intr.str) -> !intr.str
    %before = str.split %rooms, %entry, %zero
    %after = str.split %rooms, %entry, %one
    %list = func.call @fields(%before, %after) : (!intr.str, !intr.str) -> !intr.str
    %kept = ws.put %conn, %key, %list
    %left = ws.leave %conn, %room

    %gone = intr.constant "gone"
    %answer = func.call @fields(%gone, %room) : (!intr.str, !intr.str) -> !intr.str
    %sent = ws.send %conn, %answer
    %verb = intr.constant "left"
    %name = func.call @own_name(%conn) : (!ws.conn) -> !intr.str
    %front = func.call @fields(%verb, %room) : (!intr.str, !intr.str) -> !intr.str
    %who = func.call @fields(%front, %name) : (!intr.str, !intr.str) -> !intr.str
    %text = func.call @with_count(%who, %room) : (!intr.str, !intr.str) -> !intr.str
    %undelivered = ws.broadcast %room, %text
  }
  return
}

//===----------------------------------------------------------------------===//
// Commands
//===----------------------------------------------------------------------===//

func.func private @hello(%conn: !ws.conn) {
  // Once: a second hello must not empty the list of rooms.
  %rooms = call @own_rooms(%conn) : (!ws.conn) -> !intr.str
  %is_new = call @is_empty(%rooms) : (!intr.str) -> i1
  scf.if %is_new {
    %zero = arith.constant 0 : i64
    %rooms_key = intr.constant "rooms"
    %tab = intr.constant "\t"
    %kept = ws.put %conn, %rooms_key, %tab
    %name_parameter = intr.constant "name"
    %asked = ws.query %conn, %name_parameter
    %wish = func.call @name_field(%asked, %zero) : (!intr.str, i64) -> !intr.str
    func.call @take_name(%conn, %wish) : (!ws.conn, !intr.str) -> ()
    %room_parameter = intr.constant "room"
    %asked_room = ws.query %conn, %room_parameter
    %room = func.call @name_field(%asked_room, %zero) : (!intr.str, i64) -> !intr.str
    %no_room = func.call @is_empty(%room) : (!intr.str) -> i1
    scf.if %no_room {
    } else {
      func.call @join(%conn, %room) : (!ws.conn, !intr.str) -> ()
    }
  }
  return
}

func.func private @rename(%conn: !ws.conn, %wish: !intr.str) {
  %no = arith.constant false
  %old = call @own_name(%conn) : (!ws.conn) -> !intr.str
  %is_empty = call @is_empty(%wish) : (!intr.str) -> i1
  %is_same = str.equal %wish, %old
  %nothing = arith.ori %is_empty, %is_same : i1
  scf.if %nothing {
  } else {
    %room = func.call @room_of(%old) : (!intr.str) -> !intr.str
    %left = ws.leave %conn, %room
    func.call @take_name(%conn, %wish) : (!ws.conn, !intr.str) -> ()
    %new = func.call @own_name(%conn) : (!ws.conn) -> !intr.str
    %verb = intr.constant "renamed"
    %names = func.call @fields(%old, %new) : (!intr.str, !intr.str) -> !intr.str
    func.call @tell_own_rooms(%conn, %verb, %names, %no)
        : (!ws.conn, !intr.str, !intr.str, i1) -> ()
  }
  return
}

func.func private @say(%conn: !ws.conn, %room: !intr.str, %words: !intr.str) {
  %is_member = call @is_member(%conn, %room) : (!ws.conn, !intr.str) -> i1
  scf.if %is_member {
    %verb = intr.constant "said"
    %name = func.call @own_name(%conn) : (!ws.conn) -> !intr.str
    %front = func.call @fields(%verb, %room) : (!intr.str, !intr.str) -> !intr.str
    %who = func.call @fields(%front, %name) : (!intr.str, !intr.str) -> !intr.str
    %text = func.call @fields(%who, %words) : (!intr.str, !intr.str) -> !intr.str
    %undelivered = ws.broadcast %room, %text
  } else {
    %what = intr.constant "You are not in that room"
    func.call @send_error(%conn, %what) : (!ws.conn, !intr.str) -> ()
  }
  return
}

func.func private @tell(%conn: !ws.conn, %to: !intr.str, %words: !intr.str) {
  %is_here = call @is_taken(%to) : (!intr.str) -> i1
  scf.if %is_here {
    %verb = intr.constant "told"
    %name = func.call @own_name(%conn) : (!ws.conn) -> !intr.str
    %front = func.call @fields(%verb, %name) : (!intr.str, !intr.str) -> !intr.str
    %whom = func.call @fields(%front, %to) : (!intr.str, !intr.str) -> !intr.str
    %text = func.call @fields(%whom, %words) : (!intr.str, !intr.str) -> !intr.str
    %room = func.call @room_of(%to) : (!intr.str) -> !intr.str
    %undelivered = ws.broadcast_except %room, %text, %conn
    %sent = ws.send %conn, %text
  } else {
    %verb = intr.constant "absent"
    %text = func.call @fields(%verb, %to) : (!intr.str, !intr.str) -> !intr.str
    %sent = ws.send %conn, %text
  }
  return
}

func.func private @typing(%conn: !ws.conn, %room: !intr.str) {
  %is_member = call @is_member(%conn, %room) : (!ws.conn, !intr.str) -> i1
  scf.if %is_member {
    %verb = intr.constant "typing"
    %name = func.call @own_name(%conn) : (!ws.conn) -> !intr.str
    %front = func.call @fields(%verb, %room) : (!intr.str, !intr.str) -> !intr.str
    %text = func.call @fields(%front, %name) : (!intr.str, !intr.str) -> !intr.str
    %undelivered = ws.broadcast_except %room, %text, %conn
  }
  return
}

// Lets a newcomer know who was in the room already.
func.func private @wave(%conn: !ws.conn, %room: !intr.str, %to: !intr.str) {
  %is_member = call @is_member(%conn, %room) : (!ws.conn, !intr.str) -> i1
  scf.if %is_member {
    %verb = intr.constant "present"
    %name = func.call @own_name(%conn) : (!ws.conn) -> !intr.str
    %front = func.call @fields(%verb, %room) : (!intr.str, !intr.str) -> !intr.str
    %text = func.call @fields(%front, %name) : (!intr.str, !intr.str) -> !intr.str
    %newcomer = func.call @room_of(%to) : (!intr.str) -> !intr.str
    %undelivered = ws.broadcast %newcomer, %text
  }
  return
}

func.func private @who(%conn: !ws.conn, %room: !intr.str) {
  %verb = intr.constant "count"
  %front = call @fields(%verb, %room) : (!intr.str, !intr.str) -> !intr.str
  %text = call @with_count(%front, %room) : (!intr.str, !intr.str) -> !intr.str
  %sent = ws.send %conn, %text
  return
}

//===----------------------------------------------------------------------===//
// Callbacks
//===----------------------------------------------------------------------===//

func.func private @on_connect(%conn: !ws.conn) -> i1 {
  %zero = arith.constant 0 : i64
  %true = arith.constant true
  %parameter = intr.constant "name"
  %asked = ws.query %conn, %parameter
  %name = call @name_field(%asked, %zero) : (!intr.str, i64) -> !intr.str
  %is_empty = call @is_empty(%name) : (!intr.str) -> i1
  %accept = arith.xori %is_empty, %true : i1
  return %accept : i1
}

func.func private @on_message(%conn: !ws.conn, %text: !intr.str) {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %true = arith.constant true
  %verb = call @name_field(%text, %zero) : (!intr.str, i64) -> !intr.str
  %hello = intr.constant "hello"
  %is_hello = str.equal %verb, %hello
  %own_name = call @own_name(%conn) : (!ws.conn) -> !intr.str
  %is_unknown = call @is_empty(%own_name) : (!intr.str) -> i1
  cf.cond_br %is_hello, ^hello, ^not_hello
^hello:
  call @hello(%conn) : (!ws.conn) -> ()
  return
^not_hello:
  cf.cond_br %is_unknown, ^impolite, ^known
^impolite:
  %policy = arith.constant 1008 : i64
  %reason = intr.constant "say hello first"
  %closed = ws.close %conn, %policy, %reason
  return
^known:
  // A room or a name; and what is said to it. Exactly one of these is asked for.
  %object = call @name_field(%text, %one) : (!intr.str, i64) -> !intr.str
  %words = call @text_field(%text, %two) : (!intr.str, i64) -> !intr.str
  %no_words = call @is_empty(%words) : (!intr.str) -> i1
  %has_words = arith.xori %no_words, %true : i1

  %say_verb = intr.constant "say"
  %say = str.equal %verb, %say_verb
  %can_say = arith.andi %say, %has_words : i1
  scf.if %can_say {
    func.call @say(%conn, %object, %words) : (!ws.conn, !intr.str, !intr.str) -> ()
  }
  %tell_verb = intr.constant "tell"
  %tell = str.equal %verb, %tell_verb
  %can_tell = arith.andi %tell, %has_words : i1
  scf.if %can_tell {
    func.call @tell(%conn, %object, %words) : (!ws.conn, !intr.str, !intr.str) -> ()
  }
  %typing_verb = intr.constant "typing"
  %typing = str.equal %verb, %typing_verb
  scf.if %typing {
    func.call @typing(%conn, %object) : (!ws.conn, !intr.str) -> ()
  }
  %join_verb = intr.constant "join"
  %join = str.equal %verb, %join_verb
  scf.if %join {
    func.call @join(%conn, %object) : (!ws.conn, !intr.str) -> ()
  }
  %leave_verb = intr.constant "leave"
  %leave = str.equal %verb, %leave_verb
  scf.if %leave {
    func.call @leave(%conn, %object) : (!ws.conn, !intr.str) -> ()
  }
  %wave_verb = intr.constant "wave"
  %wave = str.equal %verb, %wave_verb
  scf.if %wave {
    %to = func.call @name_field(%text, %two) : (!intr.str, i64) -> !intr.str
    func.call @wave(%conn, %object, %to) : (!ws.conn, !intr.str, !intr.str) -> ()
  }
  %who_verb = intr.constant "who"
  %who = str.equal %verb, %who_verb
  scf.if %who {
    func.call @who(%conn, %object) : (!ws.conn, !intr.str) -> ()
  }
  %name_verb = intr.constant "name"
  %name = str.equal %verb, %name_verb
  scf.if %name {
    func.call @rename(%conn, %object) : (!ws.conn, !intr.str) -> ()
  }
  return
}

// The connection is in no room any more; its store still knows which they were.
func.func private @on_close(%conn: !ws.conn, %code: i64, %reason: !intr.str) {
  %yes = arith.constant true
  %verb = intr.constant "left"
  %name = call @own_name(%conn) : (!ws.conn) -> !intr.str
  call @tell_own_rooms(%conn, %verb, %name, %yes)
      : (!ws.conn, !intr.str, !intr.str, i1) -> ()

  %debug = arith.constant 0 : i64
  %closed = intr.constant " closed: "
  %front = str.concat %name, %closed
  %digits = str.from_int %code
  %line = str.concat %front, %digits
  %logged = io.log %debug, %line
  return
}

//===----------------------------------------------------------------------===//
// The program
//===----------------------------------------------------------------------===//

func.func private @exit_status(%status: !intr.status) -> i64 {
  %success = arith.constant 0 : i64
  %failure = arith.constant 1 : i64
  %ok = intr.ok %status
  %exit = arith.select %ok, %success, %failure : i64
  return %exit : i64
}

// With port 0 only the runtime knows the port, and says it on the log.
func.func private @print_address(%scheme: !intr.str, %port: i64) {
  %none = arith.constant 0 : i64
  %known = arith.cmpi ne, %port, %none : i64
  scf.if %known {
    %host = intr.constant "://localhost:"
    %end = intr.constant "/"
    %digits = str.from_int %port
    %front = str.concat %scheme, %host
    %with_port = str.concat %front, %digits
    %address = str.concat %with_port, %end
    %open = intr.constant "Plumb chat: open "
    %line = str.concat %open, %address
    %printed = io.print %line
  }
  return
}

func.func @main() -> i64 {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %three = arith.constant 3 : i64
  %four = arith.constant 4 : i64
  %none = arith.constant -1 : i64
  %usual = arith.constant 8080 : i64
  %max = arith.constant 65535 : i64

  %path = intr.constant "/"
  %html = intr.constant "text/html; charset=utf-8"
  %page = intr.embed "chat.html" : !intr.bytes
  %paged = ws.page %path, %html, %page

  %count = io.arg_count
  %arguments = intr.value %count
  %no_arguments = arith.cmpi eq, %arguments, %zero : i64
  %port_text = io.arg %zero
  %number = str.to_int %port_text, %none
  %port = arith.select %no_arguments, %usual, %number : i64
  // As unsigned numbers, so that -1 is too large.
  %port_ok = arith.cmpi ule, %port, %max : i64
  cf.cond_br %port_ok, ^port, ^usage
^port:
  %is_plain = arith.cmpi ule, %arguments, %one : i64
  cf.cond_br %is_plain, ^plain, ^perhaps_tls
^plain:
  %http = intr.constant "http"
  call @print_address(%http, %port) : (!intr.str, i64) -> ()
  %plain_status = ws.serve %port {on_connect = @on_connect,
      on_message = @on_message, on_close = @on_close}
  %plain_exit = call @exit_status(%plain_status) : (!intr.status) -> i64
  return %plain_exit : i64
^perhaps_tls:
  %option = io.arg %one
  %tls_name = intr.constant "--tls"
  %is_tls = str.equal %option, %tls_name
  %has_files = arith.cmpi eq, %arguments, %four : i64
  %tls = arith.andi %is_tls, %has_files : i1
  cf.cond_br %tls, ^tls, ^usage
^tls:
  %certificate = io.arg %two
  %key = io.arg %three
  %https = intr.constant "https"
  call @print_address(%https, %port) : (!intr.str, i64) -> ()
  %tls_status = ws.serve_tls %port, %certificate, %key {on_connect = @on_connect,
      on_message = @on_message, on_close = @on_close}
  %tls_exit = call @exit_status(%tls_status) : (!intr.status) -> i64
  return %tls_exit : i64
^usage:
  %error = arith.constant 3 : i64
  %text = intr.constant "usage: chat [PORT] [--tls CERTIFICATE KEY]"
  %logged = io.log %error, %text
  return %two : i64
}
