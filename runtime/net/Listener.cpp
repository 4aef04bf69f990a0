//===- Listener.cpp - listening sockets -----------------------------------===//

#include "runtime/net/Listener.h"
#include "runtime/base/Log.h"
#include "runtime/net/Descriptors.h"

#include <cerrno>
#include <cstring>
#include <linux/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace plumb::rt::net {

static bool set(int fd, int level, int option, int value) noexcept {
  return ::setsockopt(fd, level, option, &value, sizeof value) == 0;
}

static base::Fd bindTo(const Address &address, bool share) {
  base::Fd fd(::socket(address.isV6 ? AF_INET6 : AF_INET,
                       SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd)
    return fd;
  set(fd.get(), SOL_SOCKET, SO_REUSEADDR, 1);
  if (address.isV6)
    set(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, 0); // "::" takes IPv4 too.
  if (share && !set(fd.get(), SOL_SOCKET, SO_REUSEPORT, 1))
    return base::Fd();
  sockaddr_in6 socketAddress;
  socklen_t size = address.to(socketAddress);
  if (::bind(fd.get(), reinterpret_cast<sockaddr *>(&socketAddress), size))
    return base::Fd();
  return fd;
}

ListenResult listenOn(const Address &address, unsigned count) {
  ListenResult result;
  auto failed = [&] {
    result.error = errno ? errno : EINVAL;
    result.sockets.clear();
    return std::move(result);
  };
  // The first socket binds alone, so that it fails when another program (also
  // another server of this kind) has the port, and allows sharing afterwards.
  Address bound = address;
  base::Fd first = bindTo(bound, false);
  if (!first || (count > 1 && !set(first.get(), SOL_SOCKET, SO_REUSEPORT, 1)))
    return failed();
  sockaddr_in6 real = {};
  socklen_t size = sizeof real;
  if (::getsockname(first.get(), reinterpret_cast<sockaddr *>(&real), &size))
    return failed();
  bound.port = result.port = Address::from(real).port;
  result.sockets.push_back(std::move(first));
  while (result.sockets.size() < count) {
    base::Fd next = bindTo(bound, true);
    if (!next)
      return failed();
    result.sockets.push_back(std::move(next));
  }
  for (base::Fd &socket : result.sockets)
    if (::listen(socket.get(), SOMAXCONN))
      return failed();
  return result;
}

Listener::Listener(Loop &loop, base::Fd listening, Acceptor &acceptor,
                   bool shared)
    : loop(loop), socket(std::move(listening)), acceptor(acceptor),
      shared(shared) {
  resume();
}

Listener::~Listener() { close(); }

void Listener::close() noexcept {
  loop.timers().disarm(*this);
  paused = false;
  if (socket) {
    loop.unwatch(socket.get());
    socket.reset();
  }
}

/// A connection that had ended, or had an error, while it waited (accept(2)
/// names these), or that a filter forbids: the next one may be good.
static bool isOfConnection(int error) noexcept {
  switch (error) {
  case EINTR:
  case ECONNABORTED:
  case EPERM:
  case EPROTO:
  case ENOPROTOOPT:
  case EOPNOTSUPP:
  case ENETDOWN:
  case ENETUNREACH:
  case EHOSTDOWN:
  case EHOSTUNREACH:
  case ENONET:
    return true;
  default:
    return false;
  }
}

/// False with errno set.
bool Listener::watch() noexcept {
  return loop.watch(socket.get(), *this,
                    shared ? EPOLLIN | EPOLLEXCLUSIVE : uint32_t(EPOLLIN));
}

void Listener::onEvents(uint32_t) {
  if (shared) {
    // The kernel wakes who has waited longest, since it began to watch.
    loop.unwatch(socket.get());
    if (!watch())
      return retryLater();
  }
  // Bounded, so that a flood of connections does not starve the open ones, nor
  // one loop takes what others have time for.
  for (int i = 0; i < (shared ? 4 : 64) && socket; ++i) {
    sockaddr_in6 peer = {};
    socklen_t size = sizeof peer;
    base::Fd accepted(::accept4(socket.get(),
                                reinterpret_cast<sockaddr *>(&peer), &size,
                                SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!accepted) {
      if (errno == EAGAIN)
        return;
      if (isOfConnection(errno))
        continue;
      return pause(errno);
    }
    Address address = Address::from(peer);
    if (!address.isUnix)
      set(accepted.get(), IPPROTO_TCP, TCP_NODELAY, 1);
    acceptor.onAccept(std::move(accepted), address);
  }
}

void Listener::pause(int error) {
  // All listeners of the process have the same trouble.
  static base::LogGate gate(1, 60'000);
  base::log(
      gate, base::LogLevel::Warning,
      std::string("cannot accept connections for now: ") +
          std::strerror(error) +
          (error == EMFILE
               ? "; raise the limit of open files (ulimit -n) to serve more"
               : ""));
  Descriptors::instance().look();
  loop.unwatch(socket.get());
  retryLater();
}

void Listener::retryLater() noexcept {
  paused = true;
  loop.timers().arm(*this, loop.now() + 100);
}

void Listener::resume() noexcept {
  loop.timers().disarm(*this);
  paused = false;
  if (socket && !watch())
    retryLater();
}

} // namespace plumb::rt::net
