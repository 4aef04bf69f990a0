//===- Pages.h - fixed pages ------------------------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_HTTP_PAGES_H
#define PLUMB_RUNTIME_HTTP_PAGES_H

#include "runtime/base/SeededHash.h"
#include "runtime/http/Session.h"
#include "runtime/wire/Bytes.h"

#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>

namespace plumb::rt::http {

struct Page {
  std::string contentType;
  std::string tag; ///< a strong entity tag, with its quotes (RFC 9110 8.8.3)
  wire::SharedBytes body;
};

/// The pages that every server of the process answers with, by path. Any
/// thread.
class Pages {
public:
  static Pages &instance();
  /// Adds or replaces.
  void set(std::string_view path, std::string_view contentType,
           wire::Bytes body);
  /// Null when there is none; a page in use outlives its replacement.
  std::shared_ptr<const Page> find(std::string_view path);

private:
  std::shared_mutex lock;
  base::TextMap<std::shared_ptr<const Page>> pages;
};

/// What a GET or HEAD of a page is answered, if there is one or not. Any
/// thread.
Response pageFor(const wire::Request &request, bool headOnly);

} // namespace plumb::rt::http

#endif // PLUMB_RUNTIME_HTTP_PAGES_H
