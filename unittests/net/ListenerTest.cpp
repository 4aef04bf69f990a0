//===- ListenerTest.cpp - listening sockets -------------------------------===//

#include "runtime/net/Listener.h"

#include <cerrno>
#include <gtest/gtest.h>
#include <sys/socket.h>

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
  std::vector<Fd> sockets;
  std::string peer;
  void onAccept(Fd socket, const Address &address) override {
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
  Fd client(::socket(AF_INET, SOCK_STREAM, 0));
  ASSERT_EQ(
      ::connect(client.get(), reinterpret_cast<sockaddr *>(&target), size), 0);
  while (counter.sockets.empty())
    loop.turn(true);
  sockaddr_in6 own = {};
  size = sizeof own;
  ::getsockname(client.get(), reinterpret_cast<sockaddr *>(&own), &size);
  EXPECT_EQ(counter.peer, Address::from(own).text());

  listener.close();
  Fd late(::socket(AF_INET, SOCK_STREAM, 0));
  EXPECT_NE(::connect(late.get(), reinterpret_cast<sockaddr *>(&target), size),
            0);
}
