//===- Refusal.h - why a server does not start ------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_SERVER_REFUSAL_H
#define PLUMB_RUNTIME_SERVER_REFUSAL_H

#include "runtime/base/Log.h"
#include "runtime/rooms/Status.h"

#include <string>

namespace plumb::rt::server {

/// The status, after a line in the log that says why.
inline rooms::Status refuseToServe(rooms::Status status,
                                   const std::string &why) {
  static base::LogGate gate(100); // A handler may ask, too.
  base::log(gate, base::LogLevel::Error, why);
  return status;
}

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_REFUSAL_H
