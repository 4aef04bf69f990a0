//===- Connection.h - one connection's state machine ------------*- C++ -*-===//
//
// From accept to the end of the socket: TLS handshake, HTTP requests, upgrade,
// frames, closing handshake (RFC 6455 sections 4.2, 5.5, 7). Belongs to its
// shard's thread; what other threads may read, and how, is said at the member.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_SERVER_CONNECTION_H
#define PLUMB_RUNTIME_SERVER_CONNECTION_H

#include "runtime/base/LogLine.h"
#include "runtime/http/Session.h"
#include "runtime/limits/Admission.h"
#include "runtime/limits/RateLimit.h"
#include "runtime/metrics/Metrics.h"
#include "runtime/net/Address.h"
#include "runtime/net/ClientCertificate.h"
#include "runtime/rooms/LocalRooms.h"
#include "runtime/rooms/Token.h"
#include "runtime/server/Recipient.h"
#include "runtime/server/ShardContext.h"
#include "runtime/wire/Decoder.h"
#include "runtime/wire/Extensions.h"
#include "runtime/wire/Forwarded.h"
#include "runtime/wire/ProxyHeader.h"

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace plumb::rt::server {

enum class Phase : uint8_t {
  ProxyHeader, ///< reading what a proxy puts in front of TLS and requests
  TlsHandshake,
  Http,           ///< reading or answering requests
  Connecting,     ///< in on_connect, before the response
  ConnectingShut, ///< the same, and the program has called close
  Open,
  Closing,   ///< our close frame is queued; the peer's answer is awaited
  Lingering, ///< on_close is over; the last bytes go out, input is discarded
  Dead,      ///< the socket is closed; freed when the turn is over
};

class Connection final : public Recipient, net::Timer {
public:
  /// One that was not admitted is told so when it has asked for something.
  Connection(ShardContext &shard, net::Stream stream, const net::Address &peer,
             limits::Admission::Verdict admission);
  ~Connection();

  /// Is named, and begins to wait for the client. False when the loop cannot
  /// take it.
  bool start(rooms::Token token);
  /// Closes the socket; the object lives until the turn is over.
  void destroy();

  rooms::Token token() const noexcept { return self; }
  /// Any thread may ask; only the shard's thread gets an answer that stays.
  bool takesMessages() const noexcept {
    Phase now = phase.load(std::memory_order_relaxed);
    return now == Phase::Open || now == Phase::Connecting;
  }
  /// The upgrade request. Any thread that holds the shard's data lock.
  const wire::Request &request() const noexcept { return head; }
  /// The client, as far as it is known: behind a proxy that is not believed
  /// that is the proxy. As request().
  const net::Address &peer() const noexcept { return address; }
  /// What it has proved to be. As request().
  const net::ClientCertificate &certificate() const noexcept { return client; }
  /// The subprotocol that was agreed on, or empty. As request().
  std::string_view subprotocol() const noexcept;
  /// The program's store. As request(); changed under the data lock only.
  std::string_view stored(std::string_view key) const noexcept;
  /// False when it would be over `limit` bytes. An empty value forgets.
  bool store(std::string_view key, std::string_view value, size_t limit);

  /// A message, which is compressed if that has been agreed on and pays. A text
  /// is checked.
  [[gnu::always_inline]] output::Pushed send(wire::Opcode opcode,
                                             std::span<const uint8_t> payload);
  output::Pushed send(const wire::FrameRef &frame);
  rooms::LocalRooms::Joined join(std::string_view room);
  void leave(std::string_view room);

  /// Starts the closing handshake: leaves all rooms, queues the close frame.
  /// Nothing when it is closing already.
  void close(uint16_t code, std::string_view reason);
  /// The send queue is full: drops it and closes with 1013.
  void overflow() override;
  /// The server stops.
  void stop();
  /// Bytes that wait because of this peer: for it to take, or to send the rest.
  size_t waitingBytes() const noexcept;
  /// Memory is short: gives back what waits, and ends.
  void shed();
  /// As stop(), without waiting any longer for the peer.
  void cut();
  /// The stream has ended or is broken.
  void lost();
  /// Its turn has come again: goes on with what has come and was left.
  void resume();
  bool isDead() const noexcept { return phase == Phase::Dead; }

  /// What other threads have put into the inbox for this connection, and
  /// whether they have closed it. Guarded by the shard's data lock.
  struct Underway {
    output::Load load;
    bool closed = false;
  } underway;

private:
  /// What the trusted proxy that the socket is from says of its client.
  struct PassedOn {
    /// Null once there is no PROXY header to come.
    std::unique_ptr<wire::ProxyHeaderReader> reader;
    net::Address sender; ///< the socket's peer, or the PROXY header's client
    std::optional<bool> secure;   ///< what the PROXY header says of TLS
    wire::ForwardedRequest asked; ///< what is said of the request
  };
  struct Stored {
    std::string key, value;
  };
  static_assert(sizeof(Stored) <= 64, "what max_store_bytes says of a key");

  void onEvents(uint32_t events) override;
  void onTimer() override;
  void onEmptied() override;
  void continueLater();
  void flushSoon() noexcept;
  /// A message of so many bytes may go out compressed.
  bool deflates(size_t size) const noexcept {
    return deflateBits != 0 && wire::Deflate{deflateBits}.takes(size);
  }
  output::Pushed sendDeflated(wire::Opcode opcode,
                              std::span<const uint8_t> payload);

  void readProxyHeader();
  void passOn(const wire::ProxyHeader &header);
  void tellOfProxy(std::string_view why);
  bool identify(const wire::Request &request);
  void requestIsOver() noexcept;
  bool countAs(const net::Address &client);
  /// The address has as many as it may: it will be told so, unless there are
  /// too many of such.
  bool refuseLater();
  void uncount() noexcept;
  bool isSecure() const noexcept;
  std::string_view hostOf(const wire::Request &request) const noexcept;
  void shakeHands();
  void handshaken();
  void handshakeRefused();
  void writable();
  void hungUp();
  void receive();
  void consume(std::span<const uint8_t> bytes);
  void readRequests(std::span<const uint8_t> bytes);
  void readNewFrames(std::span<const uint8_t> bytes);
  void readFrames(std::span<const uint8_t> bytes);
  void keepUnread(std::span<const uint8_t> bytes);
  bool onFrame(const wire::Event &event);
  bool onControl(const wire::Event &event);
  bool readsFrames() const noexcept {
    return phase == Phase::Open || phase == Phase::Closing;
  }
  bool withinTls();
  void pushControl(const wire::FrameRef &frame);
  bool within(const limits::RateLimit &limit, limits::RateLimit::Bucket &bucket,
              size_t tokens, std::string_view what);

  void answer(wire::Request &&request);
  void upgrade(wire::Request &&request);
  void undoConnect();
  void tellOfOrigin(const wire::Request &request);
  void refuse(unsigned status, std::string_view text, metrics::Series reason);
  void respond(http::Response &&response);

  void fail(uint16_t code, std::string_view reason);
  void peerClosed(uint16_t code, std::string_view reason);
  void report() { report(closeReason ? *closeReason : std::string_view()); }
  void report(std::string_view reason);
  /// Counts and logs why no WebSocket connection came of the socket.
  void handshakeFailed(metrics::Series reason);
  /// A line about the connection; none when memory is out.
  void logDebug(std::string_view text,
                std::initializer_list<base::LogField> more) const noexcept;
  void linger();
  void watchdog();
  void armWatchdog() noexcept;
  void requestTimedOut();
  size_t untakenBytes() const noexcept;
  int64_t readersPatience() const noexcept;
  void awaitReader() noexcept;
  bool readerGoesOn() noexcept;
  bool readsOn() noexcept;

  void armFor(int64_t milliseconds) noexcept;
  void enter(Phase next) noexcept;

  std::atomic<Phase> phase;
  bool continues = false; ///< in the list of those to resume
  limits::Admission::Verdict admission;
  bool counted = false; ///< as one of its address
  bool pinged = false, finishing = false, peerDone = false;
  /// permessage-deflate: wire::Deflate::windowBits; 0 when not agreed on.
  uint8_t deflateBits = 0;
  uint8_t idleLooks = 0; ///< at a reader that took nothing; see awaitReader()

  ShardContext &shard;
  wire::Decoder decoder;
  rooms::Token self;
  int64_t silentSince;     ///< loop time of the last byte, or the last ping
  int64_t lastMessage = 0; ///< loop time
  limits::RateLimit::Bucket messageBucket, byteBucket, controlBucket;
  size_t untaken = 0;    ///< see awaitReader(); 0 when it was not called
  uint64_t lastMark = 0; ///< when it was looked at last; see watchdog()
  wire::Request head;
  /// Null once upgraded, or nothing is to be sent.
  std::unique_ptr<http::Session> http;
  /// Null unless the socket is a trusted proxy's, and once upgraded.
  std::unique_ptr<PassedOn> passedOn;
  /// Received, and to be read in a later turn. No more is received meanwhile,
  /// so that is one receive at most.
  std::unique_ptr<std::vector<uint8_t>> unread;
  /// What on_close will say; the reason is null when it is empty.
  std::unique_ptr<std::string> closeReason;
  uint16_t closeCode = 0;
  int32_t chosenSubprotocol = -1; ///< of the server's; -1 for none
  std::unique_ptr<std::vector<Stored>> stores;
  net::ClientCertificate client; ///< changed under the data lock only
  net::Address address;          ///< the client's, as far as it is known
};

inline output::Pushed Connection::send(wire::Opcode opcode,
                                       std::span<const uint8_t> payload) {
  if (deflates(payload.size())) [[unlikely]]
    return sendDeflated(opcode, payload);
  shard.fanout.settle(*this);
  return Writer::send(opcode, payload);
}

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_CONNECTION_H
