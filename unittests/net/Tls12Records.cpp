//===- Tls12Records.cpp - records of TLS 1.2 by hand ----------------------===//

#include "Tls12Records.h"

#include <cstdlib>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>

namespace plumb::test {

static constexpr size_t tagSize = 16, nonceSize = 8;

static void require(bool condition) {
  if (!condition)
    std::abort();
}

static std::string bigEndian(uint64_t value, int bytes) {
  std::string text;
  while (bytes-- > 0)
    text += static_cast<char>(value >> 8 * bytes);
  return text;
}

static const unsigned char *bytesOf(std::string_view text) {
  return reinterpret_cast<const unsigned char *>(text.data());
}

Tls12Records::Tls12Records(const SSL *client) {
  char secret[48], clientRandom[32], serverRandom[32];
  auto out = [](char *bytes) {
    return reinterpret_cast<unsigned char *>(bytes);
  };
  require(SSL_SESSION_get_master_key(SSL_get_session(client), out(secret),
                                     sizeof secret) == sizeof secret);
  SSL_get_client_random(client, out(clientRandom), sizeof clientRandom);
  SSL_get_server_random(client, out(serverRandom), sizeof serverRandom);
  std::string seed = "key expansion" + std::string(serverRandom, 32) +
                     std::string(clientRandom, 32);

  EVP_KDF *kdf = EVP_KDF_fetch(nullptr, "TLS1-PRF", nullptr);
  EVP_KDF_CTX *context = EVP_KDF_CTX_new(kdf);
  char digest[] = "SHA256";
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SECRET, secret,
                                        sizeof secret),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SEED, seed.data(),
                                        seed.size()),
      OSSL_PARAM_construct_end()};
  std::string block(40, 0);
  require(EVP_KDF_derive(context, out(block.data()), block.size(),
                         parameters) == 1);
  EVP_KDF_CTX_free(context);
  EVP_KDF_free(kdf);
  clientKey = block.substr(0, 16);
  serverKey = block.substr(16, 16);
  clientSalt = block.substr(32, 4);
  serverSalt = block.substr(36, 4);
}

/// AES-GCM with the additional data of RFC 5246 section 6.2.3.3. Empty when the
/// tag is another.
std::string Tls12Records::crypt(bool encrypt, Record type, uint64_t number,
                                std::string_view nonce, std::string_view in) {
  size_t size = encrypt ? in.size() : in.size() - tagSize;
  std::string additional = bigEndian(number, 8) + static_cast<char>(type) +
                           "\3\3" + bigEndian(size, 2);
  std::string whole = encrypt ? clientSalt : serverSalt, out(size, 0);
  whole += nonce;
  unsigned char tag[tagSize];
  int written = 0;
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
  EVP_CipherInit_ex(context, EVP_aes_128_gcm(), nullptr,
                    bytesOf(encrypt ? clientKey : serverKey), bytesOf(whole),
                    encrypt);
  EVP_CipherUpdate(context, nullptr, &written, bytesOf(additional),
                   static_cast<int>(additional.size()));
  EVP_CipherUpdate(context, reinterpret_cast<unsigned char *>(out.data()),
                   &written, bytesOf(in), static_cast<int>(size));
  if (!encrypt)
    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, tagSize,
                        const_cast<char *>(in.data() + size));
  bool good = EVP_CipherFinal_ex(context, tag, &written) == 1;
  if (encrypt) {
    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, tagSize, tag);
    out.append(reinterpret_cast<char *>(tag), tagSize);
  }
  EVP_CIPHER_CTX_free(context);
  damaged |= !good;
  return good ? out : std::string();
}

std::string Tls12Records::seal(Record type, std::string_view content) {
  std::string nonce = bigEndian(sealed, nonceSize);
  std::string body = nonce + crypt(true, type, sealed, nonce, content);
  ++sealed;
  return static_cast<char>(type) + ("\3\3" + bigEndian(body.size(), 2)) + body;
}

std::string Tls12Records::clientHello() {
  using namespace std::string_literals;
  // TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, no compression, no extensions.
  std::string body =
      "\3\3" + std::string(32, 'r') + "\0"s + "\0\2\xc0\x2b"s + "\1\0"s;
  return seal(Record::Handshake, "\1" + bigEndian(body.size(), 3) + body);
}

std::vector<Tls12Records::Opened> Tls12Records::open(std::string &bytes) {
  std::vector<Opened> records;
  constexpr size_t header = 5;
  while (bytes.size() >= header) {
    auto at = [&](size_t i) { return static_cast<unsigned char>(bytes[i]); };
    size_t size = size_t(at(3)) << 8 | at(4);
    if (bytes.size() < header + size)
      break;
    auto type = static_cast<Record>(at(0));
    if (size < nonceSize + tagSize) {
      damaged = true; // In plain, where all must be encrypted.
    } else {
      std::string_view body = std::string_view(bytes).substr(header, size);
      std::string content =
          crypt(false, type, opened++, body.substr(0, nonceSize),
                body.substr(nonceSize));
      records.push_back({type, std::move(content)});
    }
    bytes.erase(0, header + size);
  }
  return records;
}

} // namespace plumb::test
