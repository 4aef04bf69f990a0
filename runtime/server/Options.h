//===- Options.h - what a server is told ------------------------*- C++ -*-===//
//
// One member for each option row of the family: name, type, default, range and
// meaning are the record's, in the generated file.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_SERVER_OPTIONS_H
#define PLUMB_RUNTIME_SERVER_OPTIONS_H

#include "runtime/output/QueueLimits.h"

#include <cstdint>
#include <string>

namespace plumb::rt::server {

#include "ServerOptions.inc"

inline output::QueueLimits queueLimits(const Options &options) noexcept {
  output::QueuePolicy policy = output::QueuePolicy::Disconnect;
  switch (options.queue_policy) {
  case Options::QueuePolicy::Disconnect:
    break;
  case Options::QueuePolicy::DropNewest:
    policy = output::QueuePolicy::DropNewest;
    break;
  case Options::QueuePolicy::DropOldest:
    policy = output::QueuePolicy::DropOldest;
  }
  return {static_cast<size_t>(options.max_queue_bytes),
          static_cast<size_t>(options.max_queue_messages), policy};
}

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_OPTIONS_H
