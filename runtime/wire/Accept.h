//===- Accept.h - which media type a client likes best ----------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_ACCEPT_H
#define PLUMB_RUNTIME_WIRE_ACCEPT_H

#include <cstdint>
#include <string_view>

namespace plumb::rt::wire {

/// What an Accept header says about one media type.
struct Preference {
  /// Thousandths (RFC 9110 section 12.4.2); 0: not acceptable.
  uint16_t quality = 0;
  /// Of the range that decided: 0 none or "*/*", 1 "type/*", 2 "type/subtype",
  /// 3 with the version.
  uint8_t specificity = 0;
};

/// Reads Accept (several lines joined by a comma; RFC 9110 section 12.5.1) for
/// a type such as "text/plain" of a version such as "0.0.4". The most specific
/// range decides, and among equals the greatest weight. A range for another
/// version does not apply; other parameters are not looked at; what is
/// malformed is passed over. An empty value takes everything.
Preference preferenceFor(std::string_view accept, std::string_view type,
                         std::string_view version) noexcept;

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_ACCEPT_H
