//===- BuildInfo.cpp - what a program has in it ---------------------------===//

#include "runtime/admin/BuildInfo.h"
#include "plumb/version.h"

#include <openssl/crypto.h>
#include <zlib.h>

namespace plumb::rt::admin {

std::array<BuiltIn, 3> builtIns() noexcept {
  return {{{"version", PLUMB_VERSION},
           {"openssl", OpenSSL_version(OPENSSL_VERSION_STRING)},
           {"zlib", ::zlibVersion()}}};
}

std::string_view opensslRelease() noexcept {
  return OpenSSL_version(OPENSSL_VERSION);
}

} // namespace plumb::rt::admin
