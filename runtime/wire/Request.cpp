//===- Request.cpp - the head of an HTTP request --------------------------===//
//
// Headers are looked up by scanning the raw lines, which the parser has
// checked: an index would cost each open connection more than the scan saves.
//
//===----------------------------------------------------------------------===//

#include "runtime/wire/Request.h"

#include <algorithm>

using namespace plumb::rt::wire;

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c; }

bool equalNoCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blank = " \t";
  size_t begin = text.find_first_not_of(blank);
  if (begin == text.npos)
    return text.substr(text.size());
  return text.substr(begin, text.find_last_not_of(blank) + 1 - begin);
}

/// Path and query of a target; for the absolute form ("http://host/path",
/// RFC 9112 section 3.2.2) without scheme and host.
std::string_view pathAndQuery(std::string_view target) {
  size_t scheme = target.starts_with('/') ? target.npos : target.find("://");
  if (scheme == target.npos)
    return target;
  size_t begin = target.find_first_of("/?", scheme + 3);
  return begin == target.npos ? "/" : target.substr(begin);
}

/// Host and port of a target in absolute form.
std::string_view authority(std::string_view target) {
  size_t scheme = target.starts_with('/') ? target.npos : target.find("://");
  if (scheme == target.npos)
    return {};
  target.remove_prefix(scheme + 3);
  return target.substr(0, target.find_first_of("/?"));
}

int hexDigit(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
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

/// Calls `v(value) -> bool` for each line of that name until it is false.
template <typename Visit>
void Request::visit(std::string_view name, Visit v) const {
  std::string_view lines(raw.get(), rawSize);
  lines.remove_prefix(std::min(lines.find("\r\n"), lines.size()));
  while (lines.size() > 4) { // Each turn starts at the CRLF before a line.
    lines.remove_prefix(2);
    size_t end = lines.find("\r\n");
    std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end, lines.size()));
    size_t colon = line.find(':');
    if (colon != line.npos && equalNoCase(line.substr(0, colon), name) &&
        !v(trim(line.substr(colon + 1))))
      return;
  }
}

std::string_view Request::path() const noexcept {
  std::string_view all = pathAndQuery(target());
  std::string_view path = all.substr(0, all.find('?'));
  return path.empty() && !all.empty() ? "/" : path;
}

std::string_view Request::query() const noexcept {
  std::string_view all = pathAndQuery(target());
  size_t mark = all.find('?');
  return mark == all.npos ? std::string_view() : all.substr(mark + 1);
}

std::string Request::header(std::string_view name) const {
  std::string value;
  bool first = true;
  visit(name, [&](std::string_view line) {
    if (!first)
      value += ", ";
    first = false;
    value += line;
    return true;
  });
  return value;
}

unsigned Request::headerCount(std::string_view name) const noexcept {
  unsigned count = 0;
  visit(name, [&](std::string_view) { return ++count, true; });
  return count;
}

bool Request::headerHasToken(std::string_view name,
                             std::string_view token) const noexcept {
  bool found = false;
  visit(name, [&](std::string_view list) {
    while (!found && !list.empty()) {
      size_t comma = list.find(',');
      found = equalNoCase(trim(list.substr(0, comma)), token);
      list.remove_prefix(comma == list.npos ? list.size() : comma + 1);
    }
    return !found;
  });
  return found;
}

std::string_view Request::firstHeader(std::string_view name) const noexcept {
  std::string_view value;
  visit(name, [&](std::string_view line) { return value = line, false; });
  return value;
}

std::string_view Request::host() const noexcept {
  std::string_view inTarget = authority(target());
  return inTarget.empty() ? firstHeader("Host") : inTarget;
}

std::string_view Request::key() const noexcept {
  return firstHeader("Sec-WebSocket-Key");
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
