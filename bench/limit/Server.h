//===- Server.h - A featureless WebSocket server, the limit -----*- C++ -*-===//
//
// What one thread with epoll can do at best, to compare a real server with. It
// speaks the load target's three commands and does nothing else: no limits, no
// timers, no close handshake, no UTF-8 check, no TLS. Not for use by anyone
// but the load generator.
//
// A turn drains every readable socket, collecting what each room is sent in one
// chunk of bytes; then every member of each such room gets one `send` of that
// chunk. What a short send leaves over refers to the chunk. The echoes of one
// read go out in one `send`, while the client is in the cache.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_BENCH_LIMIT_SERVER_H
#define PLUMB_BENCH_LIMIT_SERVER_H

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace plumb::bench {

struct LimitRoom;

/// Bytes of one turn, to one client or many. Not changed once it is sent.
using Chunk = std::shared_ptr<std::string>;

/// What is left of a chunk after a short send.
struct Rest {
  Chunk chunk;
  size_t sent;
};

/// One client. Owned by the server, alive until its socket closes.
struct LimitClient {
  int fd = -1;
  bool upgraded = false;
  LimitRoom *room = nullptr;
  size_t placeInRoom = 0;
  std::string unread; // the start of a frame (or request) that is not whole
  std::vector<Rest> unsent; // what short sends left over
  Chunk replies;            // behind the room's chunk of this turn; null: none
};

/// A room: its members side by side, and what this turn sends to all of them.
struct LimitRoom {
  std::vector<LimitClient *> members;
  Chunk chunk = std::make_shared<std::string>();
};

/// The server. One thread; runs until the process is killed.
class LimitServer {
public:
  /// Listens on `port` of every address (0: any free port).
  /// Throws std::system_error when it cannot.
  explicit LimitServer(uint16_t port);
  uint16_t port() const { return boundPort; }
  /// Serves for ever.
  [[noreturn]] void run();

private:
  void acceptAll();
  void receive(LimitClient &client);
  bool answerUpgrade(LimitClient &client, std::string_view request);
  void handle(LimitClient &client, std::string_view command);
  void join(LimitClient &client, std::string_view name);
  void leave(LimitClient &client);
  void flushTurn();
  void sendOrKeep(LimitClient &client, const Chunk &chunk);
  void sendReplies(LimitClient &client);
  static void reuse(Chunk &chunk);
  void writeUnsent(LimitClient &client);
  void watch(LimitClient &client, bool forWriting);
  void drop(LimitClient &client);

  int epollFd = -1;
  int listenFd = -1;
  uint16_t boundPort = 0;
  std::vector<char> buffer;
  Chunk replies = std::make_shared<std::string>();   // of one read
  std::vector<std::unique_ptr<LimitClient>> clients; // by descriptor
  std::unordered_map<std::string, std::unique_ptr<LimitRoom>> rooms;
  std::vector<LimitRoom *> roomsOfTurn;
  std::vector<LimitClient *> repliesOfTurn;
  std::vector<std::unique_ptr<LimitClient>> dropped; // freed after the turn
};

} // namespace plumb::bench

#endif // PLUMB_BENCH_LIMIT_SERVER_H
