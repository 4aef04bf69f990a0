//===- Session.cpp - one WebSocket connection's protocol ------------------===//

#include "runtime/websocket/Session.h"
#include "runtime/websocket/HandlerFailed.h"

namespace plumb::rt::websocket {

void Session::enter(Phase next) noexcept {
  current.store(next, std::memory_order_relaxed);
  link.onPhase(next);
}

//===----------------------------------------------------------------------===//
// The beginning
//===----------------------------------------------------------------------===//

Session::Answer Session::connect(const std::optional<wire::Deflate> &deflate) {
  if (deflate) {
    decoder.enableDeflate(deflate->context());
    deflateBits = deflate->windowBits;
  }
  enter(Phase::Connecting);
  Answer answer = Answer::Refused;
  try {
    metrics::CallbackTimer timed(context.counters);
    if (context.program.onConnect(self))
      answer = Answer::Accepted;
  } catch (HandlerFailed) {
    answer = Answer::Failed;
  }
  if (answer == Answer::Accepted) {
    context.counters.add(metrics::Series::Connections);
    context.counters.add(metrics::Series::ConnectionsOpened);
    return answer;
  }
  decoder = wire::Decoder();
  deflateBits = 0;
  closeReason.reset();
  enter(Phase::None);
  return answer;
}

void Session::open(const Time &at) {
  if (phase() == Phase::ConnectingShut)
    return enter(Phase::Closing); // close() has set the deadline.
  enter(Phase::Open);
  keepalive.begin(at.peer);
  watch(at);
}

//===----------------------------------------------------------------------===//
// Input
//===----------------------------------------------------------------------===//

size_t Session::receive(std::span<const uint8_t> bytes, const Time &at) {
  if (keepalive.heard(at.peer) && isOpen())
    watch(at);
  if (!within(context.rates.bytes, byteBucket, bytes.size(),
              "too many bytes a second", at))
    return bytes.size();
  return resume(bytes, at);
}

size_t Session::resume(std::span<const uint8_t> bytes, const Time &at) {
  if (!readsFrames())
    return bytes.size();
  size_t taken = decoder.feed(
      bytes, context.limits, context.scratch,
      [&](const wire::Event &event) { return onEvent(event, at); });
  return readsFrames() ? taken : bytes.size();
}

/// False when the peer sends more than it may, and has been told so. What comes
/// while we are closing has a deadline instead.
bool Session::within(const limits::RateLimit &limit,
                     limits::RateLimit::Bucket &bucket, size_t tokens,
                     std::string_view what, const Time &at) {
  if (!isOpen() || limit.take(bucket, at.now, tokens, at.behind)) [[likely]]
    return true;
  fail(wire::close::PolicyViolation, what);
  return false;
}

bool Session::takeControls(size_t count, const Time &at) {
  return within(context.rates.controls, controlBucket, count,
                "too many TLS messages a second", at);
}

bool Session::onEvent(const wire::Event &event, const Time &at) {
  bool text = event.kind == wire::EventKind::Text;
  if (!text && event.kind != wire::EventKind::Binary) [[unlikely]]
    return onControl(event, at) && readsFrames() && context.budget.spend();
  keepalive.gotMessage(at.peer);
  if (event.inflated != 0 &&
      !within(context.rates.bytes, byteBucket, event.inflated,
              "too many bytes a second", at))
    return false;
  if (!within(context.rates.messages, messageBucket, 1,
              "too many messages a second", at))
    return false;
  if (isOpen()) [[likely]] {
    Program &program = context.program;
    if (text) {
      context.counters.add(metrics::Series::TextReceived);
      metrics::CallbackTimer timed(context.counters);
      program.onText(self, event.payload);
    } else if (program.takesBinary()) {
      context.counters.add(metrics::Series::BinaryReceived);
      metrics::CallbackTimer timed(context.counters);
      program.onBinary(self, event.payload);
    } else {
      fail(wire::close::UnsupportedData, "binary messages are not taken here");
    }
  }
  return readsFrames() &&
         context.budget.spend(limits::Budget::unitsFor(event.inflated));
}

/// False when there are too many of them.
bool Session::onControl(const wire::Event &event, const Time &at) {
  if ((event.kind == wire::EventKind::Ping ||
       event.kind == wire::EventKind::Pong) &&
      !within(context.rates.controls, controlBucket, 1,
              "too many pings a second", at))
    return false;
  switch (event.kind) {
  case wire::EventKind::Ping:
    context.counters.add(metrics::Series::PingsReceived);
    // Section 5.5.2; after our close frame nothing may follow.
    if (isOpen())
      pushControl(wire::encode(wire::Opcode::Pong, event.payload));
    break;
  case wire::EventKind::Pong:
    context.counters.add(metrics::Series::PongsReceived);
    break; // receive() has noted that the peer is alive.
  case wire::EventKind::Close:
    context.counters.add(metrics::Series::ClosesReceived);
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
void Session::pushControl(const wire::FrameRef &frame) {
  if (!link.pushControl(frame))
    overflow();
}

void Session::onDrained() {
  if (!isOpen())
    return;
  metrics::CallbackTimer timed(context.counters);
  context.program.onDrained(self);
}

} // namespace plumb::rt::websocket
