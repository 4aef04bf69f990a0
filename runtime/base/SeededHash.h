//===- SeededHash.h - hashes of what peers choose ---------------*- C++ -*-===//
//
// Who chooses the keys of a table and knows its hash function can put them all
// into one bucket. So each table whose keys come from outside has this one: a
// keyed function with a key that nobody outside of the process knows.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_BASE_SEEDEDHASH_H
#define PLUMB_RUNTIME_BASE_SEEDEDHASH_H

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <sys/auxv.h>
#include <sys/random.h>
#include <unordered_map>

namespace plumb::rt::base {

/// SipHash with a round a word and `Last` rounds at the end (Aumasson and
/// Bernstein, 2012). Machines that this is built for are little-endian.
template <int Each, int Last> class SipHash {
public:
  constexpr SipHash(uint64_t key0, uint64_t key1) noexcept
      : key0(key0), key1(key1) {}

  uint64_t operator()(const void *data, size_t size) const noexcept {
    static_assert(std::endian::native == std::endian::little);
    State state{key0 ^ 0x736f6d6570736575, key1 ^ 0x646f72616e646f6d,
                key0 ^ 0x6c7967656e657261, key1 ^ 0x7465646279746573};
    const auto *at = static_cast<const unsigned char *>(data);
    uint64_t last = uint64_t(size) << 56;
    for (; size >= 8; at += 8, size -= 8) {
      uint64_t word;
      std::memcpy(&word, at, 8);
      state.take(word, Each);
    }
    uint64_t rest = 0;
    if (size != 0)
      std::memcpy(&rest, at, size);
    state.take(last | rest, Each);
    state.c ^= 0xff;
    state.rounds(Last);
    return state.a ^ state.b ^ state.c ^ state.d;
  }

private:
  struct State {
    uint64_t a, b, c, d;
    void rounds(int count) noexcept {
      while (count-- > 0) {
        a += b, b = std::rotl(b, 13) ^ a, a = std::rotl(a, 32);
        c += d, d = std::rotl(d, 16) ^ c;
        a += d, d = std::rotl(d, 21) ^ a;
        c += b, b = std::rotl(b, 17) ^ c, c = std::rotl(c, 32);
      }
    }
    void take(uint64_t word, int count) noexcept {
      d ^= word;
      rounds(count);
      a ^= word;
    }
  };
  uint64_t key0, key1;
};

/// For the tables of the standard library. The key is drawn once a process.
class SeededHash {
public:
  using is_transparent = void;
  size_t operator()(std::string_view text) const noexcept {
    return keyed()(text.data(), text.size());
  }

private:
  /// 1-3, as the tables of Rust and Python: the full 2-4 is for more than
  /// spreading keys.
  using Function = SipHash<1, 3>;
  static const Function &keyed() noexcept {
    static const Function function = draw();
    return function;
  }
  static Function draw() noexcept {
    uint64_t key[2];
    // Where a filter forbids the call, there is what the kernel gave to the
    // process when it began.
    if (::getrandom(key, sizeof key, 0) != sizeof key)
      std::memcpy(key, reinterpret_cast<const void *>(::getauxval(AT_RANDOM)),
                  sizeof key);
    return {key[0], key[1]};
  }
};

/// By texts that come from outside; looked up by views.
template <typename Value>
using TextMap =
    std::unordered_map<std::string, Value, SeededHash, std::equal_to<>>;

} // namespace plumb::rt::base

#endif // PLUMB_RUNTIME_BASE_SEEDEDHASH_H
