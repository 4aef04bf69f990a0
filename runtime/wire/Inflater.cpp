//===- Inflater.cpp - compressed messages back into plain ones ------------===//

#include "runtime/wire/Inflater.h"

#include <algorithm>
#include <new>

#define ZLIB_CONST
#include <zlib.h>

using namespace plumb::rt::wire;

static constexpr size_t minBuffer = 4096, keptOutput = 64 * 1024;
/// zlib counts in 32 bits.
static constexpr size_t maxAtOnce = size_t(1) << 30;

struct Inflater::Stream {
  z_stream z = {};
  bool ready;
  // Raw data, and the largest window: a client may use any.
  Stream() : ready(inflateInit2(&z, -15) == Z_OK) {}
  ~Stream() {
    if (ready)
      inflateEnd(&z);
  }
};

Inflater::Inflater(CompressionCounts &counts) noexcept : counts(counts) {}
Inflater::~Inflater() = default;

Inflater::Outcome Inflater::inflate(std::span<const uint8_t> compressed,
                                    const Limits &limits,
                                    const SlidingWindow &window,
                                    std::span<uint8_t> &message) noexcept {
  uint64_t max = limits.inflatedLimit(compressed.size());
  Outcome outcome = run(compressed, max, window, message);
  switch (outcome) {
  case Outcome::Done:
    counts.messages.add(1);
    counts.inputBytes.add(compressed.size());
    counts.outputBytes.add(message.size());
    break;
  case Outcome::Damaged:
    counts.damaged.add(1);
    break;
  case Outcome::TooLarge:
    (max < limits.maxMessage ? counts.ratio : counts.tooLarge).add(1);
    break;
  case Outcome::NoMemory:
    break;
  }
  return outcome;
}

/// inflate() up to `max` bytes.
Inflater::Outcome Inflater::run(std::span<const uint8_t> compressed,
                                uint64_t max, const SlidingWindow &window,
                                std::span<uint8_t> &message) noexcept {
  if (!stream || !stream->ready)
    stream.reset(new (std::nothrow) Stream());
  if (!stream || !stream->ready)
    return Outcome::NoMemory;
  z_stream &z = stream->z;
  inflateReset(&z);
  for (std::span<const uint8_t> piece : window.pieces())
    if (!piece.empty() &&
        inflateSetDictionary(&z, piece.data(),
                             static_cast<uInt>(piece.size())) != Z_OK)
      return Outcome::NoMemory; // The only reason, for raw data.

  // One byte more shows that there is more.
  const uint64_t room = max + 1;
  size_t size = 0;
  size_t first = static_cast<size_t>(
      std::min<uint64_t>(room, std::max(minBuffer, 2 * compressed.size())));
  if (first > buffer.capacity())
    buffer.reset(); // Not doubled, nor copied: it holds nothing any more.
  if (!buffer.grow(first, room))
    return Outcome::NoMemory;

  // What the sender has taken off (RFC 7692 section 7.2.1): an empty block,
  // whose first byte is the last of the message.
  static constexpr uint8_t tail[] = {0x00, 0x00, 0xff, 0xff};
  bool final = false; // A block that calls itself the last has just ended.
  for (auto piece : {compressed, std::span<const uint8_t>(tail)}) {
    // A sender that does without the empty block behind its last one, or that
    // sends nothing for an empty message, leaves no doubt about what it means.
    if (compressed.empty() || (piece.data() == tail && final))
      break;
    do {
      if (size == buffer.capacity() && !buffer.grow(size + 1, room))
        return Outcome::NoMemory;
      size_t in = std::min(piece.size(), maxAtOnce);
      size_t out = std::min({buffer.capacity() - size, room - size, maxAtOnce});
      z.next_in = piece.data();
      z.avail_in = static_cast<uInt>(in);
      z.next_out = buffer.data() + size;
      z.avail_out = static_cast<uInt>(out);
      int code = ::inflate(&z, Z_SYNC_FLUSH);
      piece = piece.subspan(in - z.avail_in);
      size += out - z.avail_out;
      if (size > max)
        return Outcome::TooLarge;
      if (in == 0 && code == Z_BUF_ERROR)
        break; // It had given out everything.
      final = code == Z_STREAM_END;
      if (final)
        // Another block may follow, at the next byte, and refer to this one
        // (section 7.2.3.4).
        inflateResetKeep(&z);
      else if (code == Z_MEM_ERROR)
        return Outcome::NoMemory;
      else if (code != Z_OK)
        return Outcome::Damaged;
      // In a full buffer zlib may have stopped short of what it has read.
    } while (!piece.empty() || (z.avail_out == 0 && !final));
  }
  // zlib says in data_type where it is: 128 between two blocks, and how many
  // bits of the last byte it has not used. What is cut short ends elsewhere.
  bool whole = final || compressed.empty() || (z.data_type & 0xff) == 128;
  if (!whole)
    return Outcome::Damaged;
  message = {buffer.data(), size};
  return Outcome::Done;
}

MessageBuffer Inflater::takeLarge() noexcept {
  MessageBuffer taken;
  if (buffer.capacity() > keptOutput)
    taken = std::move(buffer);
  return taken;
}
