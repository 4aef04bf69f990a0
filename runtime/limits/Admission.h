//===- Admission.h - how many connections a server takes --------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_LIMITS_ADMISSION_H
#define PLUMB_RUNTIME_LIMITS_ADMISSION_H

#include "runtime/net/Address.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <unordered_map>

namespace plumb::rt::limits {

/// Counts the connections of a server, in total and by the address of the
/// peer, over all its shards. Any thread. An admission costs O(1) and, with a
/// limit for addresses, one short lock; memory is in proportion to the
/// addresses that have a connection now. Both limits are exact. Who has come
/// through a UNIX-domain socket has no address, and no limit of one.
class Admission {
public:
  enum class Verdict : uint8_t {
    Admitted,
    Full,          ///< the server has as many as it may have
    Crowded,       ///< the address has
    Short,         ///< the process has too little memory; not found out here
    NoDescriptors, ///< it has too few descriptors; the same
  };

  /// `perAddress` 0: no limit for addresses, which then are not counted.
  Admission(int64_t total, int64_t perAddress);

  /// Counts the connection if it is admitted. Throws std::bad_alloc, having
  /// counted nothing.
  Verdict admit(const net::Address &peer);
  /// For each that was admitted, once.
  void release(const net::Address &peer) noexcept;

  /// The same in two parts, for a connection whose address is learnt later or
  /// changes: in total, and by address. What a proxy passes on is counted as
  /// one of its client. False, or Full, when it was not counted.
  Verdict admit() noexcept;
  void release() noexcept;
  bool admitAddress(const net::Address &client);
  void releaseAddress(const net::Address &client) noexcept;

  int64_t connections() const noexcept {
    return total.load(std::memory_order_relaxed);
  }

  /// What counts as one peer: an IPv4 address, or the /64 of an IPv6 address,
  /// because a host usually has all of that to choose from.
  struct Peer {
    uint64_t prefix;
    bool isV6;
    bool operator==(const Peer &) const noexcept = default;
  };
  static Peer peerOf(const net::Address &address) noexcept;

private:
  struct Hash {
    size_t operator()(const Peer &peer) const noexcept;
  };
  struct alignas(64) Stripe {
    std::mutex lock;
    std::unordered_map<Peer, uint32_t, Hash> counts;
  };
  Stripe &stripeOf(const Peer &peer) noexcept;

  const int64_t limit, addressLimit;
  std::atomic<int64_t> total{0};
  std::array<Stripe, 16> stripes;
};

} // namespace plumb::rt::limits

#endif // PLUMB_RUNTIME_LIMITS_ADMISSION_H
