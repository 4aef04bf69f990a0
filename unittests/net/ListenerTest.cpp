//===- ListenerTest.cpp - listening sockets -------------------------------===//

#include "runtime/net/Listener.h"
#include "runtime/net/UnixSocket.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <latch>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>

using namespace plumb::rt::net;

static const Address anywhere = *Address::parse("127.0.0.1", 0);

static Address at(uint16_t port) { return *Address::parse("127.0.0.1", port); }

TEST(ListenOn, PortInUseIsSeenWhoeverShares) {
  for (unsigned first : {1u, 3u})
    for (unsigned second : {1u, 3u}) {
      ListenResult one = listenOn(anywhere, first);
      ASSERT_EQ(one.error, 0);
      EXPECT_EQ(one.sockets.size(), first);
      EXPECT_NE(one.port, 0);
      ListenResult two = listenOn(at(one.port), second);
      EXPECT_EQ(two.error, EADDRINUSE) << first << " then " << second;
      EXPECT_TRUE(two.sockets.empty());
    }
}

TEST(ListenOn, PortIsFreeAgain) {
  uint16_t port;
  {
    ListenResult one = listenOn(anywhere, 2);
    port = one.port;
  }
  EXPECT_EQ(listenOn(at(port), 2).error, 0);
}

TEST(ListenOn, AddressOfAnotherMachine) {
  EXPECT_EQ(listenOn(*Address::parse("192.0.2.1", 0), 1).error, EADDRNOTAVAIL);
}

namespace {
struct Counter final : Acceptor {
  std::vector<plumb::rt::base::Fd> sockets;
  std::string peer;
  void onAccept(plumb::rt::base::Fd socket, const Address &address) override {
    sockets.push_back(std::move(socket));
    peer = address.text();
  }
};
} // namespace

TEST(Listener, AcceptsUntilClosed) {
  Loop loop;
  Loop::Running running(loop);
  ListenResult listening = listenOn(anywhere, 1);
  sockaddr_in6 target;
  socklen_t size = at(listening.port).to(target);
  Counter counter;
  Listener listener(loop, std::move(listening.sockets[0]), counter);
  plumb::rt::base::Fd client(::socket(AF_INET, SOCK_STREAM, 0));
  ASSERT_EQ(
      ::connect(client.get(), reinterpret_cast<sockaddr *>(&target), size), 0);
  while (counter.sockets.empty())
    loop.turn(true);
  sockaddr_in6 own = {};
  size = sizeof own;
  ::getsockname(client.get(), reinterpret_cast<sockaddr *>(&own), &size);
  EXPECT_EQ(counter.peer, Address::from(own).text());

  listener.close();
  plumb::rt::base::Fd late(::socket(AF_INET, SOCK_STREAM, 0));
  EXPECT_NE(::connect(late.get(), reinterpret_cast<sockaddr *>(&target), size),
            0);
}

/// Each loop in a thread, as shards are.
TEST(Listener, LoopsShareASocketEvenly) {
  constexpr size_t loops = 3, connections = 60;
  std::string name = "@plumb-shared-" + std::to_string(::getpid());
  UnixListening listening = UnixListening::open(name, 0);
  ASSERT_EQ(listening.error, 0);
  struct Taker final : Acceptor {
    std::atomic<size_t> taken{0};
    std::string peer;
    void onAccept(plumb::rt::base::Fd, const Address &address) override {
      peer = address.text();
      ++taken;
    }
  };
  std::array<Taker, loops> takers;
  std::array<Loop, loops> running;
  std::atomic<bool> over{false};
  std::latch watching(loops);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < loops; ++i)
    threads.emplace_back([&, i] {
      Loop::Running current(running[i]);
      plumb::rt::base::Fd copy(
          ::fcntl(listening.socket.get(), F_DUPFD_CLOEXEC, 3));
      Listener listener(running[i], std::move(copy), takers[i], true);
      watching.count_down();
      while (!over)
        running[i].turn(true);
    });
  watching.wait();
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path + 1, name.data() + 1, name.size() - 1);
  auto size =
      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  auto all = [&] {
    size_t sum = 0;
    for (const Taker &taker : takers)
      sum += taker.taken;
    return sum;
  };
  for (size_t i = 0; i < connections; ++i) {
    plumb::rt::base::Fd client(::socket(AF_UNIX, SOCK_STREAM, 0));
    ASSERT_EQ(
        ::connect(client.get(), reinterpret_cast<sockaddr *>(&address), size),
        0);
    while (all() != i + 1) // One after the other: nobody is busy.
      std::this_thread::yield();
  }
  over = true;
  for (size_t i = 0; i < loops; ++i) {
    running[i].wake();
    threads[i].join();
    EXPECT_GE(takers[i].taken, connections / loops / 2) << i;
    EXPECT_EQ(takers[i].peer, "unix");
  }
}
