//===- ConnectionTimers.cpp - deadlines of a connection -------------------===//

#include "runtime/rooms/Connection.h"
#include "runtime/rooms/Shard.h"
#include "runtime/wire/Frame.h"

namespace plumb::rt::rooms {

void Connection::onTimer() {
  switch (phase) {
  case Phase::Open:
    watchdog();
    break;
  case Phase::Closing:
    report();
    destroy();
    break;
  case Phase::TlsHandshake:
  case Phase::Http:
    if (!answered)
      handshakeFailed(Series::HandshakeTimeout);
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
    armFor(options.pong_timeout_ms);
    pushControl(wire::encode(wire::Opcode::Ping, {}));
  } else {
    outcome = std::make_unique<Outcome>(
        Outcome{wire::close::Abnormal, "no answer to a ping"});
    enter(Phase::Closing);
    shard.fanout().leaveAll(*this);
    report();
    destroy();
  }
}

} // namespace plumb::rt::rooms
