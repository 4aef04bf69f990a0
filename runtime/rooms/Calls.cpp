//===- Calls.cpp - what a program may ask, from any thread ----------------===//

#include "runtime/rooms/Calls.h"
#include "runtime/base/Log.h"
#include "runtime/base/Utf8.h"
#include "runtime/rooms/Directory.h"

namespace plumb::rt::rooms {

Connection *Calls::ownFind(Token connection) noexcept {
  Shard *own = Shard::current();
  return own ? own->find(connection) : nullptr;
}

std::shared_ptr<Shard> Calls::foreign(Token connection) {
  Shard *own = Shard::current();
  if (own && own->number() == connection.shard())
    return nullptr;
  return Shard::byNumber(connection.shard());
}

int64_t Calls::findOpen(const Shard &shard, Token token,
                        Connection *&connection) {
  connection = shard.find(token);
  if (!connection)
    return PLUMB_ERR_STALE_HANDLE;
  return connection->takesMessages() && !connection->remoteClosed
             ? PLUMB_OK
             : PLUMB_WS_ERR_CLOSED;
}

int64_t Calls::send(Token token, wire::Opcode opcode,
                    std::span<const uint8_t> payload) {
  Connection *connection = ownFind(token);
  if (!connection)
    return sendToOther(token, opcode, payload);
  if (!connection->takesMessages())
    return PLUMB_WS_ERR_CLOSED;
  Metrics &metrics = connection->shard.metrics();
  Pushed pushed = connection->shard.fanout().send(*connection, opcode, payload);
  if (pushed == Pushed::Queued) [[likely]] {
    metrics.add(Series::MessagesSent);
    return PLUMB_OK;
  }
  switch (pushed) {
  case Pushed::NotUtf8:
    return PLUMB_ERR_INVALID_ARGUMENT;
  case Pushed::TooLarge:
    metrics.addShared(Series::DroppedTooLarge);
    return PLUMB_WS_ERR_TOO_LARGE;
  case Pushed::Full:
    connection->overflow();
    [[fallthrough]];
  case Pushed::Dropped:
    return PLUMB_WS_ERR_QUEUE_FULL;
  case Pushed::Queued:
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
  const Options &options = shard->server().options;
  std::lock_guard guard(shard->dataLock());
  Connection *connection = nullptr;
  if (int64_t status = findOpen(*shard, token, connection))
    return status;
  if (!frame)
    return PLUMB_ERR_INVALID_ARGUMENT;
  if (size > shard->fanout().maxFrame()) {
    shard->metrics().addShared(Series::DroppedTooLarge);
    return PLUMB_WS_ERR_TOO_LARGE;
  }
  // What is dropped for the newest is the shard's to choose; what waits for the
  // shard itself has the same limits.
  bool dropsOldest = queuePolicy(options) == QueuePolicy::DropOldest;
  size_t bytes = dropsOldest ? 0 : connection->queuedBytes.load(),
         messages = dropsOldest ? 0 : connection->queuedMessages.load();
  bool full = bytes + connection->remoteBytes + size >
                  static_cast<size_t>(options.max_queue_bytes) ||
              messages + connection->remoteMessages >=
                  static_cast<size_t>(options.max_queue_messages);
  if (full) {
    bool told =
        shard->request({.kind = Request::Kind::Full, .connection = token});
    connection->remoteClosed =
        told && queuePolicy(options) == QueuePolicy::Disconnect;
    return PLUMB_WS_ERR_QUEUE_FULL;
  }
  if (!shard->request({.kind = Request::Kind::Send,
                       .connection = token,
                       .frame = std::move(frame)})) {
    shard->metrics().addShared(Series::DroppedInboxFull);
    return PLUMB_WS_ERR_QUEUE_FULL;
  }
  connection->remoteBytes += size;
  ++connection->remoteMessages;
  return PLUMB_OK;
}

/// What other shards have given to a room of the connection before this call
/// is for it, too. Called by callbacks only: they never run amid the inbox.
Connection *Calls::ownFindCaughtUp(Token token) {
  if (Connection *connection = ownFind(token)) {
    if (!connection->shard.hasRequests())
      return connection;
    connection->shard.catchUp();
  }
  return ownFind(token);
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
  std::lock_guard guard(shard->dataLock());
  Connection *connection = nullptr;
  if (int64_t status = findOpen(*shard, token, connection))
    return status;
  if (!shard->request({.kind = Request::Kind::Close,
                       .code = code,
                       .connection = token,
                       .text = std::string(reason)}))
    return PLUMB_WS_ERR_QUEUE_FULL;
  connection->remoteClosed = true;
  return PLUMB_OK;
}

int64_t Calls::changeRooms(Request::Kind kind, Token token,
                           std::string_view room) {
  if (Connection *connection = ownFindCaughtUp(token)) {
    if (!connection->takesMessages())
      return PLUMB_WS_ERR_CLOSED;
    if (kind == Request::Kind::Join)
      return connection->shard.fanout().join(*connection, room);
    connection->shard.fanout().leave(*connection, room);
    return PLUMB_OK;
  }
  std::shared_ptr<Shard> shard = foreign(token);
  if (!shard)
    return PLUMB_ERR_STALE_HANDLE;
  Waiter waiter;
  bool waits = !Shard::current();
  {
    std::lock_guard guard(shard->dataLock());
    Connection *connection = nullptr;
    if (int64_t status = findOpen(*shard, token, connection))
      return status;
    if (!shard->request({.kind = kind,
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
  std::lock_guard guard(shard->dataLock());
  Connection *connection = shard->find(token);
  if (!connection)
    return PLUMB_ERR_STALE_HANDLE;
  return connection->store(
             key, value,
             static_cast<size_t>(shard->server().options.max_store_bytes))
             ? PLUMB_OK
             : PLUMB_WS_ERR_TOO_LARGE;
}

/// The short way: messages to one room come in bursts, and most rooms have
/// members on one shard only. Then no frame is needed between the program's
/// bytes and the room's. False when it is not that simple.
bool Calls::broadcastHere(Shard &own, std::string_view name,
                          wire::Opcode opcode, std::span<const uint8_t> payload,
                          Token except) {
  RoomPart *room = own.lastRoom();
  if (!room || room->name != name ||
      !own.fanout().sharesAll(*room, payload.size()) ||
      (opcode == wire::Opcode::Text && !base::isValidUtf8(payload)))
    return false;
  uint64_t sequence = Directory::publishAlone(*room);
  if (sequence != 0)
    own.fanout().deliverShared(*room, opcode, payload, except, sequence);
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
  Published published = Directory::instance().publish(room, own, frame, except);
  if (!published.own)
    return published.undelivered;
  own->carryOut(std::move(published.before));
  return published.undelivered + own->fanout().deliver(*published.own, frame,
                                                       except,
                                                       published.sequence);
}

int64_t Calls::memberCount(std::string_view room) {
  return Directory::instance().memberCount(room);
}

} // namespace plumb::rt::rooms
