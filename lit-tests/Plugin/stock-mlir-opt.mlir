// The distribution's own mlir-opt runs our passes, and its passes know what
// calls of intrinsics do, those by the carrier op too.
// mlir-opt has no sanitizer's runtime.
// UNSUPPORTED: sanitizer
// RUN: %mlir-opt --load-dialect-plugin=%plugin --load-pass-plugin=%plugin %s --pass-pipeline='builtin.module(resolve-builtins,convert-intrinsics-to-llvm)' | FileCheck %s --check-prefix=LLVM
// RUN: %mlir-opt --load-dialect-plugin=%plugin --load-pass-plugin=%plugin %s --pass-pipeline='builtin.module(plumb-to-llvm)' | FileCheck %s --check-prefix=PIPELINE
// RUN: %mlir-opt --load-dialect-plugin=%plugin %s --cse | FileCheck %s --check-prefix=CSE
// RUN: %mlir-opt --load-dialect-plugin=%plugin %s --convert-to-llvm | FileCheck %s --check-prefix=PIPELINE
// RUN: %mlir-opt --load-dialect-plugin=%plugin --show-dialects %s | FileCheck %s --check-prefix=DIALECTS

// LLVM-LABEL: llvm.func @plumb_str_length
// LLVM-SAME: no_unwind
// LLVM-LABEL: func.func @carriers
// LLVM: llvm.call @plumb_str_length
// LLVM-LABEL: func.func @by_source_name
// LLVM: llvm.call @plumb_io_print

// PIPELINE-DAG: llvm.func @carriers(
// PIPELINE-DAG: llvm.call @plumb_str_length
// PIPELINE-NOT: intr.call

// CSE-LABEL: func.func @carriers
// CSE: %[[LENGTH:.*]] = intr.call "str.length"
// CSE-NOT: intr.call "str.length"
// CSE: intr.call "io.print"
// CSE-NEXT: intr.call "io.print"
// CSE-NOT: intr.call
// CSE: return %[[LENGTH]], %[[LENGTH]]

// DIALECTS: {{(^|[ ,])}}intr{{($|,)}}

func.func @carriers(%text: !intr.str) -> (i64, i64) {
  %0 = intr.call "str.length"(%text) : (!intr.str) -> i64
  %1 = intr.call "str.length"(%text) : (!intr.str) -> i64
  %unused = intr.call "str.contains"(%text, %text) : (!intr.str, !intr.str) -> i1
  %2 = intr.call "io.print"(%text) : (!intr.str) -> !intr.status
  %3 = intr.call "io.print"(%text) : (!intr.str) -> !intr.status
  return %0, %1 : i64, i64
}

func.func private @"Io.print"(!intr.str) -> !intr.status
func.func @by_source_name(%text: !intr.str) {
  %0 = func.call @"Io.print"(%text) : (!intr.str) -> !intr.status
  return
}
