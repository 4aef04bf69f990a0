//===- LentBuffer.h - one buffer, one owner at a time -----------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_LENTBUFFER_H
#define PLUMB_RUNTIME_NET_LENTBUFFER_H

#include <cstddef>
#include <cstdint>
#include <span>

namespace plumb::rt::net {

/// A buffer that one owner at a time has bytes in. Whoever takes it over from
/// another gives that one its bytes first, so what is in it is its owner's.
/// Bytes that their owner seals stay in the memory, but are no longer the
/// buffer's: nobody but who was given them can reach them. Used by one thread.
template <typename Owner, size_t Size> class LentBuffer {
public:
  bool isOf(const Owner &owner) const noexcept { return owned == &owner; }
  /// From now on it is `owner`'s. The owner before it, if that has bytes in
  /// here, is given them: keep(Owner &before, bytes).
  template <typename Keep> void lendTo(Owner &owner, Keep &&keep) noexcept {
    if (owned == &owner)
      return;
    if (owned && begin < end)
      keep(*owned, bytes());
    owned = &owner;
    begin = end = floor;
  }
  /// The owner gives it back, or is destroyed: its bytes are forgotten.
  void release(const Owner &owner) noexcept {
    if (owned != &owner)
      return;
    owned = nullptr;
    begin = end = floor;
  }

  /// The owner's bytes, which stay what they are until unseal().
  std::span<const uint8_t> seal() noexcept {
    std::span<const uint8_t> result = bytes();
    floor = begin = end;
    return result;
  }
  /// Nobody uses sealed bytes any more.
  void unseal() noexcept {
    floor = 0;
    if (begin == end)
      begin = end = 0;
  }
  size_t sealed() const noexcept { return floor; }

  /// The owner's bytes that are not taken yet, and the place behind them.
  std::span<uint8_t> bytes() noexcept { return {data + begin, end - begin}; }
  std::span<uint8_t> room() noexcept { return {data + end, Size - end}; }
  void added(size_t size) noexcept { end += size; }
  void taken(size_t size) noexcept {
    begin += size;
    if (begin == end)
      begin = end = floor;
  }

private:
  Owner *owned = nullptr;
  size_t begin = 0, end = 0;
  size_t floor = 0; ///< below it are sealed bytes
  uint8_t data[Size];
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_LENTBUFFER_H
