//===- Tls.cpp - certificates ---------------------------------------------===//

#include "runtime/net/Tls.h"

#include <cerrno>
#include <cstring>
#include <openssl/err.h>
#include <openssl/pemerr.h>
#include <unistd.h>

namespace plumb::rt::net {

/// The reason at the bottom of OpenSSL's error queue, as people would say it.
static std::string reason() {
  unsigned long code = ERR_peek_error();
  int library = ERR_GET_LIB(code), number = ERR_GET_REASON(code);
  // A private key goes through decoders, of which none knew what to do.
  if ((library == ERR_LIB_PEM && number == PEM_R_NO_START_LINE) ||
      (library == ERR_LIB_OSSL_DECODER && number == ERR_R_UNSUPPORTED))
    return "no PEM block of that kind in it";
  if (number == ERR_R_INTERRUPTED_OR_CANCELLED)
    return "it is encrypted; store it without a passphrase";
  const char *text = ERR_reason_error_string(code);
  return text ? text : "unknown error";
}

/// Whether the key is of another certificate; of another algorithm even, then
/// OpenSSL has no certificate for it.
static bool isOfAnother(unsigned long code) {
  return ERR_GET_LIB(code) == ERR_LIB_X509 ||
         (ERR_GET_LIB(code) == ERR_LIB_SSL &&
          ERR_GET_REASON(code) == SSL_R_NO_CERTIFICATE_ASSIGNED);
}

static int chooseProtocol(SSL *, const unsigned char **out,
                          unsigned char *outSize, const unsigned char *offered,
                          unsigned int offeredSize, void *) {
  static constexpr unsigned char ours[] = "\x08http/1.1";
  if (SSL_select_next_proto(const_cast<unsigned char **>(out), outSize, ours,
                            sizeof ours - 1, offered,
                            offeredSize) != OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  return SSL_TLSEXT_ERR_OK;
}

TlsContext loadTls(const std::string &certificateFile,
                   const std::string &privateKeyFile, std::string &error) {
  ERR_clear_error();
  for (const std::string *file : {&certificateFile, &privateKeyFile})
    if (::access(file->c_str(), R_OK) != 0) {
      error = std::string("cannot read the ") +
              (file == &certificateFile ? "certificate" : "private key") +
              " file '" + *file + "': " + std::strerror(errno);
      return nullptr;
    }
  TlsContext context(SSL_CTX_new(TLS_server_method()));
  SSL_CTX *ctx = context.get();
  if (!ctx) {
    error = "cannot start OpenSSL: " + reason();
    return nullptr;
  }
  SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION);
  SSL_CTX_set_options(ctx, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                               SSL_OP_CIPHER_SERVER_PREFERENCE |
                               SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS |
                            SSL_MODE_ENABLE_PARTIAL_WRITE |
                            SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  // Tickets resume sessions; a cache would only hold memory.
  SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_alpn_select_cb(ctx, chooseProtocol, nullptr);
  // Without it OpenSSL would ask for a passphrase on the terminal.
  SSL_CTX_set_default_passwd_cb(ctx,
                                [](char *, int, int, void *) { return -1; });
  if (SSL_CTX_use_certificate_chain_file(ctx, certificateFile.c_str()) != 1) {
    error = "cannot use the certificate file '" + certificateFile +
            "': " + reason();
    return nullptr;
  }
  ERR_clear_error();
  // OpenSSL compares the two while it loads the second.
  if (SSL_CTX_use_PrivateKey_file(ctx, privateKeyFile.c_str(),
                                  SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(ctx) != 1) {
    error = isOfAnother(ERR_peek_error())
                ? "the private key file '" + privateKeyFile +
                      "' does not belong to the certificate file '" +
                      certificateFile +
                      "'; use the key that the certificate was made for"
                : "cannot use the private key file '" + privateKeyFile +
                      "': " + reason();
    return nullptr;
  }
  return context;
}

} // namespace plumb::rt::net
