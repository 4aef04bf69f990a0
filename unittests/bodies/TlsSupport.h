//===- TlsSupport.h - servers with TLS, and clients on OpenSSL --*- C++ -*-===//
#ifndef PLUMB_UNITTESTS_ABI_TLSSUPPORT_H
#define PLUMB_UNITTESTS_ABI_TLSSUPPORT_H

#include "../net/CertificateFiles.h"
#include "Support.h"

#include <openssl/ssl.h>

namespace plumb::test {

/// plumb_ws_serve_tls with files of one's own, in a thread; echoes, and answers
/// "part NAME" with that part of the client's certificate.
class TlsServer {
public:
  explicit TlsServer(const CertificateFiles &files, unsigned shards = 1);
  ~TlsServer();
  uint16_t port = 0;

private:
  std::thread thread;
};

/// What a client asks for, and no more than that.
struct TlsWish {
  std::string name = {};          ///< SNI
  SSL_SESSION *session = nullptr; ///< to resume
  int version = 0;                ///< TLS1_2_VERSION, ...; 0 for any
  std::string ciphers = {}, groups = {};
  std::vector<std::string> protocols = {}; ///< ALPN
  std::string certificate = {}, key = {};  ///< the client's own, paths
};

/// A TLS connection made by OpenSSL alone.
class TlsClient {
public:
  explicit TlsClient(uint16_t port, const TlsWish &wish = {});
  ~TlsClient();
  TlsClient(const TlsClient &) = delete;
  TlsClient &operator=(const TlsClient &) = delete;

  bool connected = false;
  int error = 0; ///< OpenSSL's reason, when not connected or no echo came
  SSL *ssl() const { return connection; }
  long serial() const;          ///< of the certificate shown
  std::string protocol() const; ///< of ALPN
  bool resumed() const { return SSL_session_reused(connection) == 1; }
  int tickets() const { return received; }
  std::shared_ptr<SSL_SESSION> session() const { return latest; }

  /// Upgrades, then sends the text and reads what comes back; "" if that fails.
  std::string echo(const std::string &text);
  /// Of TLS 1.3 a client hears only by reading that it was refused.
  bool served() { return connected && echo("x") == "x"; }

private:
  std::string readSome();
  SSL_CTX *context;
  SSL *connection;
  int socket;
  bool upgraded = false;
  int received = 0;
  std::shared_ptr<SSL_SESSION> latest;
};

} // namespace plumb::test

#endif // PLUMB_UNITTESTS_ABI_TLSSUPPORT_H
