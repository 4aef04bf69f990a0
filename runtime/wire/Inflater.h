//===- Inflater.h - compressed messages back into plain ones ----*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_INFLATER_H
#define PLUMB_RUNTIME_WIRE_INFLATER_H

#include "runtime/wire/CompressionCounts.h"
#include "runtime/wire/Limits.h"
#include "runtime/wire/MessageBuffer.h"
#include "runtime/wire/SlidingWindow.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace plumb::rt::wire {

/// The receiving half of RFC 7692 section 7.2.2. One a shard serves all its
/// connections: about 40 KiB, of which none is there before the first message.
/// What a sender's messages refer to is the caller's. Not thread safe.
class Inflater {
public:
  enum class Outcome : uint8_t {
    Done,
    Damaged,  ///< no DEFLATE data, or cut short
    TooLarge, ///< over Limits::maxMessage or maxInflateRatio
    NoMemory,
  };

  /// `counts` outlives it.
  explicit Inflater(CompressionCounts &counts) noexcept;
  ~Inflater();
  Inflater(const Inflater &) = delete;
  Inflater &operator=(const Inflater &) = delete;

  /// Inflates the payload of one message, all its frames together; it may refer
  /// to what `window` holds, and to nothing else in front of it. Done:
  /// `message` is 16-byte aligned, has 8 writable bytes in front, is never
  /// null, and is valid until the next call or takeLarge(). Stops at the first
  /// byte over a limit; the memory in use is at most the larger of 4 KiB and
  /// twice what it has given out so far, plus twice `compressed`.
  Outcome inflate(std::span<const uint8_t> compressed, const Limits &limits,
                  const SlidingWindow &window,
                  std::span<uint8_t> &message) noexcept;

  /// The buffer of the message above if it is larger than what is worth
  /// keeping, else an empty one.
  MessageBuffer takeLarge() noexcept;

private:
  struct Stream;
  Outcome run(std::span<const uint8_t> compressed, uint64_t max,
              const SlidingWindow &window,
              std::span<uint8_t> &message) noexcept;

  CompressionCounts &counts;
  std::unique_ptr<Stream> stream;
  MessageBuffer buffer;
};

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_INFLATER_H
