//===- ConnectionTimers.cpp - deadlines of a connection -------------------===//

#include "runtime/server/Connection.h"
#include "runtime/server/ShardContext.h"
#include "runtime/wire/Frame.h"
#include "runtime/wire/Handshake.h"

#include <algorithm>
#include <new>
#include <utility>

namespace plumb::rt::server {

void Connection::onTimer() {
  switch (phase) {
  case Phase::Open:
    watchdog();
    break;
  case Phase::Closing:
    if (readerGoesOn())
      break;
    report();
    destroy();
    break;
  case Phase::ProxyHeader:
  case Phase::TlsHandshake:
    handshakeFailed(metrics::Series::HandshakeTimeout);
    destroy();
    break;
  case Phase::Http:
    if (readerGoesOn())
      break;
    if (!http->answered())
      handshakeFailed(metrics::Series::HandshakeTimeout);
    requestTimedOut();
    break;
  default:
    if (!readerGoesOn())
      destroy();
  }
}

/// Of what was written to the peer: what its kernel has not taken yet.
size_t Connection::untakenBytes() const noexcept {
  return Writer::untaken() + waiting().bytes;
}

/// How long the peer may take nothing of what is written to it, milliseconds.
int64_t Connection::readersPatience() const noexcept {
  const Options &options = shard.server.options;
  return http && hasQueue() ? options.pong_timeout_ms
                            : options.close_timeout_ms;
}

/// How often a reader is looked at in the time that it may take nothing: so
/// much the later is one cut that took the last of it when nobody looked.
static constexpr uint8_t looks = 4;

static constexpr int64_t lookEvery(int64_t patience) noexcept {
  return (patience + looks - 1) / looks;
}

/// A response goes out, or the last that the peer gets. However much that is
/// and however slow its reader, it may take the time that it takes while it
/// gets on.
void Connection::awaitReader() noexcept {
  size_t waiting = untakenBytes();
  int64_t patience = readersPatience();
  armFor(waiting == 0 ? patience : lookEvery(patience));
  untaken = waiting;
  idleLooks = 0;
}

/// True, with the timer armed again, when the peer has taken some lately or has
/// not been given its time yet.
bool Connection::readerGoesOn() noexcept {
  if (untaken == 0)
    return false;
  if (untakenBytes() >= untaken) {
    if (++idleLooks == looks)
      return false;
    size_t before = untaken;
    armFor(lookEvery(readersPatience()));
    untaken = before;
    return true;
  }
  awaitReader();
  return true;
}

/// RFC 9110 section 15.5.9; one that has asked for nothing is owed no answer.
void Connection::requestTimedOut() {
  if (hasQueue() || !http->started())
    return destroy();
  try {
    respond({wire::refusal(408, "the request took too long")});
  } catch (const std::bad_alloc &) {
    destroy();
  }
}

void Connection::armWatchdog() noexcept {
  const Options &options = shard.server.options;
  int64_t deadline = net::TimerQueue::never;
  if (pinged) // Or when the reader is looked at next.
    deadline =
        std::min(silentSince + options.pong_timeout_ms,
                 shard.loop.peerTime() + lookEvery(options.pong_timeout_ms));
  else if (options.ping_interval_ms > 0)
    deadline = silentSince + options.ping_interval_ms;
  if (options.idle_timeout_ms > 0)
    deadline = std::min(deadline, lastMessage + options.idle_timeout_ms);
  if (deadline == net::TimerQueue::never)
    shard.loop.patience().disarm(*this);
  else
    shard.loop.patience().arm(*this, deadline);
}

/// A ping waits behind what the peer has not read yet: while it reads it is
/// alive. The first look is for what its kernel takes without it, the ping too.
bool Connection::readsOn() noexcept {
  uint64_t mark = readersMark();
  bool first = idleLooks == 0;
  idleLooks = 1;
  return std::exchange(lastMark, mark) != mark && !first;
}

/// Pings a silent peer, ends a connection whose peer stays silent, and closes
/// one that has said nothing to the program for too long.
void Connection::watchdog() {
  const Options &options = shard.server.options;
  int64_t now = shard.loop.peerTime();
  if (options.idle_timeout_ms > 0 &&
      now - lastMessage >= options.idle_timeout_ms) {
    shard.catchUp();
    return close(wire::close::GoingAway, "no message for too long");
  }
  if (pinged && readsOn())
    silentSince = now;
  if (pinged && now - silentSince >= options.pong_timeout_ms) {
    closeCode = wire::close::Abnormal;
    enter(Phase::Closing);
    shard.rooms.leaveAll(*this);
    report("no answer to a ping");
    return destroy();
  }
  if (!pinged && options.ping_interval_ms > 0 &&
      now - silentSince >= options.ping_interval_ms) {
    pinged = true;
    idleLooks = 0;
    silentSince = now;
    armWatchdog();
    return pushControl(wire::encode(wire::Opcode::Ping, {}));
  }
  armWatchdog();
}

} // namespace plumb::rt::server
