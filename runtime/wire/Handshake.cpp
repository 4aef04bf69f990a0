//===- Handshake.cpp - the opening handshake, server side -----------------===//

#include "runtime/wire/Handshake.h"
#include "runtime/wire/Syntax.h"

#include <openssl/evp.h>

#include <algorithm>
#include <new>
#include <vector>

using namespace plumb::rt::wire;

namespace {

/// Base64 of 16 bytes (RFC 6455 section 4.2.1, item 5): 22 digits and "==".
bool isKey(std::string_view key) {
  return key.size() == 24 && key.ends_with("==") &&
         std::all_of(key.begin(), key.end() - 2, [](char c) {
           return isAlpha(c) || isDigit(c) || c == '+' || c == '/';
         });
}

} // namespace

UpgradeCheck plumb::rt::wire::validateUpgrade(const Request &request) {
  if (request.method() != "GET")
    return {405, "a WebSocket handshake is a GET request"};
  if (!request.isUpgrade())
    return {426, "this is a WebSocket end point"};
  if (request.version() < 11)
    return {400, "a WebSocket handshake needs HTTP/1.1"};
  if (!request.headerHasToken("Connection", "Upgrade"))
    return {400, "the Connection header must contain Upgrade"};
  if (request.hasBody())
    return {400, "a WebSocket handshake has no body"};
  // Before the key: another version may have other headers.
  if (request.headerCount("Sec-WebSocket-Version") != 1)
    return {400, "there must be one Sec-WebSocket-Version header"};
  if (request.firstHeader("Sec-WebSocket-Version") != "13")
    return {426, "only version 13 of the WebSocket protocol is spoken here"};
  if (request.headerCount("Sec-WebSocket-Key") != 1)
    return {400, "there must be one Sec-WebSocket-Key header"};
  if (!isKey(request.key()))
    return {400, "Sec-WebSocket-Key must be 16 bytes in base64"};
  return {101, ""};
}

std::string plumb::rt::wire::acceptKey(std::string_view key) {
  std::string text(key);
  text += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  unsigned char digest[EVP_MAX_MD_SIZE], encoded[EVP_MAX_MD_SIZE * 2];
  unsigned size = 0;
  // Fails only when OpenSSL cannot allocate.
  if (EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha1(),
                 nullptr) != 1)
    throw std::bad_alloc();
  int length = EVP_EncodeBlock(encoded, digest, static_cast<int>(size));
  return std::string(reinterpret_cast<char *>(encoded), length);
}

std::string
plumb::rt::wire::upgradeResponse(const Request &request,
                                 std::span<const HeaderField> agreed) {
  std::string accept = acceptKey(request.key());
  std::vector<HeaderField> fields = {{"Upgrade", "websocket"},
                                     {"Connection", "Upgrade"},
                                     {"Sec-WebSocket-Accept", accept}};
  fields.insert(fields.end(), agreed.begin(), agreed.end());
  return interimResponse(101, fields);
}
