//===- FaultsTest.cpp - each system call fails once -----------------------===//
//
// A server starts, serves and stops while one system call of the runtime fails,
// at one of the places that make it: each place, each way to fail, the first
// call there, a later one, and some in a row. It may refuse to start, with a
// status; it may lose a connection where that is all that is left. It never
// crashes or hangs, loses nothing where a call is only to be made again, serves
// when the fault is over, and leaves no descriptor behind. And a signal that
// asks it to stop is heard during any of these calls.
//
//===----------------------------------------------------------------------===//

#include "Faults.h"
#include "../Patience.h"
#include "../net/CertificateFiles.h"
#include "RawPeer.h"
#include "Text.h"
#include "plumb/host.h"
#include "plumb/intr.h"
#include "plumb/ws.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <set>
#include <span>
#include <string>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace plumb::test;

namespace {

//===----------------------------------------------------------------------===//
// The program
//===----------------------------------------------------------------------===//

std::atomic<long> opened{0}, closed{0};

bool onConnect(plumb_ws_conn, void *) {
  ++opened;
  return true;
}

/// A client waits for what could not be done.
void need(plumb_ws_conn conn, int64_t status) {
  static const Text reason("bye");
  if (status < 0)
    plumb_ws_close(conn, 4001, reason);
}

void onMessage(plumb_ws_conn conn, const plumb_str *message, void *) {
  static const Text room("r"), reason("bye");
  switch (message->len ? message->data[0] : 0) {
  case 'j':
    need(conn, plumb_ws_join(conn, room));
    need(conn, plumb_ws_send(conn, message));
    break;
  case 'b':
    need(conn, plumb_ws_broadcast(room, message));
    break;
  case 'c':
    need(conn, plumb_ws_close(conn, 4000, reason));
    break;
  default:
    need(conn, plumb_ws_send(conn, message));
  }
}

void onBinary(plumb_ws_conn conn, const plumb_bytes *message, void *) {
  need(conn, plumb_ws_send_binary(conn, message));
}

void onClose(plumb_ws_conn, int64_t, const plumb_str *, void *) { ++closed; }

struct Setting {
  const char *name;
  int shards = 1;
  bool tls = false;
  const char *flush = "epoll";
  bool logToPipe = false;
  /// Listens on a UNIX-domain socket, too, and on one that was inherited.
  bool everywhere = false;
};
void PrintTo(const Setting &setting, std::ostream *out) {
  *out << setting.name;
}

//===----------------------------------------------------------------------===//
// A server's life
//===----------------------------------------------------------------------===//

class Life {
public:
  /// `files`: of the server's certificate; a socket goes beside them.
  Life(const Setting &setting, const CertificateFiles &files,
       bool bySignal = false)
      : setting(setting), bySignal(bySignal), files(files) {
    if (setting.everywhere) {
      inherited = ::socket(AF_INET, SOCK_STREAM, 0);
      EXPECT_EQ(::listen(inherited, 1), 0);
    }
    if (setting.tls)
      clients = SSL_CTX_new(TLS_client_method());
  }
  ~Life() {
    SSL_CTX_free(clients);
    if (setting.everywhere) {
      ::close(inherited);
      ::unlink(path.c_str());
    }
  }

  /// What serve returned. Unless a signal is to stop the server the program
  /// does. `harmless`: nothing may be lost. `talked` is called
  /// when clients have done all that they do; without it they say little.
  int64_t live(bool harmless, const std::function<void()> &talked = {});

private:
  int64_t serve();
  void listenEverywhere();
  void clientsTalk(bool harmless);
  bool signalled() const { return bySignal && Faults::failed() > 0; }
  RawPeer::How plainHow() const { return {.tls = clients}; }

  const Setting &setting;
  const bool bySignal;
  int inherited = -1;
  const CertificateFiles &files;
  SSL_CTX *clients = nullptr;
  uint16_t port = 0, adminPort = 0;
  const std::string path =
      std::filesystem::path(files.certificate).replace_filename("socket");
};

/// At the path, a file that a program has left behind.
void Life::listenEverywhere() {
  ::unlink(path.c_str());
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  int dead = ::socket(AF_UNIX, SOCK_STREAM, 0);
  EXPECT_EQ(
      ::bind(dead, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
  ::close(dead);
  ::setenv("PLUMB_WS_LISTEN",
           ("unix:" + path + ",fd:" + std::to_string(inherited)).c_str(), 1);
}

int64_t Life::serve() {
  static const uint64_t none = 0; // A text of length 0.
  auto noOptions = reinterpret_cast<const plumb_str *>(&none);
  if (setting.tls)
    return plumb_ws_serve_tls(port, Text(files.certificate), Text(files.key),
                              onConnect, nullptr, onMessage, nullptr, onClose,
                              nullptr, onBinary, nullptr, nullptr, nullptr,
                              noOptions);
  return plumb_ws_serve(port, onConnect, nullptr, onMessage, nullptr, onClose,
                        nullptr, onBinary, nullptr, nullptr, nullptr,
                        noOptions);
}

/// What clients do who are not the attacker's: every kind of input and output.
void Life::clientsTalk(bool harmless) {
  auto expect = [&](bool heard, const char *what) {
    EXPECT_TRUE(heard || !harmless) << what << " was lost";
  };
  RawPeer::How how = plainHow();
  how.receiveBuffer = 64 << 10; // So that sends have to wait.
  RawPeer slow(port, how);
  RawPeer one(port, plainHow());
  one.write(textFrame("j"));
  expect(one.hears("j"), "an answer");
  slow.write(textFrame("j"));
  expect(slow.hears("j"), "an answer to the slow one");
  one.write(textFrame("b hello") + frameOf(0x89, "ping"));
  expect(one.hears("b hello"), "a broadcast");
  // Over huge pages, and over what a socket takes at once.
  one.write(textFrame("b" + std::string(300'000, 'x') + "end") +
            frameOf(0x82, std::string(2 << 20, 'y') + "the end"));
  expect(one.hears("xend"), "a large broadcast");
  expect(one.hears("the end"), "a large echo");
  if (harmless) // Else who was to say it may be gone.
    expect(slow.hears("xend"), "a large broadcast to the slow one");
  // In parts, so that a message has to grow.
  one.write(frameOf(0x02, std::string(2 << 20, 'y')));
  one.write(frameOf(0x80, std::string(2 << 20, 'z') + "whole"));
  expect(one.hears("whole"), "a message in parts");
  how = plainHow();
  how.upgrade = false;
  RawPeer page(port, how);
  page.write("GET /none HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  expect(page.hears("404"), "a page");
  how.tls = nullptr;
  for (const char *path : {"/healthz", "/readyz", "/metrics"}) {
    RawPeer admin(adminPort, how);
    admin.write("GET " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    expect(admin.read().starts_with("HTTP/1.1 200"), path);
  }
  one.write(textFrame("c"));
  expect(one.hears("bye"), "a close");
  one.write(closeFrame());
  one.read();
  slow.write(closeFrame());
  slow.read();
}

int64_t Life::live(bool harmless, const std::function<void()> &talked) {
  opened = closed = 0;
  KeptPort kept, keptAdmin;
  port = kept.number;
  adminPort = keptAdmin.number;
  ::setenv("PLUMB_WS_ADMIN_PORT", std::to_string(adminPort).c_str(), 1);
  if (setting.everywhere)
    listenEverywhere();
  std::atomic<bool> over{false};
  bool serves = false;
  int64_t status = 0;
  std::thread server([&] {
    status = serve();
    over = true;
  });
  while (!over && !isServed(port))
    std::this_thread::yield();
  if (!over) {
    if (setting.tls)
      ::kill(::getpid(), SIGHUP); // Certificates are read while clients talk.
    if (talked) {
      clientsTalk(harmless);
      talked();
    }
    RawPeer after(port, plainHow());
    after.write(textFrame("still here"));
    serves = after.hears("still here");
    after.write(closeFrame());
    after.read();
    if (!signalled())
      plumb_ws_stop();
  }
  server.join();
  EXPECT_TRUE(serves || status != 0 || signalled());
  EXPECT_EQ(opened, closed);
  return status;
}

std::set<int> openDescriptors() {
  std::set<int> all;
  DIR *directory = ::opendir("/proc/self/fd");
  while (dirent *entry = ::readdir(directory))
    if (int fd = std::atoi(entry->d_name); fd > 0 && fd != ::dirfd(directory))
      all.insert(fd);
  ::closedir(directory);
  return all;
}

/// Lines of the log go where calls of the kernel are that may fail.
class LogPlace {
public:
  explicit LogPlace(bool isPipe) : original(::dup(STDERR_FILENO)) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    reading = ends[0];
    int to = isPipe ? ends[1] : ::open("/tmp", O_TMPFILE | O_RDWR, 0600);
    ::dup2(to, STDERR_FILENO);
    ::close(to);
    if (!isPipe)
      ::close(ends[1]);
    reader = std::thread([this] {
      Faults::spareThisThread();
      char buffer[4096];
      while (::read(reading, buffer, sizeof buffer) > 0) {
      }
    });
  }
  ~LogPlace() {
    ::dup2(original, STDERR_FILENO);
    ::close(original);
    reader.join();
    ::close(reading);
  }

private:
  int original, reading;
  std::thread reader;
};

} // namespace

/// Runs `function` in a process of its own, for which all is new that the
/// runtime makes once. How it failed comes back.
static void inChild(const std::function<void()> &function, int maySignal = 0) {
  std::fflush(nullptr);
  pid_t child = ::fork();
  if (child == 0) {
    ::alarm(5 * patience.count()); // Rather than for ever.
    function();
    std::fflush(nullptr);
    ::_exit(testing::Test::HasFailure());
  }
  int result = 0;
  while (::waitpid(child, &result, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(result))
    EXPECT_EQ(WTERMSIG(result), maySignal) << ::strsignal(WTERMSIG(result));
  else
    EXPECT_EQ(WEXITSTATUS(result), 0);
}

namespace {
/// Call sites, in memory that is shared with children.
struct Sites {
  size_t count;
  CallSite list[1000];
  std::span<const CallSite> all() const { return {list, count}; }
  bool has(const CallSite &site) const {
    return std::find(all().begin(), all().end(), site) != all().end();
  }
};

/// What the children have seen; shared with them.
struct Seen {
  std::atomic<int> refusals;
  Sites sites, plain; ///< of the setting, and of the first of all
};

class FaultsAt : public testing::TestWithParam<Setting> {
protected:
  void SetUp() override {
    Faults::spareThisThread();
    ::setenv("PLUMB_WS_BIND", "127.0.0.1", 1);
    ::setenv("PLUMB_WS_CLOSE_TIMEOUT_MS", "100", 1);
    ::setenv("PLUMB_WS_MAX_MESSAGE", "16777216", 1);
    ::setenv("PLUMB_WS_MAX_QUEUE_BYTES", "67108864", 1);
    ::signal(SIGPIPE, SIG_IGN);
    ::signal(SIGHUP, SIG_IGN); // Before the server takes it.
    ASSERT_NE(seen, MAP_FAILED);
    if (setting.tls)
      files.write({});
    static const Setting plain{"Plain"};
    if (setting.name != std::string(plain.name))
      look(plain, seen->plain);
    look(setting, seen->sites);
    ASSERT_GT(seen->sites.count, 30u);
  }
  void look(const Setting &setting, Sites &sites) {
    ::setenv("PLUMB_WS_SHARDS", std::to_string(setting.shards).c_str(), 1);
    ::setenv("PLUMB_WS_FLUSH", setting.flush, 1);
    inChild([&] {
      LogPlace place(setting.logToPipe);
      EXPECT_EQ(Life(setting, files).live(true, [] {}), 0);
      std::vector<CallSite> found = Faults::sites();
      ASSERT_LT(found.size(), std::size(sites.list));
      std::copy(found.begin(), found.end(), sites.list);
      sites.count = found.size();
    });
  }
  ~FaultsAt() override { ::munmap(seen, sizeof(Seen)); }

  const Setting &setting = GetParam();
  CertificateFiles files; ///< a child that a signal ends would leave its own
  Seen *seen =
      static_cast<Seen *>(::mmap(nullptr, sizeof(Seen), PROT_READ | PROT_WRITE,
                                 MAP_SHARED | MAP_ANONYMOUS, -1, 0));
};
} // namespace

INSTANTIATE_TEST_SUITE_P(
    Settings, FaultsAt,
    testing::Values(Setting{"Plain"},
                    Setting{"TwoShards", 2, false, "epoll", true},
                    Setting{"IoUring", 1, false, "io_uring"},
                    Setting{"Everywhere", 2, false, "epoll", false, true},
                    Setting{"Tls", 2, true, "epoll", true}),
    [](const auto &info) { return info.param.name; });

TEST_P(FaultsAt, EveryCallSite) {
  int lives = 0;
  unsigned turn = 0;
  for (const CallSite &site : seen->sites.all()) {
    std::vector<int> errors = errorsOf(site);
    // The plain setting tries all; what another shares with it fails in one way
    // there, each site in the next, unless there is time (make test-long).
    if (seen->plain.has(site) && !std::getenv("PLUMB_TEST_LONG"))
      errors = {errors[turn++ % errors.size()]};
    for (int error : errors)
      for (auto [before, count] : {std::pair(2, 2), {0, 1}}) {
        if (count == 1 && seen->plain.has(site))
          continue; // The test of the plain setting does that.
        SCOPED_TRACE(describe(site) + ": " +
                     (error == shortCall ? "short" : std::strerror(error)) +
                     ", " + std::to_string(count) + " after " +
                     std::to_string(before));
        ++lives;
        inChild([&] {
          Life life(setting, files);
          LogPlace place(setting.logToPipe);
          Faults::arm(site, error, before, count);
          int64_t status = life.live(isHarmless(site, error), Faults::disarm);
          int failed = Faults::failed();
          if (status != 0) {
            ++seen->refusals;
            EXPECT_GT(failed, 0) << plumb_host_status_name(status);
            EXPECT_FALSE(isHarmless(site, error))
                << plumb_host_status_name(status);
          }
          // Nothing has been left behind: what the runtime opens once for the
          // process it has opened in its first full life.
          Faults::disarm();
          if (status != 0)
            EXPECT_EQ(life.live(true), 0);
          std::set<int> openBefore = openDescriptors();
          EXPECT_EQ(life.live(true), 0);
          EXPECT_EQ(openDescriptors(), openBefore);
        });
        if (testing::Test::HasFailure())
          return;
      }
  }
  std::printf("%zu call sites, %d lives, %d of them refused to start\n",
              seen->sites.count, lives, seen->refusals.load());
}

TEST_P(FaultsAt, StopDuringEveryCall) {
  for (const CallSite &site : seen->sites.all())
    for (int before : {0, 2}) {
      SCOPED_TRACE(describe(site) + ", call " + std::to_string(before + 1));
      inChild(
          [&] {
            LogPlace place(setting.logToPipe);
            Faults::arm(site, stopSignal, before, 1);
            EXPECT_EQ(Life(setting, files, true).live(false, [] {}), 0);
          },
          SIGTERM); // What it does before the server listens.
      if (testing::Test::HasFailure())
        return;
    }
}
