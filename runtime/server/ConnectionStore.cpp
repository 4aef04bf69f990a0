//===- ConnectionStore.cpp - the program's texts of a connection ----------===//

#include "runtime/server/Connection.h"

#include <utility>

namespace plumb::rt::server {

std::string_view Connection::stored(std::string_view key) const noexcept {
  if (stores)
    for (const Stored &entry : *stores)
      if (entry.key == key)
        return entry.value;
  return {};
}

bool Connection::store(std::string_view key, std::string_view value,
                       size_t limit) {
  if (!stores) {
    if (value.empty())
      return true;
    stores = std::make_unique<std::vector<Stored>>();
  }
  size_t others = 0;
  Stored *existing = nullptr;
  for (Stored &entry : *stores) {
    if (entry.key == key)
      existing = &entry;
    else
      others += sizeof entry + entry.key.size() + entry.value.size();
  }
  if (value.empty()) {
    if (existing) {
      std::swap(*existing, stores->back());
      stores->pop_back();
    }
    return true;
  }
  if (others + sizeof(Stored) + key.size() + value.size() > limit)
    return false;
  if (existing)
    existing->value = value;
  else
    stores->push_back({std::string(key), std::string(value)});
  return true;
}

} // namespace plumb::rt::server
