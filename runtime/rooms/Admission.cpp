//===- Admission.cpp - how many connections a server takes ----------------===//

#include "runtime/rooms/Admission.h"
#include "runtime/base/SeededHash.h"

#include <cstring>

namespace plumb::rt::rooms {

size_t Admission::Hash::operator()(const Peer &peer) const noexcept {
  char bytes[sizeof peer.prefix + 1];
  std::memcpy(bytes, &peer.prefix, sizeof peer.prefix);
  bytes[sizeof peer.prefix] = peer.isV6;
  return base::SeededHash()({bytes, sizeof bytes});
}

Admission::Peer Admission::peerOf(const net::Address &address) noexcept {
  uint64_t prefix = 0;
  std::memcpy(&prefix, address.bytes.data(), address.isV6 ? 8 : 4);
  return {prefix, address.isV6};
}

Admission::Admission(int64_t total, int64_t perAddress)
    : limit(total), addressLimit(perAddress) {}

Admission::Stripe &Admission::stripeOf(const Peer &peer) noexcept {
  // Other bits than those that choose the bucket.
  return stripes[(Hash()(peer) >> 40) % stripes.size()];
}

Admission::Verdict Admission::admit(const net::Address &peer) {
  int64_t before = total.load(std::memory_order_relaxed);
  do
    if (before >= limit)
      return Verdict::Full;
  while (!total.compare_exchange_weak(before, before + 1,
                                      std::memory_order_relaxed));
  if (addressLimit == 0)
    return Verdict::Admitted;
  try {
    Peer who = peerOf(peer);
    Stripe &stripe = stripeOf(who);
    std::lock_guard guard(stripe.lock);
    uint32_t &count = stripe.counts[who];
    if (count < addressLimit) {
      ++count;
      return Verdict::Admitted;
    }
  } catch (...) {
    total.fetch_sub(1, std::memory_order_relaxed);
    throw;
  }
  total.fetch_sub(1, std::memory_order_relaxed);
  return Verdict::Crowded;
}

void Admission::release(const net::Address &peer) noexcept {
  total.fetch_sub(1, std::memory_order_relaxed);
  if (addressLimit == 0)
    return;
  Peer who = peerOf(peer);
  Stripe &stripe = stripeOf(who);
  std::lock_guard guard(stripe.lock);
  auto found = stripe.counts.find(who);
  if (found != stripe.counts.end() && --found->second == 0)
    stripe.counts.erase(found);
}

} // namespace plumb::rt::rooms
