//===- Bytes.h - bytes that several readers share ---------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WIRE_BYTES_H
#define PLUMB_RUNTIME_WIRE_BYTES_H

#include <cstdint>
#include <memory>
#include <new>
#include <vector>

namespace plumb::rt::wire {

/// Leaves what a vector grows by as it is, for somebody to write there.
template <typename T> struct Uninitialized : std::allocator<T> {
  template <typename U> struct rebind {
    using other = Uninitialized<U>;
  };
  using std::allocator<T>::allocator;
  template <typename U> void construct(U *at) noexcept {
    ::new (static_cast<void *>(at)) U;
  }
};

using Bytes = std::vector<uint8_t, Uninitialized<uint8_t>>;
/// Bytes that several queues may share.
using SharedBytes = std::shared_ptr<const Bytes>;

} // namespace plumb::rt::wire

#endif // PLUMB_RUNTIME_WIRE_BYTES_H
