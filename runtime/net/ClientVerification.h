//===- ClientVerification.h - whose certificates a server takes -*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_CLIENTVERIFICATION_H
#define PLUMB_RUNTIME_NET_CLIENTVERIFICATION_H

#include <openssl/ssl.h>
#include <string>

namespace plumb::rt::net {

/// What clients have to prove, and to whom.
struct ClientVerification {
  /// Path of a PEM file. Its certificates are trusted, roots or not; with
  /// revocation lists in it (CRL), who issued a client's certificate must have
  /// one there. Empty: clients are asked for nothing.
  std::string authorities{};
  /// Else one without a certificate is served, too; never one with a bad one.
  bool required = true;
};

/// Makes handshakes of the context ask for a certificate, and fail with the
/// alert that says what is wrong with it. Sessions that were begun under other
/// rules, or with a certificate that has expired since, are not resumed:
/// OpenSSL would not verify them again. Nothing, or what is wrong with the
/// file.
std::string askForCertificates(SSL_CTX *context,
                               const ClientVerification &verification);

/// For SSL_set_SSL_CTX(): the handshake goes on asking as `before` does.
/// False without memory.
bool keepAskingAs(SSL_CTX *before, SSL *ssl);

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_CLIENTVERIFICATION_H
