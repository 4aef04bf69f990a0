// Blocks that no branch leads to: many front ends begin one behind each return.
// They verify, so they compile; what is reached is as before.
// RUN: %plumb-run %s | FileCheck %s --check-prefix=RUNS
// RUN: %plumb-opt %s --plumb-to-llvm | FileCheck %s --check-prefix=LLVM
// RUN: %plumb-opt %s --erase-unreachable-blocks | FileCheck %s
// Debug information and all levels, too.
// RUN: %plumb-run -g -O3 %s | FileCheck %s --check-prefix=RUNS

// RUNS: once
// RUNS-NEXT: nested
// RUNS-NOT: {{.}}
// LLVM-NOT: {{arith|cf|func|scf|intr|io}}.{{[a-z]+}}{{ }}
// LLVM-NOT: never
// CHECK-NOT: never

// CHECK-LABEL: func.func @main
// CHECK: ^bb1:
// CHECK-NOT: ^bb2
func.func @main() -> i64 {
  %t = intr.constant "once"
  %s = io.print %t
  %n = call @loop_to_itself() : () -> i64
  cf.br ^end
^never:
  %t2 = intr.constant "never"
  %s2 = io.print %t2
  cf.br ^never_either
^never_either:
  %status = intr.code %s2
  cf.br ^end
^end:
  call @nested() : () -> ()
  return %n : i64
}

// Arguments that come from nowhere but the block itself.
func.func private @loop_to_itself() -> i64 {
  %n = arith.constant 0 : i64
  return %n : i64
^never(%x: !intr.str, %k: i64):
  %s = io.print %x
  %m = arith.divsi %k, %k : i64
  cf.br ^never(%x, %m : !intr.str, i64)
}

// One that uses what a reached block defines, one with a callback and a call by
// source name, one in a region of its own.
func.func private @"Str.from_int"(i64) -> !intr.str
func.func private @ring(%n: i64) {
  return
}
func.func private @nested() {
  scf.execute_region {
    %t = intr.constant "nested"
    %s = io.print %t
    cf.br ^end
  ^never:
    %s2 = io.print %t
    scf.yield
  ^end:
    scf.yield
  }
  return
^never:
  %n = arith.constant 7 : i64
  %t = func.call @"Str.from_int"(%n) : (i64) -> !intr.str
  %timer = time.after %n, %n {on_timer = @ring}
  %c = arith.constant true
  cf.cond_br %c, ^never, ^later
^later:
  %r = scf.if %c -> i64 {
    scf.yield %n : i64
  } else {
    scf.yield %n : i64
  }
  cf.br ^never
}

// A loop whose body nothing enters.
func.func @swapped(%c: i1) -> i1 {
  return %c : i1
^a(%x: i1):
  cf.br ^b(%x : i1)
^b(%y: i1):
  cf.cond_br %y, ^a(%y : i1), ^c
^c:
  cf.switch %z : i32, [
    default: ^d,
    1: ^a(%y : i1)
  ]
^d:
  %z = arith.constant 1 : i32
  return %y : i1
}
