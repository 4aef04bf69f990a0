//===- Tls.h - certificates -------------------------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_TLS_H
#define PLUMB_RUNTIME_NET_TLS_H

#include <memory>
#include <openssl/ssl.h>
#include <string>

namespace plumb::rt::net {

struct FreeTlsContext {
  void operator()(SSL_CTX *context) const noexcept { SSL_CTX_free(context); }
};
using TlsContext = std::unique_ptr<SSL_CTX, FreeTlsContext>;

/// A server's settings: TLS 1.2 and 1.3, no renegotiation, "http/1.1" in ALPN,
/// buffers released when idle. Files are PEM. On failure the context is null
/// and `error` names the file and the reason. May be shared by threads.
TlsContext loadTls(const std::string &certificateFile,
                   const std::string &privateKeyFile, std::string &error);

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_TLS_H
