//===- LogSink.cpp - writing lines, whoever reads them --------------------===//

#include "runtime/base/LogSink.h"
#include "runtime/base/Fd.h"
#include "runtime/base/Signals.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>
#include <cstdio>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <thread>
#include <unistd.h>

namespace plumb::rt::base {

static bool takesSome(int fd) noexcept {
  pollfd room{fd, POLLOUT, 0};
  return ::poll(&room, 1, 0) != 0; // Errors, too: write(2) says which.
}

/// A terminal that polls writable may have room for less than is written, and
/// knows no RWF_NOWAIT: it is opened again, to have O_NONBLOCK for us alone.
static ssize_t writeTerminal(int fd, const char *data, size_t size) noexcept {
  char path[32];
  std::snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  Fd own(::open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (own)
    return ::write(own.get(), data, size);
  return ::write(fd, data, std::min<size_t>(size, 128));
}

ptrdiff_t writeNow(int fd, const char *data, size_t size) noexcept {
  struct stat kind;
  if (::fstat(fd, &kind) != 0)
    return -1;
  if (S_ISSOCK(kind.st_mode))
    return ::send(fd, data, size, MSG_DONTWAIT | MSG_NOSIGNAL);
  WriteSignalBlock block; // As MSG_NOSIGNAL, for pipes and files.
  if (S_ISREG(kind.st_mode))
    return ::write(fd, data, size);
  iovec piece{const_cast<char *>(data), size};
  ssize_t n = ::pwritev2(fd, &piece, 1, -1, RWF_NOWAIT);
  if (n >= 0 || (errno != EOPNOTSUPP && errno != EINVAL && errno != ENOSYS &&
                 errno != ESPIPE && errno != EPERM))
    return n;
  if (!takesSome(fd)) {
    errno = EAGAIN;
    return -1;
  }
  if (::isatty(fd))
    return writeTerminal(fd, data, size);
  // A pipe that polls writable takes PIPE_BUF bytes (pipe(7)); before Linux 6.4
  // only another process that writes at the same instant can make this wait.
  return ::write(fd, data, std::min<size_t>(size, PIPE_BUF));
}

void LogSink::lose(uint64_t lines) noexcept {
  lostAll.fetch_add(lines, std::memory_order_relaxed);
  untold += lines;
}

/// Of what is kept, as much as goes now; false when the rest has to wait.
bool LogSink::writeKept() noexcept {
  while (written < kept.size()) {
    ssize_t n = writeNow(fd, kept.data() + written, kept.size() - written);
    if (n > 0) {
      written += static_cast<size_t>(n);
      torn = false;
      ++progress;
    } else if (n < 0 && errno == EAGAIN) {
      return false;
    } else if (n == 0 || errno != EINTR) { // Closed, nobody reads, no space.
      loseKept();
      break;
    }
  }
  kept.clear();
  written = notices = noticed = 0;
  if (kept.capacity() > 64 * 1024)
    std::string().swap(kept);
  return true;
}

/// None of what is left can be written. It is told of when something can be.
void LogSink::loseKept() noexcept {
  auto lines = static_cast<uint64_t>(std::count(
      kept.begin() + static_cast<ptrdiff_t>(written), kept.end(), '\n'));
  untold += noticed;
  lose(lines - std::min(lines, notices));
  if (written > 0)
    torn = kept[written - 1] != '\n';
}

/// What goes before the next line: the end of one that was cut off, and how
/// many are missing.
void LogSink::keepNotice() {
  if (torn && kept.empty()) {
    keep("\n");
    ++notices;
  }
  if (untold == 0)
    return;
  keep(lostLine(untold));
  ++notices;
  noticed += untold;
  untold = 0;
}

void LogSink::keep(std::string_view text) {
  if (written > maxKept) {
    kept.erase(0, written);
    written = 0;
  }
  kept += text;
}

void LogSink::write(std::string_view line) noexcept {
  std::lock_guard guard(lock);
  try {
    if (kept.size() - written >= maxKept)
      return lose(1);
    keepNotice();
    keep(line);
  } catch (...) { // Out of memory.
    return lose(1);
  }
  if (!draining && !writeKept())
    startThread();
}

void LogSink::writePatiently(std::string_view line) noexcept {
  bool full;
  {
    std::lock_guard guard(lock);
    full = kept.size() - written >= maxKept;
  }
  if (full)
    flush();
  write(line);
}

bool LogSink::flush(int64_t patience) noexcept {
  std::unique_lock guard(lock);
  while (draining) {
    uint64_t seen = progress;
    if (stuckAt == seen)
      return false; // It was waited for already.
    bool moved =
        changed.wait_for(guard, std::chrono::milliseconds(patience),
                         [&] { return !draining || progress != seen; });
    if (!moved) {
      stuckAt = seen;
      return false;
    }
  }
  return true;
}

void LogSink::startThread() noexcept {
  SignalBlock all; // They interrupt the program's own threads.
  try {
    std::thread([this] { drain(); }).detach();
    draining = true;
  } catch (...) { // No thread to be had: the next line tries again.
  }
}

void LogSink::drain() noexcept {
  std::unique_lock guard(lock);
  while (!writeKept()) {
    changed.notify_all();
    guard.unlock();
    // Not for ever: the program may put another descriptor in its place.
    pollfd room{fd, POLLOUT, 0};
    if (::poll(&room, 1, 1000) > 0)
      std::this_thread::yield();
    guard.lock();
  }
  if (untold > 0) {
    try {
      keepNotice();
    } catch (...) { // The next line says it.
    }
    writeKept(); // Else the next line goes on with it.
  }
  draining = false;
  changed.notify_all();
}

} // namespace plumb::rt::base
