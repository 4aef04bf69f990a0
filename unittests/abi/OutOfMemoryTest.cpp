//===- OutOfMemoryTest.cpp - every allocation may fail --------------------===//
//
// The server's thread is refused one allocation, the first, then the second,
// and so on, or all from there on for a while, while clients connect, talk,
// broadcast and go. Whatever fails, the server must go on: every accepted
// connection is reported closed once, no room keeps a member, the next client
// is served. A program of its own, because it replaces malloc.
//
//===----------------------------------------------------------------------===//

#include "../net/CertificateFiles.h"
#include "Loopback.h"
#include "Text.h"
#include "plumb/intr.h"
#include "plumb/ws.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <new>
#include <openssl/ssl.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>

//===----------------------------------------------------------------------===//
// An allocator that fails
//===----------------------------------------------------------------------===//

static thread_local bool isVictim = false;
static std::atomic<long> untilFailure{-1}; // Negative: never.
static std::atomic<long> failures{0};      // How many fail from then on.
static std::atomic<long> failed{0};

static bool fails() {
  if (!isVictim || untilFailure.load() < 0)
    return false;
  if (untilFailure.load() > 0) {
    --untilFailure;
    return false;
  }
  if (failures.fetch_sub(1) <= 0) {
    untilFailure = -1;
    return false;
  }
  ++failed;
  return true;
}

extern "C" {
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size) {
  return fails() ? nullptr : __real_malloc(size);
}
void *__wrap_calloc(size_t count, size_t size) {
  return fails() ? nullptr : __real_calloc(count, size);
}
void *__wrap_realloc(void *old, size_t size) {
  return fails() ? nullptr : __real_realloc(old, size);
}
}

void *operator new(size_t size) {
  // Goes through the wrapped malloc, as this file is linked with it.
  if (void *memory = std::malloc(size ? size : 1))
    return memory;
  throw std::bad_alloc();
}
void *operator new(size_t size, const std::nothrow_t &) noexcept {
  return std::malloc(size ? size : 1);
}
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, size_t) noexcept { std::free(memory); }

/// OpenSSL is a library of its own, whose malloc is not wrapped.
static const int tlsFails = CRYPTO_set_mem_functions(
    [](size_t size, const char *, int) { return __wrap_malloc(size); },
    [](void *old, size_t size, const char *, int) {
      return __wrap_realloc(old, size);
    },
    [](void *memory, const char *, int) { std::free(memory); });

//===----------------------------------------------------------------------===//
// A program that allocates nothing itself
//===----------------------------------------------------------------------===//

namespace {

template <size_t N> struct Constant {
  uint64_t length = N - 1;
  char data[N];
  explicit constexpr Constant(const char (&text)[N]) {
    for (size_t i = 0; i < N; ++i)
      data[i] = text[i];
  }
  operator const plumb_str *() const {
    return reinterpret_cast<const plumb_str *>(this);
  }
};
const Constant room("r");
const Constant other("another room");
const Constant key("key");
const Constant reason("bye");

std::atomic<long> accepted{0}, closed{0};

bool onConnect(plumb_ws_conn conn, void *) {
  isVictim = true;
  plumb_ws_put(conn, key, reason);
  plumb_ws_send(conn, key);
  ++accepted;
  return true;
}

void onMessage(plumb_ws_conn conn, const plumb_str *message, void *) {
  switch (message->len ? message->data[0] : 0) {
  case 'j':
    plumb_ws_join(conn, room);
    plumb_ws_join(conn, other);
    break;
  case 'l':
    plumb_ws_leave(conn, other);
    break;
  case 'b':
    plumb_ws_broadcast(room, message);
    plumb_ws_broadcast_except(other, message, conn);
    break;
  case 'q':
    plumb_ws_send(conn, plumb_ws_query(conn, key));
    plumb_ws_send(conn, plumb_ws_get(conn, key));
    break;
  case 'c':
    plumb_ws_close(conn, 4000, reason);
    break;
  case 'n': {
    struct {
      uint64_t length = 1;
      char digit;
    } answer;
    answer.digit = static_cast<char>('0' + plumb_ws_member_count(room) +
                                     plumb_ws_member_count(other));
    plumb_ws_send(conn, reinterpret_cast<const plumb_str *>(&answer));
    break;
  }
  default:
    plumb_ws_send(conn, message);
  }
}

void onBinary(plumb_ws_conn conn, const plumb_bytes *message, void *) {
  plumb_ws_send_binary(conn, message);
}

void onClose(plumb_ws_conn, int64_t, const plumb_str *, void *) { ++closed; }

//===----------------------------------------------------------------------===//
// Clients, on sockets of their own
//===----------------------------------------------------------------------===//

uint16_t port;

std::string frame(uint8_t first, const std::string &payload) {
  std::string out(1, static_cast<char>(first));
  if (payload.size() < 126) {
    out += static_cast<char>(0x80 | payload.size());
  } else {
    out += static_cast<char>(0x80 | 127);
    for (int shift = 56; shift >= 0; shift -= 8)
      out += static_cast<char>(uint64_t(payload.size()) >> shift);
  }
  return out + std::string(4, '\0') + payload; // A mask of zeros.
}
std::string text(const std::string &payload) { return frame(0x81, payload); }
const std::string goodbye = frame(0x88, "\x03\xe8");

bool offersDeflate = false;
SSL_CTX *tls = nullptr; // Of the clients; null without.

class Peer {
public:
  Peer() : fd(::socket(AF_INET, SOCK_STREAM, 0)) {
    timeval patience = {30, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    EXPECT_EQ(plumb::test::connectTo(fd, port), 0);
    if (tls) {
      ssl = SSL_new(tls);
      SSL_set_fd(ssl, fd);
      SSL_connect(ssl); // If that fails, so does all that follows.
    }
    std::string request =
        "GET /?key=value HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    if (offersDeflate)
      request += "Sec-WebSocket-Extensions: permessage-deflate\r\n";
    write(request + "\r\n");
    read("\r\n\r\n");
  }
  ~Peer() {
    SSL_free(ssl);
    ::close(fd);
  }
  void write(const std::string &bytes) {
    if (ssl)
      SSL_write(ssl, bytes.data(), static_cast<int>(bytes.size()));
    else
      ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }
  /// Until `end` has come or the connection has ended; all there was.
  std::string read(const std::string &end = "") {
    std::string all;
    char buffer[65536];
    while (end.empty() || all.find(end) == std::string::npos) {
      errno = 0;
      ssize_t got = ssl ? SSL_read(ssl, buffer, sizeof buffer)
                        : ::recv(fd, buffer, sizeof buffer, 0);
      EXPECT_FALSE(got < 0 && errno == EAGAIN) << "the server has forgotten us";
      if (got <= 0)
        break;
      all.append(buffer, static_cast<size_t>(got));
    }
    return all;
  }

private:
  int fd;
  SSL *ssl = nullptr;
};

/// Everything that a connection can do to make the server allocate. No step
/// waits for what a failure may have taken away.
void scenario() {
  Peer one, two, three;
  for (Peer *peer : {&one, &two, &three})
    peer->write(text("j"));
  one.write(text("b hello") + text("q") + frame(0x89, "ping"));
  one.write(text("b" + std::string(100000, 'x')));
  // In two frames, of which the first comes alone.
  two.write(frame(0x02, std::string(3000, 'y')));
  two.write(frame(0x80, std::string(3000, 'z')) + text("b again") + text("l"));
  if (offersDeflate) // "b hello" (a block without compression), in two frames.
    two.write(frame(0x41, std::string("\0\x07\0\xf8\xff", 5)) +
              frame(0x80, "b hello"));
  three.write(text("c") + goodbye); // Should it be refused the first.
  three.read();
  two.write(text("b last") + goodbye);
  two.read();
  one.write(goodbye);
  one.read();
}

struct Failing {
  const char *name;
  long failures;
  int shards = 1;
  bool deflate = false;
  /// Not 0: with TLS, where a handshake alone is a thousand allocations.
  long tlsStep = 0;
};
class OutOfMemory : public testing::TestWithParam<Failing> {};

} // namespace

INSTANTIATE_TEST_SUITE_P(
    Failures, OutOfMemory,
    testing::Values(Failing{"1", 1}, Failing{"5", 5},
                    Failing{"Lasting", 1000000},
                    Failing{"1Deflate", 1, 1, true},
                    Failing{"LastingDeflate", 1000000, 1, true},
                    Failing{"1TwoShards", 1, 2},
                    Failing{"LastingTwoShardsDeflate", 1000000, 2, true},
                    Failing{"1Tls", 1, 1, false, 7},
                    Failing{"LastingTls", 1000000, 1, false, 31}),
    [](const auto &info) { return info.param.name; });

TEST_P(OutOfMemory, TheServerGoesOn) {
  // The port is said in the log only; so it is found by trying.
  ::setenv("PLUMB_WS_BIND", "127.0.0.1", 1);
  ::setenv("PLUMB_WS_CLOSE_TIMEOUT_MS", "100", 1);
  ::setenv("PLUMB_LOG", "error", 1);
  ::setenv("PLUMB_WS_SHARDS", std::to_string(GetParam().shards).c_str(), 1);
  ::setenv("PLUMB_WS_DEFLATE", GetParam().deflate ? "on" : "off", 1);
  offersDeflate = GetParam().deflate;
  int probe = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in any = {};
  any.sin_family = AF_INET;
  any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof any;
  ASSERT_EQ(::bind(probe, reinterpret_cast<sockaddr *>(&any), size), 0);
  ::getsockname(probe, reinterpret_cast<sockaddr *>(&any), &size);
  port = ntohs(any.sin_port);
  ::close(probe);
  accepted = closed = 0;
  ASSERT_TRUE(tlsFails);
  long tlsStep = GetParam().tlsStep;
  plumb::test::CertificateFiles files;
  if (tlsStep) {
    files.write({});
    tls = SSL_CTX_new(TLS_client_method());
  }
  std::thread server([&] {
    static const uint64_t none = 0; // A text of length 0.
    auto noOptions = reinterpret_cast<const plumb_str *>(&none);
    EXPECT_EQ(tlsStep ? plumb_ws_serve_tls(
                            port, plumb::test::Text(files.certificate),
                            plumb::test::Text(files.key), onConnect, nullptr,
                            onMessage, nullptr, onClose, nullptr, onBinary,
                            nullptr, nullptr, nullptr, noOptions)
                      : plumb_ws_serve(port, onConnect, nullptr, onMessage,
                                       nullptr, onClose, nullptr, onBinary,
                                       nullptr, nullptr, nullptr, noOptions),
              0);
  });
  // SSL_write raises it when the server has gone.
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
  while (true) { // Until it listens.
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    bool up = ::connect(fd, reinterpret_cast<sockaddr *>(&any), size) == 0;
    ::close(fd);
    if (up)
      break;
  }
  // The first of several failures is at each place once; later ones overlap.
  const long step = tlsStep ? tlsStep : GetParam().failures == 1 ? 1 : 5;
  long reached = 0;
  for (long n = 0, untouched = 0; untouched < 3 && n < 20000; n += step) {
    SCOPED_TRACE("allocation " + std::to_string(n));
    {
      Peer marksTheThread;
    }
    failed = 0;
    failures = GetParam().failures;
    untilFailure = n;
    scenario();
    untilFailure = -1;
    untouched = failed == 0 ? untouched + 1 : 0;
    reached = n;
    // Alive, and nothing is left of those before.
    Peer after;
    after.write(text("still here"));
    ASSERT_NE(after.read("still here").find("still here"), std::string::npos);
    after.write(text("n"));
    ASSERT_NE(after.read("\x81\x01").find(std::string("\x81\x01") + "0"),
              std::string::npos);
    after.write(goodbye);
    after.read();
    if (testing::Test::HasFailure())
      break;
  }
  std::printf("%ld allocations\n", reached);
  // OpenSSL's must be among them.
  EXPECT_GT(reached, tlsStep ? 1000 : 30) << "there were allocations to fail";
  plumb_ws_stop();
  server.join();
  EXPECT_EQ(accepted, closed);
  SSL_CTX_free(std::exchange(tls, nullptr));
}
