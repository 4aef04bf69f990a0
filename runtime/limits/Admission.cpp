//===- Admission.cpp - how many connections a server takes ----------------===//

#include "runtime/limits/Admission.h"
#include "runtime/base/SeededHash.h"

#include <cstring>

namespace plumb::rt::limits {

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

Admission::Verdict Admission::admit() noexcept {
  int64_t before = total.load(std::memory_order_relaxed);
  do
    if (before >= limit)
      return Verdict::Full;
  while (!total.compare_exchange_weak(before, before + 1,
                                      std::memory_order_relaxed));
  return Verdict::Admitted;
}

void Admission::release() noexcept {
  total.fetch_sub(1, std::memory_order_relaxed);
}

bool Admission::admitAddress(const net::Address &client) {
  if (addressLimit == 0 || client.isUnix)
    return true;
  Peer who = peerOf(client);
  Stripe &stripe = stripeOf(who);
  std::lock_guard guard(stripe.lock);
  uint32_t &count = stripe.counts[who];
  if (count >= addressLimit)
    return false;
  ++count;
  return true;
}

void Admission::releaseAddress(const net::Address &client) noexcept {
  if (addressLimit == 0 || client.isUnix)
    return;
  Peer who = peerOf(client);
  Stripe &stripe = stripeOf(who);
  std::lock_guard guard(stripe.lock);
  auto found = stripe.counts.find(who);
  if (found != stripe.counts.end() && --found->second == 0)
    stripe.counts.erase(found);
}

Admission::Verdict Admission::admit(const net::Address &peer) {
  if (admit() == Verdict::Full)
    return Verdict::Full;
  try {
    if (admitAddress(peer))
      return Verdict::Admitted;
  } catch (...) {
    release();
    throw;
  }
  release();
  return Verdict::Crowded;
}

void Admission::release(const net::Address &peer) noexcept {
  release();
  releaseAddress(peer);
}

} // namespace plumb::rt::limits
