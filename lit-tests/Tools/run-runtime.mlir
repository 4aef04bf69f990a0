// --runtime takes the intrinsics from a library, the program's own one here and
// the project's; what is no intrinsic comes from libc.
// RUN: %cc -shared -fPIC %S/Inputs/incomplete.c -o %t.so
// RUN: %plumb-run --runtime=%t.so %s one | FileCheck %s --check-prefix=LIBRARY
// RUN: cd $(dirname %t) && %plumb-run --runtime=$(basename %t).so %s one | FileCheck %s --check-prefix=LIBRARY
// RUN: %plumb-run --runtime=%build_root/lib/libPlumbRuntime.so %s | FileCheck %s --check-prefix=SHARED
// RUN: not %plumb-run --runtime=%t.none.so %s 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not %plumb-run --runtime=%s %s 2>&1 | FileCheck %s --check-prefix=NONE

// LIBRARY: host 2 one
// LIBRARY-NEXT: from the library
// SHARED: {{^}}text
// NONE: plumb-run: error: cannot load the runtime library: {{.+}}

func.func @main() {
  %text = intr.constant "text"
  %0 = io.print %text
  return
}
