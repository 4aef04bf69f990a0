//===- Listener.h - listening sockets ---------------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_LISTENER_H
#define PLUMB_RUNTIME_NET_LISTENER_H

#include "runtime/base/Fd.h"
#include "runtime/net/Address.h"
#include "runtime/net/Loop.h"

#include <vector>

namespace plumb::rt::net {

/// Sockets that listen on one address, or the errno of what went wrong.
struct ListenResult {
  std::vector<base::Fd> sockets;
  uint16_t port = 0; ///< the real one when 0 was asked
  int error = 0;     ///< EADDRINUSE, EACCES, ...
};

/// Opens `count` non-blocking sockets between which the kernel spreads the
/// connections (SO_REUSEPORT). A port that any other socket listens on is
/// EADDRINUSE, even if that socket was opened for sharing.
ListenResult listenOn(const Address &address, unsigned count);

/// Takes what a new connection is.
class Acceptor {
public:
  virtual void onAccept(base::Fd socket, const Address &peer) = 0;

protected:
  ~Acceptor() = default;
};

/// Accepts on one socket in one loop. When that fails (the process has no
/// descriptor left, the kernel no memory) it stops, says so once a minute, and
/// goes on when retry() is called or a tenth of a second has passed. The loop's
/// thread only; must outlive the turn that closes it.
///
/// A socket that is `shared` has a listener in several loops: a connection
/// wakes one that waits, and each takes its turn.
class Listener final : EventHandler, Timer {
public:
  Listener(Loop &loop, base::Fd socket, Acceptor &acceptor,
           bool shared = false);
  ~Listener();
  Listener(const Listener &) = delete;
  Listener &operator=(const Listener &) = delete;

  /// A descriptor was closed: accepting may work again.
  void retry() noexcept {
    if (paused)
      resume();
  }
  /// No further connections.
  void close() noexcept;

private:
  void onEvents(uint32_t events) override;
  void onTimer() override { resume(); }
  void pause(int error);
  void retryLater() noexcept;
  void resume() noexcept;
  bool watch() noexcept;

  Loop &loop;
  base::Fd socket;
  Acceptor &acceptor;
  const bool shared;
  bool paused = false;
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_LISTENER_H
