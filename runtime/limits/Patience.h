//===- Patience.h - how long a reader may take nothing ----------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_LIMITS_PATIENCE_H
#define PLUMB_RUNTIME_LIMITS_PATIENCE_H

#include <cstddef>
#include <cstdint>

namespace plumb::rt::limits {

/// A reader is looked at so often in the time that it may take nothing: so much
/// the later is one given up that took the last of it when nobody looked.
inline constexpr uint8_t looksAtReader = 4;

constexpr int64_t lookEvery(int64_t patience) noexcept {
  return (patience + looksAtReader - 1) / looksAtReader;
}

/// Waits for a peer to take what was written to it. However much that is and
/// however slow it is, it may take the time that it takes while it gets on.
/// Bytes, and milliseconds.
class Patience {
public:
  /// So many bytes are to be taken. Returns when to look next.
  int64_t begin(size_t bytes, int64_t patience) noexcept {
    untaken = bytes;
    idleLooks = 0;
    return bytes == 0 ? patience : lookEvery(patience);
  }
  void end() noexcept { untaken = 0; }

  /// There is something that it has not taken.
  bool waits() const noexcept { return untaken != 0; }
  /// At a look: it has taken some lately, or has not been given its time yet.
  /// Not to be asked unless it waits(). False: give it up; else `next` is when
  /// to look again.
  bool goesOn(size_t bytes, int64_t patience, int64_t &next) noexcept {
    if (bytes < untaken) {
      next = begin(bytes, patience);
      return true;
    }
    next = lookEvery(patience);
    return ++idleLooks != looksAtReader;
  }

private:
  size_t untaken = 0;
  uint8_t idleLooks = 0; ///< at one that took nothing
};

} // namespace plumb::rt::limits

#endif // PLUMB_RUNTIME_LIMITS_PATIENCE_H
