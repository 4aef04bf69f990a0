//===- ClosingTest.cpp - how connections begin and end --------------------===//

#include "Support.h"

using namespace plumb::test;

namespace {
class Closing : public testing::TestWithParam<Config> {
protected:
  Server server{GetParam()};
};
/// A masked frame, as a client sends it, with a key of zeros.
std::string frame(uint8_t first, const std::string &payload,
                  bool masked = true) {
  std::string bytes;
  bytes += static_cast<char>(first);
  bytes += static_cast<char>(payload.size() | (masked ? 0x80 : 0));
  if (masked)
    bytes += std::string(4, '\0');
  return bytes + payload;
}
} // namespace

INSTANTIATE_TEST_SUITE_P(All, Closing, PLUMB_ALL_CONFIGS_AND_UNIX, nameOf);

TEST_P(Closing, PeersCodeAndReason) {
  Client a(server, "a");
  a.close(3001, "bye ü");
  EXPECT_EQ(server.closed.pop(), (Closed{"a", 3001, "bye ü"}));
}

TEST_P(Closing, PeerWithoutCode) {
  Client a(server, "a");
  a.close(0, "");
  EXPECT_EQ(server.closed.pop(), (Closed{"a", 1005, ""}));
}

TEST_P(Closing, TransportDies) {
  Client a(server, "a");
  a.sync();
  a.drop();
  EXPECT_EQ(server.closed.pop(), (Closed{"a", 1006, ""}));
}

TEST_P(Closing, ProgramCloses) {
  Client a(server, "a");
  a.send("close 4001 enough");
  EXPECT_EQ(a.readClose(), (std::pair<int, std::string>(4001, "enough")));
  EXPECT_EQ(server.closed.pop(), (Closed{"a", 4001, "enough"}));
}

TEST_P(Closing, WhatIsQueuedIsSentFirst) {
  Server talking(GetParam(), false);
  talking.onMessage = [&](plumb_ws_conn conn, std::string line) {
    if (line != "go")
      return talking.command(conn, line);
    plumb_ws_send(conn, Text("one"));
    plumb_ws_broadcast(Text("r"), Text("two"));
    EXPECT_EQ(plumb_ws_close(conn, 1000, Text("")), 0);
    // Nothing may follow a close frame.
    EXPECT_EQ(plumb_ws_send(conn, Text("three")), PLUMB_WS_ERR_CLOSED);
    EXPECT_EQ(plumb_ws_join(conn, Text("r")), PLUMB_WS_ERR_CLOSED);
    EXPECT_EQ(plumb_ws_close(conn, 1000, Text("")), PLUMB_WS_ERR_CLOSED);
    EXPECT_EQ(plumb_ws_member_count(Text("r")), 0);
  };
  talking.start();
  Client a(talking);
  a.ask("join r"); // In a turn of its own: then it shares the room's bytes.
  a.sync();
  a.send("go");
  EXPECT_EQ(a.read(), "one");
  EXPECT_EQ(a.read(), "two");
  EXPECT_EQ(a.readClose().first, 1000);
}

TEST_P(Closing, ProtocolErrors) {
  struct {
    const char *name;
    std::string bytes;
    int code;
  } faults[] = {
      {"unmasked", frame(0x81, "x", false), 1002},
      {"reserved-opcode", frame(0x83, "x"), 1002},
      {"lone-continuation", frame(0x80, "x"), 1002},
      {"not-utf8", frame(0x81, "\xff"), 1007},
      {"bad-close-code", frame(0x88, std::string("\x03\xed", 2)), 1002},
      {"too-big", std::string("\x82\xff\0\0\0\x10\0\0\0\0\0\0\0\0", 14), 1009},
  };
  for (const auto &fault : faults) {
    Client a(server, fault.name);
    a.writeRaw(fault.bytes);
    EXPECT_EQ(a.readClose().first, fault.code) << fault.name;
    auto closed = server.closed.pop();
    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->name, fault.name);
    EXPECT_EQ(closed->code, fault.code) << fault.name;
    EXPECT_NE(closed->reason, "") << "the rule that was broken";
  }
}

TEST_P(Closing, MessageOverTheLimit) {
  Environment limit("PLUMB_WS_MAX_MESSAGE", "1000");
  Server small(GetParam());
  Client fits(small, "fits"), over(small, "over");
  EXPECT_EQ(fits.ask("echo " + std::string(995, 'x')), std::string(995, 'x'));
  over.send(std::string(1001, 'x'));
  EXPECT_EQ(over.readClose().first, 1009);
  EXPECT_EQ(small.closed.pop()->code, 1009);
}

TEST_P(Closing, BinaryWithoutAHandler) {
  Server textOnly(GetParam(), false);
  textOnly.takesBinary = false;
  textOnly.start();
  Client a(textOnly, "a");
  a.send("data", true);
  EXPECT_EQ(a.readClose().first, 1003);
  EXPECT_EQ(textOnly.closed.pop()->code, 1003);
}

TEST_P(Closing, BinaryEcho) {
  Client a(server);
  for (size_t size : {0, 1, 125, 126, 65535, 65536, 1 << 20}) {
    std::string data(size, '\xfe');
    a.send(data, true);
    EXPECT_EQ(a.read(), data) << size;
  }
}

TEST_P(Closing, EachConnectionClosesOnce) {
  for (int i = 0; i < 30; ++i) {
    Client a(server, std::to_string(i));
    switch (i % 3) {
    case 0: // Both sides at once.
      a.send("close 4000 x");
      a.close(3000, "y");
      break;
    case 1: // A close frame, then more, then the end.
      a.writeRaw(frame(0x88, "") + frame(0x81, "late") + frame(0x88, ""));
      a.drop();
      break;
    default:
      a.writeRaw(frame(0x81, "x", false) + frame(0x88, ""));
      break;
    }
  }
  std::vector<int> count(30);
  for (int i = 0; i < 30; ++i) {
    auto closed = server.closed.pop();
    ASSERT_TRUE(closed);
    ++count[static_cast<size_t>(std::stoi(closed->name))];
  }
  EXPECT_EQ(count, std::vector<int>(30, 1));
  EXPECT_EQ(server.stop(), 0);
  EXPECT_EQ(server.closed.size(), 0u);
}

TEST_P(Closing, RefusedConnectionLeavesNoTrace) {
  Environment timeout("PLUMB_WS_CLOSE_TIMEOUT_MS", "50");
  Server picky(GetParam(), false);
  picky.onConnect = [&](plumb_ws_conn conn) {
    EXPECT_EQ(plumb_ws_join(conn, Text("secret")), 0);
    EXPECT_EQ(plumb_ws_put(conn, Text("k"), Text("v")), 0);
    EXPECT_EQ(plumb_ws_send(conn, Text("never")), 0);
    EXPECT_EQ(plumb_ws_broadcast(Text("secret"), Text("never")), 0);
    return picky.defaultConnect(conn);
  };
  picky.start();
  Client refused(picky, "r", "/refuse");
  EXPECT_EQ(refused.status, 403);
  Client accepted(picky, "a");
  EXPECT_EQ(accepted.status, 101);
  EXPECT_EQ(accepted.read(), "never");
  EXPECT_EQ(accepted.read(), "never");
  EXPECT_EQ(accepted.ask("count secret"), "1") << "only the accepted one";
  EXPECT_EQ(picky.stop(), 0);
  EXPECT_EQ(picky.closed.pop(), (Closed{"a", 1001, "the server is stopping"}));
  EXPECT_EQ(picky.closed.size(), 0u) << "on_close is not for refused ones";
}

TEST_P(Closing, ClosedWithinOnConnect) {
  Server shy(GetParam(), false);
  shy.onConnect = [](plumb_ws_conn conn) {
    plumb_ws_send(conn, Text("hello"));
    EXPECT_EQ(plumb_ws_close(conn, 4003, Text("not today")), 0);
    EXPECT_EQ(plumb_ws_send(conn, Text("x")), PLUMB_WS_ERR_CLOSED);
    return true;
  };
  shy.start();
  Client a(shy, "a");
  EXPECT_EQ(a.status, 101);
  EXPECT_EQ(a.read(), "hello");
  EXPECT_EQ(a.readClose(), (std::pair<int, std::string>(4003, "not today")));
  EXPECT_EQ(shy.closed.pop(), (Closed{"a", 4003, "not today"}));
}

TEST_P(Closing, HandlesGoStale) {
  Channel<plumb_ws_conn> handles;
  Server keeping(GetParam(), false);
  keeping.onClose = [&](plumb_ws_conn conn, int64_t, std::string) {
    if (text(plumb_ws_query(conn, Text("name"))) == "a") {
      EXPECT_EQ(text(plumb_ws_path(conn)), "/here") << "still valid";
      EXPECT_EQ(text(plumb_ws_get(conn, Text("k"))), "v");
    }
    handles.push(conn);
  };
  keeping.start();
  Client a(keeping, "a", "/here");
  a.ask("put k v");
  a.close(1000, "");
  plumb_ws_conn stale = *handles.pop();
  Client next(keeping, "b"); // Perhaps in the same slot.
  next.sync();
  EXPECT_EQ(plumb_ws_send(stale, Text("x")), PLUMB_ERR_STALE_HANDLE);
  EXPECT_EQ(plumb_ws_close(stale, 1000, Text("")), PLUMB_ERR_STALE_HANDLE);
  EXPECT_EQ(plumb_ws_join(stale, Text("r")), PLUMB_ERR_STALE_HANDLE);
  EXPECT_EQ(plumb_ws_put(stale, Text("k"), Text("v")), PLUMB_ERR_STALE_HANDLE);
  EXPECT_EQ(text(plumb_ws_path(stale)), "");
  next.sync();
  next.close(1000, "");
  EXPECT_TRUE(handles.pop());
}
