//===- Pages.cpp - fixed pages --------------------------------------------===//

#include "runtime/http/Pages.h"
#include "runtime/wire/EntityTag.h"

#include <mutex>

namespace plumb::rt::http {

Pages &Pages::instance() {
  static Pages &pages = *new Pages(); // Outlives the program's threads.
  return pages;
}

/// FNV-1a: the tag must change with the page, nothing more.
static std::string tagOf(const wire::Bytes &body) {
  uint64_t hash = 14695981039346656037u;
  for (uint8_t byte : body)
    hash = (hash ^ byte) * 1099511628211u;
  return "\"" + std::to_string(hash) + "\"";
}

void Pages::set(std::string_view path, std::string_view contentType,
                wire::Bytes body) {
  auto page = std::make_shared<Page>();
  page->contentType = contentType;
  page->tag = tagOf(body);
  page->body = std::make_shared<const wire::Bytes>(std::move(body));
  std::unique_lock guard(lock);
  pages.insert_or_assign(std::string(path), std::move(page));
}

std::shared_ptr<const Page> Pages::find(std::string_view path) {
  std::shared_lock guard(lock);
  auto found = pages.find(path);
  return found == pages.end() ? nullptr : found->second;
}

Response pageFor(const wire::Request &request, bool headOnly) {
  static constexpr std::string_view plain = "text/plain; charset=utf-8";
  wire::Persistence persistence = request.persistence();
  std::shared_ptr<const Page> page = Pages::instance().find(request.path());
  if (!page)
    return {wire::response(404, plain, "there is no page here\n", headOnly,
                           persistence),
            nullptr, persistence};
  const wire::HeaderField fields[] = {{"Cache-Control", "no-cache"},
                                      {"ETag", page->tag},
                                      {"X-Content-Type-Options", "nosniff"}};
  unsigned status = wire::evaluatePreconditions(request, page->tag);
  if (status == 412)
    return {wire::response(412, plain, "the page is another one\n", headOnly,
                           persistence, fields),
            nullptr, persistence};
  std::string_view body(reinterpret_cast<const char *>(page->body->data()),
                        page->body->size());
  // Head only, for its length: the bytes are shared by all requests.
  bool withoutBody = headOnly || status == 304;
  return {wire::response(status, page->contentType, body, true, persistence,
                         fields),
          withoutBody ? nullptr : page->body, persistence};
}

} // namespace plumb::rt::http
