//===- Options.h - what a server is told ------------------------*- C++ -*-===//
//
// One member for each option row of the family: name, type, default and
// meaning are the record's, in the generated header.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_ROOMS_OPTIONS_H
#define PLUMB_RUNTIME_ROOMS_OPTIONS_H

#include "plumb/ws.h"

#include <cstdint>
#include <string>

namespace plumb::rt::rooms {

namespace detail {
using STR = std::string;
using I64 = int64_t;
} // namespace detail

struct Options {
#define PLUMB_MEMBER(NAME, ENVIRONMENT, TYPE, VALUE, DOC)                      \
  detail::TYPE NAME = VALUE;
  PLUMB_WS_OPTIONS(PLUMB_MEMBER)
#undef PLUMB_MEMBER
};

/// What a message for a connection whose queue is full does.
enum class QueuePolicy : uint8_t { Disconnect, DropNewest, DropOldest };
inline QueuePolicy queuePolicy(const Options &options) noexcept {
  return options.queue_policy == "drop_newest"   ? QueuePolicy::DropNewest
         : options.queue_policy == "drop_oldest" ? QueuePolicy::DropOldest
                                                 : QueuePolicy::Disconnect;
}

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_OPTIONS_H
