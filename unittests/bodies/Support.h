//===- Support.h - a server, and clients with another codec -----*- C++ -*-===//
//
// The server under test runs through the C interface; its program does what its
// clients tell it to, so that a test is the clients' conversation. The clients
// are Beast's. Nothing here sleeps: every wait is for a message or a line.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_UNITTESTS_ABI_SUPPORT_H
#define PLUMB_UNITTESTS_ABI_SUPPORT_H

#include "../Patience.h"
#include "../net/CertificateFiles.h"
#include "CapturedLog.h"
#include "Client.h"
#include "Text.h"

#include "plumb/environment.h"
#include "plumb/io.h"
#include "plumb/str.h"
#include "plumb/time.h"
#include "plumb/ws.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace plumb::test {

/// Values from one thread to another.
template <typename T> class Channel {
public:
  void push(T value) {
    std::lock_guard guard(lock);
    values.push_back(std::move(value));
    changed.notify_all();
  }
  /// Waits; empty after a time that no working program needs.
  std::optional<T> pop() {
    std::unique_lock guard(lock);
    if (!changed.wait_for(guard, patience, [&] { return !values.empty(); }))
      return std::nullopt;
    T value = std::move(values.front());
    values.pop_front();
    return value;
  }
  size_t size() {
    std::lock_guard guard(lock);
    return values.size();
  }

private:
  std::mutex lock;
  std::condition_variable changed;
  std::deque<T> values;
};

/// Sets a variable while it exists.
class Environment {
public:
  Environment(const char *name, const std::string &value);
  ~Environment();

private:
  std::string name;
  std::optional<std::string> before;
};

/// Calls `test(milliseconds)`, a text for an option, until it returns true,
/// with longer and longer times: what must be done within a short one a loaded
/// machine may not do in time.
template <typename Test> bool withinLongerTimes(Test &&test) {
  for (const char *milliseconds : {"50", "500", "5000"})
    try {
      if (test(milliseconds))
        return true;
    } catch (const std::exception &) { // Cut amid what it did.
    }
  return false;
}

struct Closed {
  std::string name; ///< what the client said its name was, in the query
  int64_t code;
  std::string reason;
  bool operator==(const Closed &) const = default;
};
void PrintTo(const Closed &closed, std::ostream *out);

struct Config {
  bool tls = false;
  unsigned shards = 1;
  bool ioUring = false; ///< what the test asks the environment for
  bool isUnix = false;  ///< a UNIX-domain socket in place of a port
};
void PrintTo(const Config &config, std::ostream *out);
std::string nameOf(const testing::TestParamInfo<Config> &info);

/// TLS1_2_VERSION or TLS1_3_VERSION, as a parameter of tests.
struct TlsVersion {
  int number;
  operator int() const { return number; }
};
void PrintTo(TlsVersion version, std::ostream *out);
std::string versionName(const testing::TestParamInfo<TlsVersion> &info);
#define PLUMB_ALL_CONFIGS                                                      \
  testing::Values(Config{false, 1}, Config{false, 3}, Config{true, 1},         \
                  Config{true, 3})
/// For tests whose clients are Client.
#define PLUMB_ALL_CONFIGS_AND_UNIX                                             \
  testing::Values(Config{false, 1}, Config{false, 3}, Config{true, 1},         \
                  Config{true, 3}, Config{false, 3, false, true})

/// A certificate for tests that need no other.
const CertificateFiles &ownCertificate();

/// plumb_ws_serve with a program that takes all clients and says nothing, for
/// servers that are not to start.
int64_t serve(int64_t port, const std::string &options = "");
int64_t serveTls(const std::string &certificate, const std::string &key);
inline int64_t serveTls(const CertificateFiles &files) {
  return serveTls(files.certificate, files.key);
}

/// How clients come to a server.
struct Route {
  std::string from = "127.0.0.1"; ///< their own address
  std::string preface;            ///< what they send before all, below TLS
  /// Further headers of their upgrade.
  std::vector<std::pair<std::string, std::string>> fields;
};

/// Runs plumb_ws_serve in a thread until it is destroyed. Its default program
/// carries out commands; see Support.cpp.
class Server {
public:
  explicit Server(Config config = {}, bool start = true);
  ~Server();
  void start();
  /// Stops and returns what serve returned.
  int64_t stop();
  int64_t join();

  /// A socket that is connected to it, with a small buffer for what it sends.
  int connect() const;

  uint16_t port = 0;
  std::string path; ///< of its UNIX-domain socket; else one is made up
  Config config;
  Channel<Closed> closed;
  Route route; ///< of clients that are made from now on

  /// Replaceable before start().
  std::function<bool(plumb_ws_conn)> onConnect;
  std::function<void(plumb_ws_conn, std::string)> onMessage;
  std::function<void(plumb_ws_conn, int64_t, std::string)> onClose;
  std::function<void(plumb_ws_conn)> onDrained = [](plumb_ws_conn) {};
  bool takesBinary = true;
  /// If any, the server's environment is given away for each of its five
  /// callbacks, and this is called when one is released.
  std::function<void()> onRelease;
  std::string options; ///< what the program gives to serve
  bool defaultConnect(plumb_ws_conn conn);
  void command(plumb_ws_conn conn, const std::string &line);

private:
  std::thread thread;
  int64_t status = 0;
  std::optional<Environment> bind, shards; ///< what start() has set
};

} // namespace plumb::test

#endif // PLUMB_UNITTESTS_ABI_SUPPORT_H
