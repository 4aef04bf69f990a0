//===- Handshake.cpp - the opening handshake, server side -----------------===//

#include "runtime/wire/Handshake.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/span_body.hpp>

#include <openssl/evp.h>

#include <algorithm>
#include <cctype>
#include <new>

using namespace plumb::rt::wire;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

beast::string_view view(std::string_view text) {
  return {text.data(), text.size()};
}

/// A value that cannot end its line.
std::string headerValue(std::string_view text) {
  std::string value(text);
  std::replace_if(
      value.begin(), value.end(),
      [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
  return value;
}

template <typename Message> std::string serialize(Message &message, bool head) {
  http::serializer<false, typename Message::body_type> serializer(message);
  serializer.split(head);
  std::string out;
  beast::error_code error;
  while (head ? !serializer.is_header_done() : !serializer.is_done()) {
    size_t bytes = 0;
    serializer.next(error, [&](beast::error_code &, const auto &buffers) {
      for (boost::asio::const_buffer buffer :
           beast::buffers_range_ref(buffers)) {
        out.append(static_cast<const char *>(buffer.data()), buffer.size());
        bytes += buffer.size();
      }
    });
    if (error) // A body in memory has no way to fail.
      break;
    serializer.consume(bytes);
  }
  return out;
}

/// Base64 of 16 bytes (RFC 6455 section 4.2.1, item 5): 22 digits and "==".
bool isKey(std::string_view key) {
  return key.size() == 24 && key.ends_with("==") &&
         std::all_of(key.begin(), key.end() - 2, [](unsigned char c) {
           return (c < 0x80 && std::isalnum(c)) || c == '+' || c == '/';
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
  http::response<http::empty_body> message(http::status::switching_protocols,
                                           11);
  message.set(http::field::upgrade, "websocket");
  message.set(http::field::connection, "Upgrade");
  message.set(http::field::sec_websocket_accept, acceptKey(request.key()));
  for (const HeaderField &field : agreed)
    message.insert(view(headerValue(field.name)),
                   view(headerValue(field.value)));
  return serialize(message, true);
}

std::string plumb::rt::wire::response(unsigned status,
                                      std::string_view contentType,
                                      std::string_view body, bool headOnly,
                                      bool keepAlive,
                                      std::span<const HeaderField> extra) {
  http::response<http::span_body<const char>> message;
  message.version(11);
  message.result(status);
  message.keep_alive(keepAlive);
  if (!contentType.empty())
    message.set(http::field::content_type, view(headerValue(contentType)));
  for (const HeaderField &field : extra)
    message.insert(view(headerValue(field.name)),
                   view(headerValue(field.value)));
  message.body() = {body.data(), body.size()};
  message.content_length(body.size());
  return serialize(message, headOnly);
}

std::string plumb::rt::wire::refusal(unsigned status, std::string_view text) {
  std::string body(text);
  body += '\n';
  std::vector<HeaderField> extra;
  if (status == 426)
    extra = {{"Connection", "Upgrade"}, // RFC 9110 section 7.8
             {"Upgrade", "websocket"},
             {"Sec-WebSocket-Version", "13"}};
  else if (status == 405)
    extra = {{"Allow", "GET, HEAD"}};
  else if (status == 429 || status == 503)
    extra = {{"Retry-After", "10"}}; // seconds
  return response(status, "text/plain; charset=utf-8", body, false, false,
                  extra);
}
