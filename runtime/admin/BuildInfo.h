//===- BuildInfo.h - what a program has in it -------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ADMIN_BUILDINFO_H
#define PLUMB_RUNTIME_ADMIN_BUILDINFO_H

#include <array>
#include <string_view>

namespace plumb::rt::admin {

struct BuiltIn {
  std::string_view name, version; ///< "openssl", "3.0.19"
};

/// Plumb, and the libraries that are linked. Each library is asked itself: the
/// headers that we were compiled with may be of another version. Any thread.
std::array<BuiltIn, 3> builtIns() noexcept;

/// OpenSSL's own words: "OpenSSL 3.0.19 27 Jan 2026". They stand like this in
/// the executable that it is linked into.
std::string_view opensslRelease() noexcept;

} // namespace plumb::rt::admin

#endif // PLUMB_RUNTIME_ADMIN_BUILDINFO_H
