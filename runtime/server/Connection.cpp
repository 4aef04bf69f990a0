//===- Connection.cpp - one connection's state machine --------------------===//

#include "runtime/server/Connection.h"
#include "runtime/base/Log.h"
#include "runtime/server/ShardContext.h"
#include "runtime/wire/Frame.h"

#include <sys/epoll.h>

namespace plumb::rt::server {

Connection::Connection(ShardContext &shard, net::Stream stream,
                       const net::Address &peer,
                       limits::Admission::Verdict admission)
    : Recipient(shard.turn, std::move(stream)), admission(admission),
      shard(shard), silentSince(shard.loop.peerTime()),
      http(std::make_unique<http::Session>()), address(peer) {
  enter(isTls() ? Phase::TlsHandshake : Phase::Http);
  const http::Proxies &proxies = shard.server.proxies;
  if (proxies.trust(peer)) {
    passedOn = std::make_unique<PassedOn>();
    passedOn->sender = peer;
    if (proxies.expectHeader()) {
      passedOn->reader = std::make_unique<wire::ProxyHeaderReader>();
      enter(Phase::ProxyHeader);
    }
  } else {
    counted = admission == limits::Admission::Verdict::Admitted;
  }
}

Connection::~Connection() { shard.loop.patience().disarm(*this); }

bool Connection::start(rooms::Token token) {
  self = token;
  armFor(shard.server.options.handshake_timeout_ms);
  return watch();
}

void Connection::armFor(int64_t milliseconds) noexcept {
  shard.loop.patience().arm(*this, shard.loop.peerTime() + milliseconds);
  untaken = 0;
}

void Connection::enter(Phase next) noexcept {
  phase.store(next, std::memory_order_relaxed);
  // Before the upgrade's response nothing may go out.
  hold(next == Phase::Connecting || next == Phase::ConnectingShut);
  tellWhenEmpty(next == Phase::Http || next == Phase::Lingering);
  allowSharing(next == Phase::Open);
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
  return Writer::send(opcode, payload);
}

output::Pushed Connection::send(const wire::FrameRef &frame) {
  return shard.fanout.push(*this, deflates(frame.payloadSize())
                                      ? frame.compressed(shard.deflater)
                                      : frame);
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

/// After its input: what it alone is to be sent goes out at once, while it is
/// in the caches, when waiting for the end of the turn would not spare a system
/// call.
void Connection::flushSoon() noexcept {
  if (phase != Phase::Open || !hasQueue() || !canSend())
    return;
  // A member of a room may be sent something else this turn.
  if (waiting().bytes < worthSending &&
      (shard.flusher.batches() || isTls() || inRooms()))
    return;
  flushNow(!inRooms());
}

void Connection::continueLater() {
  if (continues)
    return;
  shard.toResume.push_back(this);
  continues = true;
  shard.counters.add(metrics::Series::Deferrals);
}

//===----------------------------------------------------------------------===//
// Input
//===----------------------------------------------------------------------===//

void Connection::onEvents(uint32_t ready) {
  try {
    if (phase == Phase::ProxyHeader) {
      readProxyHeader();
      return;
    }
    if (phase == Phase::TlsHandshake) {
      shakeHands();
      return;
    }
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

void Connection::shakeHands() {
  // Else it is reported again in the next turn.
  if (!shard.handshakes.spend(limits::Budget::expensive))
    return;
  switch (handshake()) {
  case net::Io::Done:
    return handshaken();
  case net::Io::WantRead:
  case net::Io::WantWrite:
    return;
  case net::Io::Closed:
    handshakeFailed(metrics::Series::HandshakeDisconnect);
    return destroy();
  case net::Io::Failed:
    return handshakeRefused();
  }
}

void Connection::handshaken() {
  if (net::ClientCertificate found(ssl()); found) {
    std::lock_guard guard(shard.connections.dataLock());
    client = std::move(found);
  }
  enter(Phase::Http);
  receive(); // What came with the handshake is not reported again.
}

/// The peer has been told why by an alert. That must arrive: see linger().
void Connection::handshakeRefused() {
  const char *client = net::whatIsWrongWithClient(ssl());
  if (client)
    logDebug("a client's certificate was refused", {{"why", client}});
  handshakeFailed(client ? metrics::Series::HandshakeCertificate
                         : metrics::Series::HandshakeTls);
  abandonTls();
  linger();
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
    if (isTls() && !withinTls())
      return;
    if (result.io == net::Io::WantRead || result.io == net::Io::WantWrite)
      return;
    if (result.io != net::Io::Done) {
      lost();
      return;
    }
    shard.counters.received(result.bytes);
    silentSince = shard.loop.peerTime();
    if (pinged) {
      pinged = false;
      if (phase == Phase::Open)
        armWatchdog();
    }
    consume(std::span(shard.readBuffer).first(result.bytes));
  } while (phase != Phase::Dead && !unread && hasMore());
  flushSoon();
}

/// `bytes` are left for a later turn, when the peer has had its share of this
/// one or a response is in the way.
void Connection::keepUnread(std::span<const uint8_t> bytes) {
  unread = std::make_unique<std::vector<uint8_t>>(bytes.begin(), bytes.end());
  setReading(false);
}

void Connection::resume() {
  continues = false;
  if (phase == Phase::Dead || (phase == Phase::Http && hasQueue()))
    return;
  shard.budget.begin();
  if (std::unique_ptr<std::vector<uint8_t>> bytes = std::move(unread)) {
    if (phase == Phase::Http)
      readRequests(*bytes);
    else if (readsFrames())
      readFrames(*bytes);
  }
  if (phase == Phase::Dead)
    return;
  if (!unread) {
    setReading(true);
    if (hasMore())
      return receive();
  }
  flushSoon();
}

void Connection::consume(std::span<const uint8_t> bytes) {
  switch (phase) {
  case Phase::Http:
    readRequests(bytes);
    break;
  case Phase::Open:
  case Phase::Closing:
    readNewFrames(bytes);
    break;
  default:
    break; // Lingering: nothing that comes matters any more.
  }
}

void Connection::readNewFrames(std::span<const uint8_t> bytes) {
  if (!bytes.empty() && within(shard.server.rates.bytes, byteBucket,
                               bytes.size(), "too many bytes a second"))
    readFrames(bytes);
}

void Connection::readFrames(std::span<const uint8_t> bytes) {
  size_t taken =
      decoder.feed(bytes, shard.server.limits, shard.scratch,
                   [&](const wire::Event &event) { return onFrame(event); });
  if (taken == bytes.size() || !readsFrames())
    return;
  keepUnread(bytes.subspan(taken));
  continueLater();
}

/// After a read: what OpenSSL has answered counts.
bool Connection::withinTls() {
  uint32_t controls = takeControls();
  return controls == 0 || within(shard.server.rates.controls, controlBucket,
                                 controls, "too many TLS messages a second");
}

/// False when the peer sends more than it may, and has been told so. What comes
/// while we are closing has a deadline instead.
bool Connection::within(const limits::RateLimit &limit,
                        limits::RateLimit::Bucket &bucket, size_t tokens,
                        std::string_view what) {
  if (phase != Phase::Open || limit.take(bucket, shard.loop.now(), tokens,
                                         shard.loop.behind())) [[likely]]
    return true;
  fail(wire::close::PolicyViolation, what);
  return false;
}

bool Connection::onFrame(const wire::Event &event) {
  bool text = event.kind == wire::EventKind::Text;
  if (!text && event.kind != wire::EventKind::Binary) [[unlikely]]
    return onControl(event) && readsFrames() && shard.budget.spend();
  lastMessage = shard.loop.peerTime();
  if (event.inflated != 0 && !within(shard.server.rates.bytes, byteBucket,
                                     event.inflated, "too many bytes a second"))
    return false;
  if (!within(shard.server.rates.messages, messageBucket, 1,
              "too many messages a second"))
    return false;
  if (phase == Phase::Open) [[likely]] {
    Program &program = shard.server.program;
    if (text) {
      shard.counters.add(metrics::Series::TextReceived);
      metrics::CallbackTimer timed(shard.counters);
      program.onText(token(), event.payload);
    } else if (program.takesBinary()) {
      shard.counters.add(metrics::Series::BinaryReceived);
      metrics::CallbackTimer timed(shard.counters);
      program.onBinary(token(), event.payload);
    } else {
      fail(wire::close::UnsupportedData, "binary messages are not taken here");
    }
  }
  return readsFrames() &&
         shard.budget.spend(limits::Budget::unitsFor(event.inflated));
}

/// False when there are too many of them.
bool Connection::onControl(const wire::Event &event) {
  if ((event.kind == wire::EventKind::Ping ||
       event.kind == wire::EventKind::Pong) &&
      !within(shard.server.rates.controls, controlBucket, 1,
              "too many pings a second"))
    return false;
  switch (event.kind) {
  case wire::EventKind::Ping:
    shard.counters.add(metrics::Series::PingsReceived);
    // Section 5.5.2; after our close frame nothing may follow.
    if (phase == Phase::Open)
      pushControl(wire::encode(wire::Opcode::Pong, event.payload));
    break;
  case wire::EventKind::Pong:
    shard.counters.add(metrics::Series::PongsReceived);
    break; // receive() has noted that the peer is alive.
  case wire::EventKind::Close:
    shard.counters.add(metrics::Series::ClosesReceived);
    peerClosed(event.code,
               {reinterpret_cast<const char *>(event.payload.data()),
                event.payload.size()});
    break;
  default:
    fail(event.code, event.what);
    break;
  }
  return true;
}

/// A peer that sends pings and reads nothing is a slow one, too.
void Connection::pushControl(const wire::FrameRef &frame) {
  if (shard.fanout.push(*this, frame) == output::Pushed::Full)
    overflow();
}

} // namespace plumb::rt::server
