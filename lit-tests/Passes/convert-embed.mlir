// A file is found beside the source, and a missing one is named with the places
// looked in.
// RUN: rm -rf %t && mkdir -p %t/program
// RUN: printf 'hello' > %t/program/greeting.txt && cp %s %t/program/embed.mlir
// RUN: cd %t && %plumb-opt program/embed.mlir --convert-intrinsics-to-llvm | FileCheck %s
// RUN: rm %t/program/greeting.txt
// RUN: cd %t && not %plumb-opt program/embed.mlir --convert-intrinsics-to-llvm 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: printf '\377' > %t/program/greeting.txt
// RUN: cd %t && not %plumb-opt program/embed.mlir --convert-intrinsics-to-llvm 2>&1 | FileCheck %s --check-prefix=BINARY

// CHECK: llvm.mlir.constant("hello")
// MISSING: cannot read 'greeting.txt': No such file or directory; looked for 'program/greeting.txt' and, in the working directory, 'greeting.txt'
// BINARY: 'greeting.txt' is not UTF-8; embed it as !intr.bytes
func.func @greeting() -> !intr.str {
  %0 = intr.embed "greeting.txt"
  return %0 : !intr.str
}
