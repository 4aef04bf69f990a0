// RUN: %plumb-opt %s --split-input-file --verify-diagnostics

func.func private @accept(!ws.conn) -> i1
func.func private @message(!ws.conn, !intr.str)
func.func private @closed(!ws.conn, i64, !intr.str)
func.func @all(%port: i64) {
  // All mistakes of a call are told.
  // expected-error@+6 {{'ws.serve' op family 'ws' has no option 'max_mesage'; did you mean 'max_message'}}
  // expected-error@+5 {{'ws.serve' op family 'ws' has no option 'zzz'}}
  // expected-error@+4 {{'ws.serve' op option 'shards' is 257 : i64, but it must be a whole number from 1 to 256}}
  // expected-error@+3 {{'ws.serve' op option 'max_header' is "64k", but it must be a whole number from 64 to 16777216}}
  // expected-error@+2 {{'ws.serve' op option 'bind' is 1 : i64, but it must be a text, as a string}}
  // expected-error@+1 {{'ws.serve' op option 'ping_interval_ms' is -1 : i64, but it must be a whole number from 0 to 86400000}}
  %0 = ws.serve %port {on_connect = @accept, on_message = @message, on_close = @closed, options = {max_mesage = 1, zzz = 1, shards = 257, max_header = "64k", bind = 1, ping_interval_ms = -1, max_store_bytes = 1}}
  return
}

// -----

func.func private @accept(!ws.conn) -> i1
func.func private @message(!ws.conn, !intr.str)
func.func private @closed(!ws.conn, i64, !intr.str)
func.func @odd_numbers(%port: i64) {
  // expected-error@+5 {{option 'shards' is true, but}}
  // expected-error@+4 {{option 'max_header' is 340282366920938463463374607431768211455 : i129, but}}
  // expected-error@+3 {{option 'max_store_bytes' is 1.000000e+00 : f64, but}}
  // expected-error@+2 {{option 'bind' is "a\00b", but}}
  // expected-error@+1 {{option 'max_message' is 5 : ui8, but}}
  %0 = ws.serve %port {on_connect = @accept, on_message = @message, on_close = @closed, options = {shards = true, max_header = 340282366920938463463374607431768211455 : i129, max_store_bytes = 1.0, bind = "a\00b", max_message = 5 : ui8}}
  return
}

// -----

func.func private @accept(!ws.conn) -> i1
func.func private @message(!ws.conn, !intr.str)
func.func private @closed(!ws.conn, i64, !intr.str)
func.func @carrier(%port: i64) {
  // expected-error@+1 {{'intr.call' op option 'shards' is 0 : i64, but it must be a whole number from 1 to 256}}
  %0 = intr.call "ws.serve"(%port) {on_connect = @accept, on_message = @message, on_close = @closed, options = {shards = 0}} : (i64) -> !intr.status
  return
}

// -----

func.func private @accept(!ws.conn) -> i1
func.func private @message(!ws.conn, !intr.str)
func.func private @closed(!ws.conn, i64, !intr.str)
func.func @carrier_of_a_number(%port: i64) {
  // expected-error@+1 {{'options' of 'ws.serve' is a dictionary of options, not 7 : i64}}
  %1 = intr.call "ws.serve"(%port) {on_connect = @accept, on_message = @message, on_close = @closed, options = 7} : (i64) -> !intr.status
  return
}

// -----

func.func private @accept(!ws.conn) -> i1
func.func private @message(!ws.conn, !intr.str)
func.func private @closed(!ws.conn, i64, !intr.str)
func.func @no_dictionary(%port: i64) {
  // expected-error@+1 {{attribute 'options' failed to satisfy constraint: dictionary of named attribute values}}
  %0 = ws.serve %port {on_connect = @accept, on_message = @message, on_close = @closed, options = "shards=2"}
  return
}

// -----

func.func private @accept(!ws.conn) -> i1
func.func private @message(!ws.conn, !intr.str)
func.func private @closed(!ws.conn, i64, !intr.str)
func.func @misspelt(%port: i64) {
  // expected-error@+1 {{'ws.serve' has no dictionary 'option'; its options are in 'options'}}
  %0 = ws.serve %port {on_connect = @accept, on_message = @message, on_close = @closed, option = {shards = 2}, front.end = {shards = 0}}
  return
}
