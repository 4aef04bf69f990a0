//===- FuzzCalls.cpp - any calls of the C interface, in any order ---------===//
//
// Two servers, of one shard and of two, run in this process; the input says
// what peers over loopback do and what is called, from this thread and from
// within callbacks, with handles that are live, stale, null or made up. At the
// end of each input all peers go: each accepted connection must have had its
// on_close, once, its handle must be stale, and no room may have a member.
//
//===----------------------------------------------------------------------===//

#include "FuzzCalls.h"

using namespace plumb::fuzz;

namespace {

World world;

/// The input, byte by byte; zeros behind its end.
class Input {
public:
  Input(const uint8_t *data, size_t size) : data(data), size(size) {}
  bool empty() const { return at >= size; }
  uint8_t byte() { return empty() ? 0 : data[at++]; }
  std::string rest(size_t max) {
    size_t count = std::min(max, size - std::min(at, size));
    std::string out(reinterpret_cast<const char *>(data) + at, count);
    at += count;
    return out;
  }

private:
  const uint8_t *data;
  size_t size, at = 0;
};

std::string room(uint8_t choice) { return std::string(1 + choice % 3, 'r'); }

/// One call, of any kind, with a handle of any kind.
void call(Input &in) {
  uint8_t what = in.byte();
  plumb_ws_conn conn = world.handle(in.byte());
  uint8_t more = in.byte();
  Text name(room(more)), key(std::string(more % 5, 'k'));
  // Texts are valid UTF-8, which is their type's promise; bytes are anything.
  Text words(std::string(more < 250 ? more : 30000, 'w'));
  int64_t status = 0;
  switch (what % 17) {
  case 0:
    status = plumb_ws_join(conn, name);
    break;
  case 1:
    status = plumb_ws_leave(conn, name);
    break;
  case 2:
    status = plumb_ws_send(conn, words);
    break;
  case 3:
    status = plumb_ws_send_binary(conn, words);
    break;
  case 4:
  case 5:
    REQUIRE(plumb_ws_broadcast(name, words) >= 0);
    break;
  case 6:
    REQUIRE(plumb_ws_broadcast_binary(name, words) >= 0);
    break;
  case 7:
    REQUIRE(plumb_ws_broadcast_except(name, words, conn) >= 0);
    break;
  case 8:
    REQUIRE(plumb_ws_member_count(name) >= 0);
    break;
  case 9:
    // A third of the codes is one that may not be sent.
    status = plumb_ws_close(conn, 1000 + more % 16, key);
    break;
  case 10:
    status = plumb_ws_put(conn, key, words);
    break;
  case 11:
    REQUIRE(plumb_ws_get(conn, key) != nullptr);
    break;
  case 12:
    REQUIRE(plumb_ws_path(conn) != nullptr);
    break;
  case 13:
    REQUIRE(plumb_ws_query(conn, key) != nullptr);
    break;
  case 14:
    REQUIRE(plumb_ws_header(conn, Text("Host")) != nullptr);
    break;
  case 15:
    REQUIRE(plumb_ws_remote_address(conn) != nullptr);
    REQUIRE(plumb_ws_by_id(plumb_ws_id(conn)) == conn);
    REQUIRE(plumb_ws_client_certificate(conn, Text("subject")) != nullptr);
    break;
  case 16:
    status = plumb_ws_page(Text("/" + room(more)), Text("text/plain"), words);
    break;
  }
  REQUIRE(status <= 0);
}

void calls(std::string_view program) {
  Input in(reinterpret_cast<const uint8_t *>(program.data()), program.size());
  for (int count = 0; count != 8 && !in.empty(); ++count)
    call(in);
}

/// What a peer does, or a call.
void step(Input &in, std::vector<Peer> &peers) {
  uint8_t what = in.byte();
  if (what % 4 == 0) {
    call(in);
    return;
  }
  if (peers.empty() || (what % 4 == 1 && peers.size() < 6)) {
    uint8_t how = in.byte();
    peers.emplace_back(world.port(how & 1), how & 2 ? "/deny" : "/",
                       in.rest(how >> 5));
    return;
  }
  Peer &peer = peers[in.byte() % peers.size()];
  switch (what / 4 % 8) {
  case 0:
  case 1:
    // The program is carried out in on_message: see World.
    peer.frame(0x81, asText(in.rest(24)));
    break;
  case 2:
    peer.frame(0x82, in.rest(24));
    break;
  case 3:
    peer.sync();
    break;
  case 4:
    peer.frame(0x88, in.byte() & 1 ? std::string("\x03\xe8") : std::string());
    break;
  case 5:
    peer.send(in.rest(20));
    break;
  case 6:
    peer.finish();
    break;
  case 7:
    peer.reset();
    break;
  }
}

} // namespace

void plumb::fuzz::World::program(std::string_view bytes) { calls(bytes); }

// OpenSSL keeps a little for each thread, which those that the fuzzer ends at
// exit cannot give back any more.
extern "C" const char *__lsan_default_suppressions() {
  return "leak:CRYPTO_zalloc\nleak:CRYPTO_malloc\n"; // One calls the other.
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  world.start();
  {
    Input in(data, size);
    std::vector<Peer> peers;
    for (int count = 0; count != 40 && !in.empty(); ++count)
      step(in, peers);
  }
  world.settle();
  for (uint8_t choice = 0; choice != 3; ++choice)
    REQUIRE(plumb_ws_member_count(Text(room(choice))) == 0);
  return 0;
}
