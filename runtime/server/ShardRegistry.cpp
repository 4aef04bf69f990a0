//===- ShardRegistry.cpp - the shards of the process ----------------------===//

#include "runtime/server/ShardRegistry.h"
#include "runtime/server/Shard.h"

#include <array>
#include <mutex>
#include <shared_mutex>

namespace plumb::rt::server {

namespace {
struct Registry {
  std::shared_mutex lock;
  std::array<std::shared_ptr<Shard>, rooms::Token::maxShards> shards;
  // By number, so that a token of an earlier shard stays stale for ever.
  std::array<uint32_t, rooms::Token::maxShards> generations = {};
};
Registry &registry() {
  static Registry &instance = *new Registry(); // Outlives the threads.
  return instance;
}
} // namespace

std::shared_ptr<Shard> ShardRegistry::find(uint32_t number) {
  std::shared_lock guard(registry().lock);
  return registry().shards[number];
}

bool ShardRegistry::add(const std::shared_ptr<Shard> &shard) {
  std::unique_lock guard(registry().lock);
  for (uint32_t i = 1; i < rooms::Token::maxShards; ++i) {
    uint32_t generation = registry().generations[i];
    if (registry().shards[i] || generation == ConnectionTable::Slots::usedUp)
      continue;
    registry().shards[i] = shard;
    shard->connections.number(i, generation);
    return true;
  }
  return false;
}

void ShardRegistry::remove(Shard &shard) noexcept {
  uint32_t number = shard.number();
  if (number == 0)
    return;
  std::shared_ptr<Shard> keep;
  std::unique_lock guard(registry().lock);
  registry().generations[number] = shard.connections.nextGeneration();
  keep = std::move(registry().shards[number]);
}

} // namespace plumb::rt::server
