//===- Target.cpp - the target of a request -------------------------------===//

#include "runtime/wire/Target.h"
#include "runtime/wire/Authority.h"
#include "runtime/wire/Syntax.h"

using namespace plumb::rt::wire;

namespace {

bool isVisible(char c) { return c != ' ' && !isControl(c); }

bool isPathByte(char c) {
  return isVisible(c) &&
         std::string_view("\"#<>?\\`{}").find(c) == std::string_view::npos;
}
bool isQueryByte(char c) {
  return isVisible(c) &&
         std::string_view("\"#<>").find(c) == std::string_view::npos;
}

/// Path, perhaps with a query.
bool split(std::string_view text, Target &target) {
  size_t mark = std::min(text.find('?'), text.size());
  target.path = text.substr(0, mark);
  target.query =
      mark == text.size() ? std::string_view() : text.substr(mark + 1);
  return std::all_of(target.path.begin(), target.path.end(), isPathByte) &&
         escapesAreWhole(target.path) &&
         std::all_of(target.query.begin(), target.query.end(), isQueryByte);
}

} // namespace

bool Target::isSecure() const noexcept {
  return equalNoCase(scheme, "https") || equalNoCase(scheme, "wss");
}

std::optional<Target>
plumb::rt::wire::parseTarget(std::string_view method,
                             std::string_view text) noexcept {
  Target target;
  if (method == "CONNECT") {
    std::optional<Authority> authority = parseAuthority(text);
    if (!authority || authority->port.empty())
      return std::nullopt;
    target.form = Target::Form::Authority;
    target.authority = text;
    return target;
  }
  if (text == "*") {
    if (method != "OPTIONS")
      return std::nullopt;
    target.form = Target::Form::Asterisk;
    target.path = text;
    return target;
  }
  if (!text.starts_with('/')) {
    size_t colon = std::min(text.find("://"), text.size());
    target.form = Target::Form::Absolute;
    target.scheme = text.substr(0, colon);
    if (colon == text.size() ||
        !(target.isSecure() || equalNoCase(target.scheme, "http") ||
          equalNoCase(target.scheme, "ws")))
      return std::nullopt;
    text.remove_prefix(colon + 3);
    size_t end = std::min(text.find_first_of("/?#"), text.size());
    target.authority = text.substr(0, end);
    text.remove_prefix(end);
    // A host is needed (RFC 9110 section 4.2.1).
    if (target.authority.empty() || !parseAuthority(target.authority))
      return std::nullopt;
  }
  if (!split(text, target))
    return std::nullopt;
  if (target.path.empty())
    target.path = "/";
  return target;
}
