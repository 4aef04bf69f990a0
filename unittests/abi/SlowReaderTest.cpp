//===- SlowReaderTest.cpp - pages to readers that take their time ---------===//

#include "AdminSupport.h"
#include "Loopback.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace plumb::test;

namespace {
constexpr size_t pageSize = 24 << 20; // More than the sockets' buffers hold.

/// Has asked for the page, on a connection that keeps little for its reader.
class Reader {
public:
  Reader(uint16_t port, const std::string &fields)
      : fd(::socket(AF_INET, SOCK_STREAM, 0)) {
    int small = 16 * 1024;
    ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    EXPECT_EQ(connectTo(fd, port), 0);
    std::string request =
        "GET /large HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n";
    ::send(fd, request.data(), request.size(), MSG_NOSIGNAL);
  }
  ~Reader() { ::close(fd); }
  /// Takes up to `most` bytes; 0 at the end.
  size_t take(size_t most) {
    std::string buffer(most, 0);
    ssize_t got = ::recv(fd, buffer.data(), most, 0);
    got > 0 ? total += static_cast<size_t>(got) : 0;
    return got > 0 ? static_cast<size_t>(got) : 0;
  }
  /// Nothing for so long: how a slow reader reads.
  void pause(int milliseconds) {
    pollfd nothing = {fd, 0, 0};
    ::poll(&nothing, 1, milliseconds);
  }
  /// True when the whole page comes.
  bool takeAll() {
    while (total < pageSize && take(1 << 20) != 0) {
    }
    return total >= pageSize;
  }

private:
  const int fd;
  size_t total = 0;
};

class SlowReader : public testing::TestWithParam<const char *> {
protected:
  void SetUp() override {
    EXPECT_EQ(plumb_ws_page(Text("/large"), Text("text/plain"),
                            Text(std::string(pageSize, 'x'))),
              0);
  }
};
} // namespace

INSTANTIATE_TEST_SUITE_P(All, SlowReader,
                         testing::Values("", "Connection: close\r\n"),
                         [](const auto &info) {
                           return *info.param ? "close" : "keep";
                         });

/// The time for a request, and the time for a closing handshake, are not those
/// for a page: that may take many times as long.
TEST_P(SlowReader, MayTakeItsTimeWhileItReads) {
  Environment handshake("PLUMB_WS_HANDSHAKE_TIMEOUT_MS", "50"),
      close("PLUMB_WS_CLOSE_TIMEOUT_MS", "50"),
      pong("PLUMB_WS_PONG_TIMEOUT_MS", "1000");
  Server server;
  Reader reader(server.port, GetParam());
  auto begin = std::chrono::steady_clock::now();
  while (std::chrono::steady_clock::now() - begin < std::chrono::seconds(3)) {
    ASSERT_GT(reader.take(4096), 0u);
    reader.pause(5);
  }
  EXPECT_TRUE(reader.takeAll());
}

TEST_P(SlowReader, IsCutWhenItTakesNothing) {
  Environment pong("PLUMB_WS_PONG_TIMEOUT_MS", "100"),
      port("PLUMB_WS_ADMIN_PORT", "0");
  Server server({}, false);
  server.start();
  AdminServer admin(server);
  Reader reader(server.port, GetParam());
  ASSERT_GT(reader.take(1), 0u);
  admin.expect({{"plumb_sockets_accepted_total", 1}, {"plumb_sockets", 0}});
  EXPECT_FALSE(reader.takeAll());
}
