// 1 MB is compressed at once and in a stream of small pieces, and comes back.
func.func @say(%n: i64) {
  %s = str.from_int %n
  %0 = io.print %s
  return
}
func.func @main() {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %size = arith.constant 1000000 : i64
  %room = arith.constant 1100000 : i64
  %eight = arith.constant 8 : i64
  %raw = intr.new_memory %size
  %source = intr.cast %raw : !intr.ptr to !intr.ptr<"uint8_t">
  // Text-like: what repeats, and what does not.
  %from = arith.constant 0 : index
  %to = arith.constant 1000000 : index
  %step = arith.constant 1 : index
  %seed = arith.constant 12345 : i64
  %last = scf.for %i = %from to %to step %step iter_args(%x = %seed) -> i64 {
    %a = arith.constant 1103515245 : i64
    %c = arith.constant 12345 : i64
    %mask = arith.constant 2147483647 : i64
    %m = arith.muli %x, %a : i64
    %n = arith.addi %m, %c : i64
    %next = arith.andi %n, %mask : i64
    %twenty = arith.constant 20 : i64
    %letter = arith.shrui %next, %twenty : i64
    %fifteen = arith.constant 15 : i64
    %low = arith.andi %letter, %fifteen : i64
    %at = arith.index_cast %i : index to i64
    %byte = arith.trunci %low : i64 to i8
    intr.store %byte, %source[%at] : i8, !intr.ptr<"uint8_t">
    scf.yield %next : i64
  }
  %version = intr.call "zlib.zlib_version"() : () -> !intr.str
  %none = arith.constant 0 : i64
  %size32 = arith.trunci %size : i64 to i32
  %crc = intr.call "zlib.crc32"(%none, %source, %size32) : (i64, !intr.ptr<"uint8_t">, i32) -> i64

  // At once.
  %packedraw = intr.new_memory %room
  %packed = intr.cast %packedraw : !intr.ptr to !intr.ptr<"uint8_t">
  %lengthraw = intr.new_memory %eight
  %length = intr.cast %lengthraw : !intr.ptr to !intr.ptr<"uint64_t">
  intr.store %room, %length : i64, !intr.ptr<"uint64_t">
  %level = arith.constant 9 : i32
  %bytes = intr.copy_bytes %source, %size : !intr.ptr<"uint8_t">
  %c0 = intr.call "zlib.compress2"(%packed, %length, %bytes, %level) : (!intr.ptr<"uint8_t">, !intr.ptr<"uint64_t">, !intr.bytes, i32) -> i32
  %w0 = arith.extsi %c0 : i32 to i64
  func.call @say(%w0) : (i64) -> ()
  %smaller = intr.load %length : !intr.ptr<"uint64_t"> -> i64
  %half = arith.constant 600000 : i64
  %isSmaller = arith.cmpi ult, %smaller, %half : i64
  %w1 = arith.extui %isSmaller : i1 to i64
  func.call @say(%w1) : (i64) -> ()
  %backraw = intr.new_memory %size
  %back = intr.cast %backraw : !intr.ptr to !intr.ptr<"uint8_t">
  %wholeraw = intr.new_memory %eight
  %whole = intr.cast %wholeraw : !intr.ptr to !intr.ptr<"uint64_t">
  intr.store %size, %whole : i64, !intr.ptr<"uint64_t">
  %packedbytes = intr.copy_bytes %packed, %smaller : !intr.ptr<"uint8_t">
  %c1 = intr.call "zlib.uncompress"(%back, %whole, %packedbytes) : (!intr.ptr<"uint8_t">, !intr.ptr<"uint64_t">, !intr.bytes) -> i32
  %w2 = arith.extsi %c1 : i32 to i64
  func.call @say(%w2) : (i64) -> ()
  %crc1 = intr.call "zlib.crc32"(%none, %back, %size32) : (i64, !intr.ptr<"uint8_t">, i32) -> i64
  %equal = arith.cmpi eq, %crc, %crc1 : i64
  %w3 = arith.extui %equal : i1 to i64
  func.call @say(%w3) : (i64) -> ()

  // In a stream: 1 KiB of room at a time.
  %structsize = arith.constant 112 : i32
  %structsize64 = arith.extsi %structsize : i32 to i64
  %strmraw = intr.new_memory %structsize64
  %strm = intr.cast %strmraw : !intr.ptr to !intr.ptr<"zlib.z_stream">
  %versiontext = intr.copy_c_string %version, %version
  %six = arith.constant 6 : i32
  %c2 = intr.call "zlib.deflate_init"(%strm, %six, %versiontext, %structsize) : (!intr.ptr<"zlib.z_stream">, i32, !intr.ptr<"char">, i32) -> i32
  %w4 = arith.extsi %c2 : i32 to i64
  func.call @say(%w4) : (i64) -> ()
  intr.store %source, %strm "zlib.z_stream"["next_in"] : !intr.ptr<"uint8_t">, !intr.ptr<"zlib.z_stream">
  intr.store %size32, %strm "zlib.z_stream"["avail_in"] : i32, !intr.ptr<"zlib.z_stream">
  %streamraw = intr.new_memory %room
  %stream = intr.cast %streamraw : !intr.ptr to !intr.ptr<"uint8_t">
  %kib = arith.constant 1024 : i32
  %kib64 = arith.constant 1024 : i64
  %finish = arith.constant 4 : i32
  %ok = arith.constant 0 : i32
  %turns = scf.while (%turn = %zero) : (i64) -> i64 {
    %offset = arith.muli %turn, %kib64 : i64
    %here = intr.address %stream[%offset] : !intr.ptr<"uint8_t"> -> !intr.ptr<"uint8_t">
    intr.store %here, %strm "zlib.z_stream"["next_out"] : !intr.ptr<"uint8_t">, !intr.ptr<"zlib.z_stream">
    intr.store %kib, %strm "zlib.z_stream"["avail_out"] : i32, !intr.ptr<"zlib.z_stream">
    %c = intr.call "zlib.deflate"(%strm, %finish) : (!intr.ptr<"zlib.z_stream">, i32) -> i32
    %more = arith.cmpi eq, %c, %ok : i32
    %next = arith.addi %turn, %one : i64
    scf.condition(%more) %next : i64
  } do {
  ^bb0(%turn: i64):
    scf.yield %turn : i64
  }
  %total = intr.load %strm "zlib.z_stream"["total_out"] : !intr.ptr<"zlib.z_stream"> -> i64
  %least = arith.muli %turns, %kib64 : i64
  %fits = arith.cmpi ule, %total, %least : i64
  %w5 = arith.extui %fits : i1 to i64
  func.call @say(%w5) : (i64) -> ()
  %c3 = intr.call "zlib.deflate_end"(%strm) : (!intr.ptr<"zlib.z_stream">) -> i32
  %w6 = arith.extsi %c3 : i32 to i64
  func.call @say(%w6) : (i64) -> ()
  intr.store %size, %whole : i64, !intr.ptr<"uint64_t">
  %streambytes = intr.copy_bytes %stream, %total : !intr.ptr<"uint8_t">
  %c4 = intr.call "zlib.uncompress"(%back, %whole, %streambytes) : (!intr.ptr<"uint8_t">, !intr.ptr<"uint64_t">, !intr.bytes) -> i32
  %crc2 = intr.call "zlib.crc32"(%none, %back, %size32) : (i64, !intr.ptr<"uint8_t">, i32) -> i64
  %equal2 = arith.cmpi eq, %crc, %crc2 : i64
  %w7 = arith.extui %equal2 : i1 to i64
  func.call @say(%w7) : (i64) -> ()

  // What is damaged has a message.
  %damage = arith.constant 77 : i8
  intr.store %damage, %stream[%kib64] : i8, !intr.ptr<"uint8_t">
  %damaged = intr.copy_bytes %stream, %total : !intr.ptr<"uint8_t">
  intr.store %size, %whole : i64, !intr.ptr<"uint64_t">
  %c5 = intr.call "zlib.uncompress"(%back, %whole, %damaged) : (!intr.ptr<"uint8_t">, !intr.ptr<"uint64_t">, !intr.bytes) -> i32
  %message = intr.call "zlib.z_error"(%c5) : (i32) -> !intr.str
  %p = io.print %message
  return
}
