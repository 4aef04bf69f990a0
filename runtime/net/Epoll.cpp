//===- Epoll.cpp - readiness from the kernel ------------------------------===//

#include "runtime/base/Clock.h"
#include "runtime/base/Fd.h"
#include "runtime/net/Poller.h"
#include "runtime/net/SharedEvent.h"
#include "runtime/net/Stop.h"

#include <algorithm>
#include <cerrno>
#include <sys/eventfd.h>
#include <system_error>

namespace plumb::rt::net {

namespace {

class Epoll final : public Poller {
public:
  Epoll();

  int64_t now() const noexcept override { return base::steadyMilliseconds(); }

  bool watch(int fd, EventHandler &handler, uint32_t events) noexcept override {
    return control(EPOLL_CTL_ADD, fd, &handler, events);
  }
  bool change(int fd, EventHandler &handler,
              uint32_t events) noexcept override {
    return control(EPOLL_CTL_MOD, fd, &handler, events);
  }
  void unwatch(int fd) noexcept override {
    control(EPOLL_CTL_DEL, fd, nullptr, 0);
  }

  std::span<epoll_event> wait(std::span<epoll_event> ready,
                              int milliseconds) noexcept override {
    return first(ready, ::epoll_wait(epoll.get(), ready.data(), sizeOf(ready),
                                     milliseconds));
  }
  std::span<epoll_event>
  waitShortly(std::span<epoll_event> ready,
              std::chrono::nanoseconds maxWait) noexcept override {
    auto seconds = std::chrono::duration_cast<std::chrono::seconds>(maxWait);
    timespec timeout = {seconds.count(), (maxWait - seconds).count()};
    int count = ::epoll_pwait2(epoll.get(), ready.data(), sizeOf(ready),
                               &timeout, nullptr);
    if (count < 0 && errno != EINTR) // Unknown (Linux 5.11), or forbidden.
      return wait(ready, 0);
    return first(ready, count);
  }

  bool wake() noexcept override { return ringEvent(wakeEvent.get()); }

private:
  bool control(int what, int fd, EventHandler *handler,
               uint32_t events) noexcept {
    epoll_event event = {};
    event.events = events;
    event.data.ptr = handler;
    return ::epoll_ctl(epoll.get(), what, fd, &event) == 0;
  }
  static int sizeOf(std::span<epoll_event> ready) noexcept {
    return static_cast<int>(ready.size());
  }
  static std::span<epoll_event> first(std::span<epoll_event> ready,
                                      int count) noexcept {
    return ready.first(static_cast<size_t>(std::max(count, 0)));
  }

  base::Fd epoll, wakeEvent;
};

Epoll::Epoll()
    : epoll(::epoll_create1(EPOLL_CLOEXEC)),
      wakeEvent(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  int stop = epoll && wakeEvent ? stopFd() : -1;
  // The two need no call, only that wait() returns. They are edge-triggered, so
  // nobody has to read them.
  if (stop < 0 ||
      !control(EPOLL_CTL_ADD, wakeEvent.get(), nullptr, EPOLLIN | EPOLLET) ||
      !control(EPOLL_CTL_ADD, stop, nullptr, EPOLLIN | EPOLLET))
    throw std::system_error(errno, std::generic_category(),
                            "cannot make an event loop");
}

} // namespace

std::unique_ptr<Poller> makeEpoll() { return std::make_unique<Epoll>(); }

} // namespace plumb::rt::net
