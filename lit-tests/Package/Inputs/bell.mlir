func.func private @"Bell.ring"(i64) -> !intr.status
func.func @main() -> !intr.status {
  %two = arith.constant 2 : i64
  %less = arith.constant -1 : i64
  %0 = call @"Bell.ring"(%two) : (i64) -> !intr.status
  %1 = call @"Bell.ring"(%less) : (i64) -> !intr.status
  return %1 : !intr.status
}
