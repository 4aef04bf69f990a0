//===- Connection.cpp - one client's stream, and the session on it --------===//

#include "runtime/server/Connection.h"
#include "runtime/base/Log.h"

#include <sys/epoll.h>

namespace plumb::rt::server {

Connection::Connection(ShardContext &shard, net::Stream stream,
                       const net::Address &peer,
                       limits::Admission::Verdict admission)
    : Recipient(shard.turn, std::move(stream)), shard(shard),
      session(shard.sessions, *this), http(std::make_unique<http::Session>()),
      client(shard.reception, peer, admission) {
  enter(client.expectsHeader() ? Stage::ProxyHeader
        : isTls()              ? Stage::TlsHandshake
                               : Stage::Http);
}

Connection::~Connection() { shard.loop.patience().disarm(*this); }

bool Connection::start(rooms::Token token) {
  session.name(token);
  armFor(shard.server.options.handshake_timeout_ms);
  return watch();
}

void Connection::enter(Stage next) noexcept {
  stage = next;
  tellWhenEmpty(next == Stage::Http || next == Stage::Lingering);
}

//===----------------------------------------------------------------------===//
// Input
//===----------------------------------------------------------------------===//

void Connection::onEvents(uint32_t ready) {
  try {
    if (stage == Stage::ProxyHeader)
      return readProxyHeader();
    if (stage == Stage::TlsHandshake)
      return shakeHands();
    if ((ready & EPOLLOUT) && !onWritable())
      return lost();
    if (ready & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
      if (isReading())
        receive();
      else if (ready & (EPOLLHUP | EPOLLERR))
        hungUp();
    }
  } catch (const std::bad_alloc &) {
    static base::LogGate gate;
    base::log(gate, base::LogLevel::Error,
              "out of memory; a connection was closed for it",
              {{"connection", token().text()}});
    lost();
  }
}

/// It is over, and what the peer said before has not been read yet. That is
/// reported again and again until the socket is closed or not watched.
void Connection::hungUp() {
  if (!continues)
    return lost();
  unwatch();
}

void Connection::receive() {
  shard.budget.begin();
  // One receive a turn, the rest is reported again, so that nobody starves. A
  // read of TLS gives one record of it only.
  do {
    net::IoResult result = read(shard.readBuffer);
    if (isTls()) {
      // What OpenSSL has answered counts.
      uint32_t controls = takeControls();
      if (controls != 0 && !session.takeControls(controls, time()))
        return;
    }
    if (result.io == net::Io::WantRead || result.io == net::Io::WantWrite)
      return;
    if (result.io != net::Io::Done) {
      lost();
      return;
    }
    shard.counters.received(result.bytes);
    consume(std::span(shard.readBuffer).first(result.bytes), true);
  } while (stage != Stage::Dead && !unread && hasMore());
  flushSoon();
}

/// `isNew`: they have not been looked at before.
void Connection::consume(std::span<const uint8_t> bytes, bool isNew) {
  if (stage == Stage::Http)
    return readRequests(bytes);
  if (stage != Stage::WebSocket)
    return; // Lingering: nothing that comes matters any more.
  size_t taken =
      isNew ? session.receive(bytes, time()) : session.resume(bytes, time());
  if (taken == bytes.size())
    return;
  keepUnread(bytes.subspan(taken));
  continueLater();
}

/// `bytes` are left for a later turn, when the peer has had its share of this
/// one or a response is in the way.
void Connection::keepUnread(std::span<const uint8_t> bytes) {
  unread = std::make_unique<std::vector<uint8_t>>(bytes.begin(), bytes.end());
  setReading(false);
}

void Connection::continueLater() {
  if (continues)
    return;
  shard.toResume.push_back(this);
  continues = true;
  shard.counters.add(metrics::Series::Deferrals);
}

void Connection::resume() {
  continues = false;
  if (stage == Stage::Dead || (stage == Stage::Http && hasQueue()))
    return;
  shard.budget.begin();
  if (std::unique_ptr<std::vector<uint8_t>> bytes = std::move(unread))
    consume(*bytes, false);
  if (stage == Stage::Dead)
    return;
  if (!unread) {
    setReading(true);
    if (hasMore())
      return receive();
  }
  flushSoon();
}

//===----------------------------------------------------------------------===//
// Output
//===----------------------------------------------------------------------===//

output::Pushed Connection::sendDeflated(wire::Opcode opcode,
                                        std::span<const uint8_t> payload) {
  if (wire::frameHeaderSize(payload.size()) + payload.size() >
      shard.server.queues.maxBytes)
    return output::Pushed::TooLarge;
  if (opcode == wire::Opcode::Text && !base::isValidUtf8(payload))
    return output::Pushed::NotUtf8;
  if (wire::FrameRef frame = shard.deflater.compress(opcode, payload))
    return shard.fanout.push(*this, frame);
  shard.fanout.settle(*this);
  return Writer::push(opcode, payload);
}

output::Pushed Connection::send(const wire::FrameRef &frame) {
  return shard.fanout.push(*this, session.deflates(frame.payloadSize())
                                      ? frame.compressed(shard.deflater)
                                      : frame);
}

/// After its input: what it alone is to be sent goes out at once, while it is
/// in the caches, when waiting for the end of the turn would not spare a system
/// call.
void Connection::flushSoon() noexcept {
  if (!session.isOpen() || !hasQueue() || !canSend())
    return;
  // A member of a room may be sent something else this turn.
  if (waiting().bytes < worthSending &&
      (shard.flusher.batches() || isTls() || inRooms()))
    return;
  flushNow(!inRooms());
}

rooms::LocalRooms::Joined Connection::join(std::string_view room) {
  rooms::LocalRooms::Joined joined = shard.rooms.join(*this, room);
  if (joined == rooms::LocalRooms::Joined::Now)
    markDirty(); // It may begin to share.
  return joined;
}

void Connection::leave(std::string_view room) {
  if (shard.fanout.leave(*this, room) && inRooms())
    markDirty();
}

} // namespace plumb::rt::server
