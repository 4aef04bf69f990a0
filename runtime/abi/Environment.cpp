//===- Environment.cpp - options from the environment ---------------------===//

#include "runtime/abi/Environment.h"
#include "runtime/net/Log.h"

#include <charconv>
#include <cstdlib>
#include <string_view>
#include <unistd.h>

namespace plumb::rt {

namespace {
struct Range {
  int64_t least, most;
};
} // namespace

/// What an option can be; those not named take any number from 1.
static constexpr Range rangeOf(std::string_view option) {
  constexpr int64_t day = 24 * 60 * 60 * 1000;
  if (option == "shards")
    return {1, 256};
  if (option == "max_header")
    return {64, 1 << 24};
  if (option == "max_message")
    return {1, int64_t(1) << 40};
  if (option == "max_queue_bytes")
    return {1024, int64_t(1) << 40};
  if (option == "max_store_bytes")
    return {0, int64_t(1) << 32};
  if (option == "ping_interval_ms")
    return {0, day};
  if (option.ends_with("_ms"))
    return {1, day};
  return {1, INT32_MAX};
}

static bool readOption(const char *variable, std::string_view,
                       std::string &option) {
  if (const char *value = std::getenv(variable))
    option = value;
  return true;
}

static bool readOption(const char *variable, std::string_view name,
                       int64_t &option) {
  const char *value = std::getenv(variable);
  if (!value)
    return true;
  std::string_view digits(value);
  Range range = rangeOf(name);
  int64_t number = 0;
  auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size() ||
      number < range.least || number > range.most) {
    net::log(net::LogLevel::Error,
             std::string(variable) + " is '" + value +
                 "', but it must be a whole number from " +
                 std::to_string(range.least) + " to " +
                 std::to_string(range.most));
    return false;
  }
  option = number;
  return true;
}

/// A misspelt name would otherwise be an option that has no effect.
static void warnOfUnknownOptions() {
  for (char **entry = environ; entry && *entry; ++entry) {
    std::string_view variable(*entry);
    variable = variable.substr(0, variable.find('='));
    if (!variable.starts_with("PLUMB_WS_"))
      continue;
    bool known = false;
#define PLUMB_COMPARE(NAME, ENVIRONMENT, TYPE, VALUE, DOC)                     \
  known |= variable == ENVIRONMENT;
    PLUMB_WS_OPTIONS(PLUMB_COMPARE)
#undef PLUMB_COMPARE
    if (!known)
      net::log(net::LogLevel::Warning,
               std::string(variable) + " is the name of no option; ignored");
  }
}

bool readOptions(rooms::Options &options) {
  warnOfUnknownOptions();
  bool good = true;
#define PLUMB_READ(NAME, ENVIRONMENT, TYPE, VALUE, DOC)                        \
  good &= readOption(ENVIRONMENT, #NAME, options.NAME);
  PLUMB_WS_OPTIONS(PLUMB_READ)
#undef PLUMB_READ
  return good;
}

} // namespace plumb::rt
