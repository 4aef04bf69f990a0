// RUN: %plumb-opt --load-family=%S/Inputs/Seq.td %s --resolve-builtins --split-input-file --verify-diagnostics

func.func private @"Seq.append"(!intr.object<"List", i64>, f64) -> !intr.object<"List", i64>
func.func @two_types(%list: !intr.object<"List", i64>, %value: f64) {
  // expected-error@+1 {{type variable 'A' of 'seq.append' is 'i64' in argument 'list', but 'f64' in argument 'value'}}
  %0 = call @"Seq.append"(%list, %value) : (!intr.object<"List", i64>, f64) -> !intr.object<"List", i64>
  return
}

// -----

func.func private @"Seq.map"(!intr.object<"List", i64>, !intr.fn<(i64) -> i1>) -> !intr.object<"List", f64>
func.func @result(%list: !intr.object<"List", i64>, %f: !intr.fn<(i64) -> i1>) {
  // expected-error@+1 {{type variable 'B' of 'seq.map' is 'i1' in argument 'f', but 'f64' in the result}}
  %0 = call @"Seq.map"(%list, %f) : (!intr.object<"List", i64>, !intr.fn<(i64) -> i1>) -> !intr.object<"List", f64>
  return
}

// -----

func.func private @"Seq.new"()
func.func @unknown() {
  // expected-error@+1 {{nothing tells what type variable 'A' of 'Seq.new' stands for: no argument is of it, and the type of the result is not given}}
  call @"Seq.new"() : () -> ()
  return
}

// -----

func.func private @"Seq.length"(i64) -> i64
func.func @no_list(%a: i64) {
  // expected-error@+1 {{argument 'list' of 'Seq.length' has type '!intr.object<"List", !intr.var<"A">>', but the call passes 'i64'}}
  %0 = call @"Seq.length"(%a) : (i64) -> i64
  return
}

// -----

func.func private @"Seq.sise<Int>"(!intr.object<"List", i64>) -> i64 // expected-note {{declared here}}
func.func @misspelt(%list: !intr.object<"List", i64>) {
  // expected-error@+1 {{unknown intrinsic 'Seq.sise'; did you mean 'Seq.size'}}
  %0 = call @"Seq.sise<Int>"(%list) : (!intr.object<"List", i64>) -> i64
  return
}
