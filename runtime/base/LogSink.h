//===- LogSink.h - writing lines, whoever reads them ------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_BASE_LOGSINK_H
#define PLUMB_RUNTIME_BASE_LOGSINK_H

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace plumb::rt::base {

/// Writes lines to a descriptor that others share, in order and whole, without
/// waiting: what it does not take now waits in memory for a thread of the sink,
/// and over `maxKept` bytes there lines are lost, counted, and told of when
/// there is room. The descriptor stays as it is: O_NONBLOCK would be
/// everyone's. Any thread; nothing throws. Lives as long as the process.
class LogSink {
public:
  /// The line that says how many were lost.
  using LostLine = std::string (*)(uint64_t lines);

  LogSink(int fd, LostLine lostLine, size_t maxKept = 1 << 20) noexcept
      : fd(fd), lostLine(lostLine), maxKept(maxKept) {}
  LogSink(const LogSink &) = delete;
  LogSink &operator=(const LogSink &) = delete;

  void write(std::string_view line) noexcept;
  /// write(), which waits for room as flush() does: for threads that serve
  /// nobody.
  void writePatiently(std::string_view line) noexcept;
  /// Waits for what is kept to be written, as long as some of it is in each
  /// `patience` milliseconds; false when the reader has none of it.
  bool flush(int64_t patience = 1000) noexcept;
  uint64_t lost() const noexcept {
    return lostAll.load(std::memory_order_relaxed);
  }

private:
  void keep(std::string_view text);
  void keepNotice();
  bool writeKept() noexcept;
  void startThread() noexcept;
  void drain() noexcept;
  void lose(uint64_t lines) noexcept;
  void loseKept() noexcept;

  const int fd;
  const LostLine lostLine;
  const size_t maxKept;
  std::mutex lock; // Held for no call that waits.
  std::condition_variable changed;
  std::string kept; ///< the first `written` bytes of it are gone
  size_t written = 0;
  uint64_t progress = 0, stuckAt = UINT64_MAX;
  uint64_t untold = 0;               ///< lost, and no line says so
  uint64_t notices = 0, noticed = 0; ///< in `kept`: lines about lost ones
  bool torn = false; ///< what was written last is not the end of a line
  bool draining = false;
  std::atomic<uint64_t> lostAll{0};
};

/// As write(2), of at least one byte; -1 and EAGAIN where that would wait.
ptrdiff_t writeNow(int fd, const char *data, size_t size) noexcept;

} // namespace plumb::rt::base

#endif // PLUMB_RUNTIME_BASE_LOGSINK_H
