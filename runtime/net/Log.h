//===- Log.h - the log on standard error ------------------------*- C++ -*-===//
//
// One line a call, written with one write(2), so that lines of several threads
// do not mix. PLUMB_LOG (debug, info, warning or error; info when unset) sets
// the least level shown; it is read once. All functions may be called from any
// thread and do not throw.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_NET_LOG_H
#define PLUMB_RUNTIME_NET_LOG_H

#include <cstdint>
#include <string_view>

namespace plumb::rt::net {

enum class LogLevel : uint8_t { Debug, Info, Warning, Error };

bool logShows(LogLevel level) noexcept;

/// The runtime's own lines: "plumb: text" for Info, else "plumb: error: text".
void log(LogLevel level, std::string_view text) noexcept;

/// A program's lines: "warning: text".
void logProgram(LogLevel level, std::string_view text) noexcept;

/// Writes all of `text` to `fd`, also to a pipe that is full; false when the
/// descriptor is closed or broken.
bool writeAll(int fd, std::string_view text) noexcept;

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_LOG_H
