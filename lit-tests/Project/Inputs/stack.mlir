// Writes as many numbers as it is asked to behind each other into an array of four.

func.func private @fill(%count: i64) {
  %array = memref.alloca() : memref<4xi64>
  %base = memref.extract_aligned_pointer_as_index %array : memref<4xi64> -> index
  %first = arith.index_cast %base : index to i64
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %end = arith.index_cast %count : i64 to index
  scf.for %at = %zero to %end step %one {
    %value = arith.index_cast %at : index to i64
    memref.store %value, %array[%at] : memref<4xi64>
  }
  %sum = memref.load %array[%zero] : memref<4xi64>
  %digits = str.from_int %sum
  %text = intr.constant "written"
  %printed = io.print %text
  return
}

func.func @main() -> i64 {
  %zero = arith.constant 0 : i64
  %text = io.arg %zero
  %count = str.to_int %text, %zero
  call @fill(%count) : (i64) -> ()
  return %zero : i64
}
