//===- DeflateTest.cpp - compressed messages over real connections --------===//
//
// Beast's clients have a zlib of their own. What is counted and compared byte
// by byte is read from bare sockets.
//
//===----------------------------------------------------------------------===//

#include "../wire/Zlib.h"
#include "Support.h"

#include "runtime/wire/Deflater.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <set>
#include <sys/resource.h>

using namespace plumb::test;
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using plumb::rt::wire::Deflater;
using tcp = asio::ip::tcp;

namespace {

tcp::socket connectTo(asio::io_context &context, const Server &server) {
  tcp::socket socket(context);
  socket.connect({asio::ip::make_address("127.0.0.1"), server.port});
  socket.set_option(tcp::no_delay(true));
  return socket;
}

/// A Beast client that offers deflate.
class DeflateClient {
public:
  explicit DeflateClient(Server &server, int serverBits = 15,
                         const std::string &target = "/")
      : stream(connectTo(context, server)) {
    websocket::permessage_deflate offer;
    offer.client_enable = true;
    offer.server_max_window_bits = serverBits;
    stream.set_option(offer);
    stream.handshake(response, "localhost", target);
  }
  std::string extensions() {
    return std::string(response["Sec-WebSocket-Extensions"]);
  }
  void send(const std::string &message) { stream.write(asio::buffer(message)); }
  std::string read() {
    beast::flat_buffer buffer;
    stream.read(buffer);
    return beast::buffers_to_string(buffer.data());
  }

private:
  asio::io_context context;
  websocket::response_type response;
  websocket::stream<tcp::socket> stream;
};

/// A client that looks at bytes. It sends masked frames with a key of zero.
class BareClient {
public:
  BareClient(Server &server, const std::string &extensions)
      : socket(connectTo(context, server)) {
    std::string request =
        "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    if (!extensions.empty())
      request += "Sec-WebSocket-Extensions: " + extensions + "\r\n";
    asio::write(socket, asio::buffer(request + "\r\n"));
    while (!head.ends_with("\r\n\r\n"))
      head += take(1);
  }

  void send(const std::string &payload, int first = 0x81) {
    std::string frame{char(first)};
    if (payload.size() < 126)
      frame += char(0x80 | payload.size());
    else if (payload.size() < 65536)
      frame += {char(0xfe), char(payload.size() >> 8), char(payload.size())};
    else {
      frame += char(0xff);
      for (int at = 7; at >= 0; --at)
        frame += char(uint64_t(payload.size()) >> (8 * at));
    }
    asio::write(socket, asio::buffer(frame + std::string(4, 0) + payload));
  }
  void sendRaw(const std::string &bytes) {
    asio::write(socket, asio::buffer(bytes));
  }
  /// A frame's first byte and its payload.
  std::pair<int, std::string> read() {
    std::string start = take(2);
    size_t size = static_cast<uint8_t>(start[1]), bytes = 0;
    if (size >= 126)
      bytes = size == 126 ? 2 : 8;
    if (bytes != 0)
      size = 0;
    for (char c : take(bytes))
      size = size << 8 | static_cast<uint8_t>(c);
    return {static_cast<uint8_t>(start[0]), take(size)};
  }
  std::string take(size_t size) {
    std::string out(size, 0);
    asio::read(socket, asio::buffer(out));
    return out;
  }
  int closeCode() {
    auto [first, payload] = read();
    EXPECT_EQ(first, 0x88);
    return payload.size() < 2 ? 0
                              : static_cast<uint8_t>(payload[0]) << 8 |
                                    static_cast<uint8_t>(payload[1]);
  }

  std::string head;

private:
  asio::io_context context;
  tcp::socket socket;
};

std::string words(size_t count, const std::string &word = "word") {
  std::string out;
  for (size_t i = 0; i != count; ++i)
    out += word + std::to_string(i % 10) + ' ';
  return out;
}

const std::string offer = "permessage-deflate; client_max_window_bits";

/// A server whose program joins every connection to a room, sends messages
/// that begin with "send " back, and broadcasts all others.
struct Deflating : testing::TestWithParam<Config> {
  Environment on{"PLUMB_WS_DEFLATE", "on"};
  Server server{GetParam(), false};
  void SetUp() override {
    server.onConnect = [](plumb_ws_conn conn) {
      plumb_ws_join(conn, Text("room"));
      return true;
    };
    server.onMessage = [](plumb_ws_conn conn, std::string message) {
      if (message.starts_with("send "))
        EXPECT_EQ(plumb_ws_send(conn, Text(message)), PLUMB_OK);
      else
        EXPECT_EQ(plumb_ws_broadcast(Text("room"), Text(message)), 0);
    };
    server.start();
  }
};

} // namespace

INSTANTIATE_TEST_SUITE_P(, Deflating,
                         testing::Values(Config{false, 1}, Config{false, 3}),
                         nameOf);

TEST(Deflate, IsOffByDefault) {
  Server server;
  DeflateClient client(server);
  EXPECT_EQ(client.extensions(), "");
  BareClient bare(server, offer);
  EXPECT_EQ(bare.head.find("Sec-WebSocket-Extensions"), std::string::npos);
  bare.send(zip("x"), 0xc1); // RSV1 means nothing then.
  EXPECT_EQ(bare.closeCode(), 1002);
  // The header must be well-formed all the same (RFC 6455 section 9.1).
  EXPECT_TRUE(BareClient(server, "permessage-deflate; x=")
                  .head.starts_with("HTTP/1.1 400 "));
}

TEST_P(Deflating, IsAgreedOnAndUsedBothWays) {
  for (int bits : {9, 15}) {
    DeflateClient client(server, bits);
    // Beast names the window in its offer, so the answer does.
    EXPECT_EQ(client.extensions(),
              "permessage-deflate; server_max_window_bits=" +
                  std::to_string(bits));
    for (size_t size : {0, 1, 10, 30, 100, 1000, 20000}) {
      std::string message = "send " + words(size);
      client.send(message);
      ASSERT_EQ(client.read(), message);
      client.send(words(size));
      ASSERT_EQ(client.read(), words(size));
    }
  }
}

TEST_P(Deflating, WhatIsSentIsCompressed) {
  BareClient client(server, offer);
  EXPECT_NE(
      client.head.find("\r\nSec-WebSocket-Extensions: permessage-deflate\r\n"),
      std::string::npos);
  for (std::string message : {"send " + words(100), words(100)}) {
    client.send(zip(message), 0xc1);
    auto [first, payload] = client.read();
    EXPECT_EQ(first, 0xc1);
    EXPECT_LT(payload.size(), message.size() / 4);
    EXPECT_EQ(unzip(payload), message);
  }
  // What does not pay goes out as it is.
  client.send("short");
  EXPECT_EQ(client.read(), std::pair(0x81, std::string("short")));
  // Control frames never are.
  client.send("ping", 0x89);
  EXPECT_EQ(client.read(), std::pair(0x8a, std::string("ping")));
}

TEST_P(Deflating, AClientMayReferToWhatItHasSaid) {
  // RFC 7692 section 7.2.3.2: "Hello", and a message that is all reference.
  const std::string hello("\xf2\x48\xcd\xc9\xc9\x07\x00", 7),
      again("\xf2\x00\x11\x00\x00", 5);
  BareClient client(server, offer), other(server, offer);
  client.send(hello, 0xc1);
  other.send(zip("Hi yo"), 0xc1);
  for (BareClient *each : {&client, &other}) {
    std::set<std::string> heard{each->read().second, each->read().second};
    EXPECT_EQ(heard, (std::set<std::string>{"Hello", "Hi yo"}));
  }
  client.send(again, 0xc1);
  EXPECT_EQ(other.read().second, "Hello");
  other.send(again, 0xc1); // Each has its own.
  client.read();
  EXPECT_EQ(client.read().second, "Hi yo");
}

TEST_P(Deflating, AClientThatForgetsIsHeldToIt) {
  BareClient client(server, "permessage-deflate; client_no_context_takeover");
  EXPECT_NE(client.head.find("; client_no_context_takeover\r\n"),
            std::string::npos);
  client.send(std::string("\xf2\x48\xcd\xc9\xc9\x07\x00", 7), 0xc1);
  EXPECT_EQ(client.read().second, "Hello");
  client.send(std::string("\xf2\x00\x11\x00\x00", 5), 0xc1);
  EXPECT_EQ(client.closeCode(), 1007);
}

TEST(Deflate, TheContextCanBeOff) {
  Environment on("PLUMB_WS_DEFLATE", "on"),
      off("PLUMB_WS_DEFLATE_CONTEXT", "off");
  Server server;
  DeflateClient client(server);
  EXPECT_NE(client.extensions().find("; client_no_context_takeover"),
            std::string::npos);
  for (int round = 0; round != 3; ++round) {
    client.send("echo " + words(100));
    EXPECT_EQ(client.read(), words(100));
  }
}

TEST(Deflate, TheReasonNamesTheLimit) {
  Environment on("PLUMB_WS_DEFLATE", "on"),
      maxMessage("PLUMB_WS_MAX_MESSAGE", "20000"),
      ratio("PLUMB_WS_MAX_INFLATE_RATIO", "10"),
      floor("PLUMB_WS_INFLATE_FLOOR", "1000");
  Server server;
  auto reasonFor = [&](const std::string &message) {
    BareClient client(server, offer);
    client.send(zip(message), 0xc1);
    auto [first, payload] = client.read();
    EXPECT_EQ(first, 0x88);
    EXPECT_EQ(payload.substr(0, 2), "\x03\xf1");
    std::string reason = payload.substr(2);
    EXPECT_EQ(server.closed.pop()->reason, reason);
    return reason;
  };
  EXPECT_EQ(reasonFor(std::string(10000, 'x')),
            "message inflates over max_inflate_ratio");
  std::string noise;
  for (uint32_t i = 0, x = 1; i != 20001; ++i)
    noise +=
        static_cast<char>(33 + ((x = x * 1664525 + 1013904223) >> 24) % 90);
  EXPECT_EQ(reasonFor(noise),
            "message inflates over the size limit (RFC 6455 7.4.1)");
}

TEST_P(Deflating, ASmallWindowGetsWhatItCanFollow) {
  BareClient client(server, "permessage-deflate; server_max_window_bits=8");
  EXPECT_NE(client.head.find("; server_max_window_bits=8\r\n"),
            std::string::npos);
  std::string fits = "send " + words(40), over = "send " + words(100);
  ASSERT_LE(fits.size(), 256u);
  client.send(fits);
  EXPECT_EQ(client.read().first, 0xc1);
  for (std::string message : {over, over.substr(5)}) {
    client.send(message);
    EXPECT_EQ(client.read(), std::pair(0x81, message));
  }
}

TEST_P(Deflating, OneMessageIsCompressedOnceForAThousandMembers) {
  rlimit files;
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  std::vector<std::unique_ptr<BareClient>> members;
  for (int i = 0; i != 1000; ++i)
    members.push_back(std::make_unique<BareClient>(server, offer));
  uint64_t before = Deflater::total();
  for (int round = 1; round <= 3; ++round) {
    std::string message = words(200, "round" + std::to_string(round));
    members[static_cast<size_t>(round)]->send(message);
    std::pair<int, std::string> expected = members[0]->read();
    EXPECT_EQ(expected.first, 0xc1);
    EXPECT_EQ(unzip(expected.second), message);
    for (size_t i = 1; i != members.size(); ++i)
      ASSERT_EQ(members[i]->read(), expected) << i;
    EXPECT_EQ(Deflater::total(), before + static_cast<uint64_t>(round));
  }
}

TEST_P(Deflating, PlainAndCompressedMembersSeeOneOrder) {
  std::vector<std::unique_ptr<BareClient>> members;
  for (int i = 0; i != 12; ++i)
    members.push_back(std::make_unique<BareClient>(
        server, i % 3 == 0   ? ""
                : i % 3 == 1 ? offer
                             : "permessage-deflate; server_max_window_bits=9"));
  // Several messages a turn, short and long, from several members.
  constexpr int rounds = 60;
  std::vector<std::thread> senders;
  for (size_t i = 0; i != 3; ++i)
    senders.emplace_back([&, i] {
      for (int round = 0; round != rounds; ++round)
        members[i]->send(std::to_string(i) + "/" + std::to_string(round) + " " +
                         words(size_t(round) * 3 % 100));
    });
  for (std::thread &sender : senders)
    sender.join();
  std::vector<std::string> order;
  for (size_t i = 0; i != members.size(); ++i) {
    int compressed = 0;
    for (size_t at = 0; at != 3 * rounds; ++at) {
      auto [first, payload] = members[i]->read();
      std::string message = first & 0x40 ? unzip(payload) : payload;
      compressed += (first & 0x40) != 0;
      if (i == 0)
        order.push_back(message);
      else
        ASSERT_EQ(message, order[at]) << i << " at " << at;
    }
    EXPECT_EQ(compressed > 0, i % 3 == 1);
  }
}

TEST_P(Deflating, PlainRoomsCompressNothing) {
  BareClient one(server, ""), two(server, "");
  uint64_t before = Deflater::total();
  one.send(words(500));
  EXPECT_EQ(one.read().second, words(500));
  EXPECT_EQ(two.read().second, words(500));
  EXPECT_EQ(Deflater::total(), before);
}

TEST_P(Deflating, LeavingEndsIt) {
  server.stop();
  Server own(GetParam(), false);
  own.onConnect = [](plumb_ws_conn conn) {
    plumb_ws_join(conn, Text("room"));
    return true;
  };
  own.onMessage = [](plumb_ws_conn conn, std::string message) {
    if (message == "leave") {
      plumb_ws_leave(conn, Text("room"));
      plumb_ws_send(conn, Text("left"));
    } else if (message == "join") {
      plumb_ws_join(conn, Text("room"));
      plumb_ws_join(conn, Text("room"));
      plumb_ws_send(conn, Text("joined"));
    } else if (message == "except") {
      plumb_ws_broadcast_except(Text("room"), Text(words(50)), conn);
      plumb_ws_send(conn, Text("done"));
    } else {
      plumb_ws_broadcast(Text("room"), Text(words(50, message)));
    }
  };
  own.start();
  BareClient one(own, offer), two(own, offer), plain(own, "");
  EXPECT_EQ(plumb_ws_member_count(Text("room")), 3);
  two.send("leave");
  EXPECT_EQ(two.read().second, "left");
  EXPECT_EQ(plumb_ws_member_count(Text("room")), 2);
  one.send("first");
  EXPECT_EQ(unzip(one.read().second), words(50, "first"));
  EXPECT_EQ(plain.read().second, words(50, "first"));
  two.send("join");
  EXPECT_EQ(two.read().second, "joined");
  EXPECT_EQ(plumb_ws_member_count(Text("room")), 3);
  one.send("except");
  EXPECT_EQ(one.read().second, "done");
  EXPECT_EQ(unzip(two.read().second), words(50));
  EXPECT_EQ(plain.read().second, words(50));
  plain.send("last");
  for (BareClient *client : {&one, &two})
    EXPECT_EQ(unzip(client->read().second), words(50, "last"));
  EXPECT_EQ(plain.read().second, words(50, "last"));
}

//===----------------------------------------------------------------------===//
// Hostile peers
//===----------------------------------------------------------------------===//

TEST_P(Deflating, AClaimOf2To62BytesIsRefused) {
  for (int first : {0xc1, 0xc2, 0x41}) {
    BareClient client(server, offer);
    client.sendRaw(std::string{char(first), char(0xff), char(0x40)} +
                   std::string(7, 0) + "mask");
    EXPECT_EQ(client.closeCode(), 1009);
  }
}

TEST_P(Deflating, BombsAreRefused) {
  // 64 MiB of zeros, in 64 KiB; the limit is 16 MiB, a hundred times as much
  // as came, or 1 MiB.
  std::string bomb = zip(std::string(64 << 20, 0));
  std::string taken = zip(std::string(1 << 20, 'a'));
  long before = 0, after = 0;
  for (int round = 0; round != 20; ++round) {
    BareClient client(server, offer);
    client.send(bomb, 0xc1);
    EXPECT_EQ(client.closeCode(), 1009);
    rusage usage;
    ::getrusage(RUSAGE_SELF, &usage);
    (round == 0 ? before : after) = usage.ru_maxrss;
  }
  EXPECT_LT(after - before, 16 << 10); // KiB
  BareClient client(server, offer);
  client.send(taken, 0xc1);
  EXPECT_EQ(client.read().first, 0xc1);
}

TEST_P(Deflating, DamageIsRefused) {
  for (std::string payload :
       {std::string("\xff\xff\xff"), zip("Hello").substr(0, 4), zip("\xff")}) {
    BareClient client(server, offer);
    client.send(payload, 0xc1);
    EXPECT_EQ(client.closeCode(), 1007);
  }
  for (int first : {0xd1, 0xe1, 0xf1, 0xc0, 0xc9, 0xc3}) {
    BareClient client(server, offer);
    client.send("", first);
    EXPECT_EQ(client.closeCode(), 1002) << first;
  }
}
