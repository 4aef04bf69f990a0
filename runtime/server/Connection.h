//===- Connection.h - one client's stream, and the session on it *- C++ -*-===//
//
// From accept to the end of the socket. It owns the transport, and what speaks
// on it, one after the other: the PROXY header, TLS's handshake, HTTP, and
// after an upgrade the WebSocket session, which has its own phases. Belongs to
// its shard's thread; what other threads may read, and how, is said at the
// member.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_SERVER_CONNECTION_H
#define PLUMB_RUNTIME_SERVER_CONNECTION_H

#include "runtime/base/LogLine.h"
#include "runtime/http/Session.h"
#include "runtime/limits/Patience.h"
#include "runtime/net/ClientCertificate.h"
#include "runtime/rooms/LocalRooms.h"
#include "runtime/server/Client.h"
#include "runtime/server/Recipient.h"
#include "runtime/server/ShardContext.h"
#include "runtime/server/Store.h"
#include "runtime/websocket/Session.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace plumb::rt::server {

/// What speaks on a connection.
enum class Stage : uint8_t {
  ProxyHeader, ///< reading what a proxy puts in front of TLS and requests
  TlsHandshake,
  Http,      ///< reading or answering requests
  WebSocket, ///< from on_connect to on_close
  Lingering, ///< the last bytes go out, input is discarded
  Dead,      ///< the socket is closed; freed when the turn is over
};

class Connection final : public Recipient, websocket::Link, net::Timer {
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

  rooms::Token token() const noexcept { return session.token(); }
  /// See websocket::Session. Any thread may ask.
  bool takesMessages() const noexcept { return session.takesMessages(); }
  /// The upgrade request. Any thread that holds the shard's data lock.
  const wire::Request &request() const noexcept { return head; }
  /// The client, as far as it is known. As request().
  const net::Address &peer() const noexcept { return client.address(); }
  /// What it has proved to be. As request().
  const net::ClientCertificate &certificate() const noexcept { return proven; }
  /// The subprotocol that was agreed on, or empty. As request().
  std::string_view subprotocol() const noexcept;
  /// As request(); changed under the data lock only.
  Store store;

  /// A message, which is compressed if that has been agreed on and pays. A text
  /// is checked.
  [[gnu::always_inline]] output::Pushed send(wire::Opcode opcode,
                                             std::span<const uint8_t> payload);
  output::Pushed send(const wire::FrameRef &frame);
  rooms::LocalRooms::Joined join(std::string_view room);
  void leave(std::string_view room);

  /// See websocket::Session.
  void close(uint16_t code, std::string_view reason) {
    session.close(code, reason);
  }
  void overflow() override { session.overflow(); }
  /// The server stops.
  void stop();
  /// Bytes that wait because of this peer: for it to take, or to send the rest.
  size_t waitingBytes() const noexcept;
  /// Memory is short: gives back what waits, and ends.
  void shed();
  /// As stop(), without waiting any longer for the peer.
  void cut() override;
  /// The stream has ended or is broken.
  void lost();
  /// Its turn has come again: goes on with what has come and was left.
  void resume();
  bool isDead() const noexcept { return stage == Stage::Dead; }

  /// What other threads have put into the inbox for this connection, and
  /// whether they have closed it. Guarded by the shard's data lock.
  struct Underway {
    size_t bytes = 0;
    uint32_t messages = 0;
    bool closed = false;
    output::Load load() const noexcept { return {bytes, messages}; }
  } underway;

private:
  // The transport.
  void onEvents(uint32_t events) override;
  void onEmptied() override;
  void enter(Stage next) noexcept;
  void receive();
  void consume(std::span<const uint8_t> bytes, bool isNew);
  void keepUnread(std::span<const uint8_t> bytes);
  void continueLater();
  void hungUp();
  void linger() override;
  void flushSoon() noexcept;
  output::Pushed sendDeflated(wire::Opcode opcode,
                              std::span<const uint8_t> payload);

  // Its openings.
  void readProxyHeader();
  void shakeHands();
  void handshaken();
  void handshakeRefused();
  /// Counts and logs why no WebSocket connection came of the socket.
  void handshakeFailed(metrics::Series reason);

  // HTTP.
  void readRequests(std::span<const uint8_t> bytes);
  void answer(wire::Request &&request);
  void upgrade(wire::Request &&request);
  void undoConnect();
  void tellOfOrigin(const wire::Request &request);
  void refuse(unsigned status, std::string_view text, metrics::Series reason);
  void respond(http::Response &&response);
  void requestTimedOut();

  // What the WebSocket session asks.
  websocket::Time time() const noexcept;
  void onPhase(websocket::Phase phase) noexcept override;
  bool pushControl(const wire::FrameRef &frame) override;
  void settle() override;
  void pushLast(const wire::FrameRef &frame) override;
  void dropUnsent() noexcept override { Writer::dropUnsent(); }
  void leaveRooms() noexcept override;
  void catchUp() override;
  void wakeAt(int64_t deadline) noexcept override;
  uint64_t readersMark() noexcept override { return Writer::readersMark(); }
  void onClosing(uint16_t code, std::string_view reason) noexcept override;
  void onClosed() noexcept override;

  // Deadlines.
  void onTimer() override;
  void armFor(int64_t milliseconds) noexcept;
  size_t untakenBytes() const noexcept;
  int64_t readersPatience() const noexcept;
  void awaitReader() noexcept;
  bool readerGoesOn() noexcept;

  /// A line about the connection; none when memory is out.
  void logDebug(std::string_view text,
                std::initializer_list<base::LogField> more) const noexcept;

  ShardContext &shard;
  websocket::Session session;
  /// With who reads a response, or the last bytes.
  [[no_unique_address]] limits::Patience patience;
  Stage stage;
  bool continues = false; ///< in the list of those to resume
  bool finishing = false, peerDone = false;
  wire::Request head;
  /// Null once upgraded, or nothing is to be sent.
  std::unique_ptr<http::Session> http;
  /// Received, and to be read in a later turn. No more is received meanwhile,
  /// so that is one receive at most.
  std::unique_ptr<std::vector<uint8_t>> unread;
  net::ClientCertificate proven; ///< changed under the data lock only
  [[no_unique_address]] Client client;
  int32_t chosenSubprotocol = -1; ///< of the server's; -1 for none
};

static_assert(sizeof(Connection) <= 424, "an idle connection must stay small");

inline output::Pushed Connection::send(wire::Opcode opcode,
                                       std::span<const uint8_t> payload) {
  if (session.deflates(payload.size())) [[unlikely]]
    return sendDeflated(opcode, payload);
  shard.fanout.settle(*this);
  return Writer::push(opcode, payload);
}

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_CONNECTION_H
