// Options: round trip, carrier, and the text that the runtime gets.
// RUN: %plumb-opt %s | %plumb-opt | FileCheck %s
// RUN: %plumb-opt %s --mlir-print-op-generic | %plumb-opt | FileCheck %s
// RUN: %plumb-opt %s --convert-intrinsics-to-llvm | FileCheck %s --check-prefix=LLVM
// RUN: %plumb-opt %s --plumb-to-llvm | %plumb-translate --mlir-to-llvmir | FileCheck %s --check-prefix=IR

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

// In the order of their names, which a dictionary has; none is the empty text.
// LLVM-DAG: llvm.mlir.constant("bind=a=b, \22c\22\00max_message=65536\00shards=2\00")
// LLVM-DAG: llvm.mlir.constant("shards=3\00")
// IR-DAG: @[[GIVEN:.*]] = private unnamed_addr constant { i64, [41 x i8] } { i64 41, [41 x i8] c"bind=a=b, \22c\22\00max_message=65536\00shards=2\00" }, align 8
// IR-DAG: @[[NONE:.*]] = private unnamed_addr constant { i64, [0 x i8] } {{.*}}, align 8

// CHECK-LABEL: func.func @given
// LLVM-LABEL: func.func @given
// IR-LABEL: define {{.*}}@given(
func.func @given(%port: i64) -> !intr.status {
  // CHECK: ws.serve %{{.*}} {on_close = @closed, on_connect = @accept, on_message = @message, options = {bind = "a=b, \22c\22", max_message = 65536 : i64, shards = 2 : i8}}
  // LLVM: %[[GIVEN:.*]] = llvm.mlir.addressof @plumb.text
  // LLVM: llvm.call @plumb_ws_serve({{.*}}, %[[GIVEN]])
  // IR: call i64 @plumb_ws_serve({{.*}}, ptr @[[GIVEN]])
  %0 = ws.serve %port {on_connect = @accept, on_message = @message, on_close = @closed, options = {shards = 2 : i8, max_message = 65536, bind = "a=b, \22c\22"}}
  return %0 : !intr.status
}

// CHECK-LABEL: func.func @none
// IR-LABEL: define {{.*}}@none(
func.func @none(%port: i64) -> !intr.status {
  // CHECK: ws.serve %{{.*}} {on_close = @closed, on_connect = @accept, on_message = @message, options = {}}
  // IR: call i64 @plumb_ws_serve({{.*}}, ptr @[[NONE]])
  %0 = ws.serve %port {on_connect = @accept, on_message = @message, on_close = @closed, options = {}}
  // CHECK: ws.serve %{{.*}} {on_close = @closed, on_connect = @accept, on_message = @message}
  // IR: call i64 @plumb_ws_serve({{.*}}, ptr @[[NONE]])
  %1 = ws.serve %port {on_connect = @accept, on_message = @message, on_close = @closed}
  return %0 : !intr.status
}

// CHECK-LABEL: func.func @carrier
func.func @carrier(%port: i64) -> !intr.status {
  // CHECK: intr.call "ws.serve"(%{{.*}}) {on_close = @closed, on_connect = @accept, on_message = @message, options = {shards = 3 : i64}} : (i64) -> !intr.status
  %0 = intr.call "ws.serve"(%port) {on_connect = @accept, on_message = @message, on_close = @closed, options = {shards = 3}} : (i64) -> !intr.status
  return %0 : !intr.status
}
