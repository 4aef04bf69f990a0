//===- ProgramCalls.h - what a program may ask, any thread ------*- C++ -*-===//
//
// Every function takes effect at once when it is called by a callback for a
// connection of the same shard. For a connection of another shard: send and
// close are queued to that shard in the order of the calls; join and leave are
// queued, too, when a callback calls, and waited for when any other thread
// does (so a callback must not wait for a thread that calls join or leave).
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_SERVER_PROGRAMCALLS_H
#define PLUMB_RUNTIME_SERVER_PROGRAMCALLS_H

#include "runtime/rooms/Status.h"
#include "runtime/rooms/Token.h"
#include "runtime/server/Connection.h"
#include "runtime/server/Shard.h"
#include "runtime/server/ShardRegistry.h"
#include "runtime/wire/Frame.h"

#include <cstdint>
#include <mutex>
#include <span>
#include <string_view>

namespace plumb::rt::server {

class ProgramCalls {
public:
  /// `opcode` is Text or Binary. Text that is not UTF-8 is an invalid argument.
  static rooms::Status send(rooms::Token connection, wire::Opcode opcode,
                            std::span<const uint8_t> payload);
  static rooms::Status close(rooms::Token connection, uint16_t code,
                             std::string_view reason);
  static rooms::Status join(rooms::Token connection, std::string_view room);
  static rooms::Status leave(rooms::Token connection, std::string_view room);
  static rooms::Status put(rooms::Token connection, std::string_view key,
                           std::string_view value);

  /// Text that is not UTF-8 goes to nobody, and into the log.
  /// How many members are known not to get it: those whose queue is full (of
  /// the caller's shard; on others they are closed with 1013 all the same),
  /// and all of a shard whose inbox is full.
  static int64_t broadcast(std::string_view room, wire::Opcode opcode,
                           std::span<const uint8_t> payload,
                           rooms::Token except = {});
  static int64_t memberCount(std::string_view room);

  /// Calls `look(const Connection &)`, which must be short, with the
  /// connection's request, store and address safe to read. False for a stale
  /// token.
  template <typename Look>
  static bool read(rooms::Token connection, Look &&look) {
    if (Connection *own = ownFind(connection)) {
      look(static_cast<const Connection &>(*own));
      return true;
    }
    std::shared_ptr<Shard> shard = foreign(connection);
    if (!shard)
      return false;
    std::lock_guard guard(shard->connections.dataLock());
    Connection *found = shard->connections.find(connection);
    if (found)
      look(static_cast<const Connection &>(*found));
    return found != nullptr;
  }

private:
  static rooms::Status sendToOther(rooms::Token connection, wire::Opcode opcode,
                                   std::span<const uint8_t> payload);
  static bool broadcastHere(Shard &own, std::string_view room,
                            wire::Opcode opcode,
                            std::span<const uint8_t> payload,
                            rooms::Token except);
  static Connection *ownFind(rooms::Token connection) noexcept;
  static Connection *ownFindCaughtUp(rooms::Token connection);
  /// The shard of a connection that is not the calling thread's, or null.
  static std::shared_ptr<Shard> foreign(rooms::Token connection);
  /// Finds a connection that still takes messages on a shard whose data lock
  /// the caller holds; otherwise says why there is none.
  static rooms::Status findOpen(const Shard &shard, rooms::Token token,
                                Connection *&connection);
  static rooms::Status changeRooms(rooms::Command::Kind kind,
                                   rooms::Token connection,
                                   std::string_view room);
};

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_PROGRAMCALLS_H
