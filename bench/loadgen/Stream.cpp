//===- Stream.cpp - A client's socket, plain or TLS -----------------------===//

#include "bench/loadgen/Stream.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

using namespace plumb::bench;

/// What `recv` and SSL_read are given room for, at least.
static constexpr size_t readSize = 1 << 16;

[[noreturn]] static void failed(const char *what) {
  throw ConnectionError(std::string(what) + ": " + strerror(errno));
}

[[noreturn]] static void tlsFailed(const char *what) {
  char text[256] = "the connection ended";
  if (unsigned long code = ERR_get_error())
    ERR_error_string_n(code, text, sizeof text);
  ERR_clear_error();
  throw ConnectionError(std::string(what) + ": " + text);
}

TlsContext::TlsContext(const Options &options)
    : context(SSL_CTX_new(TLS_client_method())) {
  // Buffers are released: 10,000 connections are a tool's, too.
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_read_ahead(context, 1);
  // A server that closes TCP without a close_notify is not what is tested.
  SSL_CTX_set_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF);
  if (options.authority.empty())
    return;
  if (!SSL_CTX_load_verify_locations(context, options.authority.c_str(),
                                     nullptr))
    tlsFailed(options.authority.c_str());
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
}

TlsContext::~TlsContext() { SSL_CTX_free(context); }

/// Binds to an address in 127/8, the port to be chosen when connecting.
static void bindOwnAddress(int fd, const Options &options, unsigned index) {
  // About 28,000 ports an address: take the next one well before.
  constexpr unsigned perAddress = 16000;
  unsigned place =
      options.addresses ? index % options.addresses : index / perAddress;
  int on = 1;
  setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  sockaddr_in own{};
  own.sin_family = AF_INET;
  own.sin_addr.s_addr = htonl(0x7f000101u + place);
  if (bind(fd, reinterpret_cast<sockaddr *>(&own), sizeof own) < 0)
    failed("bind");
}

void Stream::open(const Options &options, const TlsContext *tls,
                  unsigned index) {
  fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    failed("socket");
  int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  auto whole = time_t(options.timeout);
  timeval limit{whole, suseconds_t((options.timeout - double(whole)) * 1e6)};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(options.port);
  if (inet_pton(AF_INET, options.host.c_str(), &address.sin_addr) != 1)
    throw ConnectionError("not an IPv4 address: " + options.host);
  if (options.host.starts_with("127."))
    bindOwnAddress(fd, options, index);
  if (connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) < 0)
    failed("connect");
  if (tls)
    startTls(options, *tls);
}

void Stream::startTls(const Options &options, const TlsContext &tls) {
  ssl = SSL_new(tls.get());
  SSL_set_fd(ssl, fd);
  if (!options.authority.empty())
    SSL_set1_host(ssl, "localhost");
  SSL_set_tlsext_host_name(ssl, "localhost");
  if (SSL_connect(ssl) != 1)
    tlsFailed("TLS handshake");
}

void Stream::goNonBlocking() {
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
  blocking = false;
}

void Stream::close() {
  if (ssl) {
    SSL_set_quiet_shutdown(ssl, 1);
    SSL_free(ssl);
    ssl = nullptr;
  }
  if (fd >= 0)
    ::close(fd);
  fd = -1;
}

size_t Stream::write(const char *data, size_t size) {
  if (ssl) {
    size_t sent = 0;
    if (SSL_write_ex(ssl, data, size, &sent))
      return sent;
    int error = SSL_get_error(ssl, 0);
    if (error != SSL_ERROR_WANT_WRITE && error != SSL_ERROR_WANT_READ)
      tlsFailed("SSL_write");
    return 0;
  }
  ssize_t sent = send(fd, data, size, MSG_NOSIGNAL);
  if (sent >= 0)
    return size_t(sent);
  if (errno != EAGAIN && errno != EINTR)
    failed("send");
  return 0;
}

size_t Stream::read(std::vector<char> &buffer, size_t used) {
  if (used + readSize > buffer.size())
    buffer.resize(used * 2 + readSize);
  if (ssl)
    return readTls(buffer, used);
  ssize_t got = recv(fd, buffer.data() + used, buffer.size() - used, 0);
  if (got == 0)
    throw ConnectionError("the server closed the connection");
  if (got < 0) {
    if (errno != EAGAIN && errno != EINTR)
      failed("recv");
    got = 0;
  }
  return used + size_t(got);
}

/// To the end: epoll does not know of what OpenSSL has read ahead.
size_t Stream::readTls(std::vector<char> &buffer, size_t used) {
  for (;;) {
    if (used + readSize > buffer.size())
      buffer.resize(used * 2 + readSize);
    size_t got = 0;
    if (SSL_read_ex(ssl, buffer.data() + used, buffer.size() - used, &got)) {
      used += got;
      if (blocking)
        return used;
      continue;
    }
    int error = SSL_get_error(ssl, 0);
    if (error == SSL_ERROR_ZERO_RETURN)
      throw ConnectionError("the server closed the connection");
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
      tlsFailed("SSL_read");
    return used;
  }
}
