//===- ReadyTest.cpp - what the admin port says before there is a server --===//

#include "../bodies/Loopback.h"
#include "runtime/net/Address.h"
#include "runtime/net/Listener.h"
#include "runtime/server/AdminSubject.h"
#include "runtime/server/ServerState.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

using namespace plumb::rt;
using namespace plumb::rt::rooms;
using namespace plumb::rt::server;

namespace {
struct NoProgram final : websocket::Program {
  bool onConnect(Token) override { return true; }
  void onText(Token, std::span<uint8_t>) override {}
  void onBinary(Token, std::span<uint8_t>) override {}
  void onClose(Token, uint16_t, std::string_view) override {}
  void onDrained(Token) override {}
  bool takesBinary() const override { return true; }
};

std::string get(uint16_t port, const std::string &path) {
  base::Fd socket(::socket(AF_INET, SOCK_STREAM, 0));
  EXPECT_EQ(plumb::test::connectTo(socket.get(), port), 0);
  std::string request = "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  ::send(socket.get(), request.data(), request.size(), MSG_NOSIGNAL);
  std::string all;
  char part[1024];
  ssize_t size;
  while ((size = ::recv(socket.get(), part, sizeof part, 0)) > 0)
    all.append(part, static_cast<size_t>(size));
  return all;
}
} // namespace

/// The admin port answers as soon as it is there; clients come later.
TEST(Ready, OnceEveryShardIsThere) {
  Options options;
  NoProgram program;
  ServerState state{options, program};
  net::ListenResult listening =
      net::listenOn(*net::Address::parse("127.0.0.1", 0), 1);
  ASSERT_EQ(listening.error, 0);
  AdminSubject subject(state, {});
  admin::Admin admin(subject, 1000, std::move(listening.sockets.front()));
  std::string starting = get(listening.port, "/readyz");
  EXPECT_TRUE(starting.starts_with("HTTP/1.1 503 ")) << starting;
  EXPECT_TRUE(starting.ends_with("\r\n\r\nstarting\n")) << starting;
  EXPECT_TRUE(get(listening.port, "/healthz").starts_with("HTTP/1.1 200 "));
  state.serving = true;
  EXPECT_TRUE(get(listening.port, "/readyz").starts_with("HTTP/1.1 200 "));
  state.draining = true;
  EXPECT_TRUE(get(listening.port, "/readyz").ends_with("stopping\n"));
}
