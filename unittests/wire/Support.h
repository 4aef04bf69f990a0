//===- Support.h - streams of frames and what a decoder makes of them -----===//
#ifndef PLUMB_UNITTESTS_WIRE_SUPPORT_H
#define PLUMB_UNITTESTS_WIRE_SUPPORT_H

#include "runtime/wire/Decoder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::rt::wire {

/// An event that outlives its decoder. `what` is not compared.
struct Seen {
  EventKind kind;
  std::string payload;
  uint16_t code;
  std::string what;

  Seen(EventKind kind, std::string_view payload, uint16_t code = 0,
       std::string_view what = "")
      : kind(kind), payload(payload), code(code), what(what) {}
  bool operator==(const Seen &other) const {
    return kind == other.kind && payload == other.payload && code == other.code;
  }
  friend std::ostream &operator<<(std::ostream &out, const Seen &seen) {
    static const char *names[] = {"Text", "Binary", "Ping",
                                  "Pong", "Close",  "Error"};
    return out << names[int(seen.kind)] << "(" << seen.code << ", "
               << seen.payload.size() << " bytes \""
               << seen.payload.substr(0, 40) << "\" " << seen.what << ")";
  }
};
using Events = std::vector<Seen>;

inline Seen text(std::string_view s) {
  return {EventKind::Text, std::string(s)};
}
inline Seen binary(std::string_view s) {
  return {EventKind::Binary, std::string(s)};
}
inline Seen ping(std::string_view s) {
  return {EventKind::Ping, std::string(s)};
}
inline Seen pong(std::string_view s) {
  return {EventKind::Pong, std::string(s)};
}
inline Seen closed(uint16_t code, std::string_view s = "") {
  return {EventKind::Close, std::string(s), code};
}
inline Seen error(uint16_t code) { return {EventKind::Error, "", code}; }

/// A frame from raw parts, written apart from the encoder under test.
struct RawFrame {
  int opcode;
  std::string payload;
  bool fin = true;
  bool masked = true;
  int reserved = 0;     // the three bits, as 0x70
  int lengthBytes = -1; // 0, 2, 8, or the shortest form
  uint32_t key = 0x5ad3f10b;
};

inline std::string raw(const RawFrame &f) {
  std::string out;
  out += char((f.fin ? 0x80 : 0) | f.reserved | f.opcode);
  uint64_t size = f.payload.size();
  int bytes = f.lengthBytes >= 0 ? f.lengthBytes
              : size < 126       ? 0
              : size < 65536     ? 2
                                 : 8;
  out += char((f.masked ? 0x80 : 0) | (bytes == 0   ? int(size)
                                       : bytes == 2 ? 126
                                                    : 127));
  for (int at = bytes - 1; at >= 0; --at)
    out += char(size >> (8 * at));
  char key[4] = {char(f.key >> 24), char(f.key >> 16), char(f.key >> 8),
                 char(f.key)};
  if (f.masked)
    out.append(key, 4);
  for (size_t at = 0; at != size; ++at)
    out += f.masked ? char(f.payload[at] ^ key[at % 4]) : f.payload[at];
  return out;
}

/// Feeds `stream` cut behind each position of `cuts`. `deflate` is the context
/// that was agreed on, if any. Each piece is a heap
/// block of its own size, so that a sanitizer sees a read past its end.
inline Events decode(std::string_view stream, const std::vector<size_t> &cuts,
                     Decoder::Role role = Decoder::Role::Server,
                     Limits limits = {},
                     std::optional<size_t> deflate = std::nullopt) {
  Decoder decoder(role);
  if (deflate)
    decoder.enableDeflate(*deflate);
  Scratch scratch(0);
  Events events;
  size_t begin = 0;
  for (size_t cut = 0; cut <= cuts.size(); ++cut) {
    size_t end = cut == cuts.size() ? stream.size() : cuts[cut];
    size_t size = end - begin;
    auto piece = std::make_unique<uint8_t[]>(size);
    std::copy_n(stream.data() + begin, size, piece.get());
    size_t taken = decoder.feed(
        {piece.get(), size}, limits, scratch, [&](const Event &event) {
          if (event.kind != EventKind::Error) {
            EXPECT_NE(event.payload.data(), nullptr);
            EXPECT_EQ(reinterpret_cast<uintptr_t>(event.payload.data()) % 8,
                      0u);
            std::string copy(event.payload.begin(), event.payload.end());
            // The 8 bytes in front and the payload are the sink's to write.
            std::memset(event.payload.data() - 8, 0xee, 8);
            std::fill(event.payload.begin(), event.payload.end(), 0xdd);
            events.push_back({event.kind, copy, event.code, ""});
          } else {
            EXPECT_NE(event.what, nullptr);
            events.push_back({event.kind, "", event.code,
                              event.what ? event.what : "(null)"});
          }
          return true;
        });
    EXPECT_EQ(taken, size);
    begin = end;
  }
  bool ends = !events.empty() && events.back().kind >= EventKind::Close;
  EXPECT_EQ(decoder.ended(), ends);
  return events;
}

/// Checks that every way to cut a short stream, and many ways to cut a long
/// one, give these events.
inline void expectEvents(std::string_view stream, const Events &expected,
                         Decoder::Role role = Decoder::Role::Server,
                         Limits limits = {},
                         std::optional<size_t> deflate = std::nullopt) {
  ASSERT_EQ(decode(stream, {}, role, limits, deflate), expected) << "uncut";
  size_t n = stream.size();
  auto check = [&](const std::vector<size_t> &cuts) {
    Events got = decode(stream, cuts, role, limits, deflate);
    ASSERT_EQ(got, expected) << "cut at " << ::testing::PrintToString(cuts);
  };
  auto fatal = [] { return ::testing::Test::HasFatalFailure(); };
  if (n <= 13) {
    for (uint32_t set = 0; n != 0 && set != 1u << (n - 1) && !fatal(); ++set) {
      std::vector<size_t> cuts;
      for (size_t at = 1; at != n; ++at)
        if (set >> (at - 1) & 1)
          cuts.push_back(at);
      check(cuts);
    }
    return;
  }
  if (n <= 2000)
    for (size_t at = 1; at != n && !fatal(); ++at)
      check({at});
  std::vector<size_t> every;
  for (size_t at = 1; at != n; ++at)
    every.push_back(at);
  check(every);
  std::mt19937 random(static_cast<unsigned>(n));
  for (int round = 0; round != 40 && !fatal(); ++round) {
    std::vector<size_t> cuts;
    for (int count = 1 + int(random() % 12); count != 0; --count)
      cuts.push_back(1 + random() % (n - 1));
    std::sort(cuts.begin(), cuts.end());
    check(cuts);
  }
}

} // namespace plumb::rt::wire

#endif // PLUMB_UNITTESTS_WIRE_SUPPORT_H
