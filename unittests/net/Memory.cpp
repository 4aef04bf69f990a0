//===- Memory.cpp - time and connections that a test holds ----------------===//

#include "Memory.h"

#include <algorithm>
#include <cerrno>

namespace plumb::test {

using namespace rt::net;

uint32_t MemoryLink::ready() const noexcept {
  uint32_t events = 0;
  if (!toServer.empty() || clientFinished || isReset)
    events |= EPOLLIN;
  if (toClient.size() < room || serverFinished || isReset)
    events |= EPOLLOUT;
  if (isReset)
    events |= EPOLLERR | EPOLLHUP;
  if (clientFinished && serverFinished)
    events |= EPOLLHUP;
  return events;
}

namespace {
class ServerEnd final : public Transport {
public:
  ServerEnd(int number, std::shared_ptr<MemoryLink> link)
      : own(number), link(std::move(link)) {}
  ~ServerEnd() override { link->serverFinished = link->serverClosed = true; }

  int number() const noexcept override { return own; }

  IoResult read(std::span<uint8_t> into) noexcept override {
    size_t size =
        std::min({into.size(), link->toServer.size(), link->maxAtOnce});
    if (size == 0 && link->isReset)
      return {Io::Failed};
    if (size == 0)
      return {link->clientFinished ? Io::Closed : Io::WantRead};
    std::copy_n(link->toServer.begin(), size, into.begin());
    link->toServer.erase(0, size);
    return {Io::Done, size};
  }

  IoResult write(std::span<const uint8_t> bytes) noexcept override {
    if (link->isReset || link->serverFinished)
      return {Io::Failed};
    size_t room = link->room - std::min(link->room, link->toClient.size());
    size_t size = std::min({bytes.size(), room, link->maxAtOnce});
    link->toClient.append(reinterpret_cast<const char *>(bytes.data()), size);
    return {size == bytes.size() ? Io::Done : Io::WantWrite, size};
  }

  void finishWriting() noexcept override { link->serverFinished = true; }
  size_t untaken() const noexcept override { return link->toClient.size(); }
  uint64_t readersMark() const noexcept override { return link->taken; }

private:
  const int own;
  const std::shared_ptr<MemoryLink> link;
};
} // namespace

std::unique_ptr<MemoryPoller> MemoryNet::makePoller() {
  return std::make_unique<MemoryPoller>(*this);
}

MemoryNet::Connection MemoryNet::connect() {
  auto link = std::make_shared<MemoryLink>();
  int number = ++lastNumber;
  links[number] = link;
  return {std::make_unique<ServerEnd>(number, link), link};
}

uint32_t MemoryPoller::Watch::now() const noexcept {
  auto alive = link.lock();
  return alive ? alive->ready() & (events | EPOLLERR | EPOLLHUP) : 0;
}

bool MemoryPoller::isReady() const {
  return woken || std::ranges::any_of(watched, [](const auto &entry) {
           return entry.second.now() != 0;
         });
}

bool MemoryPoller::watch(int fd, EventHandler &handler,
                         uint32_t events) noexcept {
  auto found = net.links.find(fd);
  // Edges are not there: what needs them is not to be tested here.
  errno = found == net.links.end() ? EBADF : EINVAL;
  return found != net.links.end() && !(events & EPOLLET) &&
         watched.try_emplace(fd, Watch{found->second, &handler, events}).second;
}

bool MemoryPoller::change(int fd, EventHandler &handler,
                          uint32_t events) noexcept {
  auto found = watched.find(fd);
  if (found == watched.end()) {
    errno = ENOENT;
    return false;
  }
  found->second.handler = &handler;
  found->second.events = events;
  return true;
}

std::span<epoll_event> MemoryPoller::wait(std::span<epoll_event> ready,
                                          int milliseconds) noexcept {
  size_t count = 0;
  for (const auto &[fd, watch] : watched)
    if (uint32_t events = watch.now(); events != 0 && count < ready.size())
      ready[count++] = {events, {watch.handler}};
  if (net.shuffles)
    std::shuffle(ready.begin(), ready.begin() + count, net.random);
  if (woken.exchange(false) && count < ready.size())
    ready[count++] = {EPOLLIN, {nullptr}};
  hasSlept = count == 0 && milliseconds != 0;
  if (count == 0 && net.until > time)
    time =
        milliseconds < 0 ? net.until : std::min(net.until, time + milliseconds);
  return ready.first(count);
}

std::span<epoll_event>
MemoryPoller::waitShortly(std::span<epoll_event> ready,
                          std::chrono::nanoseconds) noexcept {
  return wait(ready, 0);
}

} // namespace plumb::test
