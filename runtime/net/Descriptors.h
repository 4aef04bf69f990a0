//===- Descriptors.h - how many files the process may open ------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_DESCRIPTORS_H
#define PLUMB_RUNTIME_NET_DESCRIPTORS_H

#include <atomic>
#include <cstdint>

namespace plumb::rt::net {

/// Shares out the descriptors of the process (RLIMIT_NOFILE, getrlimit(2)): the
/// last ones are not for clients. The kernel gives the lowest number that is
/// free, so a new descriptor's number says how many are open. Any thread.
class Descriptors {
public:
  /// Those of the process; others are for tests.
  static Descriptors &instance() noexcept;
  /// With the limit that the process has now.
  Descriptors() noexcept { look(); }

  /// The soft limit becomes the hard one. Programs that the process starts
  /// inherit it.
  void raise() noexcept;

  /// What a socket of a client that has just been accepted may be used for.
  enum class Use : uint8_t {
    Any,
    Refusal, ///< an answer that says why not
    None,    ///< to be closed at once: the rest is for the admin port,
             ///< certificates and the program
  };
  /// Knows of a limit that was changed meanwhile (prlimit(1)).
  Use useOf(int fd) noexcept;

  /// Whether a client that came now would be refused.
  bool areShort() noexcept;

  /// Asks for the limit again: another process may have changed it.
  void look() noexcept;

  /// How many descriptors clients can have who are not refused.
  uint64_t forClients() const noexcept {
    return limit() - 2 * reserve(limit());
  }
  uint64_t limit() const noexcept {
    return max.load(std::memory_order_relaxed);
  }

private:
  /// An eighth each is kept for refusals and for what is not a client's.
  static uint64_t reserve(uint64_t limit) noexcept;

  std::atomic<uint64_t> max{0};
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_DESCRIPTORS_H
