//===- Request.cpp - the head of an HTTP request --------------------------===//

#include "runtime/wire/RequestLines.h"
#include "runtime/wire/Target.h"

using namespace plumb::rt::wire;

namespace {

/// Path and query; empty for a request that is none yet.
Target parts(const Request &request) {
  return parseTarget(request.method(), request.target()).value_or(Target());
}

std::string percentDecode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    int high = -1, low = -1;
    if (text[at] == '%' && at + 2 < text.size()) {
      high = hexDigit(text[at + 1]);
      low = hexDigit(text[at + 2]);
    }
    if (high >= 0 && low >= 0) {
      out += static_cast<char>(high << 4 | low);
      at += 2;
    } else {
      out += text[at] == '+' ? ' ' : text[at];
    }
  }
  return out;
}

} // namespace

Request::Request(Head head) noexcept
    : raw(std::move(head.raw)), rawSize(head.size), methodSize(head.methodSize),
      targetSize(head.targetSize), httpVersion(head.version),
      bodyFollows(head.contentLength != 0 ||
                  headerCount("Transfer-Encoding") != 0) {}

std::string_view Request::path() const noexcept { return parts(*this).path; }

std::string_view Request::query() const noexcept { return parts(*this).query; }

std::string Request::header(std::string_view name) const {
  if (equalNoCase(name, "Host"))
    return std::string(host());
  std::string_view separator = equalNoCase(name, "Cookie") ? "; " : ", ";
  std::string value;
  bool first = true;
  eachLine(name, [&](std::string_view line) {
    if (!first)
      value += separator;
    first = false;
    value += line;
    return true;
  });
  return value;
}

unsigned Request::headerCount(std::string_view name) const noexcept {
  unsigned count = 0;
  eachLine(name, [&](std::string_view) { return ++count, true; });
  return count;
}

bool Request::headerHasToken(std::string_view name,
                             std::string_view token) const noexcept {
  bool found = false;
  eachLine(name, [&](std::string_view list) {
    while (!found && !list.empty()) {
      size_t comma = list.find(',');
      found = equalNoCase(trimBlanks(list.substr(0, comma)), token);
      list.remove_prefix(comma == list.npos ? list.size() : comma + 1);
    }
    return !found;
  });
  return found;
}

std::string_view Request::firstHeader(std::string_view name) const noexcept {
  std::string_view value;
  eachLine(name, [&](std::string_view line) { return value = line, false; });
  return value;
}

std::string_view Request::host() const noexcept {
  std::string_view inTarget = parts(*this).authority;
  return inTarget.empty() ? firstHeader("Host") : inTarget;
}

std::string_view Request::key() const noexcept {
  return firstHeader("Sec-WebSocket-Key");
}

Persistence Request::persistence() const noexcept {
  if (bodyFollows || headerHasToken("Connection", "close"))
    return Persistence::Close;
  if (httpVersion >= 11)
    return Persistence::Keep;
  return headerHasToken("Connection", "keep-alive") ? Persistence::KeepSaid
                                                    : Persistence::Close;
}

bool Request::isUpgrade() const noexcept {
  return headerHasToken("Upgrade", "websocket");
}

std::optional<std::string> plumb::rt::wire::queryValue(std::string_view query,
                                                       std::string_view name) {
  while (!query.empty()) {
    size_t amp = query.find('&');
    std::string_view pair = query.substr(0, amp);
    query.remove_prefix(amp == query.npos ? query.size() : amp + 1);
    size_t equals = pair.find('=');
    if (percentDecode(pair.substr(0, equals)) == name)
      return equals == pair.npos ? std::string()
                                 : percentDecode(pair.substr(equals + 1));
  }
  return std::nullopt;
}
