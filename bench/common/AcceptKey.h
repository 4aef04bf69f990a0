//===- AcceptKey.h - The answer to a handshake's key ------------*- C++ -*-===//
//
// Sec-WebSocket-Accept (RFC 6455, section 4.2.2, step 5.4).
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_BENCH_COMMON_ACCEPTKEY_H
#define PLUMB_BENCH_COMMON_ACCEPTKEY_H

#include <openssl/evp.h>

#include <string>
#include <string_view>

namespace plumb::bench {

/// The value of Sec-WebSocket-Accept that answers `key`.
inline std::string acceptKey(std::string_view key) {
  std::string text(key);
  text += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned digestSize = 0;
  EVP_Digest(text.data(), text.size(), digest, &digestSize, EVP_sha1(),
             nullptr);
  unsigned char encoded[64];
  int size = EVP_EncodeBlock(encoded, digest, int(digestSize));
  return std::string(reinterpret_cast<char *>(encoded), size_t(size));
}

} // namespace plumb::bench

#endif // PLUMB_BENCH_COMMON_ACCEPTKEY_H
