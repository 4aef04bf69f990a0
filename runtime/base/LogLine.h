//===- LogLine.h - what a line of the log looks like ------------*- C++ -*-===//
//
// Two forms. Text: `plumb: warning: message key=value key="two words"`. JSON:
// one object a line, {"time":RFC 3339, "level", "logger", "message", and each
// field}. Whatever a peer or a program puts into a message or a value, it stays
// on its line and in its place: see Escape.h. Functions may be called from any
// thread and throw std::bad_alloc only.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_BASE_LOGLINE_H
#define PLUMB_RUNTIME_BASE_LOGLINE_H

#include "runtime/base/Choice.h"

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace plumb::rt::base {

enum class LogLevel : uint8_t { Debug, Info, Warning, Error };
enum class LogFormat : uint8_t { Text, Json };

/// Who speaks.
enum class Logger : uint8_t { Plumb, Program };

/// The levels in their order, as a variable of the environment has them.
inline constexpr Choice levelNames("debug|info|warning|error");
constexpr std::string_view nameOf(LogLevel level) noexcept {
  return levelNames[static_cast<size_t>(level)];
}

/// Something that a line says besides its message. The key is letters and '_';
/// the texts must live as long as the call.
struct LogField {
  std::string_view key;
  std::string_view text;
  int64_t number = 0;
  bool isNumber = false;

  LogField(std::string_view key, std::string_view text) noexcept
      : key(key), text(text) {}
  LogField(std::string_view key, const char *text) noexcept
      : key(key), text(text) {}
  LogField(std::string_view key, const std::string &text) noexcept
      : key(key), text(text) {}
  LogField(std::string_view key, std::integral auto number) noexcept
      : key(key), number(static_cast<int64_t>(number)), isNumber(true) {}
};

/// `milliseconds` since 1970, UTC; the line ends with '\n'.
std::string logLine(LogFormat format, LogLevel level, Logger logger,
                    std::string_view message, std::span<const LogField> fields,
                    int64_t milliseconds);

} // namespace plumb::rt::base

#endif // PLUMB_RUNTIME_BASE_LOGLINE_H
