//===- SealedBatch.h - many TLS writes, then many sends ---------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_SEALEDBATCH_H
#define PLUMB_RUNTIME_NET_SEALEDBATCH_H

#include "runtime/net/Stream.h"
#include "runtime/net/TlsChannel.h"

#include <cstdint>
#include <span>
#include <vector>

namespace plumb::rt::net {

/// Encrypts for many TLS streams, then sends to all of them. One after the
/// other they would push each other out of the caches, OpenSSL and the kernel.
/// Used by one thread, which has one such batch at a time.
class SealedBatch {
public:
  SealedBatch() { writes.reserve(maxWrites); }

  static constexpr unsigned maxWrites = 256;
  /// Whether it pays. A large write is work enough for itself, and pushes the
  /// others' records out of the caches.
  static bool pays(const Stream &stream, size_t bytes) noexcept {
    return stream.isTls() && bytes <= TlsChannel::maxSealable;
  }
  bool full() const noexcept { return writes.size() == maxWrites; }

  /// `stream` and `bytes` must live until submit(), and nothing else be done
  /// with the stream until then; the batch must not be full.
  void add(Stream &stream, std::span<const uint8_t> bytes,
           void *user) noexcept {
    writes.push_back({&stream, bytes, user});
  }

  /// Sends all, then calls `done(user, bytes, IoResult)` for each in the order
  /// added, which must not add().
  template <typename Done> void submit(Done &&done) {
    if (writes.empty())
      return;
    send();
    for (const Write &write : writes)
      done(write.user, write.bytes, write.result);
    writes.clear();
  }

private:
  struct Write {
    Stream *stream;
    std::span<const uint8_t> bytes;
    void *user;
    bool isSealed = false;
    IoResult result = {Io::WantWrite};
  };
  void send() noexcept;

  std::vector<Write> writes;
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_SEALEDBATCH_H
