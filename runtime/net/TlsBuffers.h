//===- TlsBuffers.h - what the TLS channels of a thread share ---*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_TLSBUFFERS_H
#define PLUMB_RUNTIME_NET_TLSBUFFERS_H

#include "runtime/net/LentBuffer.h"
#include "runtime/net/TlsChannel.h"

namespace plumb::rt::net {

/// Those of a thread.
struct TlsChannel::Buffers {
  /// How much is sealed before it is sent.
  static constexpr size_t maxSealed = 64 * 1024;

  LentBuffer<TlsChannel, 64 * 1024> in;
  /// A slice and what its records have around them, behind what is sealed.
  LentBuffer<TlsChannel, maxSealed + TlsChannel::slice + 4096> out;
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_TLSBUFFERS_H
