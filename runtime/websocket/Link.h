//===- Link.h - what carries a WebSocket session ----------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WEBSOCKET_LINK_H
#define PLUMB_RUNTIME_WEBSOCKET_LINK_H

#include "runtime/websocket/Phase.h"
#include "runtime/wire/Frame.h"

#include <cstdint>
#include <string_view>

namespace plumb::rt::websocket {

/// What a session asks of the connection that it is on: rare things, all of
/// them. Messages do not go through here. One thread's.
class Link {
public:
  /// The session is in that phase from here on. Nothing goes out while it
  /// isConnecting(), and rooms' bytes are shared while it is Open.
  virtual void onPhase(Phase phase) noexcept = 0;

  /// Queues a control frame. False when there is no room and whoever reads so
  /// slowly is to be ended. Throws std::bad_alloc.
  virtual bool pushControl(const wire::FrameRef &frame) = 0;
  /// What its rooms have been sent goes in front of what is pushed next.
  /// Throws std::bad_alloc.
  virtual void settle() = 0;
  /// Queues the last frame, whatever else is queued, and begins to wait for the
  /// peer: with nothing heard and nothing taken by it, onTimer() is next. That
  /// holds also when it throws std::bad_alloc.
  virtual void pushLast(const wire::FrameRef &frame) = 0;
  /// Forgets what the peer cannot have seen the beginning of.
  virtual void dropUnsent() noexcept = 0;
  virtual void leaveRooms() noexcept = 0;
  /// What other threads have said by now takes effect first: messages of its
  /// rooms, and also a close.
  virtual void catchUp() = 0;

  /// Session::onTimer() is to be called at that peer's time, or with
  /// Keepalive::never not at all.
  virtual void wakeAt(int64_t deadline) noexcept = 0;
  /// Another number whenever the peer has taken bytes that were sent.
  virtual uint64_t readersMark() noexcept = 0;

  /// Before on_close, for the log, and after it: the token becomes stale.
  virtual void onClosing(uint16_t code, std::string_view reason) noexcept = 0;
  virtual void onClosed() noexcept = 0;
  /// The session is over. The last bytes go out, then the stream ends.
  virtual void linger() = 0;
  /// The same, and nothing is to be had from the peer any more.
  virtual void cut() = 0;

protected:
  ~Link() = default;
};

} // namespace plumb::rt::websocket

#endif // PLUMB_RUNTIME_WEBSOCKET_LINK_H
