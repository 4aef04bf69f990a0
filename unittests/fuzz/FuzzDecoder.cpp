//===- FuzzDecoder.cpp - any bytes, any cuts, the same events -------------===//
//
// The first byte chooses role and limits, the next two how the rest is cut.
//
//===----------------------------------------------------------------------===//

#include "Require.h"

#include "runtime/base/Utf8.h"
#include "runtime/wire/Decoder.h"
#include "runtime/wire/Frame.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

using namespace plumb::rt::wire;
using namespace plumb::rt::base;

namespace {

struct Seen {
  EventKind kind;
  std::string payload;
  uint16_t code;
  const char *what;
  bool operator==(const Seen &) const = default;
};

template <typename NextSize>
std::vector<Seen> decode(Decoder::Role role, const Limits &limits,
                         std::span<const uint8_t> stream, NextSize nextSize) {
  Decoder decoder(role);
  Scratch scratch(0);
  std::vector<Seen> events;
  size_t messageBytes = 0;
  while (!stream.empty()) {
    size_t size = std::min<size_t>(nextSize(), stream.size());
    // A block of its own, so that a read past its end is seen.
    auto piece = std::make_unique<uint8_t[]>(size);
    std::copy_n(stream.data(), size, piece.get());
    size_t taken =
        decoder.feed({piece.get(), size}, limits, scratch, [&](const Event &e) {
          REQUIRE(events.empty() || events.back().kind < EventKind::Close);
          std::string payload(e.payload.begin(), e.payload.end());
          if (e.kind != EventKind::Error) {
            REQUIRE(reinterpret_cast<uintptr_t>(e.payload.data()) % 8 == 0);
            std::memset(e.payload.data() - 8, 0xee, 8);
            std::fill(e.payload.begin(), e.payload.end(), 0xdd);
          }
          if (e.kind == EventKind::Text || e.kind == EventKind::Close)
            REQUIRE(isValidUtf8(asBytes(payload)));
          if (e.kind == EventKind::Text || e.kind == EventKind::Binary)
            REQUIRE(payload.size() <= limits.maxMessage);
          else
            REQUIRE(payload.size() <= maxControlPayload);
          if (e.kind == EventKind::Close)
            REQUIRE(e.code == close::NoStatus || isValidCloseCode(e.code));
          REQUIRE((e.kind == EventKind::Error) == (e.what != nullptr));
          events.push_back({e.kind, std::move(payload), e.code, e.what});
          return true;
        });
    REQUIRE(taken == size);
    messageBytes += size;
    REQUIRE(decoder.heapBytes() <= 2 * messageBytes + 1024);
    stream = stream.subspan(size);
  }
  bool ended = !events.empty() && events.back().kind >= EventKind::Close;
  REQUIRE(decoder.ended() == ended);
  REQUIRE(!ended || decoder.heapBytes() == 0);
  return events;
}

/// What was decoded, encoded by us, decodes to the same.
void roundTrip(const std::vector<Seen> &events, const Limits &limits) {
  std::vector<uint8_t> stream;
  for (const Seen &seen : events) {
    if (seen.kind >= EventKind::Close)
      break;
    constexpr Opcode opcodes[] = {Opcode::Text, Opcode::Binary, Opcode::Ping,
                                  Opcode::Pong};
    FrameRef frame = encode(opcodes[int(seen.kind)], asBytes(seen.payload));
    stream.insert(stream.end(), frame.bytes().begin(), frame.bytes().end());
  }
  std::vector<Seen> again = decode(Decoder::Role::Client, limits, stream,
                                   [] { return size_t(1) << 30; });
  REQUIRE(std::equal(again.begin(), again.end(), events.begin()));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 3)
    return 0;
  auto role = data[0] & 1 ? Decoder::Role::Client : Decoder::Role::Server;
  Limits limits;
  if (data[0] & 2)
    limits.maxMessage = data[0] >> 3;
  if (data[0] & 4)
    limits.maxFragments = 1 + (data[0] >> 3);
  Dice dice(data[1] | data[2] << 8);
  std::span<const uint8_t> stream(data + 3, size - 3);

  std::vector<Seen> whole =
      decode(role, limits, stream, [] { return size_t(1) << 30; });
  REQUIRE(whole == decode(role, limits, stream, [] { return size_t(1); }));
  REQUIRE(whole == decode(role, limits, stream, [&] {
            return size_t(1 + dice.below(dice.below(4) ? 12 : 300));
          }));
  roundTrip(whole, limits);
  return 0;
}
