//===- Unaligned.h - words at any address -----------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_BASE_UNALIGNED_H
#define PLUMB_RUNTIME_BASE_UNALIGNED_H

#include <cstdint>
#include <cstring>

namespace plumb::rt::base {

template <typename Word> Word load(const uint8_t *from) noexcept {
  Word word;
  std::memcpy(&word, from, sizeof(Word));
  return word;
}
template <typename Word> void store(uint8_t *to, Word word) noexcept {
  std::memcpy(to, &word, sizeof(Word));
}

} // namespace plumb::rt::base

#endif // PLUMB_RUNTIME_BASE_UNALIGNED_H
