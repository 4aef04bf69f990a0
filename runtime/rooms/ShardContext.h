//===- ShardContext.h - what the connections of a shard share ---*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ROOMS_SHARDCONTEXT_H
#define PLUMB_RUNTIME_ROOMS_SHARDCONTEXT_H

#include "runtime/net/Loop.h"
#include "runtime/rooms/Budget.h"
#include "runtime/rooms/ConnectionTable.h"
#include "runtime/rooms/Fanout.h"
#include "runtime/rooms/Reception.h"
#include "runtime/rooms/ServerState.h"
#include "runtime/wire/Scratch.h"

#include <cstdint>
#include <vector>

namespace plumb::rt::rooms {

/// The parts that a shard is made of, each of which keeps its own state. The
/// shard's thread only, but for what says otherwise: the inbox, counters and
/// counts of compression, and by its lock the table.
class ShardContext {
public:
  ShardContext(const ShardContext &) = delete;
  ShardContext &operator=(const ShardContext &) = delete;

  ServerState &server;
  metrics::Counters counters;
  net::Loop loop;
  Reception reception;
  ConnectionTable connections;
  Inbox inbox;

  output::Turn turn;
  output::Flusher flusher{turn};
  wire::Deflater deflater;
  LocalRooms rooms;
  Fanout fanout;

  // Of the connection that is read.
  wire::Scratch scratch;
  std::vector<uint8_t> readBuffer;
  Budget budget;

  Budget handshakes; ///< of all connections, in a turn
  /// Connections with input that is to be dealt with in the next turn, each
  /// once.
  std::vector<Connection *> toResume;
  bool stopping = false; ///< requests are refused

  /// Before a connection leaves its rooms: what other threads have said there
  /// by now is for it, too. Not amid the inbox.
  void catchUp() {
    if (!inbox.empty())
      carryOutInbox();
  }
  /// A connection has closed its socket.
  virtual void onClosed() noexcept = 0;

protected:
  explicit ShardContext(ServerState &server);
  ~ShardContext();

private:
  virtual void carryOutInbox() = 0;
};

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_SHARDCONTEXT_H
