//===- SlowReaderTest.cpp - readers that take their time ------------------===//

#include "AdminSupport.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace plumb::test;

namespace {
constexpr size_t pageSize = 24 << 20; // More than the sockets' buffers hold.

std::string pageRequest(const std::string &fields) {
  return "GET /large HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n";
}

/// Has sent its request, on a connection that keeps little for its reader.
class Reader {
public:
  Reader(const Server &server, const std::string &request)
      : fd(server.connect()) {
    send(request);
  }
  ~Reader() { ::close(fd); }
  void send(std::string_view bytes) {
    ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }
  /// Takes up to `max` bytes; 0 at the end.
  size_t take(size_t max) {
    std::string buffer(max, 0);
    ssize_t got = ::recv(fd, buffer.data(), max, 0);
    if (got <= 0)
      return 0;
    total += static_cast<size_t>(got);
    last.append(buffer, 0, static_cast<size_t>(got));
    last.erase(0, last.size() - std::min<size_t>(last.size(), 16));
    return static_cast<size_t>(got);
  }
  /// For so long, a little at a time.
  void takeSlowly(std::chrono::seconds time) {
    auto begin = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - begin < time) {
      ASSERT_GT(take(4096), 0u);
      pause(5);
    }
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

  /// The last bytes that came.
  std::string last;

private:
  const int fd;
  size_t total = 0;
};

struct Way {
  const char *name, *fields;
  Config config;
};
void PrintTo(const Way &way, std::ostream *out) {
  *out << way.name << ", ";
  PrintTo(way.config, out);
}
class SlowReader : public testing::TestWithParam<Way> {
protected:
  void SetUp() override {
    EXPECT_EQ(plumb_ws_page(Text("/large"), Text("text/plain"),
                            Text(std::string(pageSize, 'x'))),
              0);
  }
};
} // namespace

INSTANTIATE_TEST_SUITE_P(
    All, SlowReader,
    testing::Values(Way{"keep", "", {}},
                    Way{"close", "Connection: close\r\n", {}},
                    Way{"unix", "", {false, 1, false, true}}),
    [](const auto &info) { return info.param.name; });

/// The time for a request, and the time for a closing handshake, are not those
/// for a page: that may take many times as long.
TEST_P(SlowReader, MayTakeItsTimeWhileItReads) {
  Environment handshake("PLUMB_WS_HANDSHAKE_TIMEOUT_MS", "1000"),
      close("PLUMB_WS_CLOSE_TIMEOUT_MS", "50"),
      pong("PLUMB_WS_PONG_TIMEOUT_MS", "1000");
  Server server(GetParam().config);
  Reader reader(server, pageRequest(GetParam().fields));
  reader.takeSlowly(std::chrono::seconds(3));
  reader.pause(400); // That is for pong_timeout_ms, too.
  EXPECT_TRUE(reader.takeAll());
}

TEST_P(SlowReader, IsCutWhenItTakesNothing) {
  Environment pong("PLUMB_WS_PONG_TIMEOUT_MS", "100"),
      port("PLUMB_WS_ADMIN_PORT", "0");
  Server server(GetParam().config, false);
  server.start();
  AdminServer admin(server);
  Reader reader(server, pageRequest(GetParam().fields));
  ASSERT_GT(reader.take(1), 0u);
  admin.expect({{"plumb_sockets_accepted_total", 1}, {"plumb_sockets", 0}});
  EXPECT_FALSE(reader.takeAll());
}

namespace {
/// Who closes: the program, or the peer.
class SlowMemberAtItsEnd : public testing::TestWithParam<bool> {
protected:
  const bool programCloses = GetParam();
  Environment close{"PLUMB_WS_CLOSE_TIMEOUT_MS", "300"},
      port{"PLUMB_WS_ADMIN_PORT", "0"},
      queue{"PLUMB_WS_MAX_QUEUE_BYTES", std::to_string(2 * pageSize)};
  Server server{{}, false};

  void SetUp() override {
    server.onMessage = [&](plumb_ws_conn conn, std::string) {
      EXPECT_EQ(plumb_ws_send(conn, Text(std::string(pageSize, 'x'))), 0);
      if (programCloses) {
        EXPECT_EQ(plumb_ws_close(conn, 4000, Text("bye")), 0);
      }
    };
    server.start();
  }
  /// Has asked for the message, and closed if that is the peer's to do.
  std::unique_ptr<Reader> reader() {
    using namespace std::literals;
    auto reader = std::make_unique<Reader>(server, upgradeRequest);
    while (reader->last.find("\r\n\r\n") == std::string::npos)
      EXPECT_EQ(reader->take(1), 1u);
    reader->send("\x81\x81\0\0\0\0x"sv);
    if (!programCloses)
      reader->send("\x88\x85\0\0\0\0\x0f\xa0"
                   "bye"sv);
    return reader;
  }
};
} // namespace

INSTANTIATE_TEST_SUITE_P(All, SlowMemberAtItsEnd, testing::Bool(),
                         [](const auto &info) {
                           return info.param ? "ProgramCloses" : "PeerCloses";
                         });

/// What was sent before the close is delivered, and the close frame behind it.
TEST_P(SlowMemberAtItsEnd, GetsAllWhileItReads) {
  std::unique_ptr<Reader> slow = reader();
  slow->takeSlowly(std::chrono::seconds(2));
  EXPECT_TRUE(slow->takeAll());
  while (slow->take(4096) != 0) {
  }
  std::string_view end = programCloses ? "\x88\x05\x0f\xa0"
                                         "bye"
                                       : "\x88\x02\x0f\xa0";
  EXPECT_TRUE(slow->last.ends_with(end));
  EXPECT_EQ(server.closed.pop()->code, 4000);
}

TEST_P(SlowMemberAtItsEnd, IsCutWhenItTakesNothing) {
  AdminServer admin(server);
  std::unique_ptr<Reader> slow = reader();
  EXPECT_EQ(server.closed.pop()->code, 4000);
  admin.expect({{"plumb_sockets_accepted_total", 1}, {"plumb_sockets", 0}});
  EXPECT_FALSE(slow->takeAll());
}

/// One that took all that it was sent, and then answers nothing, has the time
/// for a closing handshake once and not twice.
TEST(ReaderAtItsEnd, HasTheTimeForAnAnswerOnce) {
  using namespace std::literals;
  Environment close("PLUMB_WS_CLOSE_TIMEOUT_MS", "1000");
  Server server({}, false);
  server.onMessage = [&](plumb_ws_conn conn, std::string text) {
    if (text == "a")
      EXPECT_EQ(plumb_ws_send(conn, Text("the last")), 0);
    EXPECT_EQ(plumb_ws_close(conn, text == "a" ? 4001 : 4002, Text("bye")), 0);
  };
  server.start();
  auto reader = [&](std::string_view message) {
    auto reader = std::make_unique<Reader>(server, upgradeRequest);
    while (reader->last.find("\r\n\r\n") == std::string::npos)
      EXPECT_EQ(reader->take(1), 1u);
    reader->send(message);
    while (!reader->last.ends_with("bye"))
      EXPECT_GT(reader->take(64), 0u);
    return reader;
  };
  auto first = reader("\x81\x81\0\0\0\0a"sv);
  first->pause(500);
  auto second = reader("\x81\x81\0\0\0\0b"sv);
  EXPECT_EQ(server.closed.pop()->code, 4001);
  EXPECT_EQ(server.closed.pop()->code, 4002);
}
