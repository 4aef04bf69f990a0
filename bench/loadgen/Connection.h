//===- Connection.h - One client of the load generator ----------*- C++ -*-===//
//
// A socket that has done the opening handshake, then frames out and in. The
// socket is non-blocking once `open` has returned. One thread.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_BENCH_LOADGEN_CONNECTION_H
#define PLUMB_BENCH_LOADGEN_CONNECTION_H

#include "bench/common/Frame.h"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::bench {

/// The server did not keep to RFC 6455, or went away.
struct ConnectionError : std::runtime_error {
  using runtime_error::runtime_error;
};

class Connection {
public:
  /// Connects to `host`:`port` and upgrades; waits at most `timeout` seconds
  /// for each step. `index` chooses the client's own address in 127/8, so that
  /// many connections do not run out of ports. Throws ConnectionError.
  void open(const std::string &host, uint16_t port, unsigned index,
            double timeout);
  ~Connection();
  Connection() = default;
  Connection(Connection &&other) noexcept;

  int descriptor() const { return fd; }

  /// Queues one text message: `first` and `second` together.
  void queueText(std::string_view first, std::string_view second);
  /// Sends what is queued. Returns false when some of it is still queued.
  bool flush();

  /// Reads once into `buffer` (shared by all connections) and calls
  /// `onText(payload)` for every whole text message; answers pings. Returns
  /// true when it queued an answer. Throws ConnectionError.
  template <typename OnText>
  bool receive(std::vector<char> &buffer, OnText &&onText);

private:
  size_t readSome(std::vector<char> &buffer);
  /// Everything but whole text messages. Returns true when it queued an answer.
  bool control(const FrameHeader &header, std::string_view payload);

  int fd = -1;
  uint32_t maskState = 1;
  std::string unsent;
  std::string unread;
};

template <typename OnText>
bool Connection::receive(std::vector<char> &buffer, OnText &&onText) {
  size_t end = readSome(buffer), at = 0;
  bool answered = false;
  for (;;) {
    auto *data = reinterpret_cast<const uint8_t *>(buffer.data()) + at;
    FrameHeader header = readHeader(data, end - at);
    if (!header.size || header.payloadSize > end - at - header.size)
      break;
    std::string_view payload(buffer.data() + at + header.size,
                             header.payloadSize);
    if (data[0] == (0x80 | Text) && !header.masked)
      onText(payload);
    else
      answered |= control(header, payload);
    at += header.size + header.payloadSize;
  }
  unread.assign(buffer.data() + at, end - at);
  return answered;
}

} // namespace plumb::bench

#endif // PLUMB_BENCH_LOADGEN_CONNECTION_H
