//===- ReadOptions.cpp - options of a server ------------------------------===//

#include "runtime/bodies/ReadOptions.h"
#include "plumb/ws.h"
#include "runtime/base/Log.h"
#include "runtime/bodies/OptionValue.h"

#include <cstdlib>
#include <unistd.h>

namespace plumb::rt {

using server::Options;

/// A handler may ask for a server, too; what is wrong can be many options.
static base::LogGate gate(100);

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
      base::log(gate, base::LogLevel::Warning,
                std::string(variable) + " is the name of no option; ignored");
  }
}

/// Whether the value is good; `source` is who says it, for the log.
static bool check(const std::string &source, std::string_view value,
                  const std::string &must) {
  if (must.empty())
    return true;
  base::log(gate, base::LogLevel::Error,
            source + " is '" + std::string(value) + "', but it must be " +
                must);
  return false;
}

static bool setOption(std::string_view name, std::string_view value,
                      const std::string &source, Options &options) {
#define PLUMB_INTEGER(NAME, ENVIRONMENT, VALUE, MIN, MAX, UNIT)                \
  if (name == #NAME)                                                           \
    return check(source, value, readInteger(value, MIN, MAX, options.NAME));
#define PLUMB_TEXT(NAME, ENVIRONMENT, VALUE)                                   \
  if (name == #NAME) {                                                         \
    options.NAME = value;                                                      \
    return true;                                                               \
  }
#define PLUMB_CHOICE(NAME, ENVIRONMENT, VALUE, ENUM, WORDS)                    \
  if (name == #NAME) {                                                         \
    int choice = 0;                                                            \
    bool good =                                                                \
        check(source, value, readChoice(value, base::Choice(WORDS), choice));  \
    if (good)                                                                  \
      options.NAME = static_cast<decltype(options.NAME)>(choice);              \
    return good;                                                               \
  }
  PLUMB_WS_OPTIONS(PLUMB_INTEGER, PLUMB_TEXT, PLUMB_CHOICE)
#undef PLUMB_INTEGER
#undef PLUMB_TEXT
#undef PLUMB_CHOICE
  base::log(gate, base::LogLevel::Error,
            "the program sets option '" + std::string(name) +
                "', which this runtime does not have: the program was compiled "
                "for another version");
  return false;
}

static bool readProgram(std::string_view given, Options &options) {
  bool good = true;
  while (!given.empty()) {
    size_t end = given.find('\0'), middle = given.find('=');
    if (end == given.npos || middle >= end) {
      base::log(gate, base::LogLevel::Error,
                "the options of the program are not of the form name=value, "
                "each with a zero byte after it");
      return false;
    }
    std::string_view name = given.substr(0, middle);
    good &=
        setOption(name, given.substr(middle + 1, end - middle - 1),
                  "option '" + std::string(name) + "' of the program", options);
    given.remove_prefix(end + 1);
  }
  return good;
}

static void warnOfContradictions(const Options &options) {
  if (options.max_queue_bytes < options.max_message)
    base::log(gate, base::LogLevel::Warning,
              "max_queue_bytes is " + std::to_string(options.max_queue_bytes) +
                  ", less than max_message, " +
                  std::to_string(options.max_message) +
                  ": a longest message that comes in cannot be sent on");
  if (options.client_ca.empty() &&
      options.client_certificates != Options::ClientCertificates::Required)
    base::log(
        gate, base::LogLevel::Warning,
        "client_certificates is set, but client_ca is empty: no client is "
        "asked for a certificate");
  bool told = options.proxy_protocol == Options::ProxyProtocol::On ||
              options.forwarded_headers != Options::ForwardedHeaders::Off;
  if (told && options.trusted_proxies.empty())
    base::log(
        gate, base::LogLevel::Warning,
        "proxy_protocol or forwarded_headers is set, but trusted_proxies is "
        "empty: no proxy is believed");
  if (!told && !options.trusted_proxies.empty())
    base::log(gate, base::LogLevel::Warning,
              "trusted_proxies is set, but neither proxy_protocol nor "
              "forwarded_headers is: who a proxy's client is stays unknown");
}

bool readOptions(std::string_view program, Options &options) {
  warnOfUnknownOptions();
  bool good = readProgram(program, options);
#define PLUMB_READ(NAME, ENVIRONMENT, ...)                                     \
  if (const char *value = std::getenv(ENVIRONMENT))                            \
    good &= setOption(#NAME, value, ENVIRONMENT, options);
  PLUMB_WS_OPTIONS(PLUMB_READ, PLUMB_READ, PLUMB_READ)
#undef PLUMB_READ
  if (good)
    warnOfContradictions(options);
  return good;
}

} // namespace plumb::rt
