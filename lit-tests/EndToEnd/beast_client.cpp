//===- beast_client.cpp - The chat program, seen by Beast's stream --------===//
//
// Two people on boost::beast::websocket::stream talk through the chat program:
// join, broadcast, left out by broadcast_except, leave, refused, close codes.
//
//   PLUMB_URL=ws://localhost:PORT/ beast_client
//   PLUMB_URL=wss://localhost:PORT/ PLUMB_CA=cert.pem beast_client
//
//===----------------------------------------------------------------------===//

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using Tcp = asio::ip::tcp;

namespace {

struct Address {
  bool tls = false;
  std::string host, port;
};

[[noreturn]] void fail(const std::string &what) {
  throw std::runtime_error(what);
}

/// One person, over a plain or a TLS stream.
template <typename Stream> class Person {
public:
  template <typename... Arguments>
  Person(std::string name, Arguments &&...arguments)
      : name(std::move(name)), stream(std::forward<Arguments>(arguments)...) {}

  void say(const std::string &text) { stream.write(asio::buffer(text)); }

  void expect(const std::string &wanted) {
    beast::flat_buffer buffer;
    stream.read(buffer);
    std::string got = beast::buffers_to_string(buffer.data());
    if (!stream.got_text())
      fail(name + ": a binary message");
    if (got != wanted)
      fail(name + ": expected '" + wanted + "', got '" + got + "'");
  }

  const std::string name;
  websocket::stream<Stream> stream;
};

template <typename Stream, typename Open> void chat(Open open) {
  // A client without a name is refused before the upgrade.
  try {
    open("", "/");
    fail("a client without a name should have been refused");
  } catch (const beast::system_error &error) {
    if (error.code() != websocket::error::upgrade_declined)
      throw;
  }

  std::unique_ptr<Person<Stream>> ada = open("ada", "/?name=ada&room=lobby");
  ada->say("hello");
  ada->expect("welcome\tada");
  ada->expect("here\tlobby\t1");
  std::unique_ptr<Person<Stream>> bob = open("bob", "/?name=bob&room=lobby");
  bob->say("hello");
  bob->expect("welcome\tbob");
  bob->expect("here\tlobby\t2");
  ada->expect("joined\tlobby\tbob\t2");

  ada->say("typing\tlobby");
  ada->say("say\tlobby\tgood day");
  ada->expect("said\tlobby\tada\tgood day");
  bob->expect("typing\tlobby\tada");
  bob->expect("said\tlobby\tada\tgood day");

  bob->say("leave\tlobby");
  bob->expect("gone\tlobby");
  ada->expect("left\tlobby\tbob\t1");
  ada->say("say\tlobby\talone");
  ada->expect("said\tlobby\tada\talone");
  bob->say("who\tlobby");
  bob->expect("count\tlobby\t1");

  bob->say("join\tlobby");
  bob->expect("here\tlobby\t2");
  ada->expect("joined\tlobby\tbob\t2");
  bob->stream.close({websocket::close_code(4002), "enough"});
  ada->expect("left\tlobby\tbob\t1");

  ada->stream.binary(true);
  ada->stream.write(asio::buffer("bytes", 5));
  beast::flat_buffer buffer;
  beast::error_code error;
  ada->stream.read(buffer, error);
  if (error != websocket::error::closed)
    fail("the server should have closed, not: " + error.message());
  if (ada->stream.reason().code != 1003)
    fail("expected close 1003, got " +
         std::to_string(ada->stream.reason().code));
}

Address readAddress() {
  const char *text = getenv("PLUMB_URL");
  std::string url = text ? text : "";
  size_t scheme = url.find("://");
  size_t colon = url.find(':', scheme == url.npos ? 0 : scheme + 3);
  size_t slash = url.find('/', scheme == url.npos ? 0 : scheme + 3);
  if (scheme == url.npos || colon == url.npos || slash == url.npos)
    fail("PLUMB_URL must be ws://host:port/ or wss://host:port/");
  return {url.starts_with("wss"), url.substr(scheme + 3, colon - scheme - 3),
          url.substr(colon + 1, slash - colon - 1)};
}

void run() {
  Address address = readAddress();
  asio::io_context context;
  asio::ssl::context tls(asio::ssl::context::tls_client);
  auto connect = [&](auto &lowest) {
    asio::connect(lowest,
                  Tcp::resolver(context).resolve(address.host, address.port));
    lowest.set_option(Tcp::no_delay(true));
  };
  auto handshake = [&](auto &person, const char *target) {
    person.stream.handshake(address.host + ":" + address.port, target);
  };
  if (!address.tls)
    return chat<Tcp::socket>([&](const char *name, const char *target) {
      auto person = std::make_unique<Person<Tcp::socket>>(name, context);
      connect(person->stream.next_layer());
      handshake(*person, target);
      return person;
    });
  tls.load_verify_file(getenv("PLUMB_CA"));
  tls.set_verify_mode(asio::ssl::verify_peer);
  using Secure = asio::ssl::stream<Tcp::socket>;
  chat<Secure>([&](const char *name, const char *target) {
    auto person = std::make_unique<Person<Secure>>(name, context, tls);
    connect(person->stream.next_layer().next_layer());
    person->stream.next_layer().set_verify_callback(
        asio::ssl::host_name_verification(address.host));
    person->stream.next_layer().handshake(asio::ssl::stream_base::client);
    handshake(*person, target);
    return person;
  });
}

} // namespace

int main() {
  alarm(60); // the streams are synchronous: no read may last for ever
  try {
    run();
    std::cout << "ok: chat with Beast\n";
  } catch (const std::exception &error) {
    std::cerr << "FAILED: " << error.what() << '\n';
    return 1;
  }
}
