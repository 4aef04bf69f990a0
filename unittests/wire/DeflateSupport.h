//===- DeflateSupport.h - compressed messages for tests ---------*- C++ -*-===//
//
// Made and read by zlib, and not by our code.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_UNITTESTS_WIRE_DEFLATESUPPORT_H
#define PLUMB_UNITTESTS_WIRE_DEFLATESUPPORT_H

#include "Support.h"
#include "Zlib.h"

#include "runtime/base/Utf8.h"
#include "runtime/wire/Deflater.h"
#include "runtime/wire/Inflater.h"

#include <random>

namespace plumb::rt::wire {

inline constexpr auto server = Decoder::Role::Server;
inline constexpr auto client = Decoder::Role::Client;
inline constexpr int rsv1 = 0x40;
inline const std::string tail("\0\0\xff\xff", 4);

using test::Zip;
using test::zip;

/// The same as one stream with a final block.
inline std::string zipFinal(std::string_view plain) {
  z_stream z = {};
  deflateInit2(&z, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&z, plain.size()), 0);
  z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(plain.data()));
  z.avail_in = static_cast<uInt>(plain.size());
  z.next_out = reinterpret_cast<Bytef *>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&z, Z_FINISH), Z_STREAM_END);
  out.resize(out.size() - z.avail_out);
  deflateEnd(&z);
  return out;
}

inline std::string zipped(int opcode, std::string_view plain, Zip how = {}) {
  return raw({opcode, zip(plain, how), true, true, rsv1});
}
inline std::string framed(const std::string &payload, int opcode = 1) {
  return raw({opcode, payload, true, true, rsv1});
}

inline void expectDeflated(std::string_view stream, const Events &expected,
                           Limits limits = {}, size_t context = 0) {
  expectEvents(stream, expected, server, limits, context);
}

inline std::string words(size_t size, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::string out;
  while (out.size() < size)
    out += "word" + std::to_string(random() % 500) + " \xe2\x82\xac ";
  while (
      !base::isValidUtf8(base::asBytes(std::string_view(out).substr(0, size))))
    ++size;
  return out.substr(0, size);
}
inline std::string noise(size_t size) {
  std::mt19937 random(static_cast<unsigned>(size));
  std::string bytes(size, 0);
  for (char &c : bytes)
    c = char(random());
  return bytes;
}

inline std::string inflated(const std::string &compressed, Limits limits = {}) {
  CompressionCounts counts;
  Inflater inflater(counts);
  std::span<uint8_t> out;
  switch (inflater.inflate(base::asBytes(compressed), limits, {}, out)) {
  case Inflater::Outcome::Done:
    return "=" + std::string(out.begin(), out.end());
  case Inflater::Outcome::Damaged:
    return "damaged";
  case Inflater::Outcome::TooLarge:
    return "too large";
  case Inflater::Outcome::NoMemory:
    return "no memory";
  }
  return "?";
}

} // namespace plumb::rt::wire

#endif // PLUMB_UNITTESTS_WIRE_DEFLATESUPPORT_H
