//===- FuzzCalls.h - servers in this process, and their peers -------------===//
#ifndef PLUMB_UNITTESTS_FUZZ_FUZZCALLS_H
#define PLUMB_UNITTESTS_FUZZ_FUZZCALLS_H

#include "../bodies/Loopback.h"
#include "../bodies/Text.h"
#include "Require.h"

#include "plumb/ws.h"

#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <cstring>
#include <mutex>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace plumb::fuzz {

using test::Text;

/// Any bytes as ASCII.
inline std::string asText(std::string bytes) {
  for (char &c : bytes)
    c = char(c & 0x7f);
  return bytes;
}

/// True once `condition` is; false when it has not come true in a time that no
/// working runtime needs.
template <typename Condition> bool eventually(Condition condition) {
  auto end = std::chrono::steady_clock::now() + std::chrono::seconds(8);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end)
      return false;
    std::this_thread::yield();
  }
  return true;
}

/// A client over loopback, with blocking calls.
class Peer {
public:
  /// Connects and reads the answer to a handshake.
  Peer(uint16_t port, std::string path, std::string_view query)
      : fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    timeval within{8, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &within, sizeof within);
    REQUIRE(test::connectTo(fd, port) == 0);
    std::string digits;
    for (unsigned char c : query)
      digits += std::to_string(c) + ".";
    send("GET " + path + "?k=" + digits +
         " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         "Sec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    while (in.find("\r\n\r\n") == in.npos && receive())
      ;
    in.erase(0, in.find("\r\n\r\n") + 4);
  }
  Peer(Peer &&other) noexcept
      : fd(std::exchange(other.fd, -1)), in(std::move(other.in)) {}
  Peer &operator=(Peer &&) = delete;
  ~Peer() {
    if (fd >= 0)
      ::close(fd);
  }

  void send(std::string_view bytes) {
    if (fd >= 0)
      (void)!::send(fd, bytes.data(), bytes.size(),
                    MSG_NOSIGNAL | MSG_DONTWAIT);
  }
  /// A frame with a masking key of zeros.
  void frame(uint8_t first, const std::string &payload) {
    REQUIRE(payload.size() < 126);
    send(std::string{char(first), char(0x80 | payload.size()), 0, 0, 0, 0} +
         payload);
  }
  /// After this the server has read what was sent before, or has hung up.
  void sync() {
    frame(0x89, "sync");
    while (in.find("\x8a\x04sync") == in.npos && receive())
      ;
    in.clear();
  }
  void finish() {
    if (fd >= 0)
      ::shutdown(fd, SHUT_WR);
  }
  void reset() {
    linger off{1, 0};
    if (fd >= 0) {
      ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &off, sizeof off);
      ::close(std::exchange(fd, -1));
    }
  }

private:
  bool receive() {
    char buffer[4096];
    ssize_t size = fd < 0 ? 0 : ::recv(fd, buffer, sizeof buffer, 0);
    REQUIRE(size >= 0 || (errno != EAGAIN && "the server is silent"));
    if (size > 0)
      in.append(buffer, size_t(size));
    return size > 0;
  }

  int fd;
  std::string in;
};

/// The servers, and what their callbacks have seen. Its callbacks carry out the
/// programs that they are given: a message's bytes, a query.
class World {
public:
  ~World() { stop(); }

  void start() {
    if (!threads.empty())
      return;
    ::setenv("PLUMB_WS_BIND", "127.0.0.1", 1);
    ::setenv("PLUMB_WS_MAX_QUEUE_BYTES", "65536", 1);
    ::setenv("PLUMB_WS_MAX_QUEUE_MESSAGES", "40", 1);
    ::setenv("PLUMB_WS_MAX_STORE_BYTES", "300", 1);
    ::setenv("PLUMB_WS_MAX_MESSAGE", "4096", 1);
    // Peers here do not answer a close; the search is not to wait for them.
    ::setenv("PLUMB_WS_CLOSE_TIMEOUT_MS", "200", 1);
    for (const char *shards : {"1", "2"}) {
      ::setenv("PLUMB_WS_SHARDS", shards, 1);
      ports.push_back(serve());
    }
  }
  void stop() {
    if (!threads.empty())
      plumb_ws_stop();
    for (std::thread &thread : threads)
      thread.join();
    threads.clear();
  }
  uint16_t port(unsigned choice) const { return ports[choice % ports.size()]; }

  plumb_ws_conn handle(uint8_t choice) {
    std::lock_guard guard(lock);
    if (choice < 200 && !handles.empty())
      return handles[handles.size() - 1 - choice % handles.size()];
    uint64_t made = choice % 4 == 0 ? 0 : choice * 0x123456789abcdefull;
    return reinterpret_cast<plumb_ws_conn>(made);
  }

  /// Waits until every accepted connection has ended; forgets old handles.
  void settle() {
    REQUIRE(eventually([&] { return ended == accepted; }));
    std::lock_guard guard(lock);
    Text key("k");
    for (plumb_ws_conn conn : handles)
      REQUIRE(eventually([&] {
        return plumb_ws_put(conn, key, key) == PLUMB_ERR_STALE_HANDLE;
      }));
    if (handles.size() > 64)
      handles.erase(handles.begin(), handles.end() - 16);
  }

private:
  void program(std::string_view bytes);

  static bool onConnect(plumb_ws_conn conn, void *env) {
    World &world = *static_cast<World *>(env);
    {
      std::lock_guard guard(world.lock);
      world.handles.push_back(conn);
    }
    world.program(std::string(text(plumb_ws_query(conn, Text("k")))));
    if (text(plumb_ws_path(conn)) == "/deny")
      return false;
    ++world.accepted;
    return true;
  }
  static void onMessage(plumb_ws_conn conn, const plumb_str *message,
                        void *env) {
    std::string bytes(text(message));
    static_cast<World *>(env)->program(bytes);
    plumb_ws_send(conn, message);
  }
  static void onBinary(plumb_ws_conn conn, const plumb_bytes *message, void *) {
    plumb_ws_broadcast_binary(Text("r"), message);
    plumb_ws_send_binary(conn, message);
  }
  static void onClose(plumb_ws_conn conn, int64_t code, const plumb_str *,
                      void *env) {
    World &world = *static_cast<World *>(env);
    REQUIRE(code >= 1000 && code < 5000);
    // The sender is in no room any more, and others may be told.
    plumb_ws_broadcast(Text("r"), Text("one has gone"));
    REQUIRE(plumb_ws_join(conn, Text("r")) < 0);
    REQUIRE(++world.ended <= world.accepted);
  }
  static std::string_view text(const plumb_str *value) {
    return {reinterpret_cast<const char *>(value->data), size_t(value->len)};
  }

  /// Starts one and reads its port out of what it logs.
  uint16_t serve() {
    int log[2], original = ::dup(STDERR_FILENO);
    REQUIRE(::pipe(log) == 0);
    ::dup2(log[1], STDERR_FILENO);
    threads.emplace_back([this] {
      static const uint64_t noOptions = 0; // A text of length 0.
      REQUIRE(plumb_ws_serve(0, onConnect, this, onMessage, this, onClose, this,
                             onBinary, this, nullptr, nullptr,
                             reinterpret_cast<const plumb_str *>(&noOptions)) ==
              PLUMB_OK);
    });
    std::string said;
    size_t at;
    while ((at = said.find("ws://127.0.0.1:")) == said.npos ||
           said.find_first_of(" \n", at) == said.npos) {
      char buffer[512];
      ssize_t size = ::read(log[0], buffer, sizeof buffer);
      REQUIRE(size > 0);
      said.append(buffer, size_t(size));
    }
    ::dup2(original, STDERR_FILENO);
    ::close(original);
    ::close(log[0]);
    ::close(log[1]);
    return uint16_t(std::stoi(said.substr(at + 15)));
  }

  std::vector<std::thread> threads;
  std::vector<uint16_t> ports;
  std::mutex lock;
  std::vector<plumb_ws_conn> handles;
  std::atomic<int64_t> accepted = 0, ended = 0;
};

} // namespace plumb::fuzz

#endif // PLUMB_UNITTESTS_FUZZ_FUZZCALLS_H
