//===- Zlib.h - what a test compresses without our code ---------*- C++ -*-===//
#ifndef PLUMB_UNITTESTS_WIRE_ZLIB_H
#define PLUMB_UNITTESTS_WIRE_ZLIB_H

#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <zlib.h>

namespace plumb::test {

struct Zip {
  int level = 6, bits = 15, strategy = Z_DEFAULT_STRATEGY;
  size_t block = SIZE_MAX; ///< a flush after so many bytes
};

/// The payload of a compressed message (RFC 7692 section 7.2.1).
inline std::string zip(std::string_view plain, Zip how = {}) {
  z_stream z = {};
  EXPECT_EQ(deflateInit2(&z, how.level, Z_DEFLATED, -how.bits, 8, how.strategy),
            Z_OK);
  std::string out;
  size_t at = 0;
  do {
    size_t size = std::min(how.block, plain.size() - at);
    z.next_in =
        reinterpret_cast<Bytef *>(const_cast<char *>(plain.data()) + at);
    z.avail_in = static_cast<uInt>(size);
    std::string piece(deflateBound(&z, size) + 64, 0);
    z.next_out = reinterpret_cast<Bytef *>(piece.data());
    z.avail_out = static_cast<uInt>(piece.size());
    EXPECT_EQ(deflate(&z, Z_SYNC_FLUSH), Z_OK);
    out.append(piece, 0, piece.size() - z.avail_out);
    at += size;
  } while (at != plain.size());
  deflateEnd(&z);
  const std::string tail("\0\0\xff\xff", 4);
  EXPECT_TRUE(out.ends_with(tail));
  out.resize(out.size() - tail.size());
  return out;
}

inline std::string unzip(std::string compressed) {
  compressed += std::string("\0\0\xff\xff", 4);
  z_stream z = {};
  inflateInit2(&z, -15);
  std::string out(1 << 20, 0);
  z.next_in = reinterpret_cast<Bytef *>(compressed.data());
  z.avail_in = static_cast<uInt>(compressed.size());
  z.next_out = reinterpret_cast<Bytef *>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&z, Z_SYNC_FLUSH), Z_OK);
  out.resize(out.size() - z.avail_out);
  inflateEnd(&z);
  return out;
}

} // namespace plumb::test

#endif // PLUMB_UNITTESTS_WIRE_ZLIB_H
