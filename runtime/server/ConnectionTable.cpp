//===- ConnectionTable.cpp - the connections of one shard -----------------===//

#include "runtime/server/ConnectionTable.h"
#include "runtime/server/Connection.h"

#include <utility>

namespace plumb::rt::server {

ConnectionTable::ConnectionTable() = default;
ConnectionTable::~ConnectionTable() = default;

void ConnectionTable::number(uint32_t shard, uint32_t firstGeneration) {
  id = shard;
  slots = Slots(rooms::Token::maxSlots, firstGeneration);
}

rooms::Token ConnectionTable::insert(std::unique_ptr<Connection> &connection) {
  std::lock_guard guard(lock);
  // Room for all of them, so that bury() cannot fail.
  if (graveyard.capacity() <= slots.size())
    graveyard.reserve(2 * (slots.size() + 1));
  std::optional<Slots::Name> name = slots.insert(connection);
  if (!name)
    return {};
  ++open;
  return rooms::Token(id, name->index, name->generation);
}

void ConnectionTable::retire(rooms::Token token) noexcept {
  std::lock_guard guard(lock);
  slots.retire(token.slot());
}

void ConnectionTable::bury(rooms::Token token) noexcept {
  std::lock_guard guard(lock);
  graveyard.push_back(slots.remove(token.slot()));
  --open;
}

void ConnectionTable::freeBuried() noexcept { graveyard.clear(); }

} // namespace plumb::rt::server
