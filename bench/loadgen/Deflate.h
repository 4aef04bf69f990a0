//===- Deflate.h - permessage-deflate, client's side ------------*- C++ -*-===//
//
// RFC 7692, section 7.2, on zlib. One thread. Results stay as they are until
// the next call on the same object.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_BENCH_LOADGEN_DEFLATE_H
#define PLUMB_BENCH_LOADGEN_DEFLATE_H

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::bench {

/// Decompresses messages: of one connection when its server keeps its context,
/// else of any number of them.
class Inflater {
public:
  explicit Inflater(bool keepsContext);
  ~Inflater();
  Inflater(const Inflater &) = delete;

  /// Throws ConnectionError when `compressed` is not the end of a message's
  /// compressed blocks as RFC 7692 has them.
  std::string_view inflate(std::string_view compressed);
  /// Messages that were not those of the last few: how often a server without
  /// context must have compressed, at least.
  uint64_t distinct() const { return decompressed; }

private:
  /// Members of a room get the same bytes: they are decompressed once.
  struct Known {
    std::string compressed, text;
  };
  void decompress(std::string_view compressed, std::string &text);

  const bool keepsContext;
  z_stream stream{};
  std::string whole; // with a context: the last message
  std::vector<Known> known;
  uint64_t decompressed = 0;
};

/// Compresses each message for itself.
class Deflater {
public:
  Deflater();
  ~Deflater();
  Deflater(const Deflater &) = delete;

  /// The payload of a frame with RSV1 for the text `first` + `second`.
  std::string_view deflate(std::string_view first, std::string_view second);

private:
  z_stream stream{};
  std::string text, compressed;
};

} // namespace plumb::bench

#endif // PLUMB_BENCH_LOADGEN_DEFLATE_H
