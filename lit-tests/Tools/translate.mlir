// --plumb-to-llvmir lowers a program; --mlir-to-llvmir wants it lowered.
// RUN: %plumb-translate --plumb-to-llvmir %s | FileCheck %s
// RUN: %plumb-opt %s --pass-pipeline='builtin.module(add-entry-point,plumb-to-llvm)' | %plumb-translate --mlir-to-llvmir | FileCheck %s
// RUN: not %plumb-translate --mlir-to-llvmir %s 2>&1 | FileCheck %s --check-prefix=HIGH
// RUN: printf 'func.func @f() { return }' | %plumb-translate --plumb-to-llvmir | FileCheck %s --check-prefix=LIBRARY

// CHECK: declare {{.*}}i64 @plumb_io_print(ptr {{.*}}nonnull
// CHECK: define i32 @main(i32 %{{.*}}, ptr %{{.*}})
// CHECK: call void @plumb_host_start(
// HIGH: error: {{.*}}LLVMTranslationDialectInterface
// LIBRARY-NOT: @main
// LIBRARY: define void @f()
// LIBRARY-NOT: @main

func.func @main() {
  %text = intr.constant "text"
  %0 = io.print %text
  return
}
