//===- Options.h - what a server is told ------------------------*- C++ -*-===//
//
// One member for each option row of the family: name, type, default, range and
// meaning are the record's, in the generated header.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_ROOMS_OPTIONS_H
#define PLUMB_RUNTIME_ROOMS_OPTIONS_H

#include "plumb/ws.h"

#include <cstdint>
#include <string>

namespace plumb::rt::rooms {

/// A choice's member has the enum of its words.
struct Options {
#define PLUMB_INTEGER(NAME, ENVIRONMENT, VALUE, LEAST, MOST, UNIT)             \
  int64_t NAME = VALUE;
#define PLUMB_TEXT(NAME, ENVIRONMENT, VALUE) std::string NAME = VALUE;
#define PLUMB_CHOICE(NAME, ENVIRONMENT, VALUE, ENUM, WORDS) ENUM NAME = VALUE;
  PLUMB_WS_OPTIONS(PLUMB_INTEGER, PLUMB_TEXT, PLUMB_CHOICE)
#undef PLUMB_INTEGER
#undef PLUMB_TEXT
#undef PLUMB_CHOICE
};

/// What a message for a connection whose queue is full does.
enum class QueuePolicy : uint8_t { Disconnect, DropNewest, DropOldest };
inline QueuePolicy queuePolicy(const Options &options) noexcept {
  switch (options.queue_policy) {
  case PLUMB_WS_QUEUE_POLICY_DISCONNECT:
    return QueuePolicy::Disconnect;
  case PLUMB_WS_QUEUE_POLICY_DROP_NEWEST:
    return QueuePolicy::DropNewest;
  case PLUMB_WS_QUEUE_POLICY_DROP_OLDEST:
    return QueuePolicy::DropOldest;
  }
  __builtin_unreachable();
}

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_OPTIONS_H
