//===- Store.h - the program's texts of a connection ------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_SERVER_STORE_H
#define PLUMB_RUNTIME_SERVER_STORE_H

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::rt::server {

/// A few texts by key; nothing is allocated before there is one. Whoever calls
/// keeps threads apart.
class Store {
public:
  /// Empty when there is none; valid until the next put().
  std::string_view get(std::string_view key) const noexcept;
  /// False, and nothing changed, when it would be over `limit` bytes. An empty
  /// value forgets. Throws std::bad_alloc.
  bool put(std::string_view key, std::string_view value, size_t limit);
  void clear() noexcept { entries.reset(); }

private:
  struct Entry {
    std::string key, value;
  };
  static_assert(sizeof(Entry) <= 64, "what max_store_bytes says of a key");

  std::unique_ptr<std::vector<Entry>> entries;
};

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_STORE_H
