//===- Tls.cpp - the settings of a TLS server -----------------------------===//

#include "runtime/net/Tls.h"
#include "runtime/net/Tickets.h"
#include "runtime/net/TlsReason.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <openssl/err.h>
#include <openssl/pemerr.h>
#include <openssl/x509v3.h>
#include <unistd.h>

namespace plumb::rt::net {

std::string lastTlsReason() {
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

/// Null when OpenSSL cannot be started.
static TlsContext makeContext() {
  TlsContext context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  SSL_CTX *ctx = context.get();
  if (!ctx)
    return nullptr;
  SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION);
  SSL_CTX_set_security_level(ctx, 2);
  // AES with 128 bits first: it is the fastest here. A client that puts ChaCha
  // first has no AES in hardware, and gets what it wishes.
  SSL_CTX_set_options(ctx, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                               SSL_OP_CIPHER_SERVER_PREFERENCE |
                               SSL_OP_PRIORITIZE_CHACHA |
                               SSL_OP_IGNORE_UNEXPECTED_EOF);
  if (SSL_CTX_set_cipher_list(
          ctx, "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
               "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
               "ECDHE-ECDSA-CHACHA20-POLY1305:"
               "ECDHE-RSA-CHACHA20-POLY1305") != 1 ||
      SSL_CTX_set_ciphersuites(ctx,
                               "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:"
                               "TLS_CHACHA20_POLY1305_SHA256") != 1 ||
      SSL_CTX_set1_groups_list(ctx, "X25519:P-256:P-384") != 1)
    return nullptr;
  SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_read_ahead(ctx, 1); // Costs nothing, see TlsChannel.h.
  SSL_CTX_set_alpn_select_cb(ctx, chooseProtocol, nullptr);
  useTickets(ctx);
  // Without it OpenSSL would ask for a passphrase on the terminal.
  SSL_CTX_set_default_passwd_cb(ctx,
                                [](char *, int, int, void *) { return -1; });
  return context;
}

static std::string utc(const ASN1_TIME *time) {
  std::tm parts = {};
  char text[sizeof "2026-01-31 23:59"] = "?";
  if (ASN1_TIME_to_tm(time, &parts) == 1)
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts);
  return std::string(text) + " UTC";
}

static double secondsFrom(const ASN1_TIME *from, const ASN1_TIME *to) {
  int days = 0, seconds = 0;
  ASN1_TIME_diff(&days, &seconds, from, to); // Null is now.
  return days * 86400.0 + seconds;
}

static std::vector<std::string> doubtsAbout(const X509 *certificate,
                                            const std::string &file,
                                            std::string_view serverName) {
  std::vector<std::string> doubts;
  std::string front = "the certificate in '" + file + "' ";
  const ASN1_TIME *begin = X509_get0_notBefore(certificate);
  const ASN1_TIME *end = X509_get0_notAfter(certificate);
  double left = secondsFrom(nullptr, end);
  double soon = std::min(30 * 86400.0, secondsFrom(begin, end) / 5);
  if (left <= 0)
    doubts.push_back(front + "expired at " + utc(end) +
                     "; clients will refuse it");
  else if (secondsFrom(nullptr, begin) > 0)
    doubts.push_back(front + "is not valid before " + utc(begin) +
                     "; clients will refuse it");
  else if (left < soon)
    doubts.push_back(front + "expires at " + utc(end) + "; renew it");
  // A wildcard is compared by an example, which is as good as any.
  std::string name(serverName);
  if (name.starts_with("*."))
    name = "any" + name.substr(1);
  if (!name.empty() &&
      X509_check_host(const_cast<X509 *>(certificate), name.data(), name.size(),
                      0, nullptr) != 1)
    doubts.push_back(front + "is not for '" + std::string(serverName) +
                     "'; clients will refuse it");
  return doubts;
}

/// What is wrong with the files, or nothing.
static std::string useFiles(SSL_CTX *ctx, const TlsFiles &files) {
  for (const std::string *file : {&files.certificate, &files.privateKey})
    if (::access(file->c_str(), R_OK) != 0)
      return std::string("cannot read the ") +
             (file == &files.certificate ? "certificate" : "private key") +
             " file '" + *file + "': " + std::strerror(errno);
  ERR_clear_error();
  if (SSL_CTX_use_certificate_chain_file(ctx, files.certificate.c_str()) != 1)
    return "cannot use the certificate file '" + files.certificate +
           "': " + lastTlsReason();
  ERR_clear_error();
  // OpenSSL compares the two while it loads the second.
  if (SSL_CTX_use_PrivateKey_file(ctx, files.privateKey.c_str(),
                                  SSL_FILETYPE_PEM) == 1 &&
      SSL_CTX_check_private_key(ctx) == 1)
    return {};
  if (isOfAnother(ERR_peek_error()))
    return "the private key file '" + files.privateKey +
           "' does not belong to the certificate file '" + files.certificate +
           "'; use the key that the certificate was made for";
  return "cannot use the private key file '" + files.privateKey +
         "': " + lastTlsReason();
}

TlsLoad loadTls(const TlsFiles &files, std::string_view serverName) {
  ERR_clear_error();
  TlsLoad load;
  TlsContext context = makeContext();
  load.error = context ? useFiles(context.get(), files)
                       : "cannot start OpenSSL: " + lastTlsReason();
  if (load.error.empty() && !files.clients.authorities.empty())
    load.error = askForCertificates(context.get(), files.clients);
  if (!load.error.empty())
    return load;
  load.warnings = doubtsAbout(SSL_CTX_get0_certificate(context.get()),
                              files.certificate, serverName);
  load.context = std::move(context);
  return load;
}

} // namespace plumb::rt::net
