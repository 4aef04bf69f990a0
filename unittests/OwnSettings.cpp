//===- OwnSettings.cpp - tests do not take their callers' settings --------===//
//
// PLUMB_LOG=error in somebody's shell would hide the lines that tests wait for,
// and options of servers would be those of all tests. What is for tests, and
// not for what they test, stays: PLUMB_TEST_... and PLUMB_INTERLEAVING... So
// does all that a test gives a child of its own, which it says by
// PLUMB_TEST_INHERITED.
//
//===----------------------------------------------------------------------===//

#include <cstdlib>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

static bool isOfWhatIsTested(std::string_view variable) {
  return (variable.starts_with("PLUMB_") || variable.starts_with("LISTEN_")) &&
         !variable.starts_with("PLUMB_TEST_") &&
         !variable.starts_with("PLUMB_INTERLEAVING");
}

/// Before the objects of the runtime are made, which read some of them.
[[gnu::constructor(101)]] static void forgetSettings() {
  if (std::getenv("PLUMB_TEST_INHERITED"))
    return;
  std::vector<std::string> names;
  for (char **entry = environ; entry && *entry; ++entry)
    if (isOfWhatIsTested(*entry))
      names.emplace_back(*entry, std::string_view(*entry).find('='));
  for (const std::string &name : names)
    ::unsetenv(name.c_str());
}
