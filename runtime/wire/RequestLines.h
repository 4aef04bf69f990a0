//===- RequestLines.h - the header lines of a request -----------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_REQUESTLINES_H
#define PLUMB_RUNTIME_WIRE_REQUESTLINES_H

#include "runtime/wire/Request.h"
#include "runtime/wire/Syntax.h"

namespace plumb::rt::wire {

// Headers are looked up by scanning the raw lines, which the parser has
// checked: an index would cost each open connection more than the scan saves.
template <typename Visit>
void Request::eachLine(std::string_view name, Visit v) const {
  std::string_view lines(raw.get(), rawSize);
  lines.remove_prefix(std::min(lines.find("\r\n"), lines.size()));
  while (lines.size() > 4) { // Each turn starts at the CRLF before a line.
    lines.remove_prefix(2);
    size_t end = lines.find("\r\n");
    std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end, lines.size()));
    size_t colon = line.find(':');
    if (colon != line.npos && equalNoCase(line.substr(0, colon), name) &&
        !v(trimBlanks(line.substr(colon + 1))))
      return;
  }
}

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_REQUESTLINES_H
