// How each kind crosses the call, in one walk and in upstream's pass.
// RUN: %plumb-opt --load-family=%S/Inputs/Clock.td %s --convert-intrinsics-to-llvm=target=x86_64-linux-gnu | FileCheck %s
// RUN: %plumb-opt --load-family=%S/Inputs/Clock.td %s --convert-intrinsics-to-llvm=target=x86_64-linux-gnu | FileCheck %s --check-prefix=THUNKS
// RUN: %plumb-opt --load-family=%S/Inputs/Clock.td %s --convert-to-llvm | FileCheck %s
// RUN: %plumb-opt --load-family=%S/Inputs/Clock.td %s --convert-to-llvm | FileCheck %s --check-prefix=THUNKS
// Running the pass again changes nothing.
// RUN: %plumb-opt --load-family=%S/Inputs/Clock.td %s --convert-intrinsics-to-llvm=target=x86_64-linux-gnu -o %t.once
// RUN: %plumb-opt %t.once --convert-intrinsics-to-llvm=target=x86_64-linux-gnu | diff %t.once -

module attributes {llvm.target_triple = "x86_64-linux-gnu"} {

// Text is its length and then the bytes: a span is the two of them.
// CHECK-LABEL: func @spans(
// CHECK-SAME: %[[NAME:.*]]: !llvm.ptr, %[[KEY:.*]]: !llvm.ptr)
// CHECK: %[[DATA:.*]] = llvm.getelementptr inbounds %[[NAME]][8]
// CHECK: %[[LENGTH:.*]] = llvm.load %[[NAME]] {alignment = 8 : i64} : !llvm.ptr -> i64
// CHECK: %[[BYTES:.*]] = llvm.getelementptr inbounds %[[KEY]][8]
// CHECK: %[[COUNT:.*]] = llvm.load %[[KEY]]
// CHECK: llvm.call @plumb_clock_make_range(%[[DATA]], %[[LENGTH]], %[[BYTES]], %[[COUNT]]) : (!llvm.ptr, i64, !llvm.ptr, i64) -> !llvm.struct<(i64, f64)>
func.func @spans(%name: !intr.str, %key: !intr.bytes) -> f64 {
  %0 = intr.call "clock.make_range"(%name, %key) : (!intr.str, !intr.bytes) -> !intr.struct<"clock.range">
  %1 = intr.field %0["weight"] : !intr.struct<"clock.range"> -> f64
  return %1 : f64
}

// A loop does not grow the stack: memory for the call is of the function's
// entry, and lives during the call.
// CHECK-LABEL: func @loop(
// CHECK: llvm.alloca %{{.*}} x !llvm.struct<"plumb.clock.big", (i64, i64, ptr)> {alignment = 8 : i64}
// CHECK: ^bb1
// CHECK-NOT: alloca
// CHECK: llvm.intr.lifetime.start %[[COPY:.*]] :
// CHECK: llvm.store %{{.*}}, %[[COPY]] {{.*}}!llvm.struct<"plumb.clock.big"
// CHECK: llvm.call @plumb_clock_make_angle(%[[COPY]])
// CHECK: llvm.intr.lifetime.end %[[COPY]]
func.func @loop(%big: !intr.struct<"clock.big">) {
  cf.br ^bb1
^bb1:
  %0 = intr.call "clock.make_angle"(%big) : (!intr.struct<"clock.big">) -> !intr.struct<"clock.angle">
  cf.br ^bb1
}

// An out-parameter is zero before the call and one more result after it; a bool
// is a byte in memory.
// CHECK-LABEL: func @outs(
// CHECK: %[[ZERO:.*]] = llvm.mlir.zero : !llvm.struct<"plumb.clock.date", (i32, i8, i8)>
// CHECK: llvm.store %[[ZERO]], %[[DATE:.*]] {alignment = 4
// CHECK: %[[NULL:.*]] = llvm.mlir.zero : !llvm.ptr
// CHECK: llvm.store %[[NULL]], %[[PARENT:.*]] {
// CHECK: %[[FALSE:.*]] = llvm.mlir.zero : i8
// CHECK: llvm.store %[[FALSE]], %[[SUMMER:.*]] {
// CHECK: %[[FOUND:.*]] = llvm.call @plumb_clock_outs(%{{.*}}, %[[DATE]], %{{.*}}, %[[PARENT]], %[[SUMMER]])
// CHECK: llvm.load %[[DATE]]
// CHECK: llvm.load %[[PARENT]]
// CHECK: %[[BYTE:.*]] = llvm.load %[[SUMMER]] {{.*}} -> i8
// CHECK: llvm.trunc %[[BYTE]] : i8 to i1
func.func @outs(%zone: !clock.zone, %at: i8) -> (i1, !intr.struct<"clock.date">, !clock.zone, i1) {
  %0:4 = intr.call "clock.outs"(%zone, %at) : (!clock.zone, i8) -> (i1, !intr.struct<"clock.date">, !clock.zone, i1)
  return %0#0, %0#1, %0#2, %0#3 : i1, !intr.struct<"clock.date">, !clock.zone, i1
}

// C's promotions; the call says what the fixed parameters are.
// CHECK-LABEL: func @variadic(
// CHECK: %[[A:.*]] = llvm.zext %{{.*}} : i1 to i32
// CHECK: %[[B:.*]] = llvm.sext %{{.*}} : i8 to i32
// CHECK: %[[C:.*]] = llvm.fpext %{{.*}} : f32 to f64
// CHECK: llvm.call @plumb_clock_format(%{{.*}}, %[[A]], %[[B]], %[[C]], %{{.*}}) vararg(!llvm.func<i64 (ptr, ...)>) : (!llvm.ptr, i32, i32, f64, !llvm.ptr) -> i64
// CHECK: llvm.call @plumb_clock_format(%{{.*}}) vararg(!llvm.func<i64 (ptr, ...)>) : (!llvm.ptr) -> i64
func.func @variadic(%how: !intr.str, %a: i1, %b: i8, %c: f32, %zone: !clock.zone) {
  %0 = intr.call "clock.format"(%how, %a, %b, %c, %zone) : (!intr.str, i1, i8, f32, !clock.zone) -> !intr.count
  %1 = intr.call "clock.format"(%how) : (!intr.str) -> !intr.count
  return
}

// The environment is a pointer in C, where the callback's record has it, and
// the last argument of the program's function. An optional one that is left out
// is null.
// CHECK-LABEL: func @watch(
// CHECK: %[[SLOT:.*]] = llvm.ptrtoint %{{.*}} : !llvm.ptr to i64
// CHECK: %[[WHERE:.*]] = llvm.inttoptr %[[SLOT]] : i64 to !llvm.ptr
// CHECK: %[[TICK:.*]] = llvm.mlir.addressof @plumb_clock_on_tick.env.tick
// CHECK: %[[FIRST:.*]] = llvm.mlir.addressof @plumb_clock_on_first.env.first
// CHECK: llvm.call @plumb_clock_watch(%[[WHERE]], %[[TICK]], %[[FIRST]])
// CHECK: %[[NONE:.*]] = llvm.mlir.zero : !llvm.ptr
// CHECK: llvm.call @plumb_clock_watch(%{{.*}}, %{{.*}}, %[[NONE]])
func.func @watch(%zone: !clock.zone) {
  %where = intr.pack %zone : !clock.zone
  intr.call "clock.watch"(%where) {on_tick = @tick, on_first = @first} : (!intr.slot) -> ()
  intr.call "clock.watch"(%where) {on_tick = @tick} : (!intr.slot) -> ()
  return
}
func.func @tick(%count: i16, %part: i8, %name: !intr.str, %where: !intr.slot) -> i1 {
  %zone = intr.unpack %where : !clock.zone
  %null = intr.is_null %zone : !clock.zone
  return %null : i1
}
// THUNKS: llvm.func internal @plumb_clock_on_tick.env.tick(%[[COUNT:.*]]: i16 {llvm.noundef, llvm.signext}, %[[PART:.*]]: i8 {llvm.noundef, llvm.zeroext}, %[[TEXT:.*]]: !llvm.ptr {llvm.nonnull, llvm.noundef}, %[[ENV:.*]]: !llvm.ptr {llvm.noundef}) -> (i1 {llvm.noundef, llvm.zeroext})
// THUNKS: %[[LAST:.*]] = llvm.ptrtoint %[[ENV]] : !llvm.ptr to i64
// THUNKS: call @tick(%[[COUNT]], %[[PART]], %[[TEXT]], %[[LAST]])
func.func @first(%zone: !clock.zone, %where: !intr.slot) -> i8 {
  %0 = intr.unpack %where : i8
  return %0 : i8
}
// THUNKS: llvm.func internal @plumb_clock_on_first.env.first(%[[ENV:.*]]: !llvm.ptr {llvm.noundef}, %[[ZONE:.*]]: !llvm.ptr {llvm.noundef}) -> (i8 {llvm.noundef, llvm.signext})
// THUNKS: %[[LAST:.*]] = llvm.ptrtoint %[[ENV]]
// THUNKS: call @first(%[[ZONE]], %[[LAST]])

// Declaration and call have the record's convention.
// CHECK-LABEL: func @quick(
// CHECK: %[[BYTE:.*]] = llvm.zext %{{.*}} : i1 to i8
// CHECK: llvm.insertvalue %[[BYTE]], %{{.*}}[2]
// CHECK: llvm.call preserve_mostcc @plumb_clock_quick(
func.func @quick(%a: i8, %year: i32, %leap: i1) -> i8 {
  %date = intr.make "clock.date"(%year, %a, %leap) : (i32, i8, i1)
  %0 = intr.call "clock.quick"(%a, %date) : (i8, !intr.struct<"clock.date">) -> i8
  return %0 : i8
}

// A struct in memory is told at the call as well, for optimisations that look
// at the call alone.
// CHECK-LABEL: func @crowded(
// CHECK: llvm.call @plumb_clock_crowded({{.*}}) : (!llvm.ptr {llvm.align = 8 : i64, llvm.sret = !llvm.struct<"plumb.clock.big", (i64, i64, ptr)>}, {{.*}}!llvm.ptr {llvm.align = 8 : i64, llvm.byval = !llvm.struct<"plumb.clock.range", (i64, f64)>, llvm.noundef}, vector<2xf32>) -> ()
func.func @crowded(%a: i64, %date: !intr.struct<"clock.date">, %range: !intr.struct<"clock.range">, %angle: !intr.struct<"clock.angle">) -> !intr.struct<"clock.big"> {
  %0 = intr.call "clock.crowded"(%a, %a, %a, %a, %a, %a, %date, %range, %angle) : (i64, i64, i64, i64, i64, i64, !intr.struct<"clock.date">, !intr.struct<"clock.range">, !intr.struct<"clock.angle">) -> !intr.struct<"clock.big">
  return %0 : !intr.struct<"clock.big">
}

// CHECK-LABEL: func @values(
func.func @values(%float: f32, %int: i16, %flag: i1) -> (i64, f32, i16, i32, i8) {
  // CHECK: %[[BITS:.*]] = llvm.bitcast %{{.*}} : f32 to i32
  // CHECK: %[[SLOT:.*]] = llvm.zext %[[BITS]] : i32 to i64
  %0 = intr.pack %float : f32
  // CHECK: %[[LOW:.*]] = llvm.trunc %[[SLOT]] : i64 to i32
  // CHECK: llvm.bitcast %[[LOW]] : i32 to f32
  %1 = intr.unpack %0 : f32
  // CHECK: llvm.sext %{{.*}} : i16 to i64
  %2 = intr.pack %int : i16
  // CHECK: llvm.trunc %{{.*}} : i64 to i16
  %3 = intr.unpack %2 : i16
  // CHECK: llvm.zext %{{.*}} : i1 to i64
  %4 = intr.pack %flag : i1
  %5 = intr.unpack %4 : i64
  // CHECK: llvm.mlir.constant(6 : i32)
  %6 = intr.enum "clock.day" "sunday" : i32
  // CHECK: llvm.mlir.constant(3 : i8)
  %7 = intr.enum "clock.parts" "hours|minutes" : i8
  // CHECK: llvm.mlir.zero : i64
  %8 = intr.zero : !intr.slot
  // CHECK: llvm.mlir.zero : !llvm.struct<"plumb.clock.date", (i32, i8, i8)>
  %9 = intr.zero : !intr.struct<"clock.date">
  return %5, %1, %3, %6, %7 : i64, f32, i16, i32, i8
}
}
