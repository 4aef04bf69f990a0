//===- ClientCertificate.h - what a client has proved to be -----*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_CLIENTCERTIFICATE_H
#define PLUMB_RUNTIME_NET_CLIENTCERTIFICATE_H

#include <memory>
#include <openssl/ssl.h>
#include <string>
#include <string_view>
#include <utility>

namespace plumb::rt::net {

/// A client's certificate, which has been verified, or none. Never changes, so
/// any thread may read it.
class ClientCertificate {
public:
  ClientCertificate() = default;
  /// Of a handshake that is over.
  explicit ClientCertificate(const SSL *ssl) noexcept;

  explicit operator bool() const noexcept { return certificate != nullptr; }

  /// One of partNames(), as text; empty when it has none of that, or there is
  /// no certificate:
  ///   subject, issuer    names as RFC 4514 writes them: "CN=ada,O=Example"
  ///   common_name        of the subject, the last if there are several
  ///   dns, email, uri    of subjectAltName, with a line feed between several
  ///   serial             hexadecimal, capital letters
  ///   fingerprint        SHA-256, hexadecimal, small letters
  ///   pem                the whole
  std::string part(std::string_view name) const;
  static bool hasPart(std::string_view name) noexcept;
  /// All of them, with ", " between.
  static std::string partNames();

private:
  struct Free {
    void operator()(X509 *certificate) const { X509_free(certificate); }
  };
  std::unique_ptr<X509, Free> certificate;
};

/// Right after a handshake has failed, on the same thread: what is wrong with
/// the client's certificate, if that is why; else null, as without TLS.
const char *whatIsWrongWithClient(const SSL *ssl) noexcept;

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_CLIENTCERTIFICATE_H
