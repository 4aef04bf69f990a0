//===- Tickets.h - keys of session tickets ----------------------*- C++ -*-===//
//
// A ticket (RFC 5077, RFC 8446 section 4.6.1) is a session that the client
// keeps, encrypted with a key that only this process has. All contexts of the
// process share the keys: a session is resumed on any shard, and after a
// certificate has been replaced. A key encrypts for `life` seconds and is kept
// for as long again, so each ticket is good for the `life` that it was given
// with, and no key is older than twice that.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_NET_TICKETS_H
#define PLUMB_RUNTIME_NET_TICKETS_H

#include <array>
#include <cstdint>
#include <mutex>
#include <openssl/ssl.h>
#include <optional>
#include <span>

namespace plumb::rt::net {

struct TicketKey {
  std::array<uint8_t, 16> name;
  std::array<uint8_t, 32> cipher; ///< AES-256-CBC
  std::array<uint8_t, 32> digest; ///< HMAC-SHA-256
};

/// Two keys in turn. Any thread; `now` is in seconds of the monotonic clock.
class TicketKeys {
public:
  static constexpr int64_t life = 2 * 60 * 60;

  ~TicketKeys();
  /// The key to encrypt with, made anew when it is due. None when the system
  /// has no randomness.
  std::optional<TicketKey> current(int64_t now);
  struct Found {
    TicketKey key;
    bool isCurrent; ///< else the client should get another ticket
  };
  std::optional<Found> find(std::span<const uint8_t, 16> name, int64_t now);

private:
  void rotate(int64_t now);

  std::mutex lock;
  std::optional<TicketKey> newest, last; // guarded by lock
  int64_t made = 0;                      // guarded by lock; when `newest` was
};

/// Makes the context resume sessions by tickets with the process's keys, and
/// not otherwise: one ticket a handshake with TLS 1.3, no early data, no cache.
void useTickets(SSL_CTX *context);

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_TICKETS_H
