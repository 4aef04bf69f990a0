// What follows the program's name is the program's, with or without `--`; what
// stands before it is the tool's.
// RUN: %plumb-run -O1 %s -O9 --help x | FileCheck %s
// RUN: %plumb-run -O1 %s -- -O9 --help x | FileCheck %s
// RUN: %plumb-run -O0 - -O9 --help x < %s | FileCheck %s
// RUN: %plumb-run -O2 %s | FileCheck %s --check-prefix=NONE
// RUN: %plumb-run -O3 %s a -- b | FileCheck %s --check-prefix=DASHES

// CHECK: 3 arguments
// CHECK-NEXT: {{^-O9$}}
// CHECK-NEXT: {{^--help$}}
// CHECK-NEXT: {{^x$}}
// CHECK-NOT: {{.}}
// NONE: 0 arguments
// DASHES: 3 arguments
// DASHES-NEXT: {{^a$}}
// DASHES-NEXT: {{^--$}}
// DASHES-NEXT: {{^b$}}

func.func private @"Io.print"(!intr.str) -> !intr.status
func.func private @"Io.arg"(i64) -> !intr.str
func.func private @"Io.arg_count"() -> !intr.count
func.func private @"Str.from_int"(i64) -> !intr.str
func.func private @"Str.concat"(!intr.str, !intr.str) -> !intr.str

func.func @main() {
  %count = call @"Io.arg_count"() : () -> !intr.count
  %number = intr.value %count
  %digits = call @"Str.from_int"(%number) : (i64) -> !intr.str
  %word = intr.constant " arguments"
  %line = call @"Str.concat"(%digits, %word) : (!intr.str, !intr.str) -> !intr.str
  call @"Io.print"(%line) : (!intr.str) -> !intr.status
  %begin = arith.constant 0 : index
  %step = arith.constant 1 : index
  %end = arith.index_cast %number : i64 to index
  scf.for %i = %begin to %end step %step {
    %at = arith.index_cast %i : index to i64
    %argument = func.call @"Io.arg"(%at) : (i64) -> !intr.str
    func.call @"Io.print"(%argument) : (!intr.str) -> !intr.status
  }
  return
}
