//===- Options.h - what a server is told ------------------------*- C++ -*-===//
//
// One member for each option row of the family: name, type, default, range and
// meaning are the record's, in the generated header.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_ROOMS_OPTIONS_H
#define PLUMB_RUNTIME_ROOMS_OPTIONS_H

#include "plumb/ws.h"
#include "runtime/output/QueueLimits.h"

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

inline output::QueueLimits queueLimits(const Options &options) noexcept {
  output::QueuePolicy policy = output::QueuePolicy::Disconnect;
  switch (options.queue_policy) {
  case PLUMB_WS_QUEUE_POLICY_DISCONNECT:
    break;
  case PLUMB_WS_QUEUE_POLICY_DROP_NEWEST:
    policy = output::QueuePolicy::DropNewest;
    break;
  case PLUMB_WS_QUEUE_POLICY_DROP_OLDEST:
    policy = output::QueuePolicy::DropOldest;
  }
  return {static_cast<size_t>(options.max_queue_bytes),
          static_cast<size_t>(options.max_queue_messages), policy};
}

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_OPTIONS_H
