//===- TlsSupport.cpp - servers with TLS, and clients on OpenSSL ----------===//

#include "TlsSupport.h"
#include "Loopback.h"

#include <arpa/inet.h>
#include <cstdlib>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <unistd.h>

namespace plumb::test {

TlsServer::TlsServer(const CertificateFiles &files, unsigned shards) {
  Log::instance().clear();
  ::setenv("PLUMB_WS_BIND", "127.0.0.1", 1);
  ::setenv("PLUMB_WS_SHARDS", std::to_string(shards).c_str(), 1);
  ::setenv("PLUMB_WS_DRAIN_WINDOW_MS", "0", 0);
  thread = std::thread([certificate = files.certificate, key = files.key] {
    EXPECT_EQ(plumb_ws_serve_tls(
                  0, Text(certificate), Text(key),
                  [](plumb_ws_conn, void *) { return true; }, nullptr,
                  [](plumb_ws_conn conn, const plumb_str *text, void *) {
                    std::string line = plumb::test::text(text);
                    plumb_ws_send(conn, line.starts_with("part ")
                                            ? plumb_ws_client_certificate(
                                                  conn, Text(line.substr(5)))
                                            : text);
                  },
                  nullptr,
                  [](plumb_ws_conn, int64_t, const plumb_str *, void *) {},
                  nullptr, nullptr, nullptr, nullptr, nullptr, Text("")),
              0);
  });
  std::string line = Log::instance().waitFor("plumb: listening on ");
  port = static_cast<uint16_t>(std::atoi(line.c_str() + line.rfind(':') + 1));
}

TlsServer::~TlsServer() {
  plumb_ws_stop();
  thread.join();
}

TlsClient::TlsClient(uint16_t port, const TlsWish &wish)
    : context(SSL_CTX_new(TLS_client_method())),
      socket(::socket(AF_INET, SOCK_STREAM, 0)) {
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT |
                                              SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_set_security_level(context, 0); // It is the server that has taste.
  SSL_CTX_sess_set_new_cb(context, [](SSL *ssl, SSL_SESSION *session) {
    auto *self = static_cast<TlsClient *>(SSL_get_app_data(ssl));
    self->latest.reset(session, SSL_SESSION_free);
    ++self->received;
    return 1;
  });
  connection = SSL_new(context);
  SSL_set_app_data(connection, this);
  if (wish.version) {
    SSL_set_min_proto_version(connection, wish.version);
    SSL_set_max_proto_version(connection, wish.version);
  }
  if (!wish.ciphers.empty())
    EXPECT_EQ(SSL_set_cipher_list(connection, wish.ciphers.c_str()), 1);
  if (!wish.groups.empty())
    EXPECT_EQ(SSL_set1_groups_list(connection, wish.groups.c_str()), 1);
  if (!wish.name.empty())
    SSL_set_tlsext_host_name(connection, wish.name.c_str());
  std::string offered;
  for (const std::string &protocol : wish.protocols)
    (offered += static_cast<char>(protocol.size())) += protocol;
  if (!offered.empty())
    SSL_set_alpn_protos(connection,
                        reinterpret_cast<const unsigned char *>(offered.data()),
                        static_cast<unsigned>(offered.size()));
  if (!wish.certificate.empty()) {
    EXPECT_EQ(
        SSL_use_certificate_chain_file(connection, wish.certificate.c_str()),
        1);
    EXPECT_EQ(
        SSL_use_PrivateKey_file(connection, wish.key.c_str(), SSL_FILETYPE_PEM),
        1);
  }
  if (wish.session)
    SSL_set_session(connection, wish.session);
  timeval wait{patience.count(), 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
  connectTo(socket, port);
  int on = 1; // A key update and a message are two sends.
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  SSL_set_fd(connection, socket);
  ERR_clear_error();
  connected = SSL_connect(connection) == 1;
  if (!connected)
    error = ERR_GET_REASON(ERR_peek_error());
}

TlsClient::~TlsClient() {
  // OpenSSL does not resume the session of a connection that just ends.
  SSL_set_shutdown(connection, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
  SSL_free(connection);
  SSL_CTX_free(context);
  ::close(socket);
}

long TlsClient::serial() const {
  X509 *shown = SSL_get1_peer_certificate(connection);
  if (!shown)
    return -1;
  long number = ASN1_INTEGER_get(X509_get_serialNumber(shown));
  X509_free(shown);
  return number;
}

std::string TlsClient::protocol() const {
  const unsigned char *name = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(connection, &name, &size);
  return {reinterpret_cast<const char *>(name), size};
}

std::string TlsClient::readSome() {
  char buffer[4096];
  ERR_clear_error();
  int size = SSL_read(connection, buffer, sizeof buffer);
  if (size <= 0)
    error = ERR_GET_REASON(ERR_peek_error());
  return size > 0 ? std::string(buffer, static_cast<size_t>(size)) : "";
}

std::string TlsClient::echo(const std::string &text) {
  if (!upgraded) {
    std::string request =
        "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    SSL_write(connection, request.data(), static_cast<int>(request.size()));
    std::string answer;
    while (answer.find("\r\n\r\n") == std::string::npos) {
      std::string more = readSome();
      if (more.empty())
        return "";
      answer += more;
    }
    upgraded = answer.starts_with("HTTP/1.1 101 ");
  }
  // Short texts, masked with a key of zeros.
  std::string frame = {'\x81', static_cast<char>(0x80 | text.size()), 0, 0, 0,
                       0};
  frame += text;
  SSL_write(connection, frame.data(), static_cast<int>(frame.size()));
  std::string answer;
  auto whole = [&] { // Of a text of less than 64 KiB.
    if (answer.size() < 4)
      return answer.size() >= 2 && answer[1] < 126 &&
             answer.size() >= 2 + static_cast<size_t>(answer[1]);
    size_t size = static_cast<uint8_t>(answer[1]);
    if (size < 126)
      return answer.size() >= 2 + size;
    size = static_cast<uint8_t>(answer[2]) * 256u +
           static_cast<uint8_t>(answer[3]);
    return answer.size() >= 4 + size;
  };
  while (!whole()) {
    std::string more = readSome();
    if (more.empty())
      return "";
    answer += more;
  }
  return answer.substr(answer[1] == 126 ? 4 : 2);
}

} // namespace plumb::test
