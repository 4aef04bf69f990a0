//===- EntityTag.h - preconditions of a request -----------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_ENTITYTAG_H
#define PLUMB_RUNTIME_WIRE_ENTITYTAG_H

#include <string_view>

namespace plumb::rt::wire {

class Request;

/// How two entity tags are compared (RFC 9110 section 8.8.3.2).
enum class TagComparison { Strong, Weak };

/// True when the value of If-Match or If-None-Match, "*" or a list of tags
/// (several lines joined by a comma), has the strong tag `own`, given with its
/// quotes. A value that is malformed has no tag.
bool namesTag(std::string_view value, std::string_view own,
              TagComparison comparison) noexcept;

/// What a GET or HEAD for a representation with the strong tag `own` is
/// answered with (RFC 9110 section 13.2.2): 200, 304 or 412.
unsigned evaluatePreconditions(const Request &request, std::string_view own);

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_ENTITYTAG_H
