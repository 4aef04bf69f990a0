//===- Decoder.cpp - bytes in, events out ---------------------------------===//

#include "runtime/wire/Decoder.h"

#include "runtime/base/Utf8.h"
#include "runtime/wire/FrameHeader.h"
#include "runtime/wire/Inflater.h"
#include "runtime/wire/Mask.h"

#include <algorithm>
#include <new>

using namespace plumb::rt::wire;

struct Decoder::Header {
  uint64_t payload; // bytes
  uint32_t key;     // in memory order; 0 when unmasked
  uint8_t size;     // of the header itself
  Opcode opcode;
  bool fin;
  bool compressed; // RSV1: the first frame of a compressed message
};

/// What lives between two reads, and only if one ends inside a message or a
/// frame.
struct Decoder::Partial {
  // The current frame.
  uint64_t left = 0; // payload bytes still to come
  uint32_t key = 0;  // for the next of them
  Opcode opcode = Opcode::Continuation;
  bool fin = true;

  // The current message; Continuation stands for none.
  Opcode kind = Opcode::Continuation;
  bool compressed = false; // `message` is, and `size` counts, as it came
  base::Utf8Checker utf8;
  uint32_t fragments = 0;
  uint64_t size = 0;
  MessageBuffer message;

  // A control frame may come between two fragments, so it has its own place.
  uint8_t controlSize = 0;
  uint8_t control[maxControlPayload];
};

Decoder::Decoder(Role role) noexcept
    : role(role), done(false), deflate(false), contextBits(0) {}
Decoder::Decoder(Decoder &&other) noexcept = default;
Decoder &Decoder::operator=(Decoder &&other) noexcept = default;
Decoder::~Decoder() = default;

size_t Decoder::heapBytes() const noexcept {
  return window.heapBytes() +
         (partial ? sizeof(Partial) + partial->message.capacity() : 0);
}

Decoder::Progress Decoder::fail(Event &event, uint16_t code, const char *what) {
  done = true;
  partial.reset();
  window = {};
  event = {EventKind::Error, {}, code, 0, what};
  return Progress::Failed;
}

/// A whole, short, plain message from a client: what nearly every frame is. All
/// that is not, or is wrong, is left to the rules below.
[[gnu::always_inline]] inline bool
Decoder::nextShort(std::span<const uint8_t> &rest, const Limits &limits,
                   Scratch &scratch, Event &event) {
  if (rest.size() < 6 || partial || cutSize != 0 || role != Role::Server ||
      done)
    return false;
  const uint8_t *at = rest.data();
  size_t length = at[1] ^ 0x80u; // Masked and below 126, or a large number.
  bool text = at[0] == 0x81;
  if ((!text && at[0] != 0x82) || length > 125 || rest.size() - 6 < length ||
      length > limits.maxMessage)
    return false;
  uint8_t *out = scratch.reserve(length);
  if (!out)
    return false;
  bool ascii = maskCopy(out, at + 6, length, base::load<uint32_t>(at + 2));
  if (text && !ascii && !base::isValidUtf8({out, length}))
    return false;
  event.kind = text ? EventKind::Text : EventKind::Binary;
  event.payload = {out, length};
  rest = rest.subspan(6 + length);
  return true;
}

bool Decoder::nextEvent(std::span<const uint8_t> &rest, const Limits &limits,
                        Scratch &scratch, MessageBuffer &finished,
                        Event &event) {
  while (!rest.empty() && !done) {
    if (!partial || partial->left == 0) {
      Header header;
      Progress progress = readHeader(rest, limits, header, event);
      if (progress != Progress::Ready)
        return progress == Progress::Failed;

      bool complete = isControl(header.opcode) ||
                      (header.fin && header.opcode != Opcode::Continuation);
      if (complete && header.payload <= rest.size()) [[likely]] {
        const uint8_t *payload = rest.data();
        rest = rest.subspan(header.payload);
        if (header.compressed) [[unlikely]]
          inflateWhole(header, payload, limits, scratch, finished, event);
        else
          readWhole(header, payload, scratch, event);
        return true;
      }
      if (!begin(header, event))
        return true;
    }
    // Also for an empty fragment: it may be the message's last.
    if (append(rest, limits, scratch, finished, event) != Progress::NeedMore)
      return true;
  }
  return false;
}

bool Decoder::next(std::span<const uint8_t> &rest, const Limits &limits,
                   Scratch &scratch, MessageBuffer &finished, Event &event) {
  if (nextShort(rest, limits, scratch, event)) [[likely]]
    return true;
  bool any = nextEvent(rest, limits, scratch, finished, event);
  if (done) [[unlikely]]
    rest = {};
  return any;
}

/// Judges a header in the order of its bytes, each rule as soon as its byte is
/// there: so the outcome is the same however the stream is cut.
inline Decoder::Progress Decoder::parse(std::span<const uint8_t> bytes,
                                        const Limits &limits, Header &header,
                                        Event &event) {
  uint8_t first = bytes[0];
  header.fin = (first & 0x80) != 0;
  header.opcode = static_cast<Opcode>(first & 15);
  bool control = isControl(header.opcode);
  header.compressed = false;
  if (first & 0x70) [[unlikely]] {
    if (!deflate || (first & 0x30))
      return fail(event, close::ProtocolError,
                  "reserved bit set without an extension (RFC 6455 5.2)");
    if (control)
      return fail(event, close::ProtocolError,
                  "compressed control frame (RFC 7692 6.1)");
    if (header.opcode == Opcode::Continuation)
      return fail(event, close::ProtocolError,
                  "RSV1 behind the first frame of a message (RFC 7692 6.1)");
    header.compressed = true;
  }
  if (control) {
    if (header.opcode > Opcode::Pong)
      return fail(event, close::ProtocolError,
                  "reserved control opcode (RFC 6455 5.2)");
    if (!header.fin)
      return fail(event, close::ProtocolError,
                  "fragmented control frame (RFC 6455 5.5)");
  } else {
    if (header.opcode > Opcode::Binary)
      return fail(event, close::ProtocolError,
                  "reserved data opcode (RFC 6455 5.2)");
    bool open = partial && partial->kind != Opcode::Continuation;
    if (open && header.opcode != Opcode::Continuation)
      return fail(event, close::ProtocolError,
                  "new message inside a fragmented one (RFC 6455 5.4)");
    if (!open && header.opcode == Opcode::Continuation)
      return fail(event, close::ProtocolError,
                  "continuation without a message (RFC 6455 5.4)");
  }

  if (bytes.size() < 2)
    return Progress::NeedMore;
  bool masked = (bytes[1] & 0x80) != 0;
  if (masked != (role == Role::Server))
    return fail(event, close::ProtocolError,
                masked ? "masked frame from a server (RFC 6455 5.1)"
                       : "unmasked frame from a client (RFC 6455 5.1)");
  uint64_t length = bytes[1] & 0x7f;
  size_t size = 2;
  if (length >= 126) {
    if (control)
      return fail(event, close::ProtocolError,
                  "control frame over 125 bytes (RFC 6455 5.5)");
    size = length == 126 ? 4 : 10;
    if (bytes.size() >= 3 && size == 10 && bytes[2] >= 0x80)
      return fail(event, close::ProtocolError,
                  "length with its top bit set (RFC 6455 5.2)");
    if (bytes.size() < size)
      return Progress::NeedMore;
    length = 0;
    for (size_t at = 2; at != size; ++at)
      length = length << 8 | bytes[at];
    if (frameHeaderSize(length) != size)
      return fail(event, close::ProtocolError,
                  "length not in its shortest form (RFC 6455 5.2)");
  }

  if (!control) {
    uint64_t before = partial ? partial->size : 0;
    uint64_t max = limits.maxMessage;
    if (header.compressed || (partial && partial->compressed)) [[unlikely]]
      max = limits.compressedLimit();
    if (before > max || length > max - before)
      return fail(event, close::MessageTooBig,
                  "message over the size limit (RFC 6455 7.4.1)");
    if ((partial ? partial->fragments : 0) >= limits.maxFragments)
      return fail(event, close::MessageTooBig,
                  "message of too many fragments (RFC 6455 10.4)");
  }

  header.payload = length;
  header.key = 0;
  if (masked) {
    if (bytes.size() < size + 4)
      return Progress::NeedMore;
    header.key = base::load<uint32_t>(bytes.data() + size);
    size += 4;
  }
  header.size = static_cast<uint8_t>(size);
  return Progress::Ready;
}

/// Takes a header off `rest`, or keeps what is there of it for the next read.
inline Decoder::Progress Decoder::readHeader(std::span<const uint8_t> &rest,
                                             const Limits &limits,
                                             Header &header, Event &event) {
  Progress progress;
  if (cutSize == 0) [[likely]] {
    progress = parse(rest, limits, header, event);
    if (progress == Progress::Ready) [[likely]]
      rest = rest.subspan(header.size);
    if (progress != Progress::NeedMore) [[likely]]
      return progress;
  }
  size_t before = cutSize;
  size_t taken = std::min(sizeof(cut) - before, rest.size());
  std::copy_n(rest.data(), taken, cut + before);
  progress = parse({cut, before + taken}, limits, header, event);
  cutSize = 0;
  if (progress == Progress::Ready)
    taken = header.size - before;
  else if (progress == Progress::NeedMore)
    cutSize = static_cast<uint8_t>(before + taken);
  rest = rest.subspan(taken);
  return progress;
}

/// The fast path: a frame that is a whole event and lies whole in the read
/// buffer, in one pass over its bytes.
inline Decoder::Progress Decoder::readWhole(const Header &header,
                                            const uint8_t *payload,
                                            Scratch &scratch, Event &event) {
  uint8_t *out = scratch.reserve(header.payload);
  if (!out) [[unlikely]]
    return fail(event, close::InternalError, "out of memory");
  std::span<uint8_t> bytes(out, header.payload);
  bool ascii = maskCopy(out, payload, header.payload, header.key);
  if (isControl(header.opcode))
    return readControl(header.opcode, bytes, event);
  bool text = header.opcode == Opcode::Text;
  if (text && !ascii && !base::isValidUtf8(bytes))
    return fail(event, close::InvalidPayload,
                "text is not UTF-8 (RFC 6455 8.1)");
  event.kind = text ? EventKind::Text : EventKind::Binary;
  event.payload = bytes;
  return Progress::Ready;
}

/// Makes the event of a compressed message, in the inflater's buffer.
Decoder::Progress Decoder::inflate(Opcode opcode,
                                   std::span<const uint8_t> compressed,
                                   const Limits &limits, Scratch &scratch,
                                   MessageBuffer &finished, Event &event) {
  Inflater *inflater = scratch.inflater();
  std::span<uint8_t> message;
  Inflater::Outcome outcome =
      inflater ? inflater->inflate(compressed, limits, window, message)
               : Inflater::Outcome::NoMemory;
  bool text = opcode == Opcode::Text;
  switch (outcome) {
  case Inflater::Outcome::NoMemory:
    return fail(event, close::InternalError, "out of memory");
  case Inflater::Outcome::Damaged:
    return fail(event, close::InvalidPayload,
                "compressed message is damaged (RFC 7692 7.2.2)");
  case Inflater::Outcome::TooLarge:
    return fail(event, close::MessageTooBig,
                limits.inflatedLimit(compressed.size()) < limits.maxMessage
                    ? "message inflates over max_inflate_ratio"
                    : "message inflates over the size limit (RFC 6455 7.4.1)");
  case Inflater::Outcome::Done:
    if (text && !base::isValidUtf8(message))
      return fail(event, close::InvalidPayload,
                  "text is not UTF-8 (RFC 6455 8.1)");
  }
  if (contextBits != 0 && !window.add(message, size_t(1) << contextBits))
    return fail(event, close::InternalError, "out of memory");
  event.kind = text ? EventKind::Text : EventKind::Binary;
  event.payload = message;
  event.inflated = message.size();
  finished = inflater->takeLarge();
  return Progress::Ready;
}

/// A compressed message that lies whole in the read buffer.
Decoder::Progress Decoder::inflateWhole(const Header &header,
                                        const uint8_t *payload,
                                        const Limits &limits, Scratch &scratch,
                                        MessageBuffer &finished, Event &event) {
  uint8_t *out = scratch.reserve(header.payload);
  if (!out)
    return fail(event, close::InternalError, "out of memory");
  maskCopy(out, payload, header.payload, header.key);
  return inflate(header.opcode, {out, header.payload}, limits, scratch,
                 finished, event);
}

Decoder::Progress
Decoder::readControl(Opcode opcode, std::span<uint8_t> payload, Event &event) {
  if (opcode != Opcode::Close) {
    event.kind = opcode == Opcode::Ping ? EventKind::Ping : EventKind::Pong;
    event.payload = payload;
    return Progress::Ready;
  }
  if (payload.size() == 1)
    return fail(event, close::ProtocolError,
                "close payload of one byte (RFC 6455 5.5.1)");
  uint16_t code = close::NoStatus;
  if (!payload.empty()) {
    code = static_cast<uint16_t>(payload[0] << 8 | payload[1]);
    if (!isValidCloseCode(code))
      return fail(event, close::ProtocolError,
                  "close code that must not be sent (RFC 6455 7.4)");
    // To the front, where the alignment is that of every payload.
    std::copy(payload.begin() + 2, payload.end(), payload.begin());
    payload = payload.first(payload.size() - 2);
    if (!base::isValidUtf8(payload))
      return fail(event, close::InvalidPayload,
                  "close reason is not UTF-8 (RFC 6455 5.5.1)");
  }
  done = true;
  partial.reset();
  window = {};
  event = {EventKind::Close, payload, code, 0, nullptr};
  return Progress::Ready;
}

/// Starts on a frame that ends in a later read, or that is only a part of a
/// message.
bool Decoder::begin(const Header &header, Event &event) {
  if (!partial)
    partial.reset(new (std::nothrow) Partial());
  if (!partial) {
    fail(event, close::InternalError, "out of memory");
    return false;
  }
  partial->left = header.payload;
  partial->key = header.key;
  partial->opcode = header.opcode;
  partial->fin = header.fin;
  if (isControl(header.opcode)) {
    partial->controlSize = 0;
  } else {
    ++partial->fragments;
    if (header.opcode != Opcode::Continuation) {
      partial->kind = header.opcode;
      partial->compressed = header.compressed;
    }
  }
  return true;
}

Decoder::Progress Decoder::append(std::span<const uint8_t> &rest,
                                  const Limits &limits, Scratch &scratch,
                                  MessageBuffer &finished, Event &event) {
  Partial &p = *partial;
  size_t size = std::min<uint64_t>(p.left, rest.size());
  const uint8_t *from = rest.data();
  rest = rest.subspan(size);
  bool control = isControl(p.opcode);
  bool text = p.kind == Opcode::Text && !p.compressed;

  if (control) {
    maskCopy(p.control + p.controlSize, from, size, p.key);
    p.controlSize = static_cast<uint8_t>(p.controlSize + size);
  } else {
    // The header's claim only ever makes the buffer smaller.
    uint64_t max = p.fin          ? p.size + p.left
                   : p.compressed ? limits.compressedLimit()
                                  : limits.maxMessage;
    if (!p.message.grow(p.size + size, max))
      return fail(event, close::InternalError, "out of memory");
    uint8_t *to = p.message.data() + p.size;
    bool ascii = maskCopy(to, from, size, p.key);
    if (text && !(ascii && p.utf8.complete()) && !p.utf8.feed({to, size}))
      return fail(event, close::InvalidPayload,
                  "text is not UTF-8 (RFC 6455 8.1)");
    p.size += size;
  }
  p.key = advanceKey(p.key, size);
  p.left -= size;
  if (p.left != 0 || (!control && !p.fin))
    return Progress::NeedMore;

  if (control) {
    uint8_t *out = scratch.reserve(p.controlSize);
    if (!out)
      return fail(event, close::InternalError, "out of memory");
    std::span<uint8_t> bytes(out, p.controlSize);
    std::copy_n(p.control, p.controlSize, out);
    Opcode opcode = p.opcode;
    if (p.kind == Opcode::Continuation)
      partial.reset();
    return readControl(opcode, bytes, event);
  }
  if (text && !p.utf8.complete())
    return fail(event, close::InvalidPayload,
                "text is not UTF-8 (RFC 6455 8.1)");
  if (p.compressed) {
    std::unique_ptr<Partial> whole = std::move(partial);
    return inflate(whole->kind,
                   {whole->message.data(), static_cast<size_t>(whole->size)},
                   limits, scratch, finished, event);
  }
  event.kind = text ? EventKind::Text : EventKind::Binary;
  event.payload = {p.message.data(), static_cast<size_t>(p.size)};
  finished = std::move(p.message);
  partial.reset();
  return Progress::Ready;
}
