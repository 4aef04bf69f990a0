// A function with an environment is nothing but an argument.
// RUN: %plumb-opt %s --plumb-to-llvm --split-input-file --verify-diagnostics

func.func private @ring(i64, !intr.slot)
func.func @called(%ms: i64, %env: !intr.slot) {
  // expected-error@+1 {{a function with an environment can only be passed to an intrinsic}}
  %0 = intr.bind @ring(%env) : (i64) -> ()
  call_indirect %0(%ms) : (i64) -> ()
  return
}
