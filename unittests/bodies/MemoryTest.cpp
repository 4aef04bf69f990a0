//===- MemoryTest.cpp - what a connection takes ---------------------------===//

#include "Loopback.h"
#include "Support.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <malloc.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace plumb::test;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PLUMB_OWN_MALLOC 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define PLUMB_OWN_MALLOC 1
#endif
#endif

/// A plain connection that is open and silent, with its request's header and
/// all deadlines and limits on, takes at most 1 KiB of the process's memory.
/// The clients are bare sockets, which take none.
TEST(Memory, IdleConnection) {
#ifdef PLUMB_OWN_MALLOC
  GTEST_SKIP() << "a sanitizer's allocator does not count like malloc";
#endif
  constexpr int count = 1500;
  rlimit files;
  ::getrlimit(RLIMIT_NOFILE, &files);
  rlimit enough = files;
  enough.rlim_cur = std::min<rlim_t>(files.rlim_max, 4096);
  ::setrlimit(RLIMIT_NOFILE, &enough);
  if (enough.rlim_cur < 2 * count + 100)
    GTEST_SKIP() << "the process may not open enough files";
  Environment idle("PLUMB_WS_IDLE_TIMEOUT_MS", "600000"),
      rate("PLUMB_WS_MAX_MESSAGE_RATE", "100"),
      bytes("PLUMB_WS_MAX_BYTE_RATE", "1000000"),
      address("PLUMB_WS_MAX_CONNECTIONS_PER_ADDRESS", "10000");
  Server server;
  std::string request =
      "GET /chat?name=somebody HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n"
      "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
      "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  std::vector<int> clients;
  clients.reserve(count);
  auto open = [&] {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    ASSERT_EQ(connectTo(fd, server.port), 0);
    ::send(fd, request.data(), request.size(), MSG_NOSIGNAL);
    char answer[1024];
    ASSERT_GT(::recv(fd, answer, sizeof answer, 0), 0);
    ASSERT_EQ(std::memcmp(answer, "HTTP/1.1 101", 12), 0);
    clients.push_back(fd);
  };
  for (int i = 0; i < 100; ++i)
    open(); // What is made once, is.
  size_t before = mallinfo2().uordblks;
  while (clients.size() < count)
    open();
  Client last(server);
  last.sync(); // The turn of the last one is over.
  size_t taken = mallinfo2().uordblks - before;
  EXPECT_LT(taken / (count - 100), 1024u);
  RecordProperty("BytesAConnection", static_cast<int>(taken / (count - 100)));
  std::printf("%zu bytes a connection\n", taken / (count - 100));
  for (int fd : clients)
    ::close(fd);
  ::setrlimit(RLIMIT_NOFILE, &files);
}

static size_t bytesInUse() {
  struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

/// The buffers of many rooms' messages are kept for the next turn, but not by
/// an idle server.
TEST(Memory, BuffersOfABurstAreGivenBack) {
#ifdef PLUMB_OWN_MALLOC
  GTEST_SKIP() << "a sanitizer's allocator does not count like malloc";
#endif
  constexpr int rooms = 40, size = 100'000;
  Server server({}, false);
  server.onMessage = [&](plumb_ws_conn conn, std::string line) {
    if (line != "burst")
      return server.command(conn, line);
    for (int i = 0; i < rooms; ++i)
      plumb_ws_broadcast(Text("r" + std::to_string(i)),
                         Text(std::string(size, 'x')));
  };
  server.start();
  std::vector<std::unique_ptr<Client>> members;
  for (int i = 0; i < rooms; ++i) {
    members.push_back(std::make_unique<Client>(server));
    members.back()->ask("join r" + std::to_string(i));
  }
  size_t before = bytesInUse();
  members[0]->send("burst");
  for (auto &member : members)
    EXPECT_EQ(member->read().size(), size);
  members[0]->sync();
  EXPECT_GT(bytesInUse(), before + rooms * size / 4);
  while (bytesInUse() > before + rooms * size / 8) // Else the test has no end.
    ::poll(nullptr, 0, 20);
}
