//===- Status.h - what became of a call -------------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ROOMS_STATUS_H
#define PLUMB_RUNTIME_ROOMS_STATUS_H

#include <cstdint>

namespace plumb::rt::rooms {

/// What a program is told. Its codes are the C interface's affair.
enum class [[nodiscard]] Status : uint8_t {
  Ok,
  InvalidArgument, ///< an argument is out of its range
  StaleHandle,     ///< the connection is gone, or never was
  NoMemory,
  Internal,     ///< the log says more
  Closed,       ///< the connection is closing
  QueueFull,    ///< the message is not sent
  TooLarge,     ///< than the limit that applies
  AddressInUse, ///< by another program
  CannotListen, ///< for another reason
  Certificate,  ///< it, or its private key, cannot be used
};

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_STATUS_H
