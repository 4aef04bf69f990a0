//===- ConnectionTable.cpp - the connections of one shard -----------------===//

#include "runtime/rooms/ConnectionTable.h"
#include "runtime/rooms/Connection.h"

#include <utility>

namespace plumb::rt::rooms {

ConnectionTable::ConnectionTable() = default;
ConnectionTable::~ConnectionTable() = default;

void ConnectionTable::number(uint32_t shard, uint32_t firstGeneration) {
  id = shard;
  slots = Slots(Token::maxSlots, firstGeneration);
}

Token ConnectionTable::insert(std::unique_ptr<Connection> &connection) {
  std::lock_guard guard(lock);
  // Room for all of them, so that bury() cannot fail.
  if (graveyard.capacity() <= slots.size())
    graveyard.reserve(2 * (slots.size() + 1));
  std::optional<Slots::Name> name = slots.insert(connection);
  if (!name)
    return {};
  ++open;
  return Token(id, name->index, name->generation);
}

void ConnectionTable::retire(Token token) noexcept {
  std::lock_guard guard(lock);
  slots.retire(token.slot());
}

void ConnectionTable::bury(Token token) noexcept {
  std::lock_guard guard(lock);
  graveyard.push_back(slots.remove(token.slot()));
  --open;
}

void ConnectionTable::freeBuried() noexcept { graveyard.clear(); }

} // namespace plumb::rt::rooms
