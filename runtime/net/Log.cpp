//===- Log.cpp - the log on standard error --------------------------------===//

#include "runtime/net/Log.h"

#include <cerrno>
#include <cstdlib>
#include <poll.h>
#include <string>
#include <unistd.h>

namespace plumb::rt::net {

static constexpr std::string_view names[] = {"debug", "info", "warning",
                                             "error"};

static void writeLine(std::string_view prefix, std::string_view label,
                      std::string_view text) noexcept {
  try {
    std::string line;
    line.reserve(prefix.size() + label.size() + text.size() + 3);
    line.append(prefix).append(label);
    if (!label.empty())
      line += ": ";
    line.append(text) += '\n';
    writeAll(STDERR_FILENO, line);
  } catch (...) {
    writeAll(STDERR_FILENO, "plumb: error: out of memory\n");
  }
}

static LogLevel readLevel() noexcept {
  const char *value = std::getenv("PLUMB_LOG");
  if (!value || !*value)
    return LogLevel::Info;
  for (uint8_t i = 0; i < 4; ++i)
    if (names[i] == value)
      return static_cast<LogLevel>(i);
  writeLine("plumb: ", "warning",
            "PLUMB_LOG is none of debug, info, warning and error; using info");
  return LogLevel::Info;
}

bool logShows(LogLevel level) noexcept {
  static const LogLevel least = readLevel();
  return level >= least;
}

void log(LogLevel level, std::string_view text) noexcept {
  if (logShows(level))
    writeLine("plumb: ",
              level == LogLevel::Info ? "" : names[static_cast<int>(level)],
              text);
}

void logProgram(LogLevel level, std::string_view text) noexcept {
  if (logShows(level))
    writeLine("", names[static_cast<int>(level)], text);
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

} // namespace plumb::rt::net
