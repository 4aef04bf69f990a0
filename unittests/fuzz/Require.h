//===- Require.h - a check that stops a fuzzer ----------------------------===//
#ifndef PLUMB_UNITTESTS_FUZZ_REQUIRE_H
#define PLUMB_UNITTESTS_FUZZ_REQUIRE_H

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#define REQUIRE(condition)                                                     \
  do {                                                                         \
    if (!(condition)) {                                                        \
      std::fprintf(stderr, "%s:%d: not true: %s (errno: %m)\n", __FILE__,      \
                   __LINE__, #condition);                                      \
      std::abort();                                                            \
    }                                                                          \
  } while (false)

/// Small pseudo-random numbers out of a seed that the fuzzer chooses.
class Dice {
public:
  explicit Dice(uint32_t seed) : state((seed + 1) * 2654435761u) {}
  uint32_t below(uint32_t bound) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % bound;
  }

private:
  uint32_t state;
};

#endif // PLUMB_UNITTESTS_FUZZ_REQUIRE_H
