//===- World.h - a server, its clients and their time, in memory -*- C++ -*-==//
//
// Whole shards on one thread, with connections that are bytes in memory and a
// clock that goes on when a test says so. A program that does what its clients
// tell it keeps a model of what `ws.serve` promises, in the terms of its
// record:
//
//   - on_close is called exactly once for each connection that was accepted,
//   and
//     nothing is called for it, or reaches it, afterwards;
//   - all members of a room see its messages in one order, and each member
//   those
//     that were sent between its join and its leave, and no others;
//   - messages of one sender to one receiver come in the order sent;
//   - the counts are right;
//   - no shard sleeps while another has something for it.
//
// A check that fails says with which seed.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_UNITTESTS_SERVER_WORLD_H
#define PLUMB_UNITTESTS_SERVER_WORLD_H

#include "../net/Memory.h"
#include "runtime/server/Options.h"
#include "runtime/server/ServerState.h"
#include "runtime/server/Shard.h"
#include "runtime/websocket/Program.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::test {

/// What a member is to get.
struct Expected {
  std::string text;
  /// It may also be lost: the queue may be full, or the connection on its way
  /// out.
  bool maybe;
};

/// The browser's side of one connection, and what the program knows of it.
class Peer {
public:
  Peer(unsigned id, unsigned shard, std::shared_ptr<MemoryLink> link)
      : id(id), shard(shard), link(std::move(link)) {}

  const unsigned id, shard;
  const std::shared_ptr<MemoryLink> link;

  // What the client does. Nothing is there until the server's turn.
  void askToUpgrade();
  void send(std::string_view text);
  void sendFrame(uint8_t opcode, std::string_view payload);
  void close(uint16_t code);
  void finish() { link->clientFinished = true; }
  void reset();
  /// Takes so many bytes of what has come, and answers pings and a close frame.
  void read(size_t max = SIZE_MAX);

  // What it has seen.
  bool upgraded = false, sawEnd = false;
  std::vector<std::string> received; ///< messages
  std::optional<uint16_t> sawClose;  ///< the code of the server's close frame
  unsigned pings = 0;
  bool answers = true; ///< pings and close frames

  // What the program knows.
  rt::rooms::Token token;
  bool accepted = false, isClosed = false;
  bool leaving = false; ///< asked to close: may be in no room any more
  bool isLost = false;  ///< what was on its way to it may be
  uint16_t closeCode = 0;
  std::string closeReason;
  unsigned closes = 0, drained = 0;
  std::set<unsigned> rooms;
  /// By where it comes from: a room, or a sender.
  std::map<std::string, std::vector<Expected>> expected;

private:
  void take(std::string_view bytes);
  void takeFrame(uint8_t opcode, std::string payload);
  std::string input;
  bool sentClose = false;
};

class World final : rt::websocket::Program {
public:
  World(const rt::server::Options &options, unsigned shards, uint64_t seed);
  ~World();

  MemoryNet net;
  std::vector<std::unique_ptr<Peer>> peers;
  bool slow = false;     ///< queues may be full: any message may be lost
  bool stopping = false; ///< any connection may be on its way out
  unsigned calls = 0;    ///< of the program

  /// A client that has connected to the shard, and sent its request.
  Peer &connect(unsigned shard);
  /// One turn of one shard. False when that has ended.
  bool turn(unsigned shard);
  /// Turns of all until nothing is left to do at this time.
  void settle();
  /// Time passes, and what is due happens.
  void pass(int64_t milliseconds);
  /// The shard does something else for so long.
  void hold(unsigned shard, int64_t milliseconds) {
    net.until += milliseconds;
    pollers[shard]->hold(milliseconds);
  }
  /// Stops the server, in an orderly way.
  void stop();
  /// Every client reads what there is, and goes. Then all must have ended.
  void end();

  std::string room(unsigned number) const;
  /// A text to the room by no connection, or by one on its shard.
  void broadcast(unsigned room, size_t size);
  void sendTo(Peer &to, std::string_view from, size_t size);
  void checkCounts();
  void check();

  rt::server::Shard &shard(unsigned number) { return *shards[number]; }
  unsigned shardCount() const { return static_cast<unsigned>(shards.size()); }

private:
  bool onConnect(rt::rooms::Token token) override;
  void onText(rt::rooms::Token token, std::span<uint8_t> message) override;
  void onBinary(rt::rooms::Token, std::span<uint8_t>) override {}
  void onClose(rt::rooms::Token token, uint16_t code,
               std::string_view reason) override;
  void onDrained(rt::rooms::Token token) override;
  bool takesBinary() const override { return false; }

  Peer *find(rt::rooms::Token token);
  void obey(Peer &peer, std::string_view command);
  void checkPeer(const Peer &peer);

  const rt::server::Options options;
  rt::server::ServerState state{options, *this};
  std::vector<MemoryPoller *> pollers;
  std::vector<std::shared_ptr<rt::server::Shard>> shards;
  std::vector<bool> ended;
  std::map<uint64_t, Peer *> byToken;
  uint64_t prefix; ///< no other world's rooms
  uint64_t messages = 0;
};

} // namespace plumb::test

#endif // PLUMB_UNITTESTS_SERVER_WORLD_H
