//===- Calls.cpp - what a program may ask, from any thread ----------------===//

#include "runtime/rooms/Calls.h"
#include "runtime/base/Log.h"
#include "runtime/base/Utf8.h"

namespace plumb::rt::rooms {

Connection *Calls::ownFind(Token connection) noexcept {
  Shard *own = Shard::current();
  return own ? own->connections.find(connection) : nullptr;
}

std::shared_ptr<Shard> Calls::foreign(Token connection) {
  Shard *own = Shard::current();
  if (own && own->number() == connection.shard())
    return nullptr;
  return ShardRegistry::find(connection.shard());
}

int64_t Calls::findOpen(const Shard &shard, Token token,
                        Connection *&connection) {
  connection = shard.connections.find(token);
  if (!connection)
    return PLUMB_ERR_STALE_HANDLE;
  return connection->takesMessages() && !connection->underway.closed
             ? PLUMB_OK
             : PLUMB_WS_ERR_CLOSED;
}

int64_t Calls::send(Token token, wire::Opcode opcode,
                    std::span<const uint8_t> payload) {
  Shard *own = Shard::current();
  Connection *connection = own ? own->connections.find(token) : nullptr;
  if (!connection)
    return sendToOther(token, opcode, payload);
  if (!connection->takesMessages())
    return PLUMB_WS_ERR_CLOSED;
  output::Pushed pushed = connection->send(opcode, payload);
  if (pushed == output::Pushed::Queued) [[likely]] {
    own->counters.add(metrics::Series::MessagesSent);
    return PLUMB_OK;
  }
  switch (pushed) {
  case output::Pushed::NotUtf8:
    return PLUMB_ERR_INVALID_ARGUMENT;
  case output::Pushed::TooLarge:
    own->counters.addShared(metrics::Series::DroppedTooLarge);
    return PLUMB_WS_ERR_TOO_LARGE;
  case output::Pushed::Full:
    connection->overflow();
    [[fallthrough]];
  case output::Pushed::Dropped:
    return PLUMB_WS_ERR_QUEUE_FULL;
  case output::Pushed::Queued:
    break;
  }
  return PLUMB_ERR_INTERNAL;
}

/// To a connection of another shard, or from a thread that is none.
int64_t Calls::sendToOther(Token token, wire::Opcode opcode,
                           std::span<const uint8_t> payload) {
  std::shared_ptr<Shard> shard = foreign(token);
  if (!shard)
    return PLUMB_ERR_STALE_HANDLE;
  wire::FrameRef frame = wire::encodeMessage(opcode, payload);
  size_t size = frame.bytes().size();
  std::lock_guard guard(shard->connections.dataLock());
  Connection *connection = nullptr;
  if (int64_t status = findOpen(*shard, token, connection))
    return status;
  if (!frame)
    return PLUMB_ERR_INVALID_ARGUMENT;
  Connection::Underway &underway = connection->underway;
  output::Fate fate =
      shard->server.queues.fateOf(size, connection->load(), underway.load);
  switch (fate) {
  case output::Fate::TooLarge:
    shard->counters.addShared(metrics::Series::DroppedTooLarge);
    return PLUMB_WS_ERR_TOO_LARGE;
  case output::Fate::DropNewest:
  case output::Fate::Disconnect: {
    bool told =
        shard->inbox.push({.kind = Request::Kind::Full, .connection = token});
    underway.closed = told && fate == output::Fate::Disconnect;
    return PLUMB_WS_ERR_QUEUE_FULL;
  }
  case output::Fate::Queue:
  case output::Fate::DropOldest: // Which are for the shard to choose.
    break;
  }
  if (!shard->inbox.push({.kind = Request::Kind::Send,
                          .connection = token,
                          .frame = std::move(frame)})) {
    shard->counters.addShared(metrics::Series::DroppedInboxFull);
    return PLUMB_WS_ERR_QUEUE_FULL;
  }
  underway.load = underway.load + output::Load{size, 1};
  return PLUMB_OK;
}

/// What other shards have given to a room of the connection before this call
/// is for it, too. Called by callbacks only: they never run amid the inbox.
Connection *Calls::ownFindCaughtUp(Token token) {
  Shard *own = Shard::current();
  if (!own || !own->connections.find(token))
    return nullptr;
  own->catchUp();
  return own->connections.find(token);
}

int64_t Calls::close(Token token, uint16_t code, std::string_view reason) {
  if (Connection *connection = ownFindCaughtUp(token)) {
    if (!connection->takesMessages())
      return PLUMB_WS_ERR_CLOSED;
    connection->close(code, reason);
    return PLUMB_OK;
  }
  std::shared_ptr<Shard> shard = foreign(token);
  if (!shard)
    return PLUMB_ERR_STALE_HANDLE;
  std::lock_guard guard(shard->connections.dataLock());
  Connection *connection = nullptr;
  if (int64_t status = findOpen(*shard, token, connection))
    return status;
  if (!shard->inbox.push({.kind = Request::Kind::Close,
                          .code = code,
                          .connection = token,
                          .text = std::string(reason)}))
    return PLUMB_WS_ERR_QUEUE_FULL;
  connection->underway.closed = true;
  return PLUMB_OK;
}

int64_t Calls::changeRooms(Request::Kind kind, Token token,
                           std::string_view room) {
  if (Connection *connection = ownFindCaughtUp(token)) {
    if (!connection->takesMessages())
      return PLUMB_WS_ERR_CLOSED;
    if (kind == Request::Kind::Join)
      return connection->join(room) == LocalRooms::Joined::TooMany
                 ? PLUMB_WS_ERR_TOO_LARGE
                 : PLUMB_OK;
    connection->leave(room);
    return PLUMB_OK;
  }
  std::shared_ptr<Shard> shard = foreign(token);
  if (!shard)
    return PLUMB_ERR_STALE_HANDLE;
  Waiter waiter;
  bool waits = !Shard::current();
  {
    std::lock_guard guard(shard->connections.dataLock());
    Connection *connection = nullptr;
    if (int64_t status = findOpen(*shard, token, connection))
      return status;
    if (!shard->inbox.push({.kind = kind,
                            .connection = token,
                            .text = std::string(room),
                            .waiter = waits ? &waiter : nullptr}))
      return PLUMB_WS_ERR_QUEUE_FULL;
  }
  return waits ? waiter.wait() : PLUMB_OK;
}

int64_t Calls::join(Token token, std::string_view room) {
  return changeRooms(Request::Kind::Join, token, room);
}

int64_t Calls::leave(Token token, std::string_view room) {
  return changeRooms(Request::Kind::Leave, token, room);
}

int64_t Calls::put(Token token, std::string_view key, std::string_view value) {
  Shard *own = Shard::current();
  std::shared_ptr<Shard> other = foreign(token);
  Shard *shard = other ? other.get() : own;
  if (!shard)
    return PLUMB_ERR_STALE_HANDLE;
  std::lock_guard guard(shard->connections.dataLock());
  Connection *connection = shard->connections.find(token);
  if (!connection)
    return PLUMB_ERR_STALE_HANDLE;
  return connection->store(
             key, value,
             static_cast<size_t>(shard->server.options.max_store_bytes))
             ? PLUMB_OK
             : PLUMB_WS_ERR_TOO_LARGE;
}

/// The short way: messages to one room come in bursts, and most rooms have
/// members on one shard only. Then no frame is needed between the program's
/// bytes and the room's. False when it is not that simple.
bool Calls::broadcastHere(Shard &own, std::string_view name,
                          wire::Opcode opcode, std::span<const uint8_t> payload,
                          Token except) {
  RoomPart *room = own.rooms.lastNamed(name);
  if (!room || !own.rooms.sharesAll(*room, payload.size()) ||
      (opcode == wire::Opcode::Text && !base::isValidUtf8(payload)))
    return false;
  uint64_t sequence = Directory::publishAlone(*room);
  if (sequence != 0)
    own.fanout.deliverShared(*room, opcode, payload,
                             own.connections.find(except), sequence);
  return sequence != 0;
}

int64_t Calls::broadcast(std::string_view room, wire::Opcode opcode,
                         std::span<const uint8_t> payload, Token except) {
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
  Published published = Directory::instance().publish(
      room, own ? &own->inbox : nullptr,
      own ? own->rooms.lastNamed(room) : nullptr, frame, except);
  if (!published.own)
    return published.undelivered;
  own->rooms.remember(*published.own);
  own->carryOut(std::move(published.before));
  return published.undelivered +
         own->fanout.deliver(*published.own, frame,
                             own->connections.find(except), published.sequence);
}

int64_t Calls::memberCount(std::string_view room) {
  return Directory::instance().memberCount(room);
}

} // namespace plumb::rt::rooms
