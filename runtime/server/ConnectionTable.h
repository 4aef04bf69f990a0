//===- ConnectionTable.h - the connections of one shard ---------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_SERVER_CONNECTIONTABLE_H
#define PLUMB_RUNTIME_SERVER_CONNECTIONTABLE_H

#include "runtime/base/SlotTable.h"
#include "runtime/rooms/Token.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace plumb::rt::server {

class Connection;

/// Owns the connections of a shard, and names them. Changed by the shard's
/// thread only; what other threads may do with the lock is said where.
class ConnectionTable {
public:
  ConnectionTable();
  ~ConnectionTable();
  ConnectionTable(const ConnectionTable &) = delete;
  ConnectionTable &operator=(const ConnectionTable &) = delete;

  using Slots = base::SlotTable<Connection>;

  /// Before the first connection: the number of the shard, from 1, and with
  /// what its tokens begin so that none of an earlier shard's comes again.
  void number(uint32_t shard, uint32_t firstGeneration);
  uint32_t shard() const noexcept { return id; }
  /// With what the next shard of this number is to begin; see SlotTable.
  uint32_t nextGeneration() const noexcept { return slots.nextGeneration(); }

  /// Guards, for other threads: the table, and of connections what they say.
  /// Taken before any other lock.
  std::mutex &dataLock() const noexcept { return lock; }

  /// Null for a stale token. The shard's thread, or one that holds dataLock().
  Connection *find(rooms::Token token) const noexcept {
    return token.shard() == id ? slots.find({token.slot(), token.generation()})
                               : nullptr;
  }
  /// Its token; none, and the connection untouched, when there is no slot left.
  /// Throws std::bad_alloc and takes nothing.
  rooms::Token insert(std::unique_ptr<Connection> &connection);
  /// Makes the token stale.
  void retire(rooms::Token token) noexcept;
  /// The connection is dead: its slot is free now, its memory after the turn.
  void bury(rooms::Token token) noexcept;
  bool hasBuried() const noexcept { return !graveyard.empty(); }
  void freeBuried() noexcept;

  /// How many there are.
  size_t size() const noexcept { return open; }
  /// By place: connections come to their end while somebody goes through them.
  size_t places() const noexcept { return slots.size(); }
  Connection *at(size_t place) const noexcept { return slots.at(place); }
  /// Calls `visit(Connection &)` for those that exist when it gets to them.
  template <typename Visit> void each(Visit &&visit) const {
    for (size_t i = 0; i < slots.size(); ++i)
      if (Connection *connection = slots.at(i))
        visit(*connection);
  }

private:
  mutable std::mutex lock;
  Slots slots{rooms::Token::maxSlots}; // guarded by lock
  uint32_t id = 0;
  size_t open = 0;
  std::vector<std::unique_ptr<Connection>> graveyard;
};

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_CONNECTIONTABLE_H
