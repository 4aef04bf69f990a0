// The executable needs the C library and no more, wherever it is linked.
// RUN: %plumbc %s -o %t
// RUN: %t | FileCheck %s
// RUN: llvm-readelf -d %t | grep NEEDED | not grep -v -e libc.so -e ld-linux
// RUN: env CXX=g++ %plumbc %s -o %t.gnu && %t.gnu | FileCheck %s
// RUN: llvm-readelf -d %t.gnu | grep NEEDED | not grep -v -e libc.so -e libm.so -e ld-linux

// With GNU ld, where there is no lld.
// RUN: rm -rf %t.path && mkdir %t.path && for tool in g++ ld as; do ln -s /usr/bin/$tool %t.path/$tool; done
// RUN: env PATH=%t.path %plumbc %s -o %t.ld && %t.ld | FileCheck %s

// An executable that was there is replaced as a whole.
// RUN: echo old > %t.old && %plumbc %s -o %t.old && %t.old | FileCheck %s

// UNSUPPORTED: sanitizer
// CHECK: {{^}}text
// CHECK-NEXT: -104

func.func @on_connect(%conn: !ws.conn) -> i1 {
  %true = arith.constant true
  return %true : i1
}
func.func @on_message(%conn: !ws.conn, %message: !intr.str) {
  return
}
func.func @on_close(%conn: !ws.conn, %code: i64, %reason: !intr.str) {
  return
}

// With no certificate there is nothing to serve, but OpenSSL is linked in.
func.func @main() {
  %text = intr.constant "text"
  %0 = io.print %text
  %port = arith.constant 0 : i64
  %none = intr.constant ""
  %1 = ws.serve_tls %port, %none, %none {on_connect = @on_connect, on_message = @on_message, on_close = @on_close}
  %code = intr.code %1
  %digits = str.from_int %code
  %2 = io.print %digits
  return
}
