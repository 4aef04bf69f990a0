//===- SharedTurnTest.cpp - what one turn sends to many -------------------===//
//
// A turn copies and encrypts the output of many connections together. Whatever
// is in it, each peer gets its own bytes.
//
//===----------------------------------------------------------------------===//

#include "Support.h"

#include <random>

using namespace plumb::test;

namespace {
struct SharedTurn : testing::TestWithParam<bool> {
  std::optional<Environment> flush;
  SharedTurn() {
    if (GetParam())
      flush.emplace("PLUMB_WS_FLUSH", "io_uring");
  }
};

struct Peer {
  std::unique_ptr<Client> client;
  plumb_ws_conn conn;
  std::vector<std::string> expected;
};
} // namespace

INSTANTIATE_TEST_SUITE_P(All, SharedTurn, testing::Bool(),
                         [](const testing::TestParamInfo<bool> &info) {
                           return info.param ? "IoUring" : "Epoll";
                         });

/// Some have TLS, some not, on one shard.
TEST_P(SharedTurn, EachPeerGetsItsOwn) {
  constexpr int peerCount = 10, turns = 60;
  constexpr unsigned maxMessages = 40;
  // Around what is copied together, is sealed, and goes out alone.
  constexpr unsigned sizes[] = {1, 20, 900, 5000, 20000};
  Environment listen("PLUMB_WS_LISTEN", "127.0.0.1:0");
  Channel<plumb_ws_conn> handles;
  std::vector<Peer> peers;
  std::mt19937 random(
      static_cast<unsigned>(testing::UnitTest::GetInstance()->random_seed()));
  auto below = [&](unsigned end) { return random() % end; };
  Server plain({}, false), secure(Config{true, 1}, false);
  secure.onConnect = [&](plumb_ws_conn conn) {
    handles.push(conn);
    return true;
  };
  secure.onMessage = [&](plumb_ws_conn conn, std::string line) {
    if (line != "turn")
      return secure.command(conn, line);
    for (unsigned left = 1 + below(maxMessages); left; --left) {
      if (below(3) == 0) {
        plumb_ws_broadcast(Text("r"), Text("all"));
        for (Peer &peer : peers)
          peer.expected.push_back("all");
        continue;
      }
      unsigned to = below(peerCount);
      std::string text(sizes[below(std::size(sizes))],
                       static_cast<char>('a' + to));
      plumb_ws_send(peers[to].conn, Text(text));
      peers[to].expected.push_back(text);
    }
  };
  secure.start();
  std::string line = Log::instance().waitFor("listening on ");
  plain.port = static_cast<uint16_t>(std::atoi(&line[line.rfind(':') + 1]));
  for (int i = 0; i < peerCount; ++i) {
    auto client = std::make_unique<Client>(i % 2 ? secure : plain);
    peers.push_back({std::move(client), *handles.pop(), {}});
    peers.back().client->ask("join r");
  }
  Client director(secure);
  for (int turn = 0; turn < turns; ++turn) {
    director.send("turn");
    director.sync();
    for (Peer &peer : peers) {
      for (const std::string &text : peer.expected)
        ASSERT_EQ(peer.client->read(), text) << "turn " << turn;
      peer.expected.clear();
    }
  }
  peers.clear(); // The server need not wait for them.
}
