//===- ClientVerification.cpp - whose certificates a server takes ---------===//

#include "runtime/net/ClientVerification.h"
#include "runtime/net/TlsReason.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>
#include <unistd.h>

namespace plumb::rt::net {

/// Bytes of the chain that a client may send: OpenSSL holds them before it
/// knows whose they are. A chain of four is some 6 KB.
static constexpr long maxChain = 32 * 1024;

namespace {
/// Stands for the rules: sessions of other rules have another one.
using RulesId = std::array<uint8_t, 32>;

struct FreeDigest {
  void operator()(EVP_MD_CTX *digest) const { EVP_MD_CTX_free(digest); }
};
struct FreeNames {
  void operator()(STACK_OF(X509_NAME) * names) const {
    sk_X509_NAME_pop_free(names, X509_NAME_free);
  }
};
using Digest = std::unique_ptr<EVP_MD_CTX, FreeDigest>;
using Names = std::unique_ptr<STACK_OF(X509_NAME), FreeNames>;
} // namespace

/// Where a context has its RulesId.
static int rulesIndex() {
  static const int index = SSL_CTX_get_ex_new_index(
      0, nullptr, nullptr, nullptr,
      [](void *, void *rules, CRYPTO_EX_DATA *, int, long, void *) {
        delete static_cast<RulesId *>(rules);
      });
  return index;
}

template <typename Object>
static bool add(EVP_MD_CTX *digest, const Object *object,
                int (*encode)(const Object *, unsigned char **)) {
  unsigned char *bytes = nullptr;
  int size = encode(object, &bytes);
  bool good = size > 0 &&
              EVP_DigestUpdate(digest, bytes, static_cast<size_t>(size)) == 1;
  OPENSSL_free(bytes);
  return good;
}

/// What was loaded: the names that clients are told, and the rules' id.
static bool study(X509_STORE *store, EVP_MD_CTX *digest,
                  STACK_OF(X509_NAME) * names, bool &hasLists) {
  STACK_OF(X509_OBJECT) *objects = X509_STORE_get0_objects(store);
  for (int i = 0; i < sk_X509_OBJECT_num(objects); ++i) {
    X509_OBJECT *object = sk_X509_OBJECT_value(objects, i);
    if (X509_CRL *list = X509_OBJECT_get0_X509_CRL(object)) {
      hasLists = true;
      if (!add(digest, list, i2d_X509_CRL))
        return false;
    } else if (X509 *authority = X509_OBJECT_get0_X509(object)) {
      X509_NAME *name = X509_NAME_dup(X509_get_subject_name(authority));
      if (!name || !sk_X509_NAME_push(names, name)) {
        X509_NAME_free(name);
        return false;
      }
      if (!add(digest, authority, i2d_X509))
        return false;
    }
  }
  return true;
}

/// See SSL_CTX_set_session_ticket_cb(3).
static SSL_TICKET_RETURN judgeTicket(SSL *, SSL_SESSION *session,
                                     const unsigned char *, size_t,
                                     SSL_TICKET_STATUS status, void *) {
  if (status != SSL_TICKET_SUCCESS && status != SSL_TICKET_SUCCESS_RENEW)
    return SSL_TICKET_RETURN_IGNORE_RENEW;
  const X509 *client = SSL_SESSION_get0_peer(session);
  if (client && X509_cmp_current_time(X509_get0_notAfter(client)) < 0)
    return SSL_TICKET_RETURN_IGNORE_RENEW;
  return status == SSL_TICKET_SUCCESS ? SSL_TICKET_RETURN_USE
                                      : SSL_TICKET_RETURN_USE_RENEW;
}

std::string askForCertificates(SSL_CTX *context,
                               const ClientVerification &verification) {
  const std::string &file = verification.authorities;
  auto cannot = [&](const std::string &why) {
    return "cannot use the client_ca file '" + file + "': " + why;
  };
  if (::access(file.c_str(), R_OK) != 0)
    return "cannot read the client_ca file '" + file +
           "': " + std::strerror(errno);
  ERR_clear_error();
  X509_STORE *store = SSL_CTX_get_cert_store(context);
  X509_LOOKUP *lookup = X509_STORE_add_lookup(store, X509_LOOKUP_file());
  if (!lookup ||
      X509_load_cert_crl_file(lookup, file.c_str(), X509_FILETYPE_PEM) <= 0)
    return cannot(lastTlsReason());
  Digest digest(EVP_MD_CTX_new());
  Names names(sk_X509_NAME_new_null());
  auto rules = std::make_unique<RulesId>();
  bool hasLists = false;
  uint8_t required = verification.required;
  if (!digest || !names ||
      EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr) != 1 ||
      EVP_DigestUpdate(digest.get(), &required, 1) != 1 ||
      !study(store, digest.get(), names.get(), hasLists) ||
      EVP_DigestFinal_ex(digest.get(), rules->data(), nullptr) != 1)
    return cannot(lastTlsReason());
  if (sk_X509_NAME_num(names.get()) == 0)
    return cannot("no certificate in it");
  X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN |
                                  (hasLists ? X509_V_FLAG_CRL_CHECK : 0));
  if (SSL_CTX_set_session_id_context(context, rules->data(), rules->size()) !=
          1 ||
      SSL_CTX_set_ex_data(context, rulesIndex(), rules.get()) != 1)
    return cannot(lastTlsReason());
  (void)rules.release(); // SSL_CTX frees it
  SSL_CTX_set_client_CA_list(context, names.release());
  SSL_CTX_set_verify(
      context,
      SSL_VERIFY_PEER |
          (verification.required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0),
      nullptr);
  SSL_CTX_set_max_cert_list(context, maxChain);
  SSL_CTX_set_session_ticket_cb(context, nullptr, judgeTicket, nullptr);
  return "";
}

bool keepAskingAs(SSL_CTX *before, SSL *ssl) {
  auto *rules =
      static_cast<RulesId *>(SSL_CTX_get_ex_data(before, rulesIndex()));
  if (!rules)
    return true;
  // What a handshake has not of its own is looked for in its context.
  Names names(SSL_dup_CA_list(SSL_CTX_get_client_CA_list(before)));
  if (!names ||
      SSL_set1_verify_cert_store(ssl, SSL_CTX_get_cert_store(before)) != 1 ||
      SSL_set_session_id_context(ssl, rules->data(), rules->size()) != 1)
    return false;
  SSL_set_client_CA_list(ssl, names.release());
  return true;
}

} // namespace plumb::rt::net
