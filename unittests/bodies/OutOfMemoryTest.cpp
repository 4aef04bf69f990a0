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
#include "RawPeer.h"
#include "Text.h"
#include "plumb/intr.h"
#include "plumb/ws.h"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <gtest/gtest.h>
#include <new>
#include <openssl/ssl.h>
#include <string>
#include <thread>
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

bool offersDeflate = false;
SSL_CTX *tls = nullptr; // Of the clients; null without.

class Peer : public plumb::test::RawPeer {
public:
  Peer() : RawPeer(port, {.deflate = offersDeflate, .tls = tls}) {}
};
std::string frame(uint8_t first, const std::string &payload) {
  return plumb::test::frameOf(first, payload);
}
std::string text(const std::string &payload) { return frame(0x81, payload); }
const std::string goodbye = plumb::test::closeFrame();

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
void PrintTo(const Failing &failing, std::ostream *out) {
  *out << failing.name;
}
class OutOfMemory : public testing::TestWithParam<Failing> {};

} // namespace

INSTANTIATE_TEST_SUITE_P(
    Failures, OutOfMemory,
    testing::Values(Failing{"One", 1}, Failing{"Five", 5},
                    Failing{"Lasting", 1000000},
                    Failing{"OneDeflate", 1, 1, true},
                    Failing{"LastingDeflate", 1000000, 1, true},
                    Failing{"OneTwoShards", 1, 2},
                    Failing{"LastingTwoShardsDeflate", 1000000, 2, true},
                    Failing{"OneTls", 1, 1, false, 7},
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
  plumb::test::KeptPort kept;
  port = kept.number;
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
  while (!plumb::test::isServed(port)) {
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
