//===- TlsPeer.cpp - a stream, and the client at its other end ------------===//

#include "TlsPeer.h"
#include "CertificateFiles.h"

#include <algorithm>
#include <cstdlib>
#include <random>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

using namespace plumb::rt::net;

namespace plumb::test {

static void require(bool condition) {
  if (!condition)
    std::abort();
}

SSL_CTX *serverContext() {
  static const CertificateFiles files(CertificateFiles::Of{});
  static const TlsContext context =
      loadTls({files.certificate, files.key}).context;
  return context.get();
}

Peer::Peer(int type, int version) : context(SSL_CTX_new(TLS_method())) {
  int ends[2];
  require(::socketpair(AF_UNIX, type | SOCK_NONBLOCK, 0, ends) == 0);
  socket = ends[0];
  stream =
      std::make_unique<Stream>(plumb::rt::base::Fd(ends[1]), serverContext());
  ssl = SSL_new(context);
  if (version)
    SSL_set_max_proto_version(ssl, version);
  in = BIO_new(BIO_s_mem());
  out = BIO_new(BIO_s_mem());
  SSL_set_bio(ssl, in, out);
  Io io = Io::WantRead;
  while (io != Io::Done || !SSL_is_init_finished(ssl)) {
    SSL_connect(ssl);
    require(send());
    io = stream->handshake();
    require(io == Io::Done || io == Io::WantRead);
    receive();
  }
  require(!stream->hasMore());
  decrypt(); // Tickets.
}

Peer::~Peer() {
  SSL_free(ssl);
  SSL_CTX_free(context);
  hangUp();
}

void Peer::hangUp() {
  if (socket >= 0)
    ::close(std::exchange(socket, -1));
}

void Peer::takeLittle() {
  int small = 4096;
  ::setsockopt(stream->fd(), SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
}

void Peer::encrypt(std::string_view text) {
  SSL_write(ssl, text.data(), static_cast<int>(text.size()));
}

void Peer::updateKeys() {
  SSL_key_update(ssl, SSL_KEY_UPDATE_REQUESTED);
  SSL_do_handshake(ssl);
}

std::string Peer::takeOutput() {
  char *bytes;
  long size = BIO_get_mem_data(out, &bytes);
  std::string taken(bytes, static_cast<size_t>(std::max(size, 0L)));
  (void)BIO_reset(out);
  return taken;
}

bool Peer::send() {
  std::string bytes = takeOutput();
  return bytes.empty() || send(bytes);
}

bool Peer::send(std::string_view bytes) {
  return ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
         static_cast<ssize_t>(bytes.size());
}

int Peer::receive() {
  static char buffer[1 << 20];
  int packets = 0;
  ssize_t size;
  while ((size = ::recv(socket, buffer, sizeof buffer, 0)) > 0) {
    ++packets;
    BIO_write(in, buffer, static_cast<int>(size));
  }
  return packets;
}

std::string Peer::receiveRaw() {
  std::string bytes;
  char buffer[4096];
  ssize_t size;
  while ((size = ::recv(socket, buffer, sizeof buffer, 0)) > 0)
    bytes.append(buffer, static_cast<size_t>(size));
  return bytes;
}

std::string Peer::decrypt() {
  std::string text;
  char buffer[20000];
  int size;
  while ((size = SSL_read(ssl, buffer, sizeof buffer)) > 0)
    text.append(buffer, static_cast<size_t>(size));
  return text;
}

std::string noise(size_t size) {
  static std::mt19937 random(7);
  std::string text(size, 0);
  for (char &c : text)
    c = static_cast<char>(random());
  return text;
}

} // namespace plumb::test
