// RUN: %plumb-opt --load-family=%S/../Kinds/Inputs/Clock.td %s --split-input-file --verify-diagnostics

// expected-note@+1 {{the function is here}}
func.func private @plain(i64)
func.func @takes_none(%ms: i64, %env: !intr.slot) {
  // expected-error@+1 {{callback 'on_timer' of 'time.after': function @plain has type '(i64) -> ()', but the record says '(i64, !intr.slot) -> ()'; the function takes no environment, so give none}}
  %0 = time.after %ms, %ms env(on_timer = %env) {on_timer = @plain}
  return
}

// -----

// expected-note@+1 {{the function is here}}
func.func private @ring(i64, !intr.slot)
func.func @given_none(%ms: i64) {
  // expected-error@+1 {{callback 'on_timer' of 'time.after': function @ring has type '(i64, !intr.slot) -> ()', but the record says '(i64) -> ()'; give it the environment that it takes: env(on_timer = %value)}}
  %0 = time.after %ms, %ms {on_timer = @ring}
  return
}

// -----

// expected-note@+1 {{the function is here}}
func.func private @ring(!intr.slot, i64)
func.func @comes_last(%ms: i64, %env: !intr.slot) {
  // expected-error@+1 {{function @ring has type '(!intr.slot, i64) -> ()', but the record says '(i64, !intr.slot) -> ()' for one with an environment}}
  %0 = time.after %ms, %ms env(on_timer = %env) {on_timer = @ring}
  return
}

// -----

// expected-note@+1 {{the function is here}}
llvm.func @ring(i64, !llvm.ptr)
func.func @of_llvm(%ms: i64, %env: !intr.slot) {
  // expected-error@+1 {{function @ring has type '!llvm.func<void (i64, ptr)>', but the record says '(i64, !intr.slot) -> ()' for one with an environment}}
  %0 = time.after %ms, %ms env(on_timer = %env) {on_timer = @ring}
  return
}

// -----

func.func private @ring(i64, !intr.slot)
func.func @no_slot(%ms: i64) {
  // expected-error@+1 {{environment 'on_timer': it is an !intr.slot, but the operand has type 'i64'; intr.pack makes a slot of it}}
  %0 = "intr.call"(%ms, %ms, %ms) <{callee = "time.after", environment_names = ["on_timer"]}> {on_timer = @ring} : (i64, i64, i64) -> !time.timer
  return
}

// -----

func.func private @ring(i64, !intr.slot)
func.func @unknown(%ms: i64, %env: !intr.slot) {
  // expected-error@+1 {{environment 'on_tick': 'time.after' has no such callback}}
  %0 = time.after %ms, %ms env(on_tick = %env) {on_timer = @ring}
  return
}

// -----

func.func private @ring(i64, !intr.slot)
func.func @twice(%ms: i64, %env: !intr.slot) {
  // expected-error@+1 {{environment 'on_timer': the callback has one already}}
  %0 = time.after %ms, %ms env(on_timer = %env, on_timer = %env) {on_timer = @ring}
  return
}

// -----

func.func private @accept(!ws.conn) -> i1
func.func private @message(!ws.conn, !intr.str)
func.func private @close(!ws.conn, i64, !intr.str)
func.func @left_out(%port: i64, %env: !intr.slot) {
  // expected-error@+1 {{environment 'on_binary': the callback itself is not given}}
  %0 = ws.serve %port env(on_binary = %env) {on_connect = @accept, on_message = @message, on_close = @close}
  return
}

// -----

func.func private @f(i16, i8, !intr.str, !intr.slot) -> i1
func.func private @g(!clock.zone, !intr.slot) -> i8
func.func @of_the_intrinsic(%env: !intr.slot) {
  // expected-error@+1 {{environment 'on_tick': the callback has none of its own; it is called with what is passed as 'where'}}
  intr.call "clock.watch"(%env) env(on_tick = %env) {on_tick = @f, on_first = @g} : (!intr.slot) -> ()
  return
}

// -----

func.func @no_callbacks(%text: !intr.str, %env: !intr.slot) {
  // expected-error@+1 {{environment 'text': 'str.length' has no such callback}}
  %0 = intr.call "str.length"(%text) env(text = %env) : (!intr.str) -> i64
  return
}

// -----

func.func private @ring(i64, !intr.slot)
func.func @without_names(%ms: i64, %env: !intr.slot) {
  // expected-error@+1 {{'time.after' takes 2 operands (delay: i64, data: i64), but got 3}}
  %0 = "time.after"(%ms, %ms, %env) <{on_timer = @ring}> : (i64, i64, !intr.slot) -> !time.timer
  return
}

// -----

func.func private @ring(i64, !intr.slot)
func.func @without_values(%ms: i64, %env: !intr.slot) {
  // expected-error@+1 {{'time.after' takes 2 operands (delay: i64, data: i64), but got 1}}
  %0 = intr.call "time.after"(%ms) env(on_timer = %env) {on_timer = @ring} : (i64) -> !time.timer
  return
}

// -----

func.func private @ring(i64, !intr.slot)
func.func @too_many_names() {
  // expected-error@+1 {{names 1 environments, but has only 0 operands}}
  %0 = "intr.call"() <{callee = "time.after", environment_names = ["on_timer"]}> {on_timer = @ring} : () -> !time.timer
  return
}

// -----

func.func @nobody(%env: !intr.slot) {
  // expected-error@+1 {{this module has no function @nothing}}
  %0 = intr.bind @nothing(%env) : (i64) -> ()
  return
}

// -----

// expected-note@+1 {{the function is here}}
func.func private @plain(i64)
func.func @bind_of_plain(%env: !intr.slot) {
  // expected-error@+1 {{function @plain has type '(i64) -> ()', but one whose type is '(i64) -> ()' with an environment has type '(i64, !intr.slot) -> ()'}}
  %0 = intr.bind @plain(%env) : (i64) -> ()
  return
}

// -----

func.func private @ring(i64, !intr.slot)
func.func @syntax(%ms: i64, %env: !intr.slot) {
  // expected-error@+1 {{expected valid keyword or string}}
  %0 = time.after %ms, %ms env(%env) {on_timer = @ring}
  return
}
