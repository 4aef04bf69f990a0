//===- Log.cpp - the log on standard error --------------------------------===//

#include "runtime/base/Log.h"
#include "runtime/base/Choice.h"
#include "runtime/base/Clock.h"
#include "runtime/base/LogSink.h"

#include <cerrno>
#include <cstdlib>
#include <poll.h>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

namespace plumb::rt::base {

static void writeLine(LogFormat format, LogLevel level, Logger logger,
                      std::string_view text,
                      std::span<const LogField> fields) noexcept {
  try {
    writeLog(logLine(format, level, logger, text, fields, wallMilliseconds()));
  } catch (...) {
    writeLog(format == LogFormat::Text
                 ? "plumb: error: out of memory\n"
                 : "{\"level\":\"error\",\"logger\":\"plumb\","
                   "\"message\":\"out of memory\"}\n");
  }
}

/// The place of a variable's value in `words`; without one, or with an unknown
/// one, `otherwise`.
static size_t readChoice(const char *variable, Choice words, size_t otherwise,
                         LogFormat format,
                         std::string_view complaint) noexcept {
  const char *value = std::getenv(variable);
  if (!value || !*value)
    return otherwise;
  if (auto place = words.find(value))
    return *place;
  writeLine(format, LogLevel::Warning, Logger::Plumb, complaint, {});
  return otherwise;
}

static LogFormat logFormat() noexcept {
  static const LogFormat format =
      readChoice("PLUMB_LOG_FORMAT", Choice("text|json"), 0, LogFormat::Text,
                 "PLUMB_LOG_FORMAT is neither text nor json; using text") == 0
          ? LogFormat::Text
          : LogFormat::Json;
  return format;
}

static std::string lostLine(uint64_t lines) {
  LogField field("lines", lines);
  return logLine(logFormat(), LogLevel::Warning, Logger::Plumb,
                 "nobody read the log; it lacks lines", {&field, 1},
                 wallMilliseconds());
}

static LogSink &sink() noexcept {
  // Outlives the threads, and what exit(3) calls.
  alignas(LogSink) static std::byte place[sizeof(LogSink)];
  static LogSink &standardError = [&]() -> LogSink & {
    std::atexit(flushLog);
    return *new (place) LogSink(STDERR_FILENO, lostLine);
  }();
  return standardError;
}

static constinit thread_local bool hasty = false;

HastyLog::HastyLog() noexcept : before(std::exchange(hasty, true)) {}
HastyLog::~HastyLog() { hasty = before; }

void writeLog(std::string_view line) noexcept {
  if (hasty)
    sink().write(line);
  else
    sink().writePatiently(line);
}

void flushLog() noexcept { sink().flush(); }
uint64_t linesUnread() noexcept { return sink().lost(); }

bool logShows(LogLevel level) noexcept {
  static const LogLevel minimum = static_cast<LogLevel>(readChoice(
      "PLUMB_LOG", levelNames, static_cast<size_t>(LogLevel::Info), logFormat(),
      "PLUMB_LOG is none of debug, info, warning and error; using info"));
  return level >= minimum;
}

static void logOwn(LogLevel level, std::string_view text,
                   std::span<const LogField> fields) noexcept {
  if (logShows(level))
    writeLine(logFormat(), level, Logger::Plumb, text, fields);
}

void log(Ungated, LogLevel level, std::string_view text,
         std::span<const LogField> fields) noexcept {
  logOwn(level, text, fields);
}

void logDebug(std::string_view text,
              std::span<const LogField> fields) noexcept {
  logOwn(LogLevel::Debug, text, fields);
}

void logProgram(LogLevel level, std::string_view text) noexcept {
  if (logShows(level))
    writeLine(logFormat(), level, Logger::Program, text, {});
}

static std::atomic<uint64_t> gated{0};
uint64_t linesGated() noexcept { return gated.load(std::memory_order_relaxed); }

bool LogGate::pass(int64_t now, uint64_t &leftOut) noexcept {
  leftOut = 0;
  int64_t started = begin.load(std::memory_order_relaxed);
  // Several threads at the edge of a window: one of them opens it. A line more
  // or less there does no harm.
  if ((started == INT64_MIN || now - started >= window) &&
      begin.compare_exchange_strong(started, now, std::memory_order_relaxed)) {
    lines.store(1, std::memory_order_relaxed);
    leftOut = missed.exchange(0, std::memory_order_relaxed);
    return true;
  }
  if (lines.fetch_add(1, std::memory_order_relaxed) < maxLines)
    return true;
  missed.fetch_add(1, std::memory_order_relaxed);
  gated.fetch_add(1, std::memory_order_relaxed);
  return false;
}

void log(LogGate &gate, LogLevel level, std::string_view text,
         std::span<const LogField> fields) noexcept {
  uint64_t leftOut;
  if (!logShows(level) || !gate.pass(steadyMilliseconds(), leftOut))
    return;
  if (leftOut == 0)
    return logOwn(level, text, fields);
  try {
    std::vector<LogField> more(fields.begin(), fields.end());
    more.emplace_back("left_out", leftOut);
    logOwn(level, text, more);
  } catch (...) {
    logOwn(level, text, fields);
  }
}

bool writeAll(int fd, std::string_view text) noexcept {
  while (!text.empty()) {
    ssize_t n = ::write(fd, text.data(), text.size());
    if (n >= 0) {
      text.remove_prefix(static_cast<size_t>(n));
    } else if (errno == EAGAIN) {
      // A terminal shared with a program that made it non-blocking.
      pollfd waiting{fd, POLLOUT, 0};
      ::poll(&waiting, 1, -1);
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

} // namespace plumb::rt::base
