//===- Connection.h - One client of the load generator ----------*- C++ -*-===//
//
// A stream that has done the opening handshake, then frames out and in. It
// does not block once `open` has returned. One thread.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_BENCH_LOADGEN_CONNECTION_H
#define PLUMB_BENCH_LOADGEN_CONNECTION_H

#include "bench/common/Frame.h"
#include "bench/loadgen/Deflate.h"
#include "bench/loadgen/Stream.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::bench {

/// What all connections of a run share.
struct Shared {
  explicit Shared(const Options &options);

  const Options &options;
  std::unique_ptr<TlsContext> tls; // null: plain
  std::unique_ptr<Deflater> deflater;
  std::unique_ptr<Inflater> inflater; // of servers that keep no context
  std::vector<char> buffer;
  std::string scratch;     // the last message that came in fragments
  uint64_t compressed = 0; // messages that came compressed
  uint64_t wireBytes = 0;  // of all text messages: frames' payloads
};

class Connection {
public:
  /// Connects and asks for the upgrade; waits at most the timeout for each
  /// step. `index` chooses the client's own address. Throws ConnectionError.
  void open(Shared &shared, unsigned index);
  /// Waits for the answer; `index` is that of `open`. Throws ConnectionError.
  void finishOpening(Shared &shared, unsigned index);
  void close() { stream.close(); }
  /// Negative when it is not open.
  int descriptor() const { return stream.descriptor(); }

  /// Queues one text message: `first` and `second` together.
  void queueText(Shared &shared, std::string_view first,
                 std::string_view second);
  /// Sends what is queued. Returns false when some of it is still queued.
  bool flush();

  /// Reads once and calls `onText(payload)` for every whole text message;
  /// answers pings. Returns true when it queued an answer. Throws
  /// ConnectionError.
  template <typename OnText> bool receive(Shared &shared, OnText &&onText);

private:
  uint32_t nextMask() { return maskState = maskState * 1664525u + 1013904223u; }
  /// Checks the frame and adds it to the message; null until that is whole.
  const std::string_view *message(Shared &shared, const FrameHeader &header,
                                  std::string_view payload);
  /// A control frame. Returns true when it queued an answer.
  bool control(const FrameHeader &header, std::string_view payload);

  Stream stream;
  uint32_t maskState = 1;
  bool deflates = false;
  bool fragmented = false, fragmentsCompressed = false;
  std::string unsent, unread;
  std::string fragments;
  std::string_view whole;             // what `message` returned last
  std::unique_ptr<Inflater> inflater; // of a server that keeps its context
};

template <typename OnText>
bool Connection::receive(Shared &shared, OnText &&onText) {
  std::vector<char> &buffer = shared.buffer;
  if (unread.size() > buffer.size())
    buffer.resize(unread.size());
  memcpy(buffer.data(), unread.data(), unread.size());
  size_t end = stream.read(buffer, unread.size()), at = 0;
  bool answered = false;
  for (;;) {
    auto *data = reinterpret_cast<const uint8_t *>(buffer.data()) + at;
    FrameHeader header = readHeader(data, end - at);
    if (!header.size || header.payloadSize > end - at - header.size)
      break;
    std::string_view payload(buffer.data() + at + header.size,
                             header.payloadSize);
    if (data[0] == (0x80 | Text) && !header.masked && !fragmented) {
      shared.wireBytes += payload.size();
      onText(payload);
    } else if (header.opcode >= Close)
      answered |= control(header, payload);
    else if (auto *text = message(shared, header, payload))
      onText(*text);
    at += header.size + header.payloadSize;
  }
  unread.assign(buffer.data() + at, end - at);
  return answered;
}

} // namespace plumb::bench

#endif // PLUMB_BENCH_LOADGEN_CONNECTION_H
