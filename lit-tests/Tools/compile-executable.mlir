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

func.func @main() {
  %text = intr.constant "text"
  %0 = io.print %text
  return
}
