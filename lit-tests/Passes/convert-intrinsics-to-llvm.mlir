// RUN: %plumb-opt %s --convert-intrinsics-to-llvm | FileCheck %s
// Idempotent: the second run changes nothing.
// RUN: %plumb-opt %s --convert-intrinsics-to-llvm > %t.once
// RUN: %plumb-opt %t.once --convert-intrinsics-to-llvm > %t.twice
// RUN: diff %t.once %t.twice
// RUN: %plumb-opt %s --plumb-to-llvm | %plumb-translate --mlir-to-llvmir | FileCheck %s --check-prefix=IR
// RUN: %plumb-opt %s --convert-intrinsics-to-llvm=visible-bodies=true | FileCheck %s --check-prefix=VISIBLE

// Only what is used is declared, with all that its record promises.
// CHECK-NOT: @plumb_ws_leave
// CHECK-DAG: llvm.func @plumb_ws_serve(i64 {llvm.noundef}, !llvm.ptr {llvm.nonnull, llvm.noundef}, !llvm.ptr {llvm.noundef}, !llvm.ptr {llvm.nonnull, llvm.noundef}, !llvm.ptr {llvm.noundef}, !llvm.ptr {llvm.nonnull, llvm.noundef}, !llvm.ptr {llvm.noundef}, !llvm.ptr {llvm.noundef}, !llvm.ptr {llvm.noundef}, !llvm.ptr {llvm.noundef}, !llvm.ptr {llvm.noundef}, !llvm.ptr {llvm.nocapture, llvm.nonnull, llvm.noundef, llvm.readonly}) -> (i64 {llvm.noundef}) attributes {no_unwind, sym_visibility = "private"}
// CHECK-DAG: llvm.func @plumb_ws_broadcast_except(!llvm.ptr {llvm.nocapture, llvm.nonnull, llvm.noundef, llvm.readonly}, !llvm.ptr {llvm.nocapture, llvm.nonnull, llvm.noundef, llvm.readonly}, !llvm.ptr {llvm.noundef}) -> (i64 {llvm.noundef}) attributes {memory_effects = #llvm.memory_effects<other = none, argMem = read, inaccessibleMem = readwrite, errnoMem = none, targetMem0 = none, targetMem1 = none>, no_unwind, passthrough = ["nocallback"], sym_visibility = "private", will_return}
// CHECK-DAG: llvm.func @plumb_str_equal({{.*}}) -> (i1 {llvm.noundef, llvm.zeroext}) attributes {memory_effects = #llvm.memory_effects<other = none, argMem = read, inaccessibleMem = none, {{.*}}>, no_unwind, passthrough = ["nocallback", "nosync"]
// CHECK-DAG: llvm.func @plumb_str_concat({{.*}}) -> (!llvm.ptr {llvm.noalias, llvm.nonnull, llvm.noundef}) attributes {memory_effects = #llvm.memory_effects<other = none, argMem = read, inaccessibleMem = readwrite
// CHECK-DAG: llvm.func @plumb_ws_member_count({{.*}}inaccessibleMem = read,

// IR: @plumb.text = private unnamed_addr constant { i64, [5 x i8] } { i64 5, [5 x i8] c"lobby" }, align 8
// IR-DAG: define internal noundef zeroext i1 @plumb_ws_on_connect.accept(ptr noundef %0, ptr noundef %1)
// IR-DAG: declare noundef i64 @plumb_ws_member_count(ptr noundef nonnull readonly captures(none)) #[[READS:[0-9]+]]
// IR-DAG: declare noundef zeroext i1 @plumb_str_equal(ptr noundef nonnull readonly captures(none), ptr noundef nonnull readonly captures(none)) #[[PURE:[0-9]+]]
// IR-DAG: attributes #[[READS]] = { nocallback nounwind willreturn memory(argmem: read, inaccessiblemem: read) }
// IR-DAG: attributes #[[PURE]] = { nocallback nosync nounwind willreturn memory(argmem: read) }

// VISIBLE: llvm.func @plumb_str_equal
// VISIBLE-NOT: memory_effects

// Equal texts share one constant: length first, then the bytes.
// CHECK: llvm.mlir.global private unnamed_addr constant @[[TEXT:.*]]() {{.*}}alignment = 8 : i64{{.*}} : !llvm.struct<(i64, array<5 x i8>)>
// CHECK: llvm.mlir.constant(5 : i64)
// CHECK: llvm.mlir.constant("lobby")

// CHECK-LABEL: func.func @accept
// CHECK-SAME: (%{{.*}}: !llvm.ptr) -> i1
func.func @accept(%conn: !ws.conn) -> i1 {
  %a = intr.constant "lobby"
  %b = intr.constant "lobby"
  // CHECK-COUNT-2: llvm.mlir.addressof @[[TEXT]]
  // CHECK: llvm.call @plumb_str_equal({{.*}}) : (!llvm.ptr, !llvm.ptr) -> i1
  %0 = str.equal %a, %b
  return %0 : i1
}
// The runtime calls a private function with the C signature.
// CHECK: llvm.func internal @plumb_ws_on_connect.accept(%{{.*}}: !llvm.ptr {llvm.noundef}, %{{.*}}: !llvm.ptr {llvm.noundef}) -> (i1 {llvm.noundef, llvm.zeroext})
// CHECK: call @accept
// CHECK: llvm.return

func.func @message(%conn: !ws.conn, %text: !intr.str) {
  %room = intr.constant "lobby"
  %0 = ws.broadcast_except %room, %text, %conn
  return
}
func.func @closed(%conn: !ws.conn, %code: i64, %reason: !intr.str) {
  return
}

// CHECK-LABEL: func.func @serve
func.func @serve(%port: i64) -> !intr.status {
  // CHECK: %[[ON:.*]] = llvm.mlir.addressof @plumb_ws_on_connect.accept
  // CHECK: %[[NULL:.*]] = llvm.mlir.zero : !llvm.ptr
  // CHECK: llvm.call @plumb_ws_serve(%{{.*}}, %[[ON]], %[[NULL]],
  %0 = ws.serve %port {on_connect = @accept, on_message = @message, on_close = @closed}
  return %0 : !intr.status
}

// Types change in place on every operation, so that no cast is needed.
// CHECK-LABEL: func.func @types
// CHECK-SAME: (%{{.*}}: i1, %{{.*}}: !llvm.ptr, %{{.*}}: (!llvm.ptr) -> i64) -> (!llvm.ptr, i1, i64, i64)
// CHECK-NOT: !intr.
// CHECK-NOT: unrealized_conversion_cast
func.func @types(%c: i1, %text: !intr.str, %f: (!intr.str) -> !intr.count) -> (!intr.str, i1, i64, i64) {
  // CHECK: scf.if %{{.*}} -> (!llvm.ptr)
  %0 = scf.if %c -> !intr.str {
    %joined = str.concat %text, %text
    scf.yield %joined : !intr.str
  } else {
    scf.yield %text : !intr.str
  }
  // CHECK: call_indirect %{{.*}} : (!llvm.ptr) -> i64
  %count = call_indirect %f(%0) : (!intr.str) -> !intr.count
  cf.br ^next(%0 : !intr.str)
// CHECK: ^bb1(%{{.*}}: !llvm.ptr)
^next(%1: !intr.str):
  // CHECK: %[[CONN:.*]] = llvm.mlir.zero
  %conn = intr.null : !ws.conn
  %status = ws.join %conn, %1
  // CHECK: llvm.icmp "eq"
  %ok = intr.ok %status
  %code = intr.code %status
  %members = ws.member_count %1
  %n = intr.value %members
  return %1, %ok, %code, %n : !intr.str, i1, i64, i64
}
