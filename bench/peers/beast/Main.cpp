//===- Main.cpp - plumb-bench-beast ---------------------------------------===//
//
//   plumb-bench-beast PORT [--tls CERTIFICATE KEY] [--deflate]
//
// The commands of examples/loadtarget.mlir on Boost.Beast. Prints "listening on
// PORT" to stderr once it listens (0: any free port).
//
//===----------------------------------------------------------------------===//

#include "bench/peers/beast/Session.h"

#include <sys/resource.h>

#include <charconv>
#include <cstdio>
#include <cstring>
#include <exception>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string_view>

using namespace plumb::bench;
using asio::ip::tcp;

static void serve(uint16_t port, asio::ssl::context *tls, bool deflate) {
  asio::io_context context(1);
  tcp::acceptor acceptor(context, {tcp::v4(), port});
  acceptor.listen(4096);
  fprintf(stderr, "listening on %u\n",
          unsigned(acceptor.local_endpoint().port()));
  Rooms rooms;
  std::function<void()> accept = [&] {
    acceptor.async_accept([&](beast::error_code error, tcp::socket socket) {
      if (!error && tls)
        std::make_shared<Session<beast::ssl_stream<beast::tcp_stream>>>(
            rooms, deflate, std::move(socket), *tls)
            ->start();
      else if (!error)
        std::make_shared<Session<beast::tcp_stream>>(rooms, deflate,
                                                     std::move(socket))
            ->start();
      accept();
    });
  };
  accept();
  context.run();
}

int main(int argc, char **argv) {
  rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  try {
    bool deflate = false;
    std::optional<asio::ssl::context> tls;
    for (int i = 2; i < argc; ++i)
      if (std::string_view(argv[i]) == "--deflate") {
        deflate = true;
      } else if (std::string_view(argv[i]) == "--tls" && i + 2 < argc) {
        tls.emplace(asio::ssl::context::tls_server);
        tls->use_certificate_chain_file(argv[++i]);
        tls->use_private_key_file(argv[++i], asio::ssl::context::pem);
      }
    uint16_t port = 0;
    if (argc > 1 &&
        std::from_chars(argv[1], argv[1] + strlen(argv[1]), port).ec !=
            std::errc())
      throw std::runtime_error("the first argument is not a port");
    serve(port, tls ? &*tls : nullptr, deflate);
  } catch (const std::exception &error) {
    fprintf(stderr, "plumb-bench-beast: %s\n", error.what());
    return 1;
  }
}
