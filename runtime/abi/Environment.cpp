//===- Environment.cpp - options from the environment ---------------------===//

#include "runtime/abi/Environment.h"
#include "runtime/abi/OptionValue.h"
#include "runtime/net/Log.h"

#include <cstdlib>
#include <string_view>
#include <unistd.h>

namespace plumb::rt {

/// A misspelt name would otherwise be an option that has no effect.
static void warnOfUnknownOptions() {
  for (char **entry = environ; entry && *entry; ++entry) {
    std::string_view variable(*entry);
    variable = variable.substr(0, variable.find('='));
    if (!variable.starts_with("PLUMB_WS_"))
      continue;
    bool known = false;
#define PLUMB_COMPARE(NAME, ENVIRONMENT, ...) known |= variable == ENVIRONMENT;
    PLUMB_WS_OPTIONS(PLUMB_COMPARE, PLUMB_COMPARE, PLUMB_COMPARE)
#undef PLUMB_COMPARE
    if (!known)
      net::log(net::LogLevel::Warning,
               std::string(variable) + " is the name of no option; ignored");
  }
}

bool readOptions(rooms::Options &options) {
  warnOfUnknownOptions();
  bool good = true;
  auto check = [&](const char *variable, const char *value, std::string must) {
    if (must.empty())
      return;
    net::log(net::LogLevel::Error, std::string(variable) + " is '" + value +
                                       "', but it must be " + must);
    good = false;
  };
#define PLUMB_INTEGER(NAME, ENVIRONMENT, VALUE, LEAST, MOST, UNIT)             \
  if (const char *value = std::getenv(ENVIRONMENT))                            \
    check(ENVIRONMENT, value, readInteger(value, LEAST, MOST, options.NAME));
#define PLUMB_TEXT(NAME, ENVIRONMENT, VALUE)                                   \
  if (const char *value = std::getenv(ENVIRONMENT))                            \
    options.NAME = value;
#define PLUMB_CHOICE(NAME, ENVIRONMENT, VALUE, ENUM, WORDS)                    \
  if (const char *value = std::getenv(ENVIRONMENT)) {                          \
    int choice = options.NAME;                                                 \
    check(ENVIRONMENT, value, readChoice(value, WORDS, choice));               \
    options.NAME = static_cast<ENUM>(choice);                                  \
  }
  PLUMB_WS_OPTIONS(PLUMB_INTEGER, PLUMB_TEXT, PLUMB_CHOICE)
#undef PLUMB_INTEGER
#undef PLUMB_TEXT
#undef PLUMB_CHOICE
  return good;
}

} // namespace plumb::rt
