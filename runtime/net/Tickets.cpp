//===- Tickets.cpp - keys of session tickets ------------------------------===//

#include "runtime/net/Tickets.h"
#include "runtime/base/Clock.h"
#include "runtime/net/Loop.h"

#include <algorithm>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

namespace plumb::rt::net {

static void wipe(std::optional<TicketKey> &key) {
  if (key)
    OPENSSL_cleanse(&*key, sizeof *key);
  key.reset();
}

TicketKeys::~TicketKeys() {
  wipe(newest);
  wipe(last);
}

void TicketKeys::rotate(int64_t now) {
  if (newest && now - made < life)
    return;
  wipe(last);
  // After a pause both are too old.
  if (newest && now - made < 2 * life)
    last = newest;
  wipe(newest);
  TicketKey key;
  if (RAND_bytes(key.name.data(), key.name.size()) == 1 &&
      RAND_priv_bytes(key.cipher.data(), key.cipher.size()) == 1 &&
      RAND_priv_bytes(key.digest.data(), key.digest.size()) == 1)
    newest = key;
  OPENSSL_cleanse(&key, sizeof key);
  made = now;
}

std::optional<TicketKey> TicketKeys::current(int64_t now) {
  std::lock_guard guard(lock);
  rotate(now);
  return newest;
}

std::optional<TicketKeys::Found>
TicketKeys::find(std::span<const uint8_t, 16> name, int64_t now) {
  std::lock_guard guard(lock);
  rotate(now);
  for (const std::optional<TicketKey> *key : {&newest, &last})
    if (*key && std::ranges::equal((*key)->name, name))
      return Found{**key, key == &newest};
  return std::nullopt;
}

static TicketKeys &keys() {
  static TicketKeys &instance = *new TicketKeys(); // Outlives the threads.
  return instance;
}

static bool start(const TicketKey &key, unsigned char *iv,
                  EVP_CIPHER_CTX *cipher, EVP_MAC_CTX *digest, int encrypt) {
  char sha[] = "SHA256";
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_octet_string(
          OSSL_MAC_PARAM_KEY, const_cast<uint8_t *>(key.digest.data()),
          key.digest.size()),
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, sha, 0),
      OSSL_PARAM_construct_end()};
  return EVP_CipherInit_ex(cipher, EVP_aes_256_cbc(), nullptr,
                           key.cipher.data(), iv, encrypt) == 1 &&
         EVP_MAC_CTX_set_params(digest, parameters) == 1;
}

/// See SSL_CTX_set_tlsext_ticket_key_evp_cb(3).
static int chooseKey(SSL *ssl, unsigned char *name, unsigned char *iv,
                     EVP_CIPHER_CTX *cipher, EVP_MAC_CTX *digest, int encrypt) {
  int64_t now = base::steadyMilliseconds() / 1000;
  std::span<uint8_t, 16> wanted(name, 16);
  if (encrypt) {
    std::optional<TicketKey> key = keys().current(now);
    // Zero: no ticket, and no failure.
    if (!key || RAND_bytes(iv, EVP_MAX_IV_LENGTH) != 1)
      return 0;
    std::ranges::copy(key->name, wanted.begin());
    bool started = start(*key, iv, cipher, digest, encrypt);
    wipe(key);
    return started ? 1 : -1;
  }
  std::optional<TicketKeys::Found> found = keys().find(wanted, now);
  if (!found)
    return 0; // A whole handshake, and another ticket.
  bool started = start(found->key, iv, cipher, digest, encrypt);
  // A client uses a ticket of TLS 1.3 once (RFC 8446 appendix C.4): it gets
  // another.
  int result = found->isCurrent && SSL_version(ssl) < TLS1_3_VERSION ? 1 : 2;
  OPENSSL_cleanse(&found->key, sizeof found->key);
  return started ? result : -1;
}

void useTickets(SSL_CTX *context) {
  // A cache would only hold memory.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_timeout(context, TicketKeys::life);
  SSL_CTX_set_num_tickets(context, 1);
  SSL_CTX_set_max_early_data(context, 0);
  // The same for all, so that sessions are those of any context.
  static constexpr unsigned char ours[] = "plumb";
  SSL_CTX_set_session_id_context(context, ours, sizeof ours - 1);
  SSL_CTX_set_tlsext_ticket_key_evp_cb(context, chooseKey);
}

} // namespace plumb::rt::net
