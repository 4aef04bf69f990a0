// RUN: %plumb-opt %s --split-input-file --verify-diagnostics

// expected-error@+2 {{text is not UTF-8 from byte 1 on; binary data has type !intr.bytes}}
func.func @not_utf8() {
  %0 = intr.constant "a\FF"
  return
}

// -----

func.func @no_file() {
  // expected-error@+1 {{names no file}}
  %0 = intr.embed ""
  return
}

// -----

func.func @null_of_bytes() {
  // expected-error@+1 {{result #0 must be a handle of a family, !intr.ptr or !intr.str, but got '!intr.bytes'}}
  %0 = intr.null : !intr.bytes
  return
}

// -----

func.func @status_is_no_count(%count: !intr.count) {
  // expected-error@+1 {{operand #0 must be 0 for success or a negative code that has a name, but got '!intr.count'}}
  %0 = "intr.ok"(%count) : (!intr.count) -> i1
  return
}

// -----

func.func @unknown(%text: !intr.str) {
  // expected-error@+1 {{no loaded family has an intrinsic 'str.lenght'; did you mean 'str.length'}}
  %0 = intr.call "str.lenght"(%text) : (!intr.str) -> i64
  return
}

// -----

func.func @far_from_all(%text: !intr.str) {
  // expected-error@+1 {{no loaded family has an intrinsic 'quux.zzzzzz'}}
  %0 = intr.call "quux.zzzzzz"(%text) : (!intr.str) -> i64
  return
}

// -----

func.func @result(%text: !intr.str) {
  // expected-error@+1 {{'str.length' returns 'i64', but the op has result type 'i32'}}
  %0 = intr.call "str.length"(%text) : (!intr.str) -> i32
  return
}

// -----

func.func @no_result(%text: !intr.str) {
  // expected-error@+1 {{'str.length' returns 'i64', but the op has result types ()}}
  intr.call "str.length"(%text) : (!intr.str) -> ()
  return
}

// -----

func.func @callback_missing(%ms: i64) {
  // expected-error@+1 {{requires attribute 'on_timer', the symbol of a function with type '(i64) -> ()'}}
  %0 = intr.call "time.after"(%ms, %ms) : (i64, i64) -> !time.timer
  return
}

// -----

func.func @callback_unknown(%ms: i64) {
  // expected-error@+1 {{callback 'on_timer' of 'time.after': this module has no function @nobody}}
  %0 = time.after %ms, %ms {on_timer = @nobody}
  return
}

// -----

func.func @callback_is_text(%ms: i64) {
  // expected-error@+1 {{on_timer}}
  %0 = "time.after"(%ms, %ms) {on_timer = "nobody"} : (i64, i64) -> !time.timer
  return
}
