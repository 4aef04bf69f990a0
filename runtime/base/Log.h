//===- Log.h - the log on standard error ------------------------*- C++ -*-===//
//
// One line a call, written with one write(2), so that lines of several threads
// do not mix. PLUMB_LOG (debug, info, warning or error; info when unset) sets
// the lowest level shown, PLUMB_LOG_FORMAT (text or json; text when unset) the
// form, see LogLine.h; both are read once. All functions may be called from any
// thread and do not throw.
//
// A log that nobody reads stops nobody: see LogSink.h.
//
// No line without a gate: what a peer can bring about, also through a program's
// handler, it can bring about as often as it likes. A line goes through a
// LogGate, or is at Debug, which somebody asked for, or says why it is Ungated;
// lit-tests/Shape/gated-log.test has the list of files that may.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_BASE_LOG_H
#define PLUMB_RUNTIME_BASE_LOG_H

#include "runtime/base/LogLine.h"

#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace plumb::rt::base {

bool logShows(LogLevel level) noexcept;

/// Why no peer can make a line come again and again: for who reads the code.
struct Ungated {
  explicit constexpr Ungated(const char * /*because*/) noexcept {}
};

/// The runtime's own lines: "plumb: text" for Info, else "plumb: error: text".
void log(Ungated, LogLevel level, std::string_view text,
         std::span<const LogField> fields) noexcept;
inline void log(Ungated because, LogLevel level, std::string_view text,
                std::initializer_list<LogField> fields = {}) noexcept {
  log(because, level, text, std::span(fields.begin(), fields.size()));
}
void logDebug(std::string_view text,
              std::span<const LogField> fields = {}) noexcept;

/// A program's lines: "warning: text". How many it logs is its own affair.
void logProgram(LogLevel level, std::string_view text) noexcept;

/// For lines that a peer causes: so many of them pass in each window. The first
/// of the next window has `left_out`, how many did not. Make one for each place
/// that logs, static, or for each server that does. Any thread.
class LogGate {
public:
  static constexpr uint32_t linesAWindow = 10;
  static constexpr int64_t windowMs = 10000;

  explicit constexpr LogGate(uint32_t maxLines = linesAWindow,
                             int64_t window = windowMs) noexcept
      : maxLines(maxLines), window(window) {}

  /// `now` in milliseconds of any one clock. `leftOut` becomes what the line
  /// has to say about earlier ones.
  bool pass(int64_t now, uint64_t &leftOut) noexcept;

private:
  const uint32_t maxLines;
  const int64_t window; // milliseconds
  std::atomic<int64_t> begin{INT64_MIN};
  std::atomic<uint32_t> lines{0};
  std::atomic<uint64_t> missed{0};
};

void log(LogGate &gate, LogLevel level, std::string_view text,
         std::span<const LogField> fields) noexcept;
inline void log(LogGate &gate, LogLevel level, std::string_view text,
                std::initializer_list<LogField> fields = {}) noexcept {
  log(gate, level, text, std::span(fields.begin(), fields.size()));
}

/// A line of the log made elsewhere; ends with '\n'.
void writeLog(std::string_view line) noexcept;

/// While one exists, lines of this thread wait for nobody who reads the log:
/// others wait for the thread.
class HastyLog {
public:
  HastyLog() noexcept;
  ~HastyLog();
  HastyLog(const HastyLog &) = delete;
  HastyLog &operator=(const HastyLog &) = delete;

private:
  bool before;
};

/// Before the process ends: waits for lines that a reader still takes, at most
/// a second for one that takes none. exit(3) does so by itself.
void flushLog() noexcept;

/// Lines that had no room in the log, because nobody read it.
uint64_t linesUnread() noexcept;

/// Lines that gates kept back since the process began.
uint64_t linesGated() noexcept;

/// Writes all of `text` to `fd`, also to a pipe that is full; false when the
/// descriptor is closed or broken.
bool writeAll(int fd, std::string_view text) noexcept;

} // namespace plumb::rt::base

#endif // PLUMB_RUNTIME_BASE_LOG_H
