//===- Deflater.cpp - messages into compressed frames ---------------------===//

#include "runtime/wire/Deflater.h"

#include <atomic>
#include <new>

#define ZLIB_CONST
#include <zlib.h>

using namespace plumb::rt::wire;

static constexpr size_t keptBuffer = 64 * 1024;
/// zlib counts in 32 bits; what is longer goes out as it is.
static constexpr size_t maxPayload = size_t(1) << 30;
/// The last bytes of a flush, which do not go on the wire (section 7.2.1).
static constexpr size_t tailSize = 4;

static std::atomic<uint64_t> tried{0};

uint64_t Deflater::total() noexcept {
  return tried.load(std::memory_order_relaxed);
}

struct Deflater::Stream {
  z_stream z = {};
  bool ready;
  Stream(int level, int windowBits, int memoryLevel)
      : ready(deflateInit2(&z, level, Z_DEFLATED, -windowBits, memoryLevel,
                           Z_DEFAULT_STRATEGY) == Z_OK) {}
  ~Stream() {
    if (ready)
      deflateEnd(&z);
  }
};

Deflater::Deflater(int level, uint64_t minBytes) noexcept
    : minBytes(minBytes), level(level) {}
Deflater::~Deflater() = default;

/// To start afresh zlib clears its hash table, which for a short message costs
/// more than the rest with a table for the largest window.
Deflater::Stream *Deflater::streamFor(size_t payloadSize) noexcept {
  constexpr int smallBits = 12;
  bool isSmall = payloadSize <= size_t(1) << smallBits;
  std::unique_ptr<Stream> &stream = isSmall ? small : large;
  if (!stream)
    stream.reset(isSmall ? new (std::nothrow) Stream(level, smallBits, 4)
                         : new (std::nothrow) Stream(level, 15, 8));
  else if (stream->ready)
    deflateReset(&stream->z);
  if (stream && !stream->ready)
    stream.reset();
  return stream.get();
}

FrameRef Deflater::compress(Opcode opcode, std::span<const uint8_t> payload) {
  if (payload.empty() || payload.size() < minBytes ||
      payload.size() > maxPayload)
    return {};
  tried.fetch_add(1, std::memory_order_relaxed);
  Stream *stream = streamFor(payload.size());
  // Room for one byte less than the payload and the tail; full, it is too much.
  size_t room = payload.size() + tailSize;
  if (!stream || !buffer.grow(room, room))
    return {};
  z_stream &z = stream->z;
  z.next_in = payload.data();
  z.avail_in = static_cast<uInt>(payload.size());
  z.next_out = buffer.data();
  z.avail_out = static_cast<uInt>(room);
  FrameRef frame;
  if (deflate(&z, Z_SYNC_FLUSH) == Z_OK && z.avail_in == 0 &&
      z.avail_out != 0) {
    size_t size = room - z.avail_out - tailSize;
    frame = encodeCompressed(opcode, {buffer.data(), size});
    done.messages.add(1);
    done.inputBytes.add(payload.size());
    done.outputBytes.add(size);
  }
  if (buffer.capacity() > keptBuffer)
    buffer.reset();
  return frame;
}
