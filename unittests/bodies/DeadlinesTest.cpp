//===- DeadlinesTest.cpp - who reads is alive, as its kernel tells --------===//
//
// What TCP says of a reader; unittests/server/DeadlinesTest.cpp has the rest.
//
//===----------------------------------------------------------------------===//

#include "AdminSupport.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace plumb::test;

namespace {
/// Waits as a process does that is doing something else.
void pass(std::chrono::milliseconds time) {
  ::poll(nullptr, 0, static_cast<int>(time.count()));
}

/// A client without a codec, that keeps little for its reader.
class SlowSocket {
public:
  explicit SlowSocket(const Server &server) : fd(server.connect()) {
    send(upgradeRequest);
    std::string head;
    while (!head.ends_with("\r\n\r\n"))
      head += take(1);
  }
  ~SlowSocket() { ::close(fd); }
  void send(std::string_view bytes) {
    ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }
  /// Up to `max` bytes; none at the end.
  std::string take(size_t max) {
    std::string buffer(max, 0);
    ssize_t got = ::recv(fd, buffer.data(), max, 0);
    buffer.resize(got > 0 ? static_cast<size_t>(got) : 0);
    return buffer;
  }

private:
  int fd;
};

class Readers : public testing::TestWithParam<Config> {};
} // namespace

INSTANTIATE_TEST_SUITE_P(All, Readers,
                         testing::Values(Config{},
                                         Config{false, 1, false, true}),
                         nameOf);

/// Its pong comes when it has read what was sent before the ping: here after
/// many times the time-out.
TEST_P(Readers, WhoReadsIsAlive) {
  constexpr size_t size = 6 << 20; // More than the server's kernel takes.
  Environment interval("PLUMB_WS_PING_INTERVAL_MS", "200"),
      timeout("PLUMB_WS_PONG_TIMEOUT_MS", "800");
  Server server(GetParam(), false);
  server.onMessage = [](plumb_ws_conn conn, std::string) {
    plumb_ws_send_binary(conn, Text(std::string(size, 'x')));
  };
  server.start();
  SlowSocket reader(server);
  reader.send(std::string{'\x81', '\x82', 0, 0, 0, 0, 'g', 'o'});
  size_t got = 0;
  auto begin = std::chrono::steady_clock::now();
  while (got < size) {
    std::string more = reader.take(16 * 1024);
    ASSERT_FALSE(more.empty()) << "cut after " << got << " bytes";
    got += more.size();
    pass(std::chrono::milliseconds(10));
  }
  EXPECT_GT(std::chrono::steady_clock::now() - begin,
            std::chrono::milliseconds(2000))
      << "so slow that the ping's answer had to be late";
}

TEST_P(Readers, WhoReadsNothingIsCut) {
  Environment interval("PLUMB_WS_PING_INTERVAL_MS", "100"),
      timeout("PLUMB_WS_PONG_TIMEOUT_MS", "400");
  Server server(GetParam(), false);
  server.onMessage = [](plumb_ws_conn conn, std::string) {
    plumb_ws_send_binary(conn, Text(std::string(20 << 20, 'x')));
  };
  server.start();
  for (bool busy : {false, true}) {
    SlowSocket reader(server);
    if (busy) // With much to read, too.
      reader.send(std::string{'\x81', '\x82', 0, 0, 0, 0, 'g', 'o'});
    Closed closed = *server.closed.pop();
    EXPECT_EQ(closed.code, 1006);
    EXPECT_EQ(closed.reason, "no answer to a ping");
  }
}
