// What declarations say of the kinds that ws has not; docs/attributes.md.
// RUN: %plumb-translate --load-family=%S/Inputs/Raw.td --load-family=%S/Inputs/Timer.td --plumb-to-llvmir %s -o %t.ll
// RUN: FileCheck %s < %t.ll
// RUN: opt -S -passes='default<O2>' %t.ll | FileCheck %s --check-prefix=OPT

// A family that hands out addresses has no memory that is inaccessible.
// CHECK-DAG: declare noundef ptr @plumb_heap_allocate(i64 noundef) #[[OPEN:[0-9]+]]
// CHECK-DAG: declare void @plumb_heap_fill(ptr noundef) #[[OPEN]]
// CHECK-DAG: declare void @plumb_heap_flush() #[[WRITES:[0-9]+]]
// CHECK-DAG: declare noundef i64 @plumb_heap_total() #[[READS:[0-9]+]]
// CHECK-DAG: declare noundef i64 @plumb_heap_square(i64 noundef) #[[PURE:[0-9]+]]
// CHECK-DAG: attributes #[[OPEN]] = { nocallback nounwind willreturn }
// CHECK-DAG: attributes #[[WRITES]] = { nocallback nounwind willreturn memory(readwrite, errnomem: none) }
// CHECK-DAG: attributes #[[READS]] = { nocallback nounwind willreturn memory(read, errnomem: none) }
// CHECK-DAG: attributes #[[PURE]] = { nocallback nosync nounwind willreturn memory(none) }

// An out-parameter is written, a span is read, a copy of a struct is read.
// CHECK-DAG: declare noundef i64 @plumb_timer_out(ptr noundef nonnull captures(none)) #[[OUT:[0-9]+]]
// CHECK-DAG: declare noundef i64 @plumb_timer_span(ptr noundef nonnull readonly captures(none), i64 noundef) #[[ARG:[0-9]+]]
// CHECK-DAG: declare noundef i64 @plumb_timer_copy(ptr noundef nonnull readonly captures(none)) #[[ARG]]
// CHECK-DAG: attributes #[[OUT]] = { nocallback nosync nounwind willreturn memory(argmem: readwrite) }
// CHECK-DAG: attributes #[[ARG]] = { nocallback nosync nounwind willreturn memory(argmem: read) }

// What may call the program may do anything, for as long as it likes; also when
// the function is kept, since it may be called at once.
// CHECK-DAG: declare void @plumb_timer_during(ptr noundef, ptr noundef nonnull) #[[CALLS:[0-9]+]]
// CHECK-DAG: declare void @plumb_timer_after(ptr noundef, ptr noundef nonnull) #[[CALLS]]
// CHECK-DAG: attributes #[[CALLS]] = { nounwind }

func.func private @use(i64)

// The runtime reads the block: what the program has stored there stays.
// OPT-LABEL: define {{.*}}@stored(
// OPT: store i64 7
// OPT: call {{.*}}@plumb_heap_flush
// OPT: store i64 8
// OPT: ret void
func.func @stored() {
  %size = arith.constant 8 : i64
  %block = intr.call "heap.allocate"(%size) : (i64) -> !intr.ptr
  %slot = intr.pack %block : !intr.ptr
  %number = intr.unpack %slot : i64
  %pointer = llvm.inttoptr %number : i64 to !llvm.ptr
  %seven = arith.constant 7 : i64
  llvm.store %seven, %pointer : i64, !llvm.ptr
  intr.call "heap.flush"() : () -> ()
  %eight = arith.constant 8 : i64
  llvm.store %eight, %pointer : i64, !llvm.ptr
  return
}

// The callback may change what its environment points to.
// OPT-LABEL: define {{.*}}@environment(
// OPT: call {{.*}}@plumb_timer_during
// OPT: load i64
// OPT: ret i64
func.func @environment() -> i64 {
  %one = llvm.mlir.constant(1 : i64) : i64
  %cell = llvm.alloca %one x i64 : (i64) -> !llvm.ptr
  llvm.store %one, %cell : i64, !llvm.ptr
  %number = llvm.ptrtoint %cell : !llvm.ptr to i64
  %where = intr.pack %number : i64
  intr.call "timer.during"(%where) {on_fire = @fire} : (!intr.slot) -> ()
  %now = llvm.load %cell : !llvm.ptr -> i64
  return %now : i64
}
func.func @fire(%where: !intr.slot) {
  %number = intr.unpack %where : i64
  %cell = llvm.inttoptr %number : i64 to !llvm.ptr
  llvm.store %number, %cell : i64, !llvm.ptr
  return
}

// Coercions leave nothing behind: no stack, no copies.
// OPT-LABEL: define {{.*}}@coerced(
// OPT-NOT: alloca
// OPT: call {{.*}}@plumb_timer_value(
// OPT: ret
func.func @coerced(%a: i32, %b: i32) -> i64 {
  %pair = intr.make "timer.pair"(%a, %b) : (i32, i32)
  %0 = intr.call "timer.value"(%pair) : (!intr.struct<"timer.pair">) -> i64
  return %0 : i64
}

func.func @others(%x: i64, %pointer: !intr.ptr, %name: !intr.str, %where: !intr.slot, %pair: !intr.struct<"timer.pair">) {
  %0 = intr.call "heap.total"() : () -> i64
  call @use(%0) : (i64) -> ()
  %1 = intr.call "heap.square"(%x) : (i64) -> i64
  call @use(%1) : (i64) -> ()
  intr.call "heap.fill"(%pointer) : (!intr.ptr) -> ()
  %2:2 = intr.call "timer.out"() : () -> (i64, i64)
  call @use(%2#1) : (i64) -> ()
  %3 = intr.call "timer.span"(%name) : (!intr.str) -> i64
  call @use(%3) : (i64) -> ()
  %4 = intr.call "timer.copy"(%pair) : (!intr.struct<"timer.pair">) -> i64
  call @use(%4) : (i64) -> ()
  intr.call "timer.after"(%where) {on_fire = @fire} : (!intr.slot) -> ()
  return
}
