// The operations of the intr dialect print what they parse.
// RUN: %plumb-opt %s | %plumb-opt | FileCheck %s
// RUN: %plumb-opt %s --mlir-print-op-generic | %plumb-opt | FileCheck %s

// CHECK-LABEL: func @constants
func.func @constants() {
  // CHECK: intr.constant "lobby"{{ *$}}
  %0 = intr.constant "lobby"
  // CHECK: intr.constant "\00\FF" : !intr.bytes
  %1 = intr.constant "\00\FF" : !intr.bytes
  // CHECK: intr.embed "page.html" : !intr.bytes
  %2 = intr.embed "page.html" : !intr.bytes
  // CHECK: intr.null : !ws.conn
  %3 = intr.null : !ws.conn
  return
}

// CHECK-LABEL: func @conversions
func.func @conversions(%status: !intr.status, %count: !intr.count) -> (i1, i64, i64) {
  // CHECK: intr.ok %{{.*}}
  %0 = intr.ok %status
  // CHECK: intr.code %{{.*}}
  %1 = intr.code %status
  // CHECK: intr.value %{{.*}}
  %2 = intr.value %count
  return %0, %1, %2 : i1, i64, i64
}

func.func @tick(%data: i64) {
  return
}

// CHECK-LABEL: func @carrier
func.func @carrier(%text: !intr.str, %ms: i64) -> i64 {
  // CHECK: intr.call "str.length"(%{{.*}}) : (!intr.str) -> i64
  %0 = intr.call "str.length"(%text) : (!intr.str) -> i64
  // CHECK: intr.call "time.after"(%{{.*}}, %{{.*}}) {on_timer = @tick} : (i64, i64) -> !time.timer
  %1 = intr.call "time.after"(%ms, %ms) {on_timer = @tick} : (i64, i64) -> !time.timer
  return %0 : i64
}
