//===- CapturedLog.cpp - what the process says, line by line --------------===//

#include "CapturedLog.h"
#include "../Patience.h"

#include <chrono>
#include <cstdlib>
#include <gtest/gtest.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace plumb::test {

Log &Log::instance() {
  static Log &log = *new Log();
  return log;
}

Log::Log() {
  if (::pipe(pipe) != 0)
    std::abort();
  original = ::dup(STDERR_FILENO);
  ::dup2(pipe[1], STDERR_FILENO);
  std::thread([this] { read(); }).detach();
}

void Log::read() {
  std::string line;
  char buffer[4096];
  ssize_t size;
  while ((size = ::read(pipe[0], buffer, sizeof buffer)) > 0) {
    // Passed on, for the reports of sanitizers.
    [[maybe_unused]] ssize_t n =
        ::write(original, buffer, static_cast<size_t>(size));
    for (char c : std::string_view(buffer, static_cast<size_t>(size))) {
      if (c != '\n') {
        line += c;
        continue;
      }
      std::lock_guard guard(lock);
      lines.push_back(std::exchange(line, {}));
      changed.notify_all();
    }
  }
}

namespace {
/// Listens before anything is said: under ctest a test is a process of its own,
/// and its first line may be the one that it waits for.
struct LogFromTheStart : testing::Environment {
  void SetUp() override { Log::instance(); }
};
[[maybe_unused]] const testing::Environment *const logFromTheStart =
    testing::AddGlobalTestEnvironment(new LogFromTheStart);
} // namespace

std::string Log::waitFor(std::string_view part) {
  std::unique_lock guard(lock);
  std::string found;
  bool seen = changed.wait_for(guard, patience, [&] {
    while (!lines.empty()) {
      std::string line = std::move(lines.front());
      lines.pop_front();
      if (line.find(part) != std::string::npos) {
        found = line;
        return true;
      }
    }
    return false;
  });
  EXPECT_TRUE(seen) << "no line in the log has: " << part;
  return found;
}

void Log::clear() {
  std::lock_guard guard(lock);
  lines.clear();
}

} // namespace plumb::test
