//===- Connection.cpp - one connection's state machine --------------------===//

#include "runtime/rooms/Connection.h"
#include "runtime/net/Log.h"
#include "runtime/rooms/Shard.h"
#include "runtime/wire/Frame.h"

#include <algorithm>
#include <sys/epoll.h>

namespace plumb::rt::rooms {

Connection::Connection(Shard &shard, net::Fd socket, const net::Address &peer,
                       bool refuse)
    : stream(std::move(socket), shard.server().tls.get()),
      phase(stream.isTls() ? Phase::TlsHandshake : Phase::Http), refuse(refuse),
      shard(shard), lastHeard(shard.loop().now()),
      http(std::make_unique<Http>()), address(peer) {}

Connection::~Connection() { shard.loop().timers().disarm(*this); }

bool Connection::start() {
  armFor(shard.server().options.handshake_timeout_ms);
  return shard.loop().watch(stream.fd(), *this, EPOLLIN);
}

void Connection::armFor(int64_t milliseconds) {
  shard.loop().timers().arm(*this, shard.loop().now() + milliseconds);
}

void Connection::enter(Phase next) noexcept {
  phase.store(next, std::memory_order_relaxed);
}

void Connection::updateWatch() noexcept {
  shard.loop().change(stream.fd(), *this,
                      (watchesIn ? uint32_t(EPOLLIN) : 0) |
                          (watchesOut ? uint32_t(EPOLLOUT) : 0));
}

//===----------------------------------------------------------------------===//
// Input
//===----------------------------------------------------------------------===//

void Connection::onEvents(uint32_t ready) {
  try {
    if (phase == Phase::TlsHandshake) {
      shakeHands();
      return;
    }
    if (ready & EPOLLOUT) {
      blocked = false;
      shard.fanout().markDirty(*this);
    }
    if (ready & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
      if (watchesIn)
        receive();
      else if (ready & (EPOLLHUP | EPOLLERR))
        lost(); // Reported again and again, so it cannot wait.
    }
  } catch (const std::bad_alloc &) {
    net::log(net::LogLevel::Error,
             "out of memory; a connection was closed for it");
    lost();
  }
}

void Connection::shakeHands() {
  switch (stream.handshake()) {
  case net::Io::Done:
    enter(Phase::Http);
    if (watchesOut) {
      watchesOut = false;
      updateWatch();
    }
    receive(); // OpenSSL may hold what epoll will not report.
    break;
  case net::Io::WantRead:
    break;
  case net::Io::WantWrite:
    if (!watchesOut) {
      watchesOut = true;
      updateWatch();
    }
    break;
  default:
    destroy();
  }
}

void Connection::receive() {
  // Plain: one read a turn, the rest is reported again, so that nobody
  // starves. TLS: to the end, because a read gives one record only.
  size_t total = 0;
  do {
    net::IoResult result = stream.read(shard.readBuffer);
    if (result.io == net::Io::WantRead || result.io == net::Io::WantWrite)
      return;
    if (result.io != net::Io::Done) {
      lost();
      return;
    }
    lastHeard = shard.loop().now();
    if (pinged) {
      pinged = false;
      if (phase == Phase::Open)
        armFor(shard.server().options.ping_interval_ms);
    }
    total += result.bytes;
    consume(std::span(shard.readBuffer).first(result.bytes));
  } while (stream.isTls() && total < shard.readBuffer.size() &&
           phase != Phase::Dead && watchesIn);
}

void Connection::consume(std::span<const uint8_t> bytes) {
  switch (phase) {
  case Phase::Http:
    readRequests(bytes);
    break;
  case Phase::Open:
  case Phase::Closing:
    readFrames(bytes);
    break;
  default:
    break; // Lingering: nothing that comes matters any more.
  }
}

void Connection::readFrames(std::span<const uint8_t> bytes) {
  if (!bytes.empty())
    decoder.feed(bytes, shard.server().limits, shard.scratch,
                 [&](const wire::Event &event) { return onFrame(event); });
}

bool Connection::onFrame(const wire::Event &event) {
  Program &program = shard.server().program;
  std::string_view text(reinterpret_cast<const char *>(event.payload.data()),
                        event.payload.size());
  switch (event.kind) {
  case wire::EventKind::Text:
    if (phase == Phase::Open)
      program.onText(token(), event.payload);
    break;
  case wire::EventKind::Binary:
    if (phase != Phase::Open)
      break;
    if (program.takesBinary())
      program.onBinary(token(), event.payload);
    else
      fail(wire::close::UnsupportedData, "binary messages are not taken here");
    break;
  case wire::EventKind::Ping:
    // Section 5.5.2; after our close frame nothing may follow.
    if (phase == Phase::Open &&
        !shard.fanout().push(*this,
                             wire::encode(wire::Opcode::Pong, event.payload)))
      overflow();
    break;
  case wire::EventKind::Pong:
    break; // receive() has noted that the peer is alive.
  case wire::EventKind::Close:
    peerClosed(event.code, text);
    break;
  case wire::EventKind::Error:
    fail(event.code, event.what);
    break;
  }
  return phase == Phase::Open || phase == Phase::Closing;
}

//===----------------------------------------------------------------------===//
// Closing (RFC 6455 section 7)
//===----------------------------------------------------------------------===//

void Connection::close(uint16_t code, std::string_view reason) {
  if (!takesMessages())
    return;
  outcome = std::make_unique<Outcome>(Outcome{code, std::string(reason)});
  shard.fanout().settle(*this);
  enter(phase == Phase::Connecting ? Phase::ConnectingShut : Phase::Closing);
  shard.fanout().leaveAll(*this);
  shard.fanout().pushUnbounded(*this, wire::encodeClose(code, reason));
  armFor(shard.server().options.close_timeout_ms);
}

void Connection::overflow() {
  if (!takesMessages())
    return;
  shard.fanout().leaveAll(*this);
  shard.fanout().dropQueue(*this, true);
  close(wire::close::TryAgainLater, "the send queue is full");
}

/// The peer has broken a rule: tell it, and wait for nothing more from it.
void Connection::fail(uint16_t code, std::string_view reason) {
  if (phase == Phase::Open)
    close(code, reason);
  report();
  linger();
}

void Connection::peerClosed(uint16_t code, std::string_view reason) {
  if (phase == Phase::Open) {
    // The echo has the peer's code but needs no reason (section 5.5.1).
    close(code, {});
    outcome->reason = reason;
  }
  report();
  linger();
}

void Connection::lost() {
  switch (phase) {
  case Phase::Dead:
    return;
  case Phase::Open:
    outcome = std::make_unique<Outcome>(Outcome{wire::close::Abnormal, {}});
    enter(Phase::Closing);
    shard.fanout().leaveAll(*this);
    [[fallthrough]];
  case Phase::Closing:
    report();
    break;
  case Phase::Http:
    if (!out || broken)
      break;
    linger(); // A client may end its side behind its request.
    [[fallthrough]];
  case Phase::Lingering:
    // The peer has sent all it will, but what we owe it may still go out.
    if (!peerDone && out && !broken) {
      peerDone = true;
      watchesIn = false;
      updateWatch();
      return;
    }
    break;
  default:
    break;
  }
  destroy();
}

/// on_close. The connection is in no room, takes no messages, and from here
/// goes to Lingering or Dead only: that is why this happens once.
void Connection::report() {
  shard.server().program.onClose(token(), outcome->code, outcome->reason);
  shard.retire(*this);
}

/// Lets the last bytes go out, then ends the stream and waits until the peer
/// has ended its own: closing a socket with unread input would reset the
/// connection and could take the close frame with it.
void Connection::linger() {
  if (phase == Phase::Dead)
    return;
  enter(Phase::Lingering);
  http.reset();
  armFor(shard.server().options.close_timeout_ms);
  if (!watchesIn) {
    watchesIn = true;
    updateWatch();
  }
  if (!out)
    flushed();
}

void Connection::flushed() {
  if (phase == Phase::Lingering && !finishing && !out) {
    finishing = true;
    stream.finishWriting();
    if (peerDone)
      destroy();
  } else if (phase == Phase::Http && !out && http && !watchesIn) {
    shard.fanout().markResumable(*this);
  }
}

void Connection::destroy() {
  if (phase == Phase::Dead)
    return;
  enter(Phase::Dead);
  shard.loop().timers().disarm(*this);
  shard.loop().unwatch(stream.fd());
  stream.close();
  out.reset();
  http.reset();
  shard.bury(*this);
}

void Connection::stop() {
  switch (phase) {
  case Phase::Open:
    close(wire::close::GoingAway, "the server is stopping");
    break;
  case Phase::Http:
    if (out)
      linger();
    else
      destroy();
    break;
  case Phase::TlsHandshake:
    destroy();
    break;
  default:
    break; // On its way out, with a deadline.
  }
}

//===----------------------------------------------------------------------===//
// Timers
//===----------------------------------------------------------------------===//

void Connection::onTimer() {
  switch (phase) {
  case Phase::Open:
    watchdog();
    break;
  case Phase::Closing:
    report();
    destroy();
    break;
  default:
    destroy();
  }
}

/// Pings a silent peer, and ends a connection whose peer stays silent.
void Connection::watchdog() {
  const Options &options = shard.server().options;
  int64_t silent = shard.loop().now() - lastHeard;
  if (silent < options.ping_interval_ms) {
    armFor(options.ping_interval_ms - silent);
  } else if (!pinged) {
    pinged = true;
    if (shard.fanout().push(*this, wire::encode(wire::Opcode::Ping, {})))
      armFor(options.pong_timeout_ms);
    else
      overflow();
  } else {
    outcome = std::make_unique<Outcome>(
        Outcome{wire::close::Abnormal, "no answer to a ping"});
    enter(Phase::Closing);
    shard.fanout().leaveAll(*this);
    report();
    destroy();
  }
}

//===----------------------------------------------------------------------===//
// The program's store
//===----------------------------------------------------------------------===//

std::string_view Connection::stored(std::string_view key) const noexcept {
  if (stores)
    for (const Stored &entry : *stores)
      if (entry.key == key)
        return entry.value;
  return {};
}

bool Connection::store(std::string_view key, std::string_view value,
                       size_t limit) {
  if (!stores) {
    if (value.empty())
      return true;
    stores = std::make_unique<std::vector<Stored>>();
  }
  size_t others = 0;
  Stored *existing = nullptr;
  for (Stored &entry : *stores) {
    if (entry.key == key)
      existing = &entry;
    else
      others += entry.key.size() + entry.value.size();
  }
  if (value.empty()) {
    if (existing) {
      std::swap(*existing, stores->back());
      stores->pop_back();
    }
    return true;
  }
  if (others + key.size() + value.size() > limit)
    return false;
  if (existing)
    existing->value = value;
  else
    stores->push_back({std::string(key), std::string(value)});
  return true;
}

} // namespace plumb::rt::rooms
