//===- Session.h - one WebSocket connection's protocol ----------*- C++ -*-===//
//
// RFC 6455 sections 5.4 to 7 from the upgrade to on_close, and the calls of the
// program in between: bytes in; callbacks and control frames out. No socket,
// clock or room is in sight: see Link and Time.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_WEBSOCKET_SESSION_H
#define PLUMB_RUNTIME_WEBSOCKET_SESSION_H

#include "runtime/websocket/Context.h"
#include "runtime/websocket/Link.h"
#include "runtime/wire/Decoder.h"
#include "runtime/wire/Extensions.h"

#include <atomic>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace plumb::rt::websocket {

/// The phases have this one owner. on_close is called once for each session
/// that the program has accepted, and nothing is called for it afterwards.
/// Belongs to one thread, but for takesMessages().
class Session {
public:
  Session(Context &context, Link &link) : context(context), link(link) {}
  Session(const Session &) = delete;
  Session &operator=(const Session &) = delete;

  /// What the program is to know it by, before anything else.
  void name(rooms::Token token) noexcept { self = token; }
  rooms::Token token() const noexcept { return self; }

  Phase phase() const noexcept {
    return current.load(std::memory_order_relaxed);
  }
  bool isOpen() const noexcept { return phase() == Phase::Open; }
  /// Any thread may ask; only its own gets an answer that stays.
  bool takesMessages() const noexcept {
    Phase now = phase();
    return now == Phase::Open || now == Phase::Connecting;
  }
  /// A message of so many bytes may go out compressed.
  bool deflates(size_t size) const noexcept {
    return deflateBits != 0 && wire::Deflate{deflateBits}.takes(size);
  }
  /// Of input that is not whole yet.
  size_t heapBytes() const noexcept { return decoder.heapBytes(); }

  //===--- The beginning ---===//

  enum class Answer : uint8_t { Accepted, Refused, Failed };
  /// Calls on_connect for an upgrade that is in order; `deflate` has been
  /// agreed on. Unless it is Accepted, all is as if it had never been called.
  Answer connect(const std::optional<wire::Deflate> &deflate);
  /// Once Accepted, and with the response queued.
  void open(const Time &at);

  //===--- Input ---===//

  /// What has come from the peer. Returns how many bytes were taken; the rest
  /// is for resume(), when the peer's turn has come again.
  size_t receive(std::span<const uint8_t> bytes, const Time &at);
  size_t resume(std::span<const uint8_t> bytes, const Time &at);
  /// So many messages of a layer below that had to be answered count as pings.
  /// False when there are too many: the session is over.
  bool takeControls(size_t count, const Time &at);
  /// See Link::wakeAt() and Link::pushLast().
  void onTimer(const Time &at);
  /// The queue was full and messages were lost, and is empty now.
  void onDrained();

  //===--- The end ---===//

  /// Begins the closing handshake: leaves all rooms, queues the close frame.
  /// Nothing when it does not take messages. Throws std::bad_alloc.
  void close(uint16_t code, std::string_view reason);
  /// The queue is full, and the policy is to disconnect: 1013.
  void overflow();
  /// Memory is short: ends with 1013, and reads no more.
  void shed();
  /// The link is gone.
  void lost();

private:
  void enter(Phase next) noexcept;
  bool readsFrames() const noexcept {
    Phase now = phase();
    return now == Phase::Open || now == Phase::Closing;
  }
  bool within(const limits::RateLimit &limit, limits::RateLimit::Bucket &bucket,
              size_t tokens, std::string_view what, const Time &at);
  bool onEvent(const wire::Event &event, const Time &at);
  bool onControl(const wire::Event &event, const Time &at);
  void pushControl(const wire::FrameRef &frame);
  void watch(const Time &at) noexcept;
  void lookAfter(const Time &at);

  void fail(uint16_t code, std::string_view reason);
  void peerClosed(uint16_t code, std::string_view reason);
  void report() { report(closeReason ? *closeReason : std::string_view()); }
  void report(std::string_view reason);

  Context &context;
  Link &link;
  rooms::Token self;
  wire::Decoder decoder;
  [[no_unique_address]] Keepalive keepalive;
  std::atomic<Phase> current{Phase::None};
  /// permessage-deflate: wire::Deflate::windowBits; 0 when not agreed on.
  uint8_t deflateBits = 0;
  uint16_t closeCode = 0; ///< what on_close will say
  limits::RateLimit::Bucket messageBucket, byteBucket, controlBucket;
  std::unique_ptr<std::string> closeReason; ///< null when it is empty
};

static_assert(sizeof(Session) <= 120, "an idle connection must stay small");

} // namespace plumb::rt::websocket

#endif // PLUMB_RUNTIME_WEBSOCKET_SESSION_H
