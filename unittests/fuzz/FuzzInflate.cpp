//===- FuzzInflate.cpp - compressed messages, damaged or not --------------===//
//
// The first byte chooses the limits, the second how, the next two how the
// stream is cut. The rest is a compressed payload; or a program that makes one
// with zlib, so that what comes out is known. In any case zlib itself, with
// room for everything, says what must come out. With context takeover it is
// followed by one that refers to it, and by the bytes as they are.
//
//===----------------------------------------------------------------------===//

#include "Require.h"

#include "runtime/base/Utf8.h"
#include "runtime/wire/Decoder.h"
#include "runtime/wire/Deflater.h"
#include "runtime/wire/Inflater.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <sanitizer/allocator_interface.h>
#include <string>
#include <vector>
#define ZLIB_CONST
#include <zlib.h>

using namespace plumb::rt::wire;
using namespace plumb::rt::base;
using Outcome = Inflater::Outcome;

namespace {

const std::string tail("\0\0\xff\xff", 4); // RFC 7692 section 7.2.1
constexpr uint8_t fin = 0x80, rsv1 = 0x40;

struct Result {
  Outcome outcome;
  std::string message;
  bool operator==(const Result &) const = default;
};

//===----------------------------------------------------------------------===//
// What must come out
//===----------------------------------------------------------------------===//

/// What Limits.h allows a message of so many compressed bytes to become.
uint64_t maxOf(const Limits &limits, size_t compressed) {
  uint64_t byRatio = std::max<uint64_t>(
      limits.inflateFloor, uint64_t(limits.maxInflateRatio) * compressed);
  return limits.maxInflateRatio == 0 ? limits.maxMessage
                                     : std::min(limits.maxMessage, byRatio);
}

/// RFC 7692 section 7.2.2 as it stands there, in one buffer; `before` is what
/// it may refer to.
Result reference(std::string_view compressed, uint64_t max,
                 std::string_view before = "") {
  if (compressed.empty())
    return {Outcome::Done, ""};
  static std::string out;
  if (out.size() <= max)
    out.resize(max + 1);
  std::string in(compressed);
  in += tail;
  z_stream z = {};
  REQUIRE(inflateInit2(&z, -15) == Z_OK);
  REQUIRE(inflateSetDictionary(&z, asBytes(before).data(),
                               uInt(before.size())) == Z_OK);
  z.next_in = asBytes(in).data();
  z.avail_in = uInt(in.size());
  z.next_out = reinterpret_cast<uint8_t *>(out.data());
  z.avail_out = uInt(max + 1);
  int code = Z_OK;
  bool whole = false;
  while (z.avail_in != 0 && z.avail_out != 0 && code == Z_OK) {
    code = inflate(&z, Z_SYNC_FLUSH);
    whole = code == Z_STREAM_END || (code == Z_OK && z.data_type & 128);
    if (code == Z_STREAM_END) {
      if (z.avail_in == tail.size())
        break; // Nothing stands behind the final block.
      inflateResetKeep(&z);
      code = Z_OK;
    }
  }
  size_t size = max + 1 - z.avail_out;
  inflateEnd(&z);
  if (size > max)
    return {Outcome::TooLarge, ""};
  if ((code != Z_OK && code != Z_STREAM_END) || !whole)
    return {Outcome::Damaged, ""};
  return {Outcome::Done, out.substr(0, size)};
}

/// Blocks of all kinds out of a program, which refer to `before`; `plain` is
/// what they stand for.
std::string zip(std::span<const uint8_t> program, std::string &plain,
                std::string_view before = "") {
  std::string out;
  z_stream z = {};
  size_t at = 0;
  auto next = [&]() -> unsigned {
    return at == program.size() ? 0 : program[at++];
  };
  unsigned how = next();
  const int levels[] = {1, 6, 9, 0};
  auto begin = [&] {
    REQUIRE(deflateInit2(&z, levels[how & 3], Z_DEFLATED,
                         -std::min(9 + int(how >> 5), 15), 8,
                         how >> 2 & 3) == Z_OK);
    REQUIRE(deflateSetDictionary(&z, asBytes(before).data(),
                                 uInt(before.size())) == Z_OK);
  };
  auto write = [&](std::string_view piece, int flush) {
    z.next_in = asBytes(piece).data();
    z.avail_in = uInt(piece.size());
    char buffer[4096];
    do {
      z.next_out = reinterpret_cast<uint8_t *>(buffer);
      z.avail_out = sizeof buffer;
      deflate(&z, flush);
      out.append(buffer, sizeof buffer - z.avail_out);
    } while (z.avail_out == 0);
    plain += piece;
  };
  begin();
  while (at < program.size() && plain.size() < 40000) {
    unsigned op = next();
    switch (op & 7) {
    case 0:
    case 1: { // Bytes as they are.
      std::string piece;
      for (unsigned left = 1 + (op >> 3); left && at < program.size(); --left)
        piece += char(next());
      write(piece, Z_NO_FLUSH);
      break;
    }
    case 2: // One byte many times.
    case 3: {
      unsigned size = next() << 8;
      size = (size | next()) % 9000;
      write(std::string(size, char('a' + (op >> 3))), Z_NO_FLUSH);
      break;
    }
    case 4: // What has been, again.
      write(std::string(plain, plain.size() -
                                   std::min<size_t>(plain.size(), next() * 4)),
            Z_NO_FLUSH);
      break;
    case 5:
      write("", Z_SYNC_FLUSH);
      break;
    case 6:
      write("", Z_FULL_FLUSH);
      break;
    case 7: // A final block, and another stream behind it.
      write("", Z_FINISH);
      deflateEnd(&z);
      before = "";
      begin();
      break;
    }
  }
  bool final = how & 16;
  write("", final ? Z_FINISH : Z_SYNC_FLUSH);
  deflateEnd(&z);
  if (!final) {
    REQUIRE(out.ends_with(tail));
    out.resize(out.size() - tail.size());
  }
  return out;
}

//===----------------------------------------------------------------------===//
// What comes out
//===----------------------------------------------------------------------===//

size_t largestBlock; // asked for since it was set to 0
void onMalloc(const volatile void *, size_t size) {
  largestBlock = std::max(largestBlock, size);
}

Result inflateWith(Inflater &inflater, std::string_view compressed,
                   const Limits &limits) {
  const uint64_t max = maxOf(limits, compressed.size());
  // A block of its own, so that a read past its end is seen.
  auto block = std::make_unique<uint8_t[]>(compressed.size());
  compressed.copy(reinterpret_cast<char *>(block.get()), compressed.size());
  std::span<uint8_t> out;
  largestBlock = 0;
  Outcome outcome =
      inflater.inflate({block.get(), compressed.size()}, limits, {}, out);
  // zlib's own state, or the promise of Inflater.h.
  REQUIRE(largestBlock <=
          std::max<size_t>({40000, 2 * compressed.size() + 64,
                            std::min(2 * (max + 1), max + 64)}));
  REQUIRE(outcome != Outcome::NoMemory);
  if (outcome != Outcome::Done)
    return {outcome, ""};
  REQUIRE(out.data() && out.size() <= max && out.size() <= limits.maxMessage);
  REQUIRE(largestBlock <= std::max({size_t(40000), 2 * compressed.size() + 64,
                                    2 * out.size() + 64}));
  REQUIRE(reinterpret_cast<uintptr_t>(out.data()) % 16 == 0);
  std::string message(out.begin(), out.end());
  std::fill(out.data() - 8, out.data() + out.size(), 0xdd);
  return {outcome, message};
}

struct Seen {
  EventKind kind;
  std::string payload;
  uint16_t code = 0;
  bool operator==(const Seen &) const = default;
};

template <typename NextSize>
std::vector<Seen> decode(std::string_view stream, const Limits &limits,
                         Decoder::Role role, size_t context,
                         NextSize nextSize) {
  Decoder decoder(role);
  decoder.enableDeflate(context);
  Scratch scratch(0);
  std::vector<Seen> events;
  for (size_t at = 0; at != stream.size();) {
    size_t size = std::min<size_t>(nextSize(), stream.size() - at);
    auto piece = std::make_unique<uint8_t[]>(size);
    stream.copy(reinterpret_cast<char *>(piece.get()), size, at);
    decoder.feed({piece.get(), size}, limits, scratch, [&](const Event &e) {
      events.push_back({e.kind, {e.payload.begin(), e.payload.end()}, e.code});
      // Ours to write on, with 8 bytes in front.
      if (e.kind != EventKind::Error)
        std::fill(e.payload.data() - 8, e.payload.data() + e.payload.size(),
                  0xdd);
      return true;
    });
    at += size;
    REQUIRE(decoder.heapBytes() <= 2 * at + 1024 + 2 * context);
  }
  return events;
}

std::string frame(uint8_t first, std::string_view payload, uint32_t key) {
  std::string out{char(first)};
  if (payload.size() < 126) {
    out += char(0x80 | payload.size());
  } else {
    bool large = payload.size() > 0xffff;
    out += char(large ? 0xff : 0xfe);
    for (int shift = large ? 56 : 8; shift >= 0; shift -= 8)
      out += char(uint64_t(payload.size()) >> shift);
  }
  std::string mask(reinterpret_cast<const char *>(&key), 4);
  out += mask;
  for (size_t at = 0; at != payload.size(); ++at)
    out += char(payload[at] ^ mask[at % 4]);
  return out;
}

struct Message {
  std::string compressed;
  Result result;
};

/// Messages in fragments with pings between, and what a server must make of
/// them.
void throughDecoder(const std::vector<Message> &messages, size_t context,
                    const Limits &limits, bool text, Dice &dice) {
  std::vector<Seen> expected;
  std::string stream;
  auto fail = [&](uint16_t code) {
    expected.push_back({EventKind::Error, "", code});
  };
  auto failed = [&] {
    return !expected.empty() && expected.back().kind == EventKind::Error;
  };
  for (const auto &[compressed, result] : messages) {
    size_t at = 0, step = 1 + dice.below(dice.below(2) ? 8 : 2000);
    step = std::max(step, compressed.size() / 64);
    for (bool first = true, last = false; !last; first = false) {
      size_t size = std::min(1 + size_t(dice.below(uint32_t(step))),
                             compressed.size() - at);
      last = at + size == compressed.size() && dice.below(3) != 0;
      int opcode = !first ? 0 : text ? 1 : 2;
      stream += frame(uint8_t(opcode | (first ? rsv1 : 0) | (last ? fin : 0)),
                      std::string_view(compressed).substr(at, size),
                      dice.below(1u << 31));
      at += size;
      if (at > limits.compressedLimit() && !failed())
        fail(close::MessageTooBig);
      if (!last && dice.below(4) == 0) {
        stream += frame(fin | 9, "ping", 0);
        if (!failed())
          expected.push_back({EventKind::Ping, "ping"});
      }
    }
    if (failed())
      continue;
    if (result.outcome == Outcome::TooLarge)
      fail(close::MessageTooBig);
    else if (result.outcome == Outcome::Damaged ||
             (text && !isValidUtf8(asBytes(result.message))))
      fail(close::InvalidPayload);
    else
      expected.push_back(
          {text ? EventKind::Text : EventKind::Binary, result.message});
  }
  constexpr auto server = Decoder::Role::Server;
  REQUIRE(expected ==
          decode(stream, limits, server, context, [] { return ~size_t(0); }));
  REQUIRE(expected == decode(stream, limits, server, context,
                             [&] { return 1 + stream.size() / 2000; }));
  REQUIRE(expected == decode(stream, limits, server, context, [&] {
            return size_t(1 + dice.below(dice.below(4) ? 12 : 3000));
          }));
}

/// What our compressor makes of a message, a client reads.
void roundTrip(Deflater &deflater, std::string_view plain) {
  FrameRef frame = deflater.compress(Opcode::Binary, asBytes(plain));
  if (!frame)
    return;
  REQUIRE(frame.payloadSize() < plain.size());
  std::string stream(frame.bytes().begin(), frame.bytes().end());
  Limits none;
  none.maxMessage = uint64_t(1) << 40;
  none.maxInflateRatio = 0;
  std::vector<Seen> events =
      decode(stream, none, Decoder::Role::Client, 0, [] { return ~size_t(0); });
  REQUIRE(events.size() == 1 && events[0].kind == EventKind::Binary);
  REQUIRE(events[0].payload == plain);
}

Limits chosen(uint8_t choice) {
  Limits limits;
  const uint64_t sizes[] = {1 << 20, 0, 1, 100, 4096, 8191, 20000, 100000};
  limits.maxMessage = sizes[choice & 7];
  const uint32_t ratios[] = {100, 0, 1, 10}, floors[] = {1 << 20, 0, 64, 5000};
  limits.maxInflateRatio = ratios[choice >> 3 & 3];
  limits.inflateFloor = floors[choice >> 5 & 3];
  return limits;
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int *, char ***) {
  return __sanitizer_install_malloc_and_free_hooks(
             onMalloc, [](const volatile void *) {}) == 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 4)
    return 0;
  Limits limits = chosen(data[0]);
  bool isProgram = data[1] & 1, text = data[1] & 2;
  Dice dice(data[2] | data[3] << 8);
  std::span<const uint8_t> rest(data + 4, size - 4);
  std::string plain, compressed(rest.begin(), rest.end());
  if (isProgram)
    compressed = zip(rest, plain);

  const uint64_t max = maxOf(limits, compressed.size());
  Result result = reference(compressed, max);
  if (isProgram)
    REQUIRE(result == (plain.size() > max ? Result{Outcome::TooLarge, ""}
                                          : Result{Outcome::Done, plain}));

  // Neither the message before nor the buffer that it left makes a difference.
  CompressionCounts counts;
  Inflater fresh(counts), used(counts);
  std::string large(1 + 500 * (data[1] >> 2), 'x');
  Deflater deflater(1 + data[2] % 9);
  if (FrameRef before = deflater.compress(Opcode::Binary, asBytes(large)))
    REQUIRE(
        inflateWith(used,
                    {reinterpret_cast<const char *>(before.payload().data()),
                     before.payloadSize()},
                    Limits())
            .message == large);
  REQUIRE(inflateWith(fresh, compressed, limits) == result);
  REQUIRE(inflateWith(used, compressed, limits) == result);
  throughDecoder({{compressed, result}, {compressed, result}}, 0, limits, text,
                 dice);

  constexpr size_t context = 32768;
  std::string before = result.message, more;
  before.erase(0, before.size() - std::min(before.size(), context));
  std::string second = zip(rest, more, before);
  Result referring = reference(second, maxOf(limits, second.size()), before);
  if (more.size() <= maxOf(limits, second.size()))
    REQUIRE(referring.message == more);
  before += referring.message;
  before.erase(0, before.size() - std::min(before.size(), context));
  std::string any(rest.begin(), rest.end());
  throughDecoder({{compressed, result},
                  {second, referring},
                  {any, reference(any, maxOf(limits, any.size()), before)}},
                 context, limits, text, dice);

  roundTrip(deflater, result.message);
  roundTrip(deflater, plain);
  roundTrip(deflater, {reinterpret_cast<const char *>(data), size});
  return 0;
}
