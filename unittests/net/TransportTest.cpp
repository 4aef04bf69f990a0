//===- TransportTest.cpp - sockets and what stands in for them ------------===//
//
// What a loop and a stream may expect of the kernel, and of a test's memory in
// its place: the same tests for both, so that what is tested with one holds
// with the other.
//
//===----------------------------------------------------------------------===//

#include "Memory.h"
#include "runtime/net/Loop.h"
#include "runtime/net/Stream.h"

#include <cerrno>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>

using namespace plumb::rt;
using namespace plumb::rt::net;
using namespace plumb::test;

namespace {

std::span<const uint8_t> bytesOf(std::string_view text) {
  return {reinterpret_cast<const uint8_t *>(text.data()), text.size()};
}

/// TCP over the loopback interface, and epoll.
class KernelWorld {
  base::Fd client; // Before `server`, which makes it.

public:
  Loop loop;
  Stream server{accepted(), nullptr};

  void send(std::string_view text) {
    ASSERT_EQ(::send(client.get(), text.data(), text.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(text.size()));
  }
  /// At most so many bytes of what has come; "" when nothing has.
  std::string receive(size_t max) {
    std::string text(max, '\0');
    ssize_t got = ::recv(client.get(), text.data(), max, MSG_DONTWAIT);
    text.resize(static_cast<size_t>(std::max<ssize_t>(got, 0)));
    return text;
  }
  bool sawEnd() {
    pollfd end{client.get(), POLLRDHUP, 0};
    return ::poll(&end, 1, 10'000) == 1;
  }
  void finish() { ::shutdown(client.get(), SHUT_WR); }
  void reset() {
    linger now{1, 0};
    ::setsockopt(client.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    client.reset();
  }

private:
  base::Fd accepted() {
    base::Fd listener(::socket(AF_INET, SOCK_STREAM, 0));
    client = base::Fd(::socket(AF_INET, SOCK_STREAM, 0));
    sockaddr_in at = {};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    auto *address = reinterpret_cast<sockaddr *>(&at);
    EXPECT_EQ(::bind(listener.get(), address, size), 0);
    EXPECT_EQ(::listen(listener.get(), 1), 0);
    EXPECT_EQ(::getsockname(listener.get(), address, &size), 0);
    EXPECT_EQ(::connect(client.get(), address, size), 0);
    return base::Fd(::accept4(listener.get(), nullptr, nullptr, SOCK_NONBLOCK));
  }
};

class MemoryWorld {
  MemoryNet net;
  MemoryNet::Connection both = net.connect();
  std::shared_ptr<MemoryLink> client = both.client;

public:
  Loop loop{net.makePoller()};
  Stream server{std::move(both.server)};

  MemoryWorld() { net.until += 3'600'000; }
  void send(std::string_view text) { client->toServer += text; }
  std::string receive(size_t max) {
    std::string text = client->toClient.substr(0, max);
    client->toClient.erase(0, text.size());
    client->taken += text.size();
    return text;
  }
  bool sawEnd() const { return client->serverFinished; }
  void finish() { client->clientFinished = true; }
  void reset() { client->isReset = true; }
};

struct Heard final : EventHandler {
  uint32_t events = 0;
  int times = 0;
  void onEvents(uint32_t now) override {
    events |= now;
    ++times;
  }
};

template <typename World> class Transports : public testing::Test {
public:
  World world;
  Heard heard;

  /// What the handler hears in one turn that does not wait.
  uint32_t turn() {
    heard.events = 0;
    world.loop.turn(false);
    return heard.events;
  }
  /// Turns until it has heard of one of these. Bytes are a moment on their way.
  uint32_t turnUntil(uint32_t events) {
    heard.events = 0;
    while (!(heard.events & events))
      world.loop.turn(true);
    return heard.events;
  }
  std::pair<Io, std::string> read(size_t max = 100) {
    std::string text(max, '\0');
    auto [io, size] = world.server.read(
        {reinterpret_cast<uint8_t *>(text.data()), text.size()});
    text.resize(size);
    return {io, text};
  }
  void watch(uint32_t events) {
    ASSERT_TRUE(world.loop.watch(world.server.fd(), heard, events));
  }
  void change(uint32_t events) {
    ASSERT_TRUE(world.loop.change(world.server.fd(), heard, events));
  }
  /// Until nothing more is taken. Returns how much was.
  size_t fill() {
    const std::string much(64 * 1024, 'x');
    for (size_t all = 0;;) {
      auto [io, size] = world.server.write(bytesOf(much));
      all += size;
      if (io == Io::WantWrite && size == 0)
        return all;
    }
  }
};

using Pair = std::pair<Io, std::string>;
struct Names {
  template <typename World> static std::string GetName(int) {
    return std::is_same_v<World, KernelWorld> ? "Kernel" : "Memory";
  }
};
} // namespace

using Worlds = testing::Types<KernelWorld, MemoryWorld>;
TYPED_TEST_SUITE(Transports, Worlds, Names);

TYPED_TEST(Transports, InputIsReportedUntilItIsRead) {
  this->watch(EPOLLIN);
  EXPECT_EQ(this->turn(), 0u);
  EXPECT_EQ(this->read(), Pair(Io::WantRead, ""));
  this->world.send("hello");
  this->turnUntil(EPOLLIN);
  EXPECT_EQ(this->read(3), Pair(Io::Done, "hel"));
  EXPECT_EQ(this->turn(), EPOLLIN) << "there is more";
  EXPECT_EQ(this->read(), Pair(Io::Done, "lo"));
  EXPECT_EQ(this->turn(), 0u);
}

TYPED_TEST(Transports, TheEndComesAfterTheBytes) {
  this->watch(EPOLLIN);
  this->world.send("last");
  this->world.finish();
  this->turnUntil(EPOLLIN);
  EXPECT_EQ(this->read(), Pair(Io::Done, "last"));
  this->turnUntil(EPOLLIN);
  EXPECT_EQ(this->read(), Pair(Io::Closed, ""));
  EXPECT_EQ(this->turn(), EPOLLIN) << "it stays at its end";
  EXPECT_EQ(this->world.server.write(bytesOf("still")).io, Io::Done)
      << "the other direction is open";
}

TYPED_TEST(Transports, AFullOneSaysWhenThereIsRoom) {
  this->watch(EPOLLOUT);
  EXPECT_EQ(this->turn(), EPOLLOUT);
  size_t all = this->fill();
  EXPECT_GT(all, 0u);
  EXPECT_EQ(this->turn(), 0u);
  EXPECT_GT(this->world.server.untaken(), 0u);
  uint64_t mark = this->world.server.readersMark();
  EXPECT_EQ(this->world.server.readersMark(), mark);
  size_t got = 0;
  while (got < all)
    got += this->world.receive(64 * 1024).size();
  EXPECT_EQ(got, all);
  EXPECT_EQ(this->turnUntil(EPOLLOUT), EPOLLOUT);
  EXPECT_NE(this->world.server.readersMark(), mark) << "somebody reads";
  EXPECT_EQ(this->world.server.untaken(), 0u);
  EXPECT_EQ(this->world.server.write(bytesOf("more")).io, Io::Done);
}

TYPED_TEST(Transports, PartsAreOneTextAndMayBeCut) {
  std::string one(1000, '1'), two(64 * 1024, '2');
  iovec parts[] = {{one.data(), one.size()}, {two.data(), two.size()}};
  size_t all = 0;
  IoResult result{Io::Done};
  while (result.io == Io::Done) {
    result = this->world.server.writeParts(parts);
    all += result.bytes;
  }
  EXPECT_EQ(result.io, Io::WantWrite);
  std::string got;
  while (got.size() < all)
    got += this->world.receive(1 << 20);
  std::string expected;
  while (expected.size() < all)
    expected += one + two;
  EXPECT_EQ(got, expected.substr(0, all));
}

TYPED_TEST(Transports, AResetIsHeardOfAndFailsBothWays) {
  this->watch(0);
  this->world.send("before");
  this->world.reset();
  EXPECT_EQ(this->turnUntil(EPOLLHUP) & (EPOLLHUP | EPOLLERR),
            EPOLLHUP | EPOLLERR)
      << "also of one that waits for nothing";
  EXPECT_EQ(this->read(), Pair(Io::Done, "before"));
  EXPECT_EQ(this->read().first, Io::Failed);
  EXPECT_EQ(this->world.server.write(bytesOf("x")).io, Io::Failed);
}

TYPED_TEST(Transports, FinishedInBothDirectionsItHangsUp) {
  this->watch(0);
  EXPECT_EQ(this->world.server.write(bytesOf("bye")).io, Io::Done);
  this->world.server.finishWriting();
  EXPECT_TRUE(this->world.sawEnd());
  EXPECT_EQ(this->world.receive(10), "bye");
  EXPECT_EQ(this->turn(), 0u) << "reading goes on";
  EXPECT_EQ(this->world.server.write(bytesOf("x")).io, Io::Failed);
  this->world.send("you too");
  this->change(EPOLLIN);
  this->turnUntil(EPOLLIN);
  EXPECT_EQ(this->read(), Pair(Io::Done, "you too"));
  this->world.finish();
  this->change(0);
  this->turnUntil(EPOLLHUP);
}

TYPED_TEST(Transports, OnlyWhatIsAskedForIsReported) {
  this->watch(EPOLLIN);
  this->world.send("x");
  this->turnUntil(EPOLLIN);
  this->change(0);
  EXPECT_EQ(this->turn(), 0u);
  this->change(EPOLLIN | EPOLLOUT);
  EXPECT_EQ(this->turn(), EPOLLIN | EPOLLOUT);
  this->world.loop.unwatch(this->world.server.fd());
  EXPECT_EQ(this->turn(), 0u);
  EXPECT_FALSE(this->world.loop.change(this->world.server.fd(), this->heard, 0))
      << "it is not watched";
  this->watch(EPOLLIN);
  EXPECT_FALSE(this->world.loop.watch(this->world.server.fd(), this->heard, 0))
      << "it is watched";
  EXPECT_EQ(this->turn(), EPOLLIN);
}

TYPED_TEST(Transports, PostedAndTimersEndTheWaiting) {
  Loop &loop = this->world.loop;
  int ran = 0;
  std::thread([&] { loop.post([&] { ++ran; }); }).join();
  loop.turn(true);
  EXPECT_EQ(ran, 1);
  struct Fired final : Timer {
    int times = 0;
    void onTimer() override { ++times; }
  } timer;
  int64_t begin = loop.now();
  loop.timers().arm(timer, begin + 20);
  while (timer.times == 0)
    loop.turn(true);
  EXPECT_GE(loop.now(), begin + 20);
  EXPECT_GE(loop.clock(), loop.now());
}

/// What the kernel's clock cannot promise.
TEST(MemoryPoller, TimePassesOnlyWhileTheLoopWaitsAndAsFarAsTheTestSays) {
  MemoryNet net;
  auto owned = net.makePoller();
  MemoryPoller &poller = *owned;
  Loop loop(std::move(owned));
  int64_t begin = loop.now();
  struct Fired final : Timer {
    Loop &loop;
    int64_t at = 0;
    explicit Fired(Loop &loop) : loop(loop) {}
    void onTimer() override { at = loop.now(); }
  } timer(loop), peers(loop);
  loop.timers().arm(timer, begin + 3'600'000);
  for (int i = 0; i < 100; ++i)
    loop.turn(true);
  EXPECT_EQ(loop.now(), begin);
  net.until += 3'599'999;
  for (int i = 0; i < 100; ++i)
    loop.turn(true);
  EXPECT_EQ(timer.at, 0);
  ++net.until;
  loop.turn(true);
  EXPECT_EQ(timer.at, begin + 3'600'000);
  EXPECT_EQ(loop.behind(), 0);

  // Peers have their time while the loop listens; the clock goes on.
  loop.patience().arm(peers, loop.peerTime() + 900);
  poller.hold(1000);
  loop.turn(true);
  EXPECT_EQ(loop.behind(), 1000);
  EXPECT_EQ(peers.at, 0);
  int64_t now = loop.now();
  net.until = now + 10'000;
  while (peers.at == 0)
    loop.turn(true);
  EXPECT_EQ(peers.at - now, 900 - Loop::heldUp);
  EXPECT_EQ(peers.at - loop.peerTime(), 1000 - Loop::heldUp);
}
