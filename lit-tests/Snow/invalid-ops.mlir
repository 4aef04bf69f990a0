// RUN: %snow-opt %s -split-input-file -verify-diagnostics

!t = !intr.object<"Main.Tree">
snow.data_type @tree "Main.Tree" [["Leaf", array<i32>, []], ["Node", array<i32: 4, 4>, []]]
func.func @f(%t: !t) -> !t {
  // expected-error @+1 {{'snow.construct' op the constructor has 2 fields, not 1}}
  %n = snow.construct @tree[1](%t) : (!t) -> !t
  return %n : !t
}

// -----

!t = !intr.object<"Main.Tree">
snow.data_type @tree "Main.Tree" [["Leaf", array<i32>, []]]
func.func @f() -> !t {
  // expected-error @+1 {{'snow.construct' op type @tree has 1 constructors, and no number 2}}
  %n = snow.construct @tree[2]() : () -> !t
  return %n : !t
}

// -----

!t = !intr.object<"Main.Tree">
func.func @f() -> !t {
  // expected-error @+1 {{'snow.construct' op there is no snow.data_type @tree}}
  %n = snow.construct @tree[0]() : () -> !t
  return %n : !t
}

// -----

!t = !intr.object<"Main.Tree">
snow.data_type @tree "Main.Tree" [["Node", array<i32: 4, 4>, []]]
func.func @f(%t: !t) -> !t {
  // expected-error @+1 {{'snow.field' op the constructor has 2 fields, and no number 2}}
  %n = snow.field %t @tree[0, 2] : !t -> !t
  return %n : !t
}

// -----

// expected-error @+1 {{'snow.data_type' op a constructor is [name, array<i32: kinds>, [field names]], not "Leaf"}}
snow.data_type @tree "Main.Tree" ["Leaf"]

// -----

// expected-error @+1 {{'snow.data_type' op constructor "P" has 1 field names for 2 fields}}
snow.data_type @p "Main.P" [["P", array<i32: 0, 0>, ["x"]]]

// -----

func.func @f(%i: i64) -> !intr.fn<() -> i64> {
  // expected-error @+1 {{'snow.closure' op there is no function @g}}
  %c = snow.closure @g(%i) : (i64) -> !intr.fn<() -> i64>
  return %c : !intr.fn<() -> i64>
}

// -----

func.func private @g() -> i64
func.func @f(%i: i64) -> !intr.fn<() -> i64> {
  // expected-error @+1 {{'snow.closure' op captures more than @g has arguments}}
  %c = snow.closure @g(%i) : (i64) -> !intr.fn<() -> i64>
  return %c : !intr.fn<() -> i64>
}

// -----

func.func @main() {
  // expected-error @+1 {{'snow.run' op there is no function @program}}
  snow.run @program
  return
}
