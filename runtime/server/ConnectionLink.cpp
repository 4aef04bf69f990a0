//===- ConnectionLink.cpp - what a WebSocket session asks -----------------===//

#include "runtime/server/Connection.h"

namespace plumb::rt::server {

websocket::Time Connection::time() const noexcept {
  return {shard.loop.peerTime(), shard.loop.now(), shard.loop.behind()};
}

void Connection::onPhase(websocket::Phase phase) noexcept {
  hold(websocket::isConnecting(phase));
  allowSharing(phase == websocket::Phase::Open);
}

bool Connection::pushControl(const wire::FrameRef &frame) {
  return shard.fanout.push(*this, frame) != output::Pushed::Full;
}

void Connection::settle() { shard.fanout.settle(*this); }

void Connection::pushLast(const wire::FrameRef &frame) {
  awaitReader();
  pushUnbounded(frame);
}

void Connection::leaveRooms() noexcept { shard.rooms.leaveAll(*this); }

void Connection::catchUp() { shard.catchUp(); }

void Connection::wakeAt(int64_t deadline) noexcept {
  static_assert(websocket::Keepalive::never == net::TimerQueue::never);
  if (deadline == websocket::Keepalive::never)
    shard.loop.patience().disarm(*this);
  else
    shard.loop.patience().arm(*this, deadline);
}

void Connection::onClosing(uint16_t code, std::string_view reason) noexcept {
  logDebug("connection closed", {{"code", code}, {"reason", reason}});
}

void Connection::onClosed() noexcept { shard.connections.retire(token()); }

} // namespace plumb::rt::server
