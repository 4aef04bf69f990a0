// The exit code is the program's, and what it wrote through C's buffers comes
// out, also when stdout is no terminal.
// RUN: sh -c '%plumb-run %s > %t.out; test $? = 7'
// RUN: FileCheck %s < %t.out
// RUN: %plumbc %s -o %t && sh -c '%t > %t.out; test $? = 7'
// RUN: FileCheck %s < %t.out

// CHECK: {{^}}AB

func.func private @putchar(i32) -> i32

func.func @main() -> i64 {
  %a = arith.constant 65 : i32
  %b = arith.constant 66 : i32
  %0 = call @putchar(%a) : (i32) -> i32
  %1 = call @putchar(%b) : (i32) -> i32
  %code = arith.constant 7 : i64
  return %code : i64
}
