// What plumbc makes, and under which name.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/prog.mlir
// RUN: cd %t && %plumbc -c prog.mlir && llvm-readobj --file-headers prog.o | FileCheck %s --check-prefix=OBJECT
// RUN: cd %t && %plumbc -S prog.mlir && FileCheck %s --check-prefix=ASSEMBLY < prog.s
// RUN: cd %t && %plumbc -S -emit-llvm prog.mlir && FileCheck %s --check-prefix=IR < prog.ll
// RUN: cd %t && %plumbc -c -emit-llvm prog.mlir && llvm-dis prog.bc -o - | FileCheck %s --check-prefix=IR
// RUN: cd %t && %plumbc -emit-llvm prog.mlir -o named.ll && FileCheck %s --check-prefix=IR < named.ll
// RUN: cd %t && %plumbc -emit-llvm prog.mlir -o named.x && llvm-dis named.x -o - | FileCheck %s --check-prefix=IR
// RUN: cd %t && %plumbc prog.mlir && ./a.out | FileCheck %s --check-prefix=RUNS
// RUN: cd %t && ls -A | FileCheck %s --check-prefix=FILES
// RUN: %plumbc -S %s -o - | FileCheck %s --check-prefix=ASSEMBLY
// RUN: %plumbc -S -emit-llvm -o - - < %s | FileCheck %s --check-prefix=IR
// RUN: %plumbc -c %s -o - | llvm-readobj --file-headers - | FileCheck %s --check-prefix=OBJECT

// A pipe, or a device, is written to and stays what it is.
// RUN: mkfifo %t/pipe && (cat %t/pipe > %t/piped.o & %plumbc -c %s -o %t/pipe; wait)
// RUN: test -p %t/pipe && llvm-readobj --file-headers %t/piped.o | FileCheck %s --check-prefix=OBJECT
// RUN: (cat %t/pipe > %t/piped & %plumbc %s -o %t/pipe; wait)
// RUN: test -p %t/pipe && chmod +x %t/piped && %t/piped | FileCheck %s --check-prefix=RUNS

// An object links with the runtime by hand.
// RUN: %cxx %t/prog.o %build_root/lib/libPlumbRuntime.a -l:libssl.a -l:libcrypto.a -l:liburing.a -l:libz.a -pthread -o %t/by-hand %sanitize_flags
// RUN: %t/by-hand | FileCheck %s --check-prefix=RUNS

// Another target; the processor; the level.
// RUN: %plumbc -S -mtriple=aarch64-linux-gnu %s -o - | FileCheck %s --check-prefix=ARM
// RUN: %plumbc -S -emit-llvm -O0 %s -o - | FileCheck %s --check-prefix=O0
// RUN: %plumbc -S -mcpu=x86-64-v3 %s -o - | FileCheck %s --check-prefix=ASSEMBLY
// RUN: not %plumbc -S -mcpu=quill %s -o - 2>&1 | FileCheck %s --check-prefix=CPU
// RUN: not %plumbc -S -mtriple=zork %s -o - 2>&1 | FileCheck %s --check-prefix=TRIPLE

// A program without @main is a library; its object has no C main.
// RUN: printf 'func.func @f() { return }' > %t/lib.mlir
// RUN: cd %t && %plumbc -c lib.mlir && llvm-nm lib.o | FileCheck %s --check-prefix=LIBRARY

// OBJECT: Type: Relocatable
// ASSEMBLY: .file "{{.*}}"
// ASSEMBLY: callq plumb_host_start
// IR: source_filename = "{{prog.mlir|<stdin>|.*compile-outputs.mlir}}"
// IR: target triple = "{{.+}}"
// IR-NOT: @unused
// IR: define {{.*}}i32 @main(
// RUNS: {{^}}text
// FILES: a.out
// FILES-NEXT: named.ll
// FILES-NEXT: named.x
// FILES-NEXT: prog.bc
// FILES-NEXT: prog.ll
// FILES-NEXT: prog.mlir
// FILES-NEXT: prog.o
// FILES-NEXT: prog.s
// FILES-NOT: {{.}}
// ARM: bl plumb_host_start
// O0: @unused
// CPU: plumbc: error: '{{.*}}' has no processor 'quill'
// TRIPLE: plumbc: error: cannot make code for 'zork'
// LIBRARY-NOT: main
// LIBRARY: T f
// LIBRARY-NOT: main

func.func private @unused() {
  return
}

func.func @main() {
  %text = intr.constant "text"
  %0 = io.print %text
  return
}
