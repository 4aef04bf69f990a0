//===- Shard.h - one thread of a server -------------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ROOMS_SHARD_H
#define PLUMB_RUNTIME_ROOMS_SHARD_H

#include "runtime/base/SlotTable.h"
#include "runtime/net/Listener.h"
#include "runtime/net/Loop.h"
#include "runtime/rooms/Budget.h"
#include "runtime/rooms/Drain.h"
#include "runtime/rooms/Fanout.h"
#include "runtime/rooms/Inbox.h"
#include "runtime/rooms/Metrics.h"
#include "runtime/rooms/ServerState.h"
#include "runtime/rooms/Token.h"
#include "runtime/wire/Scratch.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace plumb::rt::rooms {

/// One of the places where a server listens, for one shard.
struct ShardSocket {
  base::Fd socket;
  bool shared = false; ///< with other shards
  /// What clients are shown; null without TLS.
  const net::ServerCertificate *certificate = nullptr;
};

/// As what a connection that was not admitted counts.
Series seriesOf(Admission::Verdict verdict) noexcept;

/// An event loop with its connections and their memberships. One turn: what is
/// ready is read, decoded and given to the program; the inbox is carried out;
/// when that is worth many sends, the same for what comes within a fraction of
/// their time; every connection with something to send is sent it once.
class Shard final {
public:
  Shard(ServerState &server, std::vector<ShardSocket> listening);
  ~Shard();

  /// The shard that this thread is, or null.
  static Shard *current() noexcept { return thisShard; }
  /// A shard of this process by number, null when it is gone. Any thread.
  static std::shared_ptr<Shard> byNumber(uint32_t number);
  /// Gives the shard its number; false when there are too many.
  static bool enlist(const std::shared_ptr<Shard> &shard);
  static void dismiss(Shard &shard) noexcept;

  /// Serves on the calling thread until a stop is requested and every
  /// connection has been closed.
  void run();

  /// Stops this shard alone, at once. Any thread.
  void askToStop() noexcept {
    stopAsked = true;
    events.wake();
  }

  uint32_t number() const noexcept { return id; }
  net::Loop &loop() noexcept { return events; }
  Fanout &fanout() noexcept { return output; }
  Metrics &metrics() noexcept { return counters; }
  /// What compression has done. Any thread.
  const wire::CompressionCounts &deflated() const noexcept {
    return output.deflated();
  }
  const wire::CompressionCounts &inflated() const noexcept {
    return scratch.inflated();
  }
  ServerState &server() noexcept { return state; }
  bool stopping() const noexcept { return isStopping; }
  /// run() is over. Any thread.
  bool ended() const noexcept { return hasEnded; }

  /// Null for a stale token. The shard's thread, or one that holds dataLock().
  Connection *find(Token token) const noexcept {
    return token.shard() == id ? slots.find({token.slot(), token.generation()})
                               : nullptr;
  }
  /// Guards, for other threads: the table of connections, their requests and
  /// stores. Taken before any other lock.
  std::mutex &dataLock() noexcept { return lock; }

  /// The room that the shard has given a message to last, if it still has
  /// members here: messages to one room come in bursts.
  RoomPart *lastRoom() const noexcept { return last; }
  void remember(RoomPart &room) noexcept { last = &room; }
  void forget(const RoomPart &room) noexcept {
    if (last == &room)
      last = nullptr;
  }

  /// The connection has input that is to be dealt with in the next turn.
  void continueLater(Connection &connection);

  /// Ends every connection whose stream has failed.
  void loseBroken();

  /// Any thread. False when the inbox is full or the shard has ended.
  bool request(Request &&request);
  bool hasRequests() const noexcept { return !inbox.empty(); }
  std::vector<Request> takeRequests() {
    return hasRequests() ? inbox.take() : std::vector<Request>();
  }
  void carryOut(std::vector<Request> &&requests);
  /// Before a connection leaves its rooms: what other threads have said there
  /// by now is for it, too. Not amid the inbox.
  void catchUp() {
    if (hasRequests())
      carryOut(takeRequests());
  }

private:
  friend class Connection;
  friend class Drain;
  static thread_local constinit inline Shard *thisShard = nullptr;

  /// Takes in what one of its sockets accepts.
  struct Entrance final : net::Acceptor {
    Shard &shard;
    const net::ServerCertificate *certificate;
    net::Listener listener;

    Entrance(Shard &shard, ShardSocket listening);
    void onAccept(base::Fd socket, const net::Address &peer) override {
      shard.accept(std::move(socket), peer, certificate);
    }
  };

  void accept(base::Fd socket, const net::Address &peer,
              const net::ServerCertificate *certificate);
  void tellOf(Admission::Verdict verdict);
  void shed(size_t excess);
  /// The address of an admitted connection has as many as it may: it will be
  /// told so. False when there are too many of such.
  bool refuseLater(Connection &connection);
  /// Null when there is no slot left.
  Connection *insert(std::unique_ptr<Connection> connection);
  int64_t carryOut(Request &request);
  void resumeThose();
  /// Before a flush that takes long: what comes in a moment goes along.
  void gather();
  void beginStop();
  /// Makes the connection's token stale.
  void retire(Connection &connection) noexcept;
  /// The connection is dead: frees its slot now, its memory after the turn.
  void bury(Connection &connection) noexcept;

  using Slots = base::SlotTable<Connection>;

  ServerState &state;
  Metrics counters;
  net::Loop events;
  Inbox inbox;
  Fanout output;
  std::vector<std::unique_ptr<Entrance>> entrances;
  Drain drain;
  wire::Scratch scratch;
  std::vector<uint8_t> readBuffer;
  Budget budget;     // of the connection that is read
  Budget handshakes; // of all connections, in a turn
  std::vector<Connection *> toResume, resuming;
  int64_t nextShed = 0;     // loop time
  RoomPart *last = nullptr; // see lastRoom()
  uint32_t id = 0;
  uint32_t refusals = 0; // open connections that were not admitted
  bool isStopping = false;
  std::atomic<bool> stopAsked{false}, hasEnded{false};
  std::mutex lock;
  Slots slots{Token::maxSlots}; // guarded by lock
  size_t open = 0;
  std::vector<std::unique_ptr<Connection>> graveyard;
};

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_SHARD_H
