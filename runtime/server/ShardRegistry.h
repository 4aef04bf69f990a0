//===- ShardRegistry.h - the shards of the process --------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_SERVER_SHARDREGISTRY_H
#define PLUMB_RUNTIME_SERVER_SHARDREGISTRY_H

#include <cstdint>
#include <memory>

namespace plumb::rt::server {

class Shard;

/// Shards by number, of all servers. Thread safe.
class ShardRegistry {
public:
  /// Null when it is gone.
  static std::shared_ptr<Shard> find(uint32_t number);
  /// Gives the shard its number; false when there are too many.
  static bool add(const std::shared_ptr<Shard> &shard);
  static void remove(Shard &shard) noexcept;
};

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_SHARDREGISTRY_H
