//===- FailingTest.cpp - handlers that fail, over real connections --------===//

#include "Support.h"

#include <cstdlib>
#include <iterator>
#include <stdexcept>

using namespace plumb::test;

namespace {

void failAs(std::string_view how) {
  static const Text onPurpose("on purpose");
  if (how == "abort")
    plumb_intr_abort(onPurpose);
  if (how == "throw")
    throw std::runtime_error("on purpose");
#if defined(__x86_64__)
  if (how == "divide")
    asm volatile("xorl %%ecx, %%ecx\n\tmovl $1, %%eax\n\tcltd\n\tidivl %%ecx" ::
                     : "eax", "ecx", "edx", "cc");
#endif
}

/// A query that has the name of a way to fail under the handler's.
void failAsAsked(plumb_ws_conn conn, const plumb_str *handler) {
  const plumb_str *how = plumb_ws_query(conn, handler);
  failAs({reinterpret_cast<const char *>(how->data), how->len});
}

/// Calls the default program from handlers that may leave by an abort: their
/// own frames have nothing to clean up.
struct Failer : Server {
  Failer(Config config) : Server(config, false) {
    Log::instance().clear();
    ::setenv("PLUMB_WS_BIND", "127.0.0.1", 1);
    // Clients are still there, and do not read, when it stops.
    ::setenv("PLUMB_WS_DRAIN_WINDOW_MS", "0", 1);
    ::setenv("PLUMB_WS_CLOSE_TIMEOUT_MS", "500", 1);
    ::setenv("PLUMB_WS_SHARDS", std::to_string(config.shards).c_str(), 1);
    serving = std::thread([this, config] {
      const CertificateFiles &files = ownCertificate();
      status = config.tls
                   ? plumb_ws_serve_tls(0, Text(files.certificate),
                                        Text(files.key), connect, this, message,
                                        this, close, this, binary, this,
                                        nullptr, nullptr, Text(std::string()))
                   : plumb_ws_serve(0, connect, this, message, this, close,
                                    this, binary, this, nullptr, nullptr,
                                    Text(std::string()));
    });
    std::string line = Log::instance().waitFor("plumb: listening on ");
    port = static_cast<uint16_t>(std::atoi(line.c_str() + line.rfind(':') + 1));
  }
  ~Failer() { EXPECT_EQ(end(), 0); }
  int64_t end() {
    if (serving.joinable()) {
      plumb_ws_stop();
      serving.join();
    }
    return status;
  }

private:
  static bool connect(plumb_ws_conn conn, void *env) {
    failAsAsked(conn, static_cast<Failer *>(env)->connectName);
    return true;
  }
  static void message(plumb_ws_conn conn, const plumb_str *line, void *env) {
    failAs({reinterpret_cast<const char *>(line->data), line->len});
    static_cast<Failer *>(env)->command(conn, text(line));
  }
  static void binary(plumb_ws_conn, const plumb_bytes *data, void *) {
    failAs({reinterpret_cast<const char *>(data->data), data->len});
  }
  static void close(plumb_ws_conn conn, int64_t code, const plumb_str *reason,
                    void *env) {
    auto &self = *static_cast<Failer *>(env);
    failAsAsked(conn, self.closeName);
    self.closed.push(
        {text(plumb_ws_query(conn, Text("name"))), code, text(reason)});
  }

  Text connectName{"connect"}, closeName{"close"};
  std::thread serving;
  int64_t status = 0;
};

#if defined(__x86_64__)
const char *const ways[] = {"abort", "throw", "divide"};
#else // No division traps.
const char *const ways[] = {"abort", "throw"};
#endif

std::string reasonOf(const std::string &way) {
  return way == "divide" ? "division by zero, or a division that overflows"
                         : "on purpose";
}

class Failing : public testing::TestWithParam<Config> {
protected:
  Failer server{GetParam()};
};

} // namespace

INSTANTIATE_TEST_SUITE_P(All, Failing, PLUMB_ALL_CONFIGS, nameOf);

TEST_P(Failing, MessageClosesItsOwnConnectionOnly) {
  Client other(server, "other");
  EXPECT_EQ(other.ask("join r"), "0");
  for (const std::string way : ways) {
    Client a(server, "a", "/room/7");
    EXPECT_EQ(a.ask("join r"), "0");
    std::string address = a.address();
    a.send(way);
    EXPECT_EQ(a.readClose(),
              (std::pair<int, std::string>(1011, "internal error")));
    EXPECT_EQ(server.closed.pop(), (Closed{"a", 1011, "internal error"}));
    EXPECT_NE(Log::instance().waitFor("failed").find(
                  "plumb: error: on_message failed for " + address +
                  " (/room/7): " + reasonOf(way)),
              std::string::npos);
    EXPECT_EQ(other.ask("count r"), "1") << "it has left";
    EXPECT_EQ(other.ask("echo still here"), "still here");
  }
  other.close(1000, "");
  EXPECT_EQ(server.closed.pop()->name, "other");
  EXPECT_EQ(server.end(), 0);
  EXPECT_EQ(server.closed.size(), 0u) << "on_close once each";
}

TEST_P(Failing, BinaryMessage) {
  Client a(server, "a");
  a.send("abort", true);
  EXPECT_EQ(a.readClose().first, 1011);
  EXPECT_EQ(server.closed.pop(), (Closed{"a", 1011, "internal error"}));
  Log::instance().waitFor("on_binary failed for ");
}

// Frames behind the one that failed are not given to the program.
TEST_P(Failing, NothingIsCalledAfterIt) {
  Client a(server, "a");
  EXPECT_EQ(a.ask("join r"), "0");
  Client other(server, "other");
  EXPECT_EQ(other.ask("join r"), "0");
  auto frame = [](const std::string &text) {
    return "\x81" + std::string(1, static_cast<char>(0x80 | text.size())) +
           std::string(4, '\0') + text;
  };
  a.writeRaw(frame("quiet r one") + frame("abort") + frame("quiet r two"));
  EXPECT_EQ(other.read(), "one");
  EXPECT_EQ(server.closed.pop()->code, 1011);
  EXPECT_EQ(other.ask("echo three"), "three");
}

TEST_P(Failing, ConnectIsRefusedWith500) {
  for (const std::string way : ways) {
    Client refused(server, "a", "/?connect=" + way);
    EXPECT_EQ(refused.status, 500);
    EXPECT_NE(Log::instance().waitFor("failed").find("(/): " + reasonOf(way)),
              std::string::npos);
  }
  Client accepted(server, "b");
  EXPECT_EQ(accepted.ask("echo hello"), "hello");
  EXPECT_EQ(server.end(), 0);
  EXPECT_EQ(server.closed.pop()->name, "b");
  EXPECT_EQ(server.closed.size(), 0u) << "no on_close for what never was";
}

TEST_P(Failing, CloseEndsTheConnectionAllTheSame) {
  for (const std::string way : ways) {
    Client a(server, "a", "/?close=" + way);
    a.sync();
    a.close(1000, "");
    Log::instance().waitFor("on_close failed for ");
  }
  Client b(server, "b");
  EXPECT_EQ(b.ask("echo hello"), "hello");
  EXPECT_EQ(server.end(), 0);
  EXPECT_EQ(server.closed.pop()->name, "b");
  EXPECT_EQ(server.closed.size(), 0u);
}

// Both fail: each is logged, and the connection is closed for the first.
TEST_P(Failing, MessageAndThenClose) {
  Client a(server, "a", "/?close=throw");
  a.send("abort");
  EXPECT_EQ(a.readClose().first, 1011);
  Log::instance().waitFor("on_message failed for ");
  Log::instance().waitFor("on_close failed for ");
}

TEST_P(Failing, WhatWasSentBeforeStays) {
  EXPECT_EQ(server.end(), 0);
  Server talking(GetParam(), false);
  talking.onMessage = [&](plumb_ws_conn conn, std::string line) {
    if (line != "fail")
      return talking.command(conn, line);
    plumb_ws_send(conn, Text("to itself"));
    plumb_ws_broadcast(Text("r"), Text("to all"));
    throw std::runtime_error("then it fails");
  };
  talking.start();
  Client other(talking, "other");
  EXPECT_EQ(other.ask("join r"), "0");
  Client a(talking, "a");
  EXPECT_EQ(a.ask("join r"), "0");
  a.send("fail");
  EXPECT_EQ(other.read(), "to all");
  EXPECT_EQ(a.read(), "to itself");
  EXPECT_EQ(a.read(), "to all");
  EXPECT_EQ(a.readClose().first, 1011);
}

TEST_P(Failing, ManyAtOnce) {
  Client other(server, "other");
  EXPECT_EQ(other.ask("join r"), "0");
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&, i] {
      for (int j = 0; j < 9; ++j) {
        Client a(server, "a");
        a.send(ways[(i + j) % std::size(ways)]);
        EXPECT_EQ(a.readClose().first, 1011);
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(other.ask("count r"), "1");
  EXPECT_EQ(server.end(), 0);
  EXPECT_EQ(server.closed.size(), 4u * 9 + 1);
}

/// The handler that is told of a queue that was full and has emptied.
TEST_P(Failing, Drained) {
  EXPECT_EQ(server.end(), 0);
  Environment policy("PLUMB_WS_QUEUE_POLICY", "drop_newest"),
      messages("PLUMB_WS_MAX_QUEUE_MESSAGES", "10");
  for (const std::string way : ways) {
    Server full(GetParam(), false);
    Channel<bool> filled;
    full.onMessage = [&](plumb_ws_conn conn, std::string line) {
      if (line != "fill")
        return full.command(conn, line);
      const std::string large(50000, 'x');
      int sent = 0;
      while (sent < 2000 && plumb_ws_send(conn, Text(large)) == 0)
        ++sent;
      filled.push(sent < 2000);
    };
    full.onDrained = [&](plumb_ws_conn) { failAs(way); };
    full.start();
    Client other(full, "other"), a(full, "a");
    a.send("fill");
    EXPECT_EQ(filled.pop(), true) << "100 MB do not fit into the sockets";
    EXPECT_EQ(a.readClose(),
              (std::pair<int, std::string>(1011, "internal error")));
    EXPECT_EQ(full.closed.pop(), (Closed{"a", 1011, "internal error"}));
    EXPECT_NE(Log::instance()
                  .waitFor("on_drained failed for ")
                  .find("(/): " + reasonOf(way)),
              std::string::npos);
    EXPECT_EQ(other.ask("echo still here"), "still here");
  }
}

// A timer that fails is not a reason to stop it.
TEST(FailingTimer, GoesOn) {
  struct Ticks {
    plumb_time_timer timer;
    size_t count;
  } ticks{nullptr, 0};
  Log::instance().clear();
  ticks.timer = plumb_time_every(
      1, 0,
      [](int64_t, void *env) {
        Ticks &ticks = *static_cast<Ticks *>(env);
        if (ticks.count == std::size(ways)) {
          plumb_time_cancel(ticks.timer);
          return;
        }
        failAs(ways[ticks.count++]);
      },
      &ticks);
  EXPECT_EQ(plumb_time_run(), 0);
  EXPECT_EQ(ticks.count, std::size(ways));
  for (const std::string way : ways)
    Log::instance().waitFor("plumb: error: on_timer failed: " + reasonOf(way));
}
