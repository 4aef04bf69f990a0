//===- FairnessTest.cpp - what one peer has of a turn ---------------------===//
//
// A callback holds the only shard until all has been sent: then it is the shard
// that says who comes first, not the clock.
//
//===----------------------------------------------------------------------===//

#include "../wire/Zlib.h"
#include "AdminSupport.h"
#include "Loopback.h"

#include <latch>
#include <unistd.h>

using namespace plumb::test;

namespace {
/// A frame of a text, with a masking key of zeros.
std::string frame(const std::string &text, bool compressed = false) {
  std::string out{static_cast<char>(compressed ? 0xc1 : 0x81)};
  if (text.size() < 126)
    out += static_cast<char>(0x80 | text.size());
  else
    out += {'\xfe', static_cast<char>(text.size() >> 8),
            static_cast<char>(text.size())};
  return out + std::string(4, 0) + text;
}

std::string deflateRequest() {
  std::string request = upgradeRequest;
  request.insert(request.size() - 2,
                 "Sec-WebSocket-Extensions: permessage-deflate; "
                 "client_no_context_takeover; client_max_window_bits\r\n");
  return request;
}

std::string repeat(const std::string &text, int count) {
  std::string all;
  while (count-- > 0)
    all += text;
  return all;
}

/// A server whose messages are counted, and which "hold" holds up.
struct Held {
  Environment timeout{"PLUMB_WS_CLOSE_TIMEOUT_MS", "50"};
  std::latch held{1}, sent{1};
  std::vector<std::string> order; ///< the shard's until it has stopped
  Server server{{}, false};
  Held() {
    server.onMessage = [this](plumb_ws_conn conn, std::string line) {
      if (line == "hold") {
        held.count_down();
        sent.wait();
      }
      order.push_back(line);
      if (line == "done" || line == "last")
        plumb_ws_send(conn, Text(line));
    };
  }
};

constexpr int many = 12000; // Of 9 bytes: within one receive.
} // namespace

TEST(Fairness, MessagesOfAnotherComeInBetween) {
  Held world;
  world.server.start();
  Client holder(world.server), victim(world.server);
  auto hog = Client::raw(world.server);
  hog->writeRaw(upgradeRequest);
  hog->readRaw("\r\n\r\n");
  holder.send("hold");
  world.held.wait();
  hog->writeRaw(repeat(frame("hog"), many) + frame("last"));
  victim.send("done");
  world.sent.count_down();
  EXPECT_EQ(victim.read(), "done");
  hog->readRaw("last");
  world.server.stop();
  auto at = std::find(world.order.begin(), world.order.end(), "done");
  EXPECT_LT(std::count(world.order.begin(), at, "hog"), many / 2);
  EXPECT_EQ(std::count(world.order.begin(), world.order.end(), "hog"), many);
}

/// A peer that is gone by the time that its messages are read has sent them all
/// the same.
TEST(Fairness, NothingIsLostWithAPeerThatIsGone) {
  constexpr int count = 6000; // In one segment, and more than a share.
  Held world;
  std::latch received{1}, gone{1};
  auto plain = world.server.onMessage;
  world.server.onMessage = [&](plumb_ws_conn conn, std::string line) {
    if (line == "wait") { // The rest came with it.
      received.count_down();
      gone.wait();
    }
    plain(conn, line);
  };
  world.server.start();
  Client holder(world.server);
  int hog = ::socket(AF_INET, SOCK_STREAM, 0);
  ASSERT_EQ(connectTo(hog, world.server.port), 0);
  auto send = [&](const std::string &bytes) {
    EXPECT_EQ(::send(hog, bytes.data(), bytes.size(), 0),
              static_cast<ssize_t>(bytes.size()));
  };
  send(upgradeRequest);
  char answer[4096];
  EXPECT_GT(::recv(hog, answer, sizeof answer, 0), 0);
  holder.send("hold");
  world.held.wait();
  send(frame("wait") + repeat(frame("hog"), count));
  world.sent.count_down();
  linger reset{1, 0};
  ::setsockopt(hog, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  received.wait(); // A reset takes what has not been.
  ::close(hog);
  gone.count_down();
  EXPECT_EQ(world.server.closed.pop()->code, 1006);
  world.server.stop();
  EXPECT_EQ(std::count(world.order.begin(), world.order.end(), "hog"), count);
}

TEST(Fairness, APipelinedRequestHasATurnOfItsOwn) {
  Watched world;
  auto hog = Client::raw(world.server);
  auto turns = [&] { return world.admin.scrape()["plumb_loop_turns_total"]; };
  double before = turns();
  constexpr int requests = 300;
  hog->writeRaw(repeat("GET /none HTTP/1.1\r\nHost: x\r\n\r\n", requests) +
                "GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  std::string answers = hog->readRaw();
  int count = 0;
  for (size_t at = 0; (at = answers.find("HTTP/1.1 404", at)) != answers.npos;
       ++at)
    ++count;
  EXPECT_EQ(count, requests + 1);
  EXPECT_GE(turns() - before, requests);
}

TEST(Fairness, WhatIsInflatedCounts) {
  Environment deflate("PLUMB_WS_DEFLATE", "on"),
      rate("PLUMB_WS_MAX_BYTE_RATE", "200000");
  Server server;
  auto bomb = Client::raw(server);
  bomb->writeRaw(deflateRequest());
  ASSERT_NE(bomb->readRaw("\r\n\r\n").find("permessage-deflate"),
            std::string::npos);
  std::string small = frame(zip("put k " + std::string(150000, 'x')), true);
  ASSERT_LT(small.size(), 1000u);
  bomb->writeRaw(small + small); // The first is within the limit.
  Closed closed = *server.closed.pop();
  EXPECT_EQ(closed.code, 1008);
  EXPECT_EQ(closed.reason, "too many bytes a second");
}

TEST(Fairness, InflateFloorIsAnOption) {
  Environment deflate("PLUMB_WS_DEFLATE", "on"),
      timeout("PLUMB_WS_CLOSE_TIMEOUT_MS", "50"),
      floor("PLUMB_WS_INFLATE_FLOOR", "50000");
  Server server;
  for (size_t size : {size_t(50000), size_t(50001)}) {
    auto client = Client::raw(server);
    client->writeRaw(deflateRequest());
    client->readRaw("\r\n\r\n");
    client->writeRaw(frame(zip(std::string(size, 'x')), true) +
                     frame("close 3000 fine"));
    EXPECT_EQ(server.closed.pop()->code, size == 50000 ? 3000 : 1009) << size;
  }
}
