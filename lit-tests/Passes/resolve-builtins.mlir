// RUN: %plumb-opt %s --resolve-builtins | FileCheck %s
// Nothing is left to do the second time.
// RUN: %plumb-opt %s --resolve-builtins --resolve-builtins | FileCheck %s

// CHECK-NOT: func private @"Ws.
func.func private @"Ws.join"(!ws.conn, !intr.str) -> !intr.status
func.func private @"Ws.serve"(i64, (!ws.conn) -> i1, (!ws.conn, !intr.str) -> (), (!ws.conn, i64, !intr.str) -> ()) -> !intr.status
// A function of the program's own may have a dot in its name.
// CHECK: func private @my.own
func.func private @my.own() attributes {intr.extern}
// A declaration that nobody calls is nobody's mistake.
func.func private @"Ws.jion"() 

// CHECK-LABEL: func @joins
func.func @joins(%conn: !ws.conn, %again: i1) {
  %room = intr.constant "lobby"
  // CHECK: ws.join %{{.*}}, %{{.*}}
  %0 = call @"Ws.join"(%conn, %room) : (!ws.conn, !intr.str) -> !intr.status
  scf.if %again {
    // CHECK: scf.if
    // CHECK: ws.join
    %1 = func.call @"Ws.join"(%conn, %room) : (!ws.conn, !intr.str) -> !intr.status
  }
  call @my.own() : () -> ()
  return
}

// The operation keeps the attributes of the call, whatever they are.
// CHECK-LABEL: func @attributes
func.func @attributes(%conn: !ws.conn, %room: !intr.str, %port: i64) {
  // CHECK: ws.join %{{.*}} {my.line = 7 : i64, no_inline, note = "kept"}
  %0 = call @"Ws.join"(%conn, %room) {my.line = 7, note = "kept", no_inline} : (!ws.conn, !intr.str) -> !intr.status
  %accept = func.constant @accept : (!ws.conn) -> i1
  %message = func.constant @message : (!ws.conn, !intr.str) -> ()
  %closed = func.constant @closed : (!ws.conn, i64, !intr.str) -> ()
  // CHECK: ws.serve %{{.*}} {my.on_close = @message, on_close = @closed, on_connect = @accept, on_message = @message, options = {shards = 2 : i64}}
  %1 = call @"Ws.serve"(%port, %accept, %message, %closed) {options = {shards = 2}, my.on_close = @message} : (i64, (!ws.conn) -> i1, (!ws.conn, !intr.str) -> (), (!ws.conn, i64, !intr.str) -> ()) -> !intr.status
  return
}

// CHECK-LABEL: func @serves
// CHECK-NOT: constant @
// CHECK: ws.serve %{{.*}} {on_close = @closed, on_connect = @accept, on_message = @message}
func.func @serves(%port: i64) -> !intr.status {
  %accept = func.constant @accept : (!ws.conn) -> i1
  %message = func.constant @message : (!ws.conn, !intr.str) -> ()
  %closed = func.constant @closed : (!ws.conn, i64, !intr.str) -> ()
  %0 = call @"Ws.serve"(%port, %accept, %message, %closed) : (i64, (!ws.conn) -> i1, (!ws.conn, !intr.str) -> (), (!ws.conn, i64, !intr.str) -> ()) -> !intr.status
  // Options are attributes of the call, not arguments.
  // CHECK: ws.serve %{{.*}} {on_close = @closed, on_connect = @accept, on_message = @message, options = {max_message = 65536 : i64}}
  %1 = call @"Ws.serve"(%port, %accept, %message, %closed) {options = {max_message = 65536}} : (i64, (!ws.conn) -> i1, (!ws.conn, !intr.str) -> (), (!ws.conn, i64, !intr.str) -> ()) -> !intr.status
  return %0 : !intr.status
}
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

// A nested module has declarations of its own.
// CHECK: module @nested
module @nested {
  // CHECK-NOT: func private
  func.func private @"Str.length"(!intr.str) -> i64
  func.func @length(%text: !intr.str) -> i64 {
    // CHECK: str.length
    %0 = call @"Str.length"(%text) : (!intr.str) -> i64
    return %0 : i64
  }
}
