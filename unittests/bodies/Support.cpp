//===- Support.cpp - a server that does what its clients say --------------===//

#include "Support.h"
#include "Loopback.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <openssl/tls1.h>
#include <sys/un.h>
#include <unistd.h>

namespace plumb::test {

Environment::Environment(const char *name, const std::string &value)
    : name(name) {
  if (const char *old = std::getenv(name))
    before = old;
  ::setenv(name, value.c_str(), 1);
}
Environment::~Environment() {
  if (before)
    ::setenv(name.c_str(), before->c_str(), 1);
  else
    ::unsetenv(name.c_str());
}

void PrintTo(const Closed &closed, std::ostream *out) {
  *out << closed.name << " closed with " << closed.code << " '" << closed.reason
       << "'";
}

void PrintTo(const Config &config, std::ostream *out) {
  *out << (config.tls ? "TLS" : "plain")
       << (config.isUnix ? " over a UNIX-domain socket, " : ", ")
       << config.shards << (config.shards == 1 ? " shard" : " shards")
       << (config.ioUring ? ", io_uring" : "");
}

void PrintTo(TlsVersion version, std::ostream *out) {
  *out << (version == TLS1_2_VERSION ? "TLS 1.2" : "TLS 1.3");
}

std::string versionName(const testing::TestParamInfo<TlsVersion> &info) {
  return info.param == TLS1_2_VERSION ? "Tls12" : "Tls13";
}

std::string nameOf(const testing::TestParamInfo<Config> &info) {
  return std::string(info.param.isUnix ? "Unix" : "") +
         (info.param.tls ? "Tls" : "Plain") + std::to_string(info.param.shards);
}

const CertificateFiles &ownCertificate() {
  static const CertificateFiles files{CertificateFiles::Of()};
  return files;
}

static bool acceptAll(plumb_ws_conn, void *) { return true; }
static void ignoreText(plumb_ws_conn, const plumb_str *, void *) {}
static void ignoreClose(plumb_ws_conn, int64_t, const plumb_str *, void *) {}

int64_t serve(int64_t port, const std::string &options) {
  return plumb_ws_serve(port, acceptAll, nullptr, ignoreText, nullptr,
                        ignoreClose, nullptr, nullptr, nullptr, nullptr,
                        nullptr, Text(options));
}

int64_t serveTls(const std::string &certificate, const std::string &key) {
  return plumb_ws_serve_tls(0, Text(certificate), Text(key), acceptAll, nullptr,
                            ignoreText, nullptr, ignoreClose, nullptr, nullptr,
                            nullptr, nullptr, nullptr, Text(std::string()));
}

//===----------------------------------------------------------------------===//
// Server
//===----------------------------------------------------------------------===//

Server::Server(Config config, bool startNow) : config(config) {
  onConnect = [this](plumb_ws_conn conn) { return defaultConnect(conn); };
  onMessage = [this](plumb_ws_conn conn, std::string line) {
    command(conn, line);
  };
  onClose = [this](plumb_ws_conn conn, int64_t code, std::string reason) {
    closed.push({text(plumb_ws_query(conn, Text("name"))), code, reason});
  };
  if (startNow)
    start();
}

void Server::start() {
  Log &log = Log::instance();
  log.clear();
  static std::atomic<int> number{0};
  if (config.isUnix && path.empty())
    path = (std::filesystem::temp_directory_path() /
            ("plumb-test-" + std::to_string(::getpid()) + "-" +
             std::to_string(++number)))
               .string();
  bind.emplace("PLUMB_WS_BIND", config.isUnix ? "unix:" + path : "127.0.0.1");
  shards.emplace("PLUMB_WS_SHARDS", std::to_string(config.shards));
  // Most tests are over when they stop; those of stopping say otherwise.
  ::setenv("PLUMB_WS_DRAIN_WINDOW_MS", "0", 0);
  auto connect = [](plumb_ws_conn conn, void *env) {
    return static_cast<Server *>(env)->onConnect(conn);
  };
  auto message = [](plumb_ws_conn conn, const plumb_str *value, void *env) {
    static_cast<Server *>(env)->onMessage(conn, text(value));
  };
  auto close = [](plumb_ws_conn conn, int64_t code, const plumb_str *reason,
                  void *env) {
    static_cast<Server *>(env)->onClose(conn, code, text(reason));
  };
  plumb_ws_on_binary binary = [](plumb_ws_conn conn, const plumb_bytes *value,
                                 void *) {
    plumb_ws_send_binary(conn, value); // An echo.
  };
  if (!takesBinary)
    binary = nullptr;
  auto drained = [](plumb_ws_conn conn, void *env) {
    static_cast<Server *>(env)->onDrained(conn);
  };
  thread = std::thread([=, this] {
    for (int i = 0; onRelease && i < 5; ++i)
      EXPECT_EQ(
          plumb_intr_give(
              this, [](void *env) { static_cast<Server *>(env)->onRelease(); }),
          0);
    const CertificateFiles &files = ownCertificate();
    status =
        config.tls
            ? plumb_ws_serve_tls(0, Text(files.certificate), Text(files.key),
                                 connect, this, message, this, close, this,
                                 binary, this, drained, this, Text(options))
            : plumb_ws_serve(0, connect, this, message, this, close, this,
                             binary, this, drained, this, Text(options));
  });
  std::string line = log.waitFor("plumb: listening on ");
  size_t colon = line.rfind(':');
  if (colon != std::string::npos && !config.isUnix)
    port = static_cast<uint16_t>(std::atoi(line.c_str() + colon + 1));
}

int Server::connect() const {
  int fd = ::socket(config.isUnix ? AF_UNIX : AF_INET, SOCK_STREAM, 0);
  int small = 16 * 1024;
  ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
  if (config.isUnix) {
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(
        ::connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address),
        0);
  } else {
    EXPECT_EQ(connectTo(fd, port), 0);
  }
  return fd;
}

int64_t Server::join() {
  if (thread.joinable())
    thread.join();
  return status;
}

int64_t Server::stop() {
  if (thread.joinable())
    plumb_ws_stop();
  return join();
}

Server::~Server() { EXPECT_EQ(stop(), 0); }

bool Server::defaultConnect(plumb_ws_conn conn) {
  return text(plumb_ws_path(conn)) != "/refuse";
}

/// "verb argument rest": calls what the verb says and answers with the result;
/// the text of a message is the rest of the line.
void Server::command(plumb_ws_conn conn, const std::string &line) {
  std::string verb = line.substr(0, line.find(' '));
  std::string rest =
      line.size() > verb.size() ? line.substr(verb.size() + 1) : "";
  std::string first = rest.substr(0, rest.find(' '));
  std::string more =
      rest.size() > first.size() ? rest.substr(first.size() + 1) : "";
  auto answer = [&](const std::string &value) {
    plumb_ws_send(conn, Text(value));
  };
  auto number = [&](int64_t value) { answer(std::to_string(value)); };
  if (verb == "echo")
    answer(rest);
  else if (verb == "join")
    number(plumb_ws_join(conn, Text(rest)));
  else if (verb == "leave")
    number(plumb_ws_leave(conn, Text(rest)));
  else if (verb == "say")
    number(plumb_ws_broadcast(Text(first), Text(more)));
  else if (verb == "quiet") // As say, without an answer.
    plumb_ws_broadcast(Text(first), Text(more));
  else if (verb == "bytes")
    number(plumb_ws_broadcast_binary(Text(first), Text(more)));
  else if (verb == "others")
    number(plumb_ws_broadcast_except(Text(first), Text(more), conn));
  else if (verb == "count")
    number(plumb_ws_member_count(Text(rest)));
  else if (verb == "put")
    number(plumb_ws_put(conn, Text(first), Text(more)));
  else if (verb == "get")
    answer(text(plumb_ws_get(conn, Text(rest))));
  else if (verb == "path")
    answer(text(plumb_ws_path(conn)));
  else if (verb == "query")
    answer(text(plumb_ws_query(conn, Text(rest))));
  else if (verb == "header")
    answer(text(plumb_ws_header(conn, Text(rest))));
  else if (verb == "address")
    answer(text(plumb_ws_remote_address(conn)));
  else if (verb == "id")
    number(plumb_ws_id(conn));
  else if (verb == "tell")
    number(
        plumb_ws_send(plumb_ws_by_id(std::atoll(first.c_str())), Text(more)));
  else if (verb == "close")
    plumb_ws_close(conn, std::atoi(first.c_str()), Text(more));
}

} // namespace plumb::test
