// A program's own function that has the name of an alias stays its own.
// RUN: %plumb-opt --load-family=%S/Inputs/Seq.td %s --resolve-builtins | FileCheck %s

// CHECK: func.func private @size(i32) -> i32
// CHECK: call @size(%{{.*}}) : (i32) -> i32
func.func private @size(i32) -> i32
func.func @f(%a: i32) -> i32 {
  %0 = call @size(%a) : (i32) -> i32
  return %0 : i32
}
