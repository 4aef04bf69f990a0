//===- ShardContext.h - what the connections of a shard share ---*- C++ -*-===//
#ifndef PLUMB_RUNTIME_SERVER_SHARDCONTEXT_H
#define PLUMB_RUNTIME_SERVER_SHARDCONTEXT_H

#include "runtime/limits/Budget.h"
#include "runtime/net/Loop.h"
#include "runtime/server/ConnectionTable.h"
#include "runtime/server/Fanout.h"
#include "runtime/server/Reception.h"
#include "runtime/server/ServerState.h"
#include "runtime/websocket/Context.h"
#include "runtime/wire/Scratch.h"

#include <cstdint>
#include <vector>

namespace plumb::rt::server {

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
  rooms::Inbox inbox;

  output::Turn turn;
  output::Flusher flusher{turn};
  wire::Deflater deflater;
  rooms::LocalRooms rooms;
  Fanout fanout;

  // Of the connection that is read.
  wire::Scratch scratch;
  std::vector<uint8_t> readBuffer;
  limits::Budget budget;
  websocket::Context sessions;

  limits::Budget handshakes; ///< of all connections, in a turn
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
  ShardContext(ServerState &server, std::unique_ptr<net::Poller> poller);
  ~ShardContext();

private:
  virtual void carryOutInbox() = 0;
};

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_SHARDCONTEXT_H
