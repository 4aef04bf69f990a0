//===- Accept.cpp - which media type a client likes best ------------------===//

#include "runtime/wire/Accept.h"
#include "runtime/wire/Syntax.h"

using namespace plumb::rt::wire;

namespace {

/// qvalue in thousandths, "0" to "1" with up to three digits; -1 for anything
/// else.
int readWeight(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1') ||
      (text.size() > 1 && text[1] != '.'))
    return -1;
  int weight = (text[0] - '0') * 1000, unit = 100;
  for (size_t at = 2; at < text.size(); ++at, unit /= 10) {
    if (!isDigit(text[at]))
      return -1;
    weight += (text[at] - '0') * unit;
  }
  return weight <= 1000 ? weight : -1;
}

std::string_view unquoted(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
    return text.substr(1, text.size() - 2);
  return text;
}

/// How exactly `range` means the type; -1 when it does not.
int specificityOf(std::string_view range, std::string_view type) {
  if (range == "*/*")
    return 0;
  size_t slash = type.find('/') + 1;
  if (equalNoCase(range, type))
    return 2;
  return range.size() == slash + 1 && range.ends_with('*') &&
                 equalNoCase(range.substr(0, slash), type.substr(0, slash))
             ? 1
             : -1;
}

} // namespace

Preference plumb::rt::wire::preferenceFor(std::string_view accept,
                                          std::string_view type,
                                          std::string_view version) noexcept {
  if (trimBlanks(accept).empty())
    return {1000, 0};
  Preference best;
  int decided = -1;
  while (!accept.empty()) {
    std::string_view element = takeElement(accept, ',');
    int specificity = specificityOf(takeElement(element, ';'), type);
    int weight = 1000;
    while (!element.empty() && specificity >= 0 && weight >= 0) {
      std::string_view parameter = takeElement(element, ';');
      size_t equals = std::min(parameter.find('='), parameter.size());
      std::string_view name = trimBlanks(parameter.substr(0, equals));
      std::string_view value =
          trimBlanks(parameter.substr(std::min(equals + 1, parameter.size())));
      if (equalNoCase(name, "q"))
        weight = readWeight(value);
      else if (equalNoCase(name, "version"))
        specificity = unquoted(value) == version ? 3 : -1;
    }
    if (specificity < 0 || weight < 0 || specificity < decided)
      continue;
    if (specificity > decided || weight > best.quality)
      best = {static_cast<uint16_t>(weight), static_cast<uint8_t>(specificity)};
    decided = specificity;
  }
  return best;
}
