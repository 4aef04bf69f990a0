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

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <optional>

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
    serve(uint16_t(argc > 1 ? atoi(argv[1]) : 0), tls ? &*tls : nullptr,
          deflate);
  } catch (const std::exception &error) {
    fprintf(stderr, "plumb-bench-beast: %s\n", error.what());
    return 1;
  }
}
