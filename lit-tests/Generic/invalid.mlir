// A type variable stands for one type in all places of a call.
// RUN: %plumb-opt --load-family=%S/Inputs/Seq.td %s --split-input-file --verify-diagnostics

func.func @two_types(%list: !intr.object<"List", i64>, %value: f64) {
  // expected-error@+1 {{'intr.call' op type variable 'A' of 'seq.append' is 'i64' in parameter 'list', but 'f64' in parameter 'value'}}
  %0 = intr.call "seq.append"(%list, %value) : (!intr.object<"List", i64>, f64) -> !intr.object<"List", i64>
  return
}

// -----

func.func @result(%list: !intr.object<"List", i64>, %value: i64) {
  // expected-error@+1 {{type variable 'A' of 'seq.append' is 'i64' in parameter 'list', but 'f64' in the result}}
  %0 = intr.call "seq.append"(%list, %value) : (!intr.object<"List", i64>, i64) -> !intr.object<"List", f64>
  return
}

// -----

func.func @closure_parameter(%list: !intr.object<"List", i64>, %f: !intr.fn<(f64) -> i1>) {
  // expected-error@+1 {{type variable 'A' of 'seq.map' is 'i64' in parameter 'list', but 'f64' in parameter 'f'}}
  %0 = intr.call "seq.map"(%list, %f) : (!intr.object<"List", i64>, !intr.fn<(f64) -> i1>) -> !intr.object<"List", i1>
  return
}

// -----

func.func @closure_result(%list: !intr.object<"List", i64>, %f: !intr.fn<(i64) -> i1>) {
  // expected-error@+1 {{type variable 'B' of 'seq.map' is 'i1' in parameter 'f', but 'i64' in the result}}
  %0 = intr.call "seq.map"(%list, %f) : (!intr.object<"List", i64>, !intr.fn<(i64) -> i1>) -> !intr.object<"List", i64>
  return
}

// -----

func.func @number_of_parameters(%list: !intr.object<"List", i64>, %f: !intr.fn<(i64, i64) -> i1>) {
  // expected-error@+1 {{parameter 'f' of 'seq.map' has type '!intr.fn<(!intr.var<"A">) -> !intr.var<"B">>', but the operand has type '!intr.fn<(i64, i64) -> i1>'}}
  %0 = intr.call "seq.map"(%list, %f) : (!intr.object<"List", i64>, !intr.fn<(i64, i64) -> i1>) -> !intr.object<"List", i1>
  return
}

// -----

func.func @has_result(%list: !intr.object<"List", i64>, %f: !intr.fn<(i64) -> i1>) {
  // expected-error@+1 {{parameter 'f' of 'seq.each' has type '!intr.fn<(!intr.var<"A">) -> !intr.unit>', but the operand has type '!intr.fn<(i64) -> i1>'}}
  intr.call "seq.each"(%list, %f) : (!intr.object<"List", i64>, !intr.fn<(i64) -> i1>) -> ()
  return
}

// -----

func.func @other_object(%set: !intr.object<"Set", i64>) {
  // expected-error@+1 {{parameter 'list' of 'seq.length' has type '!intr.object<"List", !intr.var<"A">>', but the operand has type '!intr.object<"Set", i64>'}}
  %0 = intr.call "seq.length"(%set) : (!intr.object<"Set", i64>) -> i64
  return
}

// -----

func.func @fixed(%list: !intr.object<"List", f64>) {
  // expected-error@+1 {{parameter 'list' of 'seq.sum' has type '!intr.object<"List", i64>', but the operand has type '!intr.object<"List", f64>'}}
  %0 = intr.call "seq.sum"(%list) : (!intr.object<"List", f64>) -> i64
  return
}

// -----

func.func @no_slot(%list: !intr.object<"List", i64>, %index: i64) {
  // expected-error@+1 {{type variable 'A' of 'seq.get' cannot be 'i32' in the result; it must be i64, f64, i1, !intr.unit, an object or a closure}}
  %0 = intr.call "seq.get"(%list, %index) : (!intr.object<"List", i64>, i64) -> i32
  return
}

// -----

func.func @open(%list: !intr.object<"List", !intr.var<"A">>) {
  // expected-error@+1 {{type variable 'A' of 'seq.length' cannot be '!intr.var<"A">' in parameter 'list'; it stands for a type of the program}}
  %0 = intr.call "seq.length"(%list) : (!intr.object<"List", !intr.var<"A">>) -> i64
  return
}

// -----

// expected-error@+1 {{the type argument of an object is 'i32'; it must be i64, f64, i1, !intr.unit, an object or a closure}}
func.func private @narrow(!intr.object<"List", i32>)

// -----

// expected-error@+1 {{the parameter of a closure is '!intr.str'; it must be i64, f64, i1, !intr.unit, an object or a closure}}
func.func private @text(!intr.fn<(!intr.str) -> i64>)

// -----

// expected-error@+1 {{an object has a name, such as "List"}}
func.func private @nameless(!intr.object<"">)
