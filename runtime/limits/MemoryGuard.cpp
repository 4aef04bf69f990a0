//===- MemoryGuard.cpp - how much memory the process may have -------------===//

#include "runtime/limits/MemoryGuard.h"
#include "runtime/base/Number.h"

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <malloc.h>
#include <string_view>
#include <sys/sysinfo.h>
#include <unistd.h>

namespace plumb::rt::limits {

/// A file's number; INT64_MAX when it has none ("max"), or is not there.
static int64_t numberIn(const char *path) noexcept {
  base::Fd file(::open(path, O_RDONLY | O_CLOEXEC));
  char text[32] = {};
  if (!file || ::read(file.get(), text, sizeof text - 1) <= 0)
    return INT64_MAX;
  char *end = text;
  long long number = std::strtoll(text, &end, 10);
  return end == text || number <= 0 ? INT64_MAX : number;
}

int64_t MemoryGuard::available() noexcept {
  struct sysinfo machine = {};
  int64_t memory = INT64_MAX;
  if (::sysinfo(&machine) == 0)
    memory = static_cast<int64_t>(machine.totalram) * machine.mem_unit;
  // A container sees its own group here, of either version.
  return std::min({memory, numberIn("/sys/fs/cgroup/memory.max"),
                   numberIn("/sys/fs/cgroup/memory/memory.limit_in_bytes")});
}

static base::Fd openStatm() noexcept {
  return base::Fd(::open("/proc/self/statm", O_RDONLY | O_CLOEXEC));
}

MemoryGuard::MemoryGuard(int64_t limit)
    : max(limit > 0 ? limit : available() / 5 * 4), statm(openStatm()) {
  now = measure();
}

/// Resident memory; without /proc what malloc has given out.
int64_t MemoryGuard::measure() const noexcept {
  char text[128];
  ssize_t size = statm ? ::pread(statm.get(), text, sizeof text, 0) : 0;
  if (size > 0) {
    // "total resident ...", in pages.
    std::string_view numbers(text, static_cast<size_t>(size));
    numbers.remove_prefix(std::min(numbers.find(' '), numbers.size() - 1) + 1);
    auto resident =
        base::parseNumber<int64_t>(numbers.substr(0, numbers.find(' ')));
    if (resident)
      return *resident * ::sysconf(_SC_PAGESIZE);
  }
#ifdef __GLIBC__
  struct mallinfo2 info = ::mallinfo2();
  return static_cast<int64_t>(info.uordblks + info.hblkhd);
#else
  return 0;
#endif
}

static constexpr int64_t measureEvery = 100, trimEvery = 1000; // milliseconds

void MemoryGuard::look(int64_t time) noexcept {
  int64_t due = nextLook.load(std::memory_order_relaxed);
  if (time < due ||
      !nextLook.compare_exchange_strong(due, time + measureEvery) ||
      looking.test_and_set(std::memory_order_acquire))
    return;
  if (!statm) // There may have been no descriptor for it.
    statm = openStatm();
  int64_t resident = measure();
#ifdef __GLIBC__
  if (resident > max && time >= nextTrim.load(std::memory_order_relaxed)) {
    nextTrim = time + trimEvery;
    ::malloc_trim(0);
    resident = measure();
  }
#endif
  now.store(resident, std::memory_order_relaxed);
  looking.clear(std::memory_order_release);
}

} // namespace plumb::rt::limits
