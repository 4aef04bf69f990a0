//===- Peek.h - what a socket has received, below TLS -----------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_PEEK_H
#define PLUMB_RUNTIME_NET_PEEK_H

#include "runtime/net/Stream.h"

namespace plumb::rt::net {

/// Copies what a non-blocking socket has received and leaves it there for
/// whoever reads next. Done, WantRead, Closed or Failed, as Stream::read().
IoResult peek(int socket, std::span<uint8_t> into) noexcept;

/// Takes as many bytes as `peeked` has, which peek() has shown.
void take(int socket, std::span<uint8_t> peeked) noexcept;

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_PEEK_H
