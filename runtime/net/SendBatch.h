//===- SendBatch.h - many sends, one system call ----------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_SENDBATCH_H
#define PLUMB_RUNTIME_NET_SENDBATCH_H

#include "runtime/net/Stream.h"

#include <cstdint>
#include <liburing.h>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace plumb::rt::net {

/// Sends to many plain TCP sockets with one call of io_uring_enter(2). The
/// sends do not wait, so all have been tried when submit() returns. Used by one
/// thread, the one that made it.
class SendBatch {
public:
  /// Null, with the reason in `why`, where the kernel is too old or forbids it
  /// (containers often do).
  static std::unique_ptr<SendBatch> make(std::string &why);
  ~SendBatch();
  SendBatch(const SendBatch &) = delete;
  SendBatch &operator=(const SendBatch &) = delete;

  static constexpr unsigned maxSends = 256;
  bool empty() const noexcept { return sends.empty(); }
  bool full() const noexcept { return sends.size() == maxSends; }

  /// `bytes` must live until submit(); the batch must not be full.
  void add(int fd, std::span<const uint8_t> bytes, void *user) noexcept;

  /// Sends all, then calls `done(user, bytes, IoResult)` for each in the order
  /// added, which must not add(). False when the ring has failed: what was not
  /// sent is WantWrite, and the batch must not be used again.
  template <typename Done> bool submit(Done &&done) {
    bool good = send();
    for (const Send &send : sends)
      done(send.user, send.bytes, send.result);
    sends.clear();
    return good;
  }

private:
  struct Send {
    int fd;
    std::span<const uint8_t> bytes;
    void *user;
    IoResult result;
  };
  SendBatch() = default;
  bool send() noexcept;

  io_uring ring = {};
  bool open = false;
  std::vector<Send> sends;
};

/// What a call of send(2) or its like means: `result` is what it returned, or
/// its negative errno, for `wanted` bytes.
IoResult sendResult(int result, size_t wanted) noexcept;

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_SENDBATCH_H
