//===- Decoder.h - bytes in, events out -------------------------*- C++ -*-===//
//
// The receiving half of RFC 6455 without any I/O: reassembles messages, checks
// every rule of sections 5, 7.4 and 8.1, and tells what the peer said. It
// answers nothing; pongs, the closing handshake and time-outs are its user's.
// When permessage-deflate has been agreed on (RFC 7692), messages come out
// inflated and nobody sees that they had been compressed.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_WIRE_DECODER_H
#define PLUMB_RUNTIME_WIRE_DECODER_H

#include "runtime/wire/CloseCode.h"
#include "runtime/wire/Limits.h"
#include "runtime/wire/MessageBuffer.h"
#include "runtime/wire/Opcode.h"
#include "runtime/wire/Scratch.h"
#include "runtime/wire/SlidingWindow.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace plumb::rt::wire {

enum class EventKind : uint8_t { Text, Binary, Ping, Pong, Close, Error };

struct Event {
  EventKind kind;
  /// The message, the ping's or pong's data, or the reason of a close. Valid
  /// during the sink's call only and writable. data() is never null (but for
  /// Error), is 8-byte aligned, and the 8 bytes in front of it are the sink's
  /// too: a length and the bytes make one object in place. A text and a
  /// reason are valid UTF-8.
  std::span<uint8_t> payload;
  /// Close: the peer's code, 1005 when it sent none. Error: the code to fail
  /// the connection with: 1002, 1007, 1009, or 1011 when memory is out.
  uint16_t code = 0;
  /// Text and Binary: bytes of a message that came compressed; 0 for another.
  uint64_t inflated = 0;
  /// Error: a static text that names the rule and its section of an RFC.
  const char *what = nullptr;
};

/// One a connection, used by one thread at a time. 32 bytes; heap memory only
/// while a message or a frame is incomplete, and then in proportion to what
/// has really arrived, never to what a header claims; and what enableDeflate()
/// says.
class Decoder {
public:
  /// Which end we are: a server takes masked frames only, a client unmasked
  /// ones only (section 5.1).
  enum class Role : uint8_t { Server, Client };

  explicit Decoder(Role role = Role::Server) noexcept;
  Decoder(Decoder &&other) noexcept;
  Decoder &operator=(Decoder &&other) noexcept;
  ~Decoder();

  /// From now on the peer may send compressed messages. One may refer to the
  /// last `context` bytes of the compressed ones before it, which are kept
  /// inflated once there are any: 0, or a power of two from 256 to 32768. A
  /// message is inflated when all of it has come: until then only its
  /// compressed bytes are held.
  void enableDeflate(size_t context) noexcept {
    deflate = true;
    contextBits = static_cast<uint8_t>(std::bit_width(context >> 1) & 15);
  }

  /// Reads `bytes`, which it does not change, and calls `bool sink(const
  /// Event &)` for each event in order; the events do not depend on how the
  /// stream was cut. All bytes are consumed, unless `sink` returns false: then
  /// feed stops behind the frame that the event came from and returns how many
  /// bytes it took, and the rest can be fed later. After Close or Error
  /// everything that follows is swallowed unread (section 5.5.1, 7.1.7).
  /// `sink` may destroy the decoder if it then returns false, and may throw:
  /// the event counts as delivered, the rest of `bytes` is lost.
  template <typename Sink>
  size_t feed(std::span<const uint8_t> bytes, const Limits &limits,
              Scratch &scratch, Sink &&sink) {
    std::span<const uint8_t> rest = bytes;
    MessageBuffer finished; // Keeps a reassembled message for the sink's call.
    Event event;
    while (!rest.empty() && next(rest, limits, scratch, finished, event)) {
      if (!sink(static_cast<const Event &>(event)))
        break;
      finished.reset();
      event.inflated = 0;
    }
    return bytes.size() - rest.size();
  }

  /// True after a Close or Error event.
  bool ended() const noexcept { return done; }
  /// True between two messages, with no part of a frame waiting.
  bool idle() const noexcept { return !partial && cutSize == 0; }
  /// Heap bytes held now, for accounting.
  size_t heapBytes() const noexcept;

private:
  struct Header;
  struct Partial;
  enum class Progress : uint8_t { NeedMore, Ready, Failed };

  bool next(std::span<const uint8_t> &rest, const Limits &limits,
            Scratch &scratch, MessageBuffer &finished, Event &event);
  bool nextShort(std::span<const uint8_t> &rest, const Limits &limits,
                 Scratch &scratch, Event &event);
  bool nextEvent(std::span<const uint8_t> &rest, const Limits &limits,
                 Scratch &scratch, MessageBuffer &finished, Event &event);
  Progress parse(std::span<const uint8_t> bytes, const Limits &limits,
                 Header &header, Event &event);
  Progress readHeader(std::span<const uint8_t> &rest, const Limits &limits,
                      Header &header, Event &event);
  Progress readWhole(const Header &header, const uint8_t *payload,
                     Scratch &scratch, Event &event);
  Progress inflate(Opcode opcode, std::span<const uint8_t> compressed,
                   const Limits &limits, Scratch &scratch,
                   MessageBuffer &finished, Event &event);
  Progress inflateWhole(const Header &header, const uint8_t *payload,
                        const Limits &limits, Scratch &scratch,
                        MessageBuffer &finished, Event &event);
  Progress readControl(Opcode opcode, std::span<uint8_t> payload, Event &event);
  bool begin(const Header &header, Event &event);
  Progress append(std::span<const uint8_t> &rest, const Limits &limits,
                  Scratch &scratch, MessageBuffer &finished, Event &event);
  Progress fail(Event &event, uint16_t code, const char *what);

  std::unique_ptr<Partial> partial;
  SlidingWindow window; ///< what a compressed message may refer to
  uint8_t cut[14];      // The first cutSize bytes of a header cut by a read.
  uint8_t cutSize = 0;
  Role role : 1;
  bool done : 1;
  bool deflate : 1;
  uint8_t contextBits : 4; ///< of enableDeflate()'s context; 0 for none
};

static_assert(sizeof(Decoder) <= 40, "an idle connection must stay small");

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_DECODER_H
