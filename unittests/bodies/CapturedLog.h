//===- CapturedLog.h - what the process says, line by line ------*- C++ -*-===//
#ifndef PLUMB_UNITTESTS_ABI_CAPTUREDLOG_H
#define PLUMB_UNITTESTS_ABI_CAPTUREDLOG_H

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>

namespace plumb::test {

/// Reads what the process writes to standard error.
class Log {
public:
  static Log &instance();
  /// The next line from now on that has `part` in it.
  std::string waitFor(std::string_view part);
  /// Forgets the lines so far.
  void clear();

private:
  Log();
  void read();

  int pipe[2];
  int original;
  std::mutex lock;
  std::condition_variable changed;
  std::deque<std::string> lines;
};

} // namespace plumb::test

#endif // PLUMB_UNITTESTS_ABI_CAPTUREDLOG_H
