//===- Store.cpp - the program's texts of a connection --------------------===//

#include "runtime/server/Store.h"

#include <utility>

namespace plumb::rt::server {

std::string_view Store::get(std::string_view key) const noexcept {
  if (entries)
    for (const Entry &entry : *entries)
      if (entry.key == key)
        return entry.value;
  return {};
}

bool Store::put(std::string_view key, std::string_view value, size_t limit) {
  if (!entries) {
    if (value.empty())
      return true;
    entries = std::make_unique<std::vector<Entry>>();
  }
  size_t others = 0;
  Entry *existing = nullptr;
  for (Entry &entry : *entries) {
    if (entry.key == key)
      existing = &entry;
    else
      others += sizeof entry + entry.key.size() + entry.value.size();
  }
  if (value.empty()) {
    if (existing) {
      std::swap(*existing, entries->back());
      entries->pop_back();
    }
    return true;
  }
  if (others + sizeof(Entry) + key.size() + value.size() > limit)
    return false;
  if (existing)
    existing->value = value;
  else
    entries->push_back({std::string(key), std::string(value)});
  return true;
}

} // namespace plumb::rt::server
