// Source names with all kinds: results of out-parameters, `...`, functions that
// take the environment, optional ones left out.
// RUN: %plumb-opt --load-family=%S/Inputs/Clock.td %s --resolve-builtins | FileCheck %s

func.func private @"Clock.outs"(!clock.zone, i8) -> (i1, !intr.struct<"clock.date">, !clock.zone, i1)
func.func private @"Clock.format"(!intr.str, i64, f32) -> !intr.count
func.func private @"Clock.watch"(!intr.slot, (i16, i8, !intr.str, !intr.slot) -> i1) -> ()
func.func private @"Clock.make_angle"(!intr.struct<"clock.big">) -> !intr.struct<"clock.angle">

// CHECK-NOT: private
// CHECK: %[[R:.*]]:4 = intr.call "clock.outs"(%{{.*}}, %{{.*}}) : (!clock.zone, i8) -> (i1, !intr.struct<"clock.date">, !clock.zone, i1)
// CHECK: return %[[R]]#1, %[[R]]#3
func.func @outs(%zone: !clock.zone, %at: i8) -> (!intr.struct<"clock.date">, i1) {
  %0:4 = call @"Clock.outs"(%zone, %at) : (!clock.zone, i8) -> (i1, !intr.struct<"clock.date">, !clock.zone, i1)
  return %0#1, %0#3 : !intr.struct<"clock.date">, i1
}

// CHECK: intr.call "clock.format"(%{{.*}}, %{{.*}}, %{{.*}}) : (!intr.str, i64, f32) -> !intr.count
func.func @format(%how: !intr.str, %a: i64, %b: f32) {
  %0 = call @"Clock.format"(%how, %a, %b) : (!intr.str, i64, f32) -> !intr.count
  return
}

// CHECK: intr.call "clock.watch"(%{{.*}}) {on_tick = @tick} : (!intr.slot) -> ()
func.func @watch(%where: !intr.slot) {
  %tick = constant @tick : (i16, i8, !intr.str, !intr.slot) -> i1
  call @"Clock.watch"(%where, %tick) : (!intr.slot, (i16, i8, !intr.str, !intr.slot) -> i1) -> ()
  return
}
func.func @tick(%count: i16, %part: i8, %name: !intr.str, %where: !intr.slot) -> i1 {
  %true = arith.constant true
  return %true : i1
}

// CHECK: intr.call "clock.make_angle"(%{{.*}}) : (!intr.struct<"clock.big">) -> !intr.struct<"clock.angle">
func.func @pointer(%big: !intr.struct<"clock.big">) {
  %0 = call @"Clock.make_angle"(%big) : (!intr.struct<"clock.big">) -> !intr.struct<"clock.angle">
  return
}
