// The optimisation levels do something, and --dump-llvm shows it.
// RUN: %plumb-run -O0 --dump-llvm %s 2>&1 | FileCheck %s --check-prefix=O0
// RUN: %plumb-run -O2 --dump-llvm %s 2>&1 | FileCheck %s --check-prefix=O2
// RUN: %plumb-run --dump-llvm %s 2>&1 | FileCheck %s --check-prefix=O2
// RUN: %plumb-run -O1 %s | FileCheck %s --check-prefix=TEXT
// RUN: %plumb-run -O3 -mcpu=generic %s | FileCheck %s --check-prefix=TEXT
// RUN: not %plumb-run -O4 %s 2>&1 | FileCheck %s --check-prefix=LEVEL
// RUN: not %plumb-run -O22 %s 2>&1 | FileCheck %s --check-prefix=LEVEL
// RUN: not %plumb-run -Os %s 2>&1 | FileCheck %s --check-prefix=LEVEL
// RUN: not %plumb-run -mcpu=quill %s 2>&1 | FileCheck %s --check-prefix=CPU

// O0: ModuleID = '{{.*}}run-levels.mlir'
// O0: add i64 {{.*}}, 1
// O0: add i64 {{.*}}, 2
// O2-NOT: add i64 {{.*}}, 1
// O2: add i64 {{.*}}, 3
// TEXT: {{^}}3
// LEVEL: plumb-run: error: there is no optimisation level -O{{4|22|s}}; use -O0, -O1, -O2 or -O3
// CPU: plumb-run: error: '{{.*}}' has no processor 'quill'; try 'native'

func.func @sum(%x: i64) -> i64 {
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %first = arith.addi %x, %one : i64
  %sum = arith.addi %first, %two : i64
  return %sum : i64
}

func.func @main() {
  %count = io.arg_count
  %number = intr.value %count
  %sum = call @sum(%number) : (i64) -> i64
  %text = str.from_int %sum
  %0 = io.print %text
  return
}
