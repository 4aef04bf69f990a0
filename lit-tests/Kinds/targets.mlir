// What is not known of a target is refused by name, never guessed; what no C
// compiler could pass in another way is not.
// RUN: %plumb-opt --load-family=%S/Inputs/Clock.td %s --convert-intrinsics-to-llvm --split-input-file --verify-diagnostics -o /dev/null

module attributes {llvm.target_triple = "riscv64-linux-gnu"} {
  func.func @known(%how: !intr.str, %where: !intr.slot) {
    %0 = intr.call "clock.format"(%how) : (!intr.str) -> !intr.count
    return
  }
  func.func @narrow(%day: i32, %parts: i8) {
    // expected-error@+1 {{cannot be called: it passes an integer of less than 64 bits, and whether C compilers extend it for target 'riscv64-unknown-linux-gnu' is not known here; x86-64 and AArch64 with ELF are known}}
    %0 = intr.call "clock.narrow_result"(%day, %parts) : (i32, i8) -> i16
    return
  }
  func.func @struct(%date: !intr.struct<"clock.date">, %tiny: !intr.struct<"clock.tiny">, %angle: !intr.struct<"clock.angle">, %range: !intr.struct<"clock.range">, %big: !intr.struct<"clock.big">) {
    // expected-error@+1 {{it passes struct 'clock.date' by value, and how C compilers do that for target 'riscv64-unknown-linux-gnu' is not known here; pass the struct by pointer}}
    %0 = intr.call "clock.structs"(%date, %tiny, %angle, %range, %big) : (!intr.struct<"clock.date">, !intr.struct<"clock.tiny">, !intr.struct<"clock.angle">, !intr.struct<"clock.range">, !intr.struct<"clock.big">) -> !intr.struct<"clock.date">
    return
  }
  func.func @convention(%a: i8, %date: !intr.struct<"clock.date">) {
    // expected-error@+1 {{its calling convention preserve_most is not known for target 'riscv64-unknown-linux-gnu'}}
    %0 = intr.call "clock.quick"(%a, %date) : (i8, !intr.struct<"clock.date">) -> i8
    return
  }
  func.func @callback() {
    // expected-error@+1 {{callback 'on_plain' cannot be made for this target: it passes an integer of less than 64 bits}}
    %0 = intr.call "clock.plain"() {on_plain = @plain} : () -> i64
    return
  }
  func.func @plain(%value: i64) -> i16 {
    %0 = arith.trunci %value : i64 to i16
    return %0 : i16
  }
}

// -----

// Darwin's AArch64 extends; Windows passes structs in other ways.
module attributes {llvm.target_triple = "arm64-apple-macosx"} {
  func.func @narrow(%day: i32, %parts: i8) {
    // expected-error@+1 {{whether C compilers extend it for target 'arm64-apple-macosx' is not known here}}
    %0 = intr.call "clock.narrow_result"(%day, %parts) : (i32, i8) -> i16
    return
  }
}

// -----

module attributes {llvm.target_triple = "x86_64-pc-windows-msvc"} {
  // The triple of the module around counts, too.
  module {
    func.func @convention(%a: i8, %date: !intr.struct<"clock.date">) {
      // expected-error@+1 {{is not known for target 'x86_64-pc-windows-msvc'}}
      %0 = intr.call "clock.quick"(%a, %date) : (i8, !intr.struct<"clock.date">) -> i8
      return
    }
  }
}

// -----

// Outside of a function there is no stack.
// expected-error@+1 {{'intr.zero' stands outside of a function}}
%big = intr.zero : !intr.struct<"clock.big">
// expected-error@+1 {{'intr.call' stands outside of a function}}
%0 = intr.call "clock.make_angle"(%big) : (!intr.struct<"clock.big">) -> !intr.struct<"clock.angle">
