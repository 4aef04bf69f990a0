//===- Client.cpp - a WebSocket client with another codec -----------------===//

#include "Client.h"
#include "Support.h"

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

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using tcp = asio::ip::tcp;

namespace plumb::test {

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
