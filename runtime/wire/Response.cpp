//===- Response.cpp - HTTP responses as strings ---------------------------===//

#include "runtime/wire/Response.h"
#include "runtime/wire/HttpDate.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/span_body.hpp>

#include <algorithm>
#include <vector>

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

} // namespace

std::string
plumb::rt::wire::interimResponse(unsigned status,
                                 std::span<const HeaderField> fields) {
  http::response<http::empty_body> message;
  message.version(11);
  message.result(status);
  for (const HeaderField &field : fields)
    message.insert(view(headerValue(field.name)),
                   view(headerValue(field.value)));
  return serialize(message, true);
}

std::string plumb::rt::wire::response(unsigned status,
                                      std::string_view contentType,
                                      std::string_view body, bool headOnly,
                                      Persistence persistence,
                                      std::span<const HeaderField> extra,
                                      std::time_t now) {
  http::response<http::span_body<const char>> message;
  message.version(11);
  message.result(status);
  message.set(http::field::date, view(httpDate(now)));
  if (persistence != Persistence::Keep)
    message.set(http::field::connection,
                persistence == Persistence::Close ? "close" : "keep-alive");
  if (!contentType.empty())
    message.set(http::field::content_type, view(headerValue(contentType)));
  for (const HeaderField &field : extra)
    message.insert(view(headerValue(field.name)),
                   view(headerValue(field.value)));
  message.body() = {body.data(), body.size()};
  message.content_length(body.size());
  return serialize(message, headOnly);
}

std::string plumb::rt::wire::refusal(unsigned status, std::string_view text,
                                     bool headOnly, std::time_t now) {
  std::string body(text);
  body += '\n';
  std::vector<HeaderField> extra;
  if (status == 426)
    extra = {{"Connection", "Upgrade"}, // RFC 9110 section 7.8
             {"Upgrade", "websocket"},
             {"Sec-WebSocket-Version", "13"}};
  else if (status == 405)
    extra = {{"Allow", allowedMethods}};
  else if (status == 429 || status == 503)
    extra = {{"Retry-After", "10"}}; // seconds
  return response(status, "text/plain; charset=utf-8", body, headOnly,
                  Persistence::Close, extra, now);
}

std::string plumb::rt::wire::optionsResponse(Persistence persistence) {
  const HeaderField allow[] = {{"Allow", allowedMethods}};
  return response(200, "", "", false, persistence, allow);
}
