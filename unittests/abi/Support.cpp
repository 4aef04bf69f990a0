//===- Support.cpp - a server, and clients with another codec -------------===//

#include "Support.h"
#include "Loopback.h"

#include <atomic>
#include <boost/asio/connect.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/un.h>
#include <unistd.h>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using tcp = asio::ip::tcp;

namespace plumb::test {

//===----------------------------------------------------------------------===//
// Log
//===----------------------------------------------------------------------===//

Log &Log::instance() {
  static Log &log = *new Log();
  return log;
}

Log::Log() {
  if (::pipe(pipe) != 0)
    std::abort();
  original = ::dup(STDERR_FILENO);
  ::dup2(pipe[1], STDERR_FILENO);
  std::thread([this] { read(); }).detach();
}

void Log::read() {
  std::string line;
  char buffer[4096];
  ssize_t size;
  while ((size = ::read(pipe[0], buffer, sizeof buffer)) > 0) {
    // Passed on, for the reports of sanitizers.
    [[maybe_unused]] ssize_t n =
        ::write(original, buffer, static_cast<size_t>(size));
    for (char c : std::string_view(buffer, static_cast<size_t>(size))) {
      if (c != '\n') {
        line += c;
        continue;
      }
      std::lock_guard guard(lock);
      lines.push_back(std::exchange(line, {}));
      changed.notify_all();
    }
  }
}

namespace {
/// Listens before anything is said: under ctest a test is a process of its own,
/// and its first line may be the one that it waits for.
struct LogFromTheStart : testing::Environment {
  void SetUp() override { Log::instance(); }
};
[[maybe_unused]] const testing::Environment *const logFromTheStart =
    testing::AddGlobalTestEnvironment(new LogFromTheStart);
} // namespace

std::string Log::waitFor(std::string_view part) {
  std::unique_lock guard(lock);
  std::string found;
  bool seen = changed.wait_for(guard, std::chrono::seconds(60), [&] {
    while (!lines.empty()) {
      std::string line = std::move(lines.front());
      lines.pop_front();
      if (line.find(part) != std::string::npos) {
        found = line;
        return true;
      }
    }
    return false;
  });
  EXPECT_TRUE(seen) << "no line in the log has: " << part;
  return found;
}

void Log::clear() {
  std::lock_guard guard(lock);
  lines.clear();
}

Environment::Environment(const char *name, const std::string &value)
    : name(name) {
  ::setenv(name, value.c_str(), 1);
}
Environment::~Environment() { ::unsetenv(name.c_str()); }

void PrintTo(const Closed &closed, std::ostream *out) {
  *out << closed.name << " closed with " << closed.code << " '" << closed.reason
       << "'";
}

std::string nameOf(const testing::TestParamInfo<Config> &info) {
  return std::string(info.param.isUnix ? "Unix" : "") +
         (info.param.tls ? "Tls" : "Plain") + std::to_string(info.param.shards);
}

//===----------------------------------------------------------------------===//
// Certificates
//===----------------------------------------------------------------------===//

Certificate Certificate::make(const std::string &name) {
  std::string base = (std::filesystem::temp_directory_path() /
                      ("plumb-test-" + std::to_string(::getpid()) + "-" + name))
                         .string();
  Certificate files{base + ".cert.pem", base + ".key.pem"};
  EVP_PKEY *key = EVP_EC_gen("P-256");
  X509 *certificate = X509_new();
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 3600 * 24);
  X509_set_pubkey(certificate, key);
  X509_NAME *subject = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(
      subject, "CN", MBSTRING_ASC,
      reinterpret_cast<const unsigned char *>("localhost"), -1, -1, 0);
  X509_set_issuer_name(certificate, subject);
  X509_sign(certificate, key, EVP_sha256());
  FILE *out = std::fopen(files.certificate.c_str(), "w");
  PEM_write_X509(out, certificate);
  std::fclose(out);
  out = std::fopen(files.key.c_str(), "w");
  PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(out);
  X509_free(certificate);
  EVP_PKEY_free(key);
  return files;
}

const Certificate &Certificate::instance() {
  struct Removed : Certificate {
    Removed() : Certificate(make("own")) {}
    ~Removed() {
      std::remove(certificate.c_str());
      std::remove(key.c_str());
    }
  };
  static const Removed certificate;
  return certificate;
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
  ::setenv("PLUMB_WS_BIND",
           config.isUnix ? ("unix:" + path).c_str() : "127.0.0.1", 1);
  ::setenv("PLUMB_WS_SHARDS", std::to_string(config.shards).c_str(), 1);
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
    const Certificate &files = Certificate::instance();
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

//===----------------------------------------------------------------------===//
// Client
//===----------------------------------------------------------------------===//

using Socket = asio::generic::stream_protocol::socket;
using Plain = websocket::stream<Socket>;
using Tls = websocket::stream<asio::ssl::stream<Socket>>;

struct Client::Impl {
  asio::io_context context;
  asio::ssl::context tls{asio::ssl::context::tls_client};
  std::unique_ptr<Plain> plain;
  std::unique_ptr<Tls> secure;
  std::function<void()> onPing;

  /// Calls `use` with the websocket stream of either kind.
  template <typename Use> auto with(Use &&use) {
    return secure ? use(*secure) : use(*plain);
  }
  Socket &socket() {
    return secure ? beast::get_lowest_layer(*secure)
                  : beast::get_lowest_layer(*plain);
  }
  void connect(Server &server) {
    if (server.config.tls) {
      secure = std::make_unique<Tls>(context, tls);
    } else {
      plain = std::make_unique<Plain>(context);
    }
    if (server.config.isUnix) {
      asio::local::stream_protocol::endpoint path(server.path);
      socket().open(path.protocol());
      socket().connect(path);
    } else {
      socket().open(tcp::v4());
      socket().bind(
          tcp::endpoint(asio::ip::make_address(server.route.from), 0));
      socket().connect(
          tcp::endpoint(asio::ip::address_v4::loopback(), server.port));
      socket().set_option(tcp::no_delay(true));
    }
    asio::write(socket(), asio::buffer(server.route.preface));
    if (secure)
      secure->next_layer().handshake(asio::ssl::stream_base::client);
  }
};

Client::Client() : impl(std::make_unique<Impl>()) {}

Client::Client(Server &server, const std::string &name, std::string target)
    : Client() {
  impl->connect(server);
  target +=
      (target.find('?') == std::string::npos ? "?name=" : "&name=") + name;
  websocket::response_type response;
  beast::error_code error;
  impl->with([&](auto &stream) {
    stream.set_option(websocket::stream_base::decorator(
        [&](websocket::request_type &request) {
          request.set("X-Test", "from the client");
          for (const auto &[name, value] : server.route.fields)
            request.insert(name, value);
        }));
    stream.handshake(response, "localhost", target, error);
  });
  status = static_cast<int>(response.result_int());
}

Client::~Client() = default;

std::unique_ptr<Client> Client::raw(Server &server) {
  std::unique_ptr<Client> client(new Client());
  client->impl->connect(server);
  return client;
}

void Client::send(const std::string &message, bool binary) {
  impl->with([&](auto &stream) {
    stream.binary(binary);
    stream.write(asio::buffer(message));
  });
}

std::string Client::read() {
  beast::flat_buffer buffer;
  impl->with([&](auto &stream) { stream.read(buffer); });
  return beast::buffers_to_string(buffer.data());
}

bool Client::gotBinary() {
  return impl->with([](auto &stream) { return stream.got_binary(); });
}

void Client::sync() {
  // What the inbox of the shard held at the first echo is out at the second.
  for (const char *marker : {"\1one", "\1two"})
    EXPECT_EQ(ask(std::string("echo ") + marker), marker);
}

std::pair<int, std::string> Client::readClose() {
  beast::error_code error;
  do {
    beast::flat_buffer buffer;
    impl->with([&](auto &stream) { stream.read(buffer, error); });
  } while (!error);
  if (error != websocket::error::closed)
    return {0, error.message()};
  return impl->with([](auto &stream) -> std::pair<int, std::string> {
    const auto &reason = stream.reason();
    return {reason.code, {reason.reason.data(), reason.reason.size()}};
  });
}

void Client::close(int code, const std::string &reason) {
  impl->with([&](auto &stream) {
    beast::error_code error;
    websocket::close_reason why(static_cast<websocket::close_code>(code));
    why.reason = reason;
    stream.close(code ? why : websocket::close_reason(), error);
  });
}

void Client::drop() { impl->socket().close(); }

void Client::onPing(std::function<void()> function) {
  impl->onPing = std::move(function);
  impl->with([&](auto &stream) {
    stream.control_callback(
        [this](websocket::frame_type kind, beast::string_view) {
          if (kind == websocket::frame_type::ping)
            impl->onPing();
        });
  });
}

void Client::writeRaw(const std::string &bytes) {
  beast::error_code error;
  impl->with([&](auto &stream) {
    asio::write(stream.next_layer(), asio::buffer(bytes), error);
  });
}

std::string Client::readRaw(const std::string &until) {
  std::string all;
  char buffer[4096];
  while (until.empty() || all.find(until) == std::string::npos) {
    beast::error_code error;
    size_t size = impl->with([&](auto &stream) {
      return stream.next_layer().read_some(asio::buffer(buffer), error);
    });
    all.append(buffer, size);
    if (error)
      break;
  }
  return all;
}

std::string Client::address() {
  auto end = impl->socket().local_endpoint();
  if (end.protocol().family() == AF_UNIX)
    return "unix";
  tcp::endpoint ip;
  std::memcpy(ip.data(), end.data(), end.size());
  ip.resize(end.size());
  return ip.address().to_string() + ":" + std::to_string(ip.port());
}

} // namespace plumb::test
