//===- Memory.h - time and connections that a test holds --------*- C++ -*-===//
//
// In place of the kernel: a clock that goes on when the test says so, and
// connections that are bytes in memory. Nothing waits, no descriptor is used,
// and what is random has a seed: a run can be repeated to the byte.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_UNITTESTS_NET_MEMORY_H
#define PLUMB_UNITTESTS_NET_MEMORY_H

#include "runtime/net/Poller.h"
#include "runtime/net/Transport.h"

#include <atomic>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>

namespace plumb::test {

class MemoryPoller;

/// Both directions of a connection. Its server's end is a Transport.
struct MemoryLink {
  std::string toServer, toClient;
  size_t room = 64 * 1024;     ///< for bytes that the client has not read
  size_t maxAtOnce = SIZE_MAX; ///< that one call of the server moves
  bool clientFinished = false, serverFinished = false; ///< writing
  bool serverClosed = false;
  bool isReset = false; ///< by the client
  uint64_t taken = 0;   ///< by the client, of all that was sent

  uint32_t ready() const noexcept;
};

/// The world that some loops live in. One thread's, but for what wakes a loop.
class MemoryNet {
public:
  explicit MemoryNet(uint64_t seed = 1) : random(seed) {}

  /// Loops that wait let time pass up to here, in milliseconds, and no further.
  int64_t until = 1'000'000;
  /// In which order a loop hears of what is ready at once.
  bool shuffles = false;
  std::mt19937_64 random;

  std::unique_ptr<MemoryPoller> makePoller();

  struct Connection {
    std::unique_ptr<rt::net::Transport> server;
    std::shared_ptr<MemoryLink> client;
  };
  Connection connect();

private:
  friend class MemoryPoller;
  /// Above every descriptor that a process can have.
  int lastNumber = 1 << 30;
  std::map<int, std::weak_ptr<MemoryLink>> links;
};

/// Time passes only while its loop waits: until something is ready, the next
/// timer is due or the net's time is up.
class MemoryPoller final : public rt::net::Poller {
public:
  explicit MemoryPoller(MemoryNet &net) : net(net), time(net.until) {}

  /// Time passes while the loop does something else: it is held up.
  void hold(int64_t milliseconds) { time += milliseconds; }
  /// Something is ready, or wake() was called: the loop has something to do.
  bool isReady() const;
  /// The last wait was one in which the kernel's loop would have slept.
  bool slept() const { return hasSlept; }

  int64_t now() const noexcept override { return time; }
  bool watch(int fd, rt::net::EventHandler &handler,
             uint32_t events) noexcept override;
  bool change(int fd, rt::net::EventHandler &handler,
              uint32_t events) noexcept override;
  void unwatch(int fd) noexcept override { watched.erase(fd); }
  std::span<epoll_event> wait(std::span<epoll_event> ready,
                              int milliseconds) noexcept override;
  std::span<epoll_event>
  waitShortly(std::span<epoll_event> ready,
              std::chrono::nanoseconds maxWait) noexcept override;
  bool wake() noexcept override { return woken = true; }

private:
  struct Watch {
    std::weak_ptr<MemoryLink> link;
    rt::net::EventHandler *handler;
    uint32_t events;
    uint32_t now() const noexcept;
  };
  MemoryNet &net;
  int64_t time;
  bool hasSlept = false;
  std::map<int, Watch> watched;
  std::atomic<bool> woken{false};
};

} // namespace plumb::test

#endif // PLUMB_UNITTESTS_NET_MEMORY_H
