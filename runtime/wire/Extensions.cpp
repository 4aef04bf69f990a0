//===- Extensions.cpp - which extensions a handshake agrees on ------------===//

#include "runtime/wire/Extensions.h"
#include "runtime/wire/FieldReader.h"

using namespace plumb::rt::wire;

namespace {

/// A parameter's value. It may be quoted, and what is left without quotes and
/// backslashes must be a token (RFC 6455 section 9.1), so it is compared in
/// place.
struct Value {
  std::string_view raw;
  bool quoted = false;

  /// The number that the value spells, 8 to 15 without a leading zero; 0 for
  /// anything else.
  unsigned windowBits() const noexcept {
    unsigned number = 0, digits = 0;
    for (size_t at = 0; at != raw.size(); ++at) {
      if (quoted && raw[at] == '\\')
        ++at; // The reader has seen that something follows.
      char c = raw[at];
      ++digits;
      if (c < '0' || c > '9' || (digits == 1 && c == '0') || digits > 2)
        return 0;
      number = number * 10 + static_cast<unsigned>(c - '0');
    }
    return number >= 8 && number <= 15 ? number : 0;
  }
};

class Reader : public FieldReader {
public:
  using FieldReader::FieldReader;

  /// Nothing when it is no token, quoted or not.
  std::optional<Value> value() {
    if (!text.starts_with('"')) {
      std::string_view raw = token();
      return raw.empty() ? std::nullopt : std::optional(Value{raw});
    }
    size_t at = 1;
    for (; at < text.size() && text[at] != '"'; ++at) {
      if (text[at] == '\\')
        ++at;
      if (at >= text.size() || !isTokenByte(text[at]))
        return std::nullopt;
    }
    if (at >= text.size() || at == 1)
      return std::nullopt;
    Value value{text.substr(1, at - 1), true};
    text.remove_prefix(at + 1);
    return value;
  }
};

/// One offer of permessage-deflate, parameter by parameter.
class DeflateOffer {
public:
  void add(std::string_view name, const std::optional<Value> &value) {
    constexpr std::string_view names[] = {
        "server_no_context_takeover", "client_no_context_takeover",
        "server_max_window_bits", "client_max_window_bits"};
    unsigned which = 0;
    while (which != 4 && names[which] != name)
      ++which;
    bool valid;
    switch (which) {
    case 0:
      agreed.promisesToForget = true;
      valid = !value;
      break;
    case 1:
      agreed.clientForgets = true;
      valid = !value;
      break;
    case 2:
      agreed.windowBits = static_cast<uint8_t>(value ? value->windowBits() : 0);
      agreed.namesWindow = true;
      valid = agreed.windowBits != 0;
      break;
    case 3: // Without a value it says that we might ask; we never do.
      if (value)
        agreed.clientWindowBits = static_cast<uint8_t>(value->windowBits());
      valid = agreed.clientWindowBits != 0;
      break;
    default:
      valid = false;
    }
    if (!valid || (seen >> which & 1))
      declined = true;
    seen |= 1u << which;
  }
  std::optional<Deflate> result() const {
    return declined ? std::nullopt : std::optional(agreed);
  }

private:
  Deflate agreed;
  unsigned seen = 0;
  bool declined = false;
};

} // namespace

Offers plumb::rt::wire::readOffers(std::string_view extensions) noexcept {
  Offers offers;
  Reader reader(extensions);
  bool any = false;
  auto malformed = [] { return Offers{false, std::nullopt}; };
  while (true) {
    // A list may have empty elements (RFC 9110 section 5.6.1.2).
    while (reader.take(','))
      ;
    if (reader.atEnd())
      break;
    std::string_view name = reader.token();
    if (name.empty())
      return malformed();
    any = true;
    DeflateOffer offer;
    while (reader.take(';')) {
      std::string_view parameter = reader.token();
      if (parameter.empty())
        return malformed();
      std::optional<Value> value;
      if (reader.take('=')) {
        value = reader.value();
        if (!value)
          return malformed();
      }
      offer.add(parameter, value);
    }
    if (name == "permessage-deflate" && !offers.deflate)
      offers.deflate = offer.result();
    if (!reader.atEnd() && !reader.take(','))
      return malformed();
  }
  return any ? offers : malformed();
}

std::string Deflate::answer() const {
  std::string text = "permessage-deflate";
  if (promisesToForget)
    text += "; server_no_context_takeover";
  if (clientForgets)
    text += "; client_no_context_takeover";
  else if (clientWindowBits < 15) // Some use 15 unless it is repeated.
    text += "; client_max_window_bits=" + std::to_string(clientWindowBits);
  if (namesWindow)
    text += "; server_max_window_bits=" + std::to_string(windowBits);
  return text;
}
