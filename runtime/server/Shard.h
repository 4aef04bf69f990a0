//===- Shard.h - one thread of a server -------------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_SERVER_SHARD_H
#define PLUMB_RUNTIME_SERVER_SHARD_H

#include "runtime/net/Descriptors.h"
#include "runtime/net/Listener.h"
#include "runtime/server/Drain.h"
#include "runtime/server/ShardContext.h"

#include <atomic>
#include <memory>
#include <vector>

namespace plumb::rt::server {

/// One of the places where a server listens, for one shard.
struct ShardSocket {
  base::Fd socket;
  bool shared = false; ///< with other shards
  /// What clients are shown; null without TLS.
  const net::ServerCertificate *certificate = nullptr;
};

/// An event loop with its connections and their memberships. One turn: what is
/// ready is read, decoded and given to the program; the inbox is carried out;
/// when that is worth many sends, the same for what comes within a fraction of
/// their time; every connection with something to send is sent it once.
class Shard final : public ShardContext {
public:
  /// The poller may be a test's.
  Shard(ServerState &server, std::vector<ShardSocket> listening,
        std::unique_ptr<net::Poller> poller = net::makeEpoll());
  ~Shard();

  /// The shard that this thread is, or null.
  static Shard *current() noexcept { return thisShard; }
  /// 0 before it is in the registry.
  uint32_t number() const noexcept { return connections.shard(); }

  /// Serves on the calling thread until a stop is requested and every
  /// connection has been closed.
  void run();
  /// One turn of that, on the thread of the others; `wait` until there is
  /// something to do. False when there is to be no more: end() is next, once.
  bool runTurn(bool wait);
  void end();

  /// Takes in a connection, as if it had been accepted.
  void adopt(net::Stream stream, const net::Address &peer);

  /// Stops this shard alone, at once. Any thread.
  void askToStop() noexcept {
    stopAsked = true;
    loop.wake();
  }
  /// run() is over. Any thread.
  bool ended() const noexcept { return hasEnded; }

  void carryOut(std::vector<rooms::Command> &&requests);

private:
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

  void beginTurn(bool wait);
  void carryOutInbox() override;
  void onClosed() noexcept override;

  void accept(base::Fd socket, const net::Address &peer,
              const net::ServerCertificate *certificate);
  template <typename MakeStream>
  void admit(net::Descriptors::Use use, const net::Address &peer,
             MakeStream &&makeStream);
  rooms::Status carryOut(rooms::Command &request);
  void resumeThose();
  /// Before a flush that takes long: what comes in a moment goes along.
  void gather();
  void relieveMemory();
  void shed(size_t excess);
  void beginStop();
  void tellToGo();
  bool cutLate() noexcept;
  void flush() noexcept;
  void freeDead() noexcept;

  std::vector<std::unique_ptr<Entrance>> entrances;
  Drain drain;
  size_t drainPlace = 0; ///< where the next to be told may be
  std::vector<Connection *> resuming;
  int64_t nextShed = 0; ///< loop time
  std::atomic<bool> stopAsked{false}, hasEnded{false};
};

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_SHARD_H
