func.func @line(%text: !intr.str, %number: i32, %env: !intr.slot) -> i1 {
  %null = intr.is_null_text %text
  %n = arith.extui %null : i1 to i64
  %s = str.from_int %n
  %0 = io.print %text
  %1 = io.print %s
  %limit = intr.unpack %env : i32
  %more = arith.cmpi slt, %number, %limit : i32
  return %more : i1
}
func.func @say(%n: i32) {
  %w = arith.extsi %n : i32 to i64
  %s = str.from_int %w
  %0 = io.print %s
  return
}
func.func @main() {
  %hello = intr.constant "hello you"
  %null = intr.null : !intr.str
  %size = intr.call "note.size"(%hello) : (!intr.str) -> i32
  func.call @say(%size) : (i32) -> ()
  %none = intr.call "note.size"(%null) : (!intr.str) -> i32
  func.call @say(%none) : (i32) -> ()
  // Constant, dynamic and what the library returned.
  %loud = intr.call "note.shout"(%hello) : (!intr.str) -> !intr.str
  %other = intr.constant "other"
  %loud2 = intr.call "note.shout"(%other) : (!intr.str) -> !intr.str
  %p0 = io.print %loud
  %p1 = io.print %loud2
  %again = intr.call "note.size"(%loud) : (!intr.str) -> i32
  func.call @say(%again) : (i32) -> ()
  %nothing = intr.call "note.shout"(%null) : (!intr.str) -> !intr.str
  %isnull = intr.is_null_text %nothing
  %isnull32 = arith.extui %isnull : i1 to i32
  func.call @say(%isnull32) : (i32) -> ()
  %back = intr.call "note.size"(%nothing) : (!intr.str) -> i32
  func.call @say(%back) : (i32) -> ()
  %empty = str.concat %null, %nothing
  %size0 = intr.call "note.size"(%empty) : (!intr.str) -> i32
  func.call @say(%size0) : (i32) -> ()
  // Freed by the library.
  %both = intr.call "note.join"(%loud, %nothing) : (!intr.str, !intr.str) -> !intr.str
  %p2 = io.print %both
  %found, %first, %rest = intr.call "note.split"(%hello) : (!intr.str) -> (i1, !intr.str, !intr.str)
  %p3 = io.print %first
  %p4 = io.print %rest
  %found2, %first2, %rest2 = intr.call "note.split"(%other) : (!intr.str) -> (i1, !intr.str, !intr.str)
  %isnull2 = intr.is_null_text %first2
  %isnull232 = arith.extui %isnull2 : i1 to i32
  func.call @say(%isnull232) : (i32) -> ()
  %live = intr.call "note.live"() : () -> i32
  func.call @say(%live) : (i32) -> ()
  // Callbacks.
  %lines = intr.constant "one\n\nthree"
  %two = arith.constant 2 : i32
  %env = intr.pack %two : i32
  %count = intr.call "note.each"(%lines, %env) {on_line = @line} : (!intr.str, !intr.slot) -> i32
  func.call @say(%count) : (i32) -> ()
  // In and out.
  %true = arith.constant true
  %left, %next, %down = intr.call "note.skip"(%loud, %two, %true) : (!intr.str, i32, i1) -> (!intr.str, i32, i1)
  %p5 = io.print %left
  func.call @say(%next) : (i32) -> ()
  %down32 = arith.extui %down : i1 to i32
  func.call @say(%down32) : (i32) -> ()
  %nobook = intr.null : !note.book
  %code, %book = intr.call "note.open"(%loud, %nobook) : (!intr.str, !note.book) -> (i32, !note.book)
  func.call @say(%code) : (i32) -> ()
  %title = intr.call "note.title"(%book) : (!note.book) -> !intr.str
  %p6 = io.print %title
  %code2, %gone = intr.call "note.open"(%null, %book) : (!intr.str, !note.book) -> (i32, !note.book)
  func.call @say(%code2) : (i32) -> ()
  %isgone = intr.is_null %gone : !note.book
  %isgone32 = arith.extui %isgone : i1 to i32
  func.call @say(%isgone32) : (i32) -> ()
  %live2 = intr.call "note.live"() : () -> i32
  func.call @say(%live2) : (i32) -> ()
  // Memory.
  %bytes16 = arith.constant 16 : i64
  %memory = intr.new_memory %bytes16
  %page = intr.cast %memory : !intr.ptr to !intr.ptr<"note.page">
  %data = intr.data %loud : !intr.str
  %n = intr.length %loud : !intr.str
  %sum = intr.call "note.turn"(%page, %data, %n) : (!intr.ptr<"note.page">, !intr.ptr<"uint8_t">, i64) -> i64
  %sum2 = intr.call "note.turn"(%page, %data, %n) : (!intr.ptr<"note.page">, !intr.ptr<"uint8_t">, i64) -> i64
  %diff = arith.subi %sum2, %sum : i64
  %diff32 = arith.trunci %diff : i64 to i32
  func.call @say(%diff32) : (i32) -> ()
  %four = arith.constant 4 : i64
  %shouted = intr.copy_text %data, %four : !intr.ptr<"uint8_t">
  %p7 = io.print %shouted
  return
}
