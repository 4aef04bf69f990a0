//===- Tls.h - the settings of a TLS server ---------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_TLS_H
#define PLUMB_RUNTIME_NET_TLS_H

#include "runtime/net/ClientVerification.h"

#include <memory>
#include <openssl/ssl.h>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::rt::net {

/// Shared, because connections begun with a certificate that has been replaced
/// go on with it.
using TlsContext = std::shared_ptr<SSL_CTX>;

struct TlsFiles {
  std::string certificate, privateKey; ///< paths; PEM, the chain in order
  ClientVerification clients{};        ///< nobody is asked by default
};

struct TlsLoad {
  TlsContext context;                ///< null on failure
  std::string error;                 ///< names the file and the reason
  std::vector<std::string> warnings; ///< of a usable certificate
};

/// Reads the files and checks them: that they parse and belong together. With
/// warnings when the certificate is not valid today, is in the last fifth of
/// its life (but not before 30 days from its end), or is not for `serverName`,
/// if there is one. Any thread.
///
/// The settings are those of every context: TLS 1.2 and 1.3; for 1.2 ephemeral
/// key exchange with authenticated encryption only, as Mozilla's "intermediate"
/// has it; security level 2; no renegotiation, no compression, no early data;
/// "http/1.1" in ALPN, and no_application_protocol to a client that offers only
/// others (RFC 7301 section 3.2; a client without ALPN is served). Sessions are
/// resumed by tickets alone, see Tickets.h. Buffers are released when idle.
TlsLoad loadTls(const TlsFiles &files, std::string_view serverName = {});

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_TLS_H
