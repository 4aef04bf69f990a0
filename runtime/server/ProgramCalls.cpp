//===- ProgramCalls.cpp - what a program may ask, from any thread ---------===//

#include "runtime/server/ProgramCalls.h"
#include "runtime/base/Log.h"
#include "runtime/base/Utf8.h"

namespace plumb::rt::server {

Connection *ProgramCalls::ownFind(rooms::Token connection) noexcept {
  Shard *own = Shard::current();
  return own ? own->connections.find(connection) : nullptr;
}

std::shared_ptr<Shard> ProgramCalls::foreign(rooms::Token connection) {
  Shard *own = Shard::current();
  if (own && own->number() == connection.shard())
    return nullptr;
  return ShardRegistry::find(connection.shard());
}

rooms::Status ProgramCalls::findOpen(const Shard &shard, rooms::Token token,
                                     Connection *&connection) {
  connection = shard.connections.find(token);
  if (!connection)
    return rooms::Status::StaleHandle;
  return connection->takesMessages() && !connection->underway.closed
             ? rooms::Status::Ok
             : rooms::Status::Closed;
}

rooms::Status ProgramCalls::send(rooms::Token token, wire::Opcode opcode,
                                 std::span<const uint8_t> payload) {
  Shard *own = Shard::current();
  Connection *connection = own ? own->connections.find(token) : nullptr;
  if (!connection)
    return sendToOther(token, opcode, payload);
  if (!connection->takesMessages())
    return rooms::Status::Closed;
  output::Pushed pushed = connection->send(opcode, payload);
  if (pushed == output::Pushed::Queued) [[likely]] {
    own->counters.add(metrics::Series::MessagesSent);
    return rooms::Status::Ok;
  }
  switch (pushed) {
  case output::Pushed::NotUtf8:
    return rooms::Status::InvalidArgument;
  case output::Pushed::TooLarge:
    own->counters.addShared(metrics::Series::DroppedTooLarge);
    return rooms::Status::TooLarge;
  case output::Pushed::Full:
    connection->overflow();
    [[fallthrough]];
  case output::Pushed::Dropped:
    return rooms::Status::QueueFull;
  case output::Pushed::Queued:
    break;
  }
  return rooms::Status::Internal;
}

/// To a connection of another shard, or from a thread that is none.
rooms::Status ProgramCalls::sendToOther(rooms::Token token, wire::Opcode opcode,
                                        std::span<const uint8_t> payload) {
  std::shared_ptr<Shard> shard = foreign(token);
  if (!shard)
    return rooms::Status::StaleHandle;
  wire::FrameRef frame = wire::encodeMessage(opcode, payload);
  size_t size = frame.bytes().size();
  std::lock_guard guard(shard->connections.dataLock());
  Connection *connection = nullptr;
  if (rooms::Status status = findOpen(*shard, token, connection);
      status != rooms::Status::Ok)
    return status;
  if (!frame)
    return rooms::Status::InvalidArgument;
  Connection::Underway &underway = connection->underway;
  output::Fate fate =
      shard->server.queues.fateOf(size, connection->load(), underway.load());
  switch (fate) {
  case output::Fate::TooLarge:
    shard->counters.addShared(metrics::Series::DroppedTooLarge);
    return rooms::Status::TooLarge;
  case output::Fate::DropNewest:
  case output::Fate::Disconnect: {
    bool told = shard->inbox.push(
        {.kind = rooms::Command::Kind::Full, .connection = token});
    underway.closed = told && fate == output::Fate::Disconnect;
    return rooms::Status::QueueFull;
  }
  case output::Fate::Queue:
  case output::Fate::DropOldest: // Which are for the shard to choose.
    break;
  }
  if (!shard->inbox.push({.kind = rooms::Command::Kind::Send,
                          .connection = token,
                          .frame = std::move(frame)})) {
    shard->counters.addShared(metrics::Series::DroppedInboxFull);
    return rooms::Status::QueueFull;
  }
  underway.bytes += size;
  ++underway.messages;
  return rooms::Status::Ok;
}

/// What other shards have given to a room of the connection before this call
/// is for it, too. Called by callbacks only: they never run amid the inbox.
Connection *ProgramCalls::ownFindCaughtUp(rooms::Token token) {
  Shard *own = Shard::current();
  if (!own || !own->connections.find(token))
    return nullptr;
  own->catchUp();
  return own->connections.find(token);
}

rooms::Status ProgramCalls::close(rooms::Token token, uint16_t code,
                                  std::string_view reason) {
  if (Connection *connection = ownFindCaughtUp(token)) {
    if (!connection->takesMessages())
      return rooms::Status::Closed;
    connection->close(code, reason);
    return rooms::Status::Ok;
  }
  std::shared_ptr<Shard> shard = foreign(token);
  if (!shard)
    return rooms::Status::StaleHandle;
  std::lock_guard guard(shard->connections.dataLock());
  Connection *connection = nullptr;
  if (rooms::Status status = findOpen(*shard, token, connection);
      status != rooms::Status::Ok)
    return status;
  if (!shard->inbox.push({.kind = rooms::Command::Kind::Close,
                          .code = code,
                          .connection = token,
                          .text = std::string(reason)}))
    return rooms::Status::QueueFull;
  connection->underway.closed = true;
  return rooms::Status::Ok;
}

rooms::Status ProgramCalls::changeRooms(rooms::Command::Kind kind,
                                        rooms::Token token,
                                        std::string_view room) {
  if (Connection *connection = ownFindCaughtUp(token)) {
    if (!connection->takesMessages())
      return rooms::Status::Closed;
    if (kind == rooms::Command::Kind::Join)
      return connection->join(room) == rooms::LocalRooms::Joined::TooMany
                 ? rooms::Status::TooLarge
                 : rooms::Status::Ok;
    connection->leave(room);
    return rooms::Status::Ok;
  }
  std::shared_ptr<Shard> shard = foreign(token);
  if (!shard)
    return rooms::Status::StaleHandle;
  rooms::Waiter waiter;
  bool waits = !Shard::current();
  {
    std::lock_guard guard(shard->connections.dataLock());
    Connection *connection = nullptr;
    if (rooms::Status status = findOpen(*shard, token, connection);
        status != rooms::Status::Ok)
      return status;
    if (!shard->inbox.push({.kind = kind,
                            .connection = token,
                            .text = std::string(room),
                            .waiter = waits ? &waiter : nullptr}))
      return rooms::Status::QueueFull;
  }
  return waits ? waiter.wait() : rooms::Status::Ok;
}

rooms::Status ProgramCalls::join(rooms::Token token, std::string_view room) {
  return changeRooms(rooms::Command::Kind::Join, token, room);
}

rooms::Status ProgramCalls::leave(rooms::Token token, std::string_view room) {
  return changeRooms(rooms::Command::Kind::Leave, token, room);
}

rooms::Status ProgramCalls::put(rooms::Token token, std::string_view key,
                                std::string_view value) {
  Shard *own = Shard::current();
  std::shared_ptr<Shard> other = foreign(token);
  Shard *shard = other ? other.get() : own;
  if (!shard)
    return rooms::Status::StaleHandle;
  std::lock_guard guard(shard->connections.dataLock());
  Connection *connection = shard->connections.find(token);
  if (!connection)
    return rooms::Status::StaleHandle;
  return connection->store.put(
             key, value,
             static_cast<size_t>(shard->server.options.max_store_bytes))
             ? rooms::Status::Ok
             : rooms::Status::TooLarge;
}

/// The short way: messages to one room come in bursts, and most rooms have
/// members on one shard only. Then no frame is needed between the program's
/// bytes and the room's. False when it is not that simple.
bool ProgramCalls::broadcastHere(Shard &own, std::string_view name,
                                 wire::Opcode opcode,
                                 std::span<const uint8_t> payload,
                                 rooms::Token except) {
  rooms::RoomPart *room = own.rooms.lastNamed(name);
  if (!room || !own.rooms.sharesAll(*room, payload.size()) ||
      (opcode == wire::Opcode::Text && !base::isValidUtf8(payload)))
    return false;
  uint64_t sequence = rooms::Directory::publishAlone(*room);
  if (sequence != 0)
    own.fanout.deliverShared(*room, opcode, payload,
                             own.connections.find(except), sequence);
  return sequence != 0;
}

int64_t ProgramCalls::broadcast(std::string_view room, wire::Opcode opcode,
                                std::span<const uint8_t> payload,
                                rooms::Token except) {
  Shard *own = Shard::current();
  if (own && broadcastHere(*own, room, opcode, payload, except))
    return 0;
  wire::FrameRef frame = wire::encodeMessage(opcode, payload);
  if (!frame) {
    static base::LogGate gate;
    base::log(gate, base::LogLevel::Error,
              "a broadcast text is not valid UTF-8; nobody gets it");
    return memberCount(room);
  }
  rooms::Published published = rooms::Directory::instance().publish(
      room, own ? &own->inbox : nullptr,
      own ? own->rooms.lastNamed(room) : nullptr, frame, except);
  if (!own || !published.own)
    return published.undelivered;
  own->rooms.remember(*published.own);
  own->carryOut(std::move(published.before));
  return published.undelivered +
         own->fanout.deliver(*published.own, frame,
                             own->connections.find(except), published.sequence);
}

int64_t ProgramCalls::memberCount(std::string_view room) {
  return rooms::Directory::instance().memberCount(room);
}

} // namespace plumb::rt::server
