//===- Faults.cpp - system calls that fail --------------------------------===//

#include "Faults.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <cxxabi.h>
#include <dlfcn.h>
#include <memory>
#include <mutex>
#include <pthread.h>
#include <set>
#include <unistd.h>

namespace plumb::test {

namespace {
struct Possible {
  const char *function;
  std::vector<int> errors;
};
} // namespace

static const std::vector<Possible> &possible() {
  static const std::vector<int> noDescriptor = {EMFILE, ENFILE, ENOMEM};
  static const std::vector<int> output = {EINTR, EAGAIN, ENOBUFS,    ENOMEM,
                                          EPIPE, EPERM,  ECONNRESET, shortCall};
  static const std::vector<Possible> all = {
      {"accept4",
       {EINTR, EAGAIN, ECONNABORTED, EMFILE, ENFILE, ENOBUFS, ENOMEM, EPERM,
        EPROTO}},
      {"access", {EACCES, ENOENT, ENOMEM}},
      {"bind", {EADDRINUSE, EADDRNOTAVAIL, EACCES, ENOMEM}},
      {"chmod", {EACCES, EPERM, EROFS}},
      {"close", {EINTR, EIO, ENOSPC}},
      {"connect", {EACCES, ECONNREFUSED, EPROTOTYPE, ENOENT}},
      {"epoll_create1", noDescriptor},
      {"epoll_ctl", {ENOMEM, ENOSPC}},
      {"epoll_pwait2", {EINTR, ENOSYS, EPERM}},
      {"epoll_wait", {EINTR}},
      {"eventfd", noDescriptor},
      {"fchmod", {EPERM, EROFS}},
      {"fcntl", {EMFILE, EBADF, EINVAL}},
      {"fstat", {ENOMEM, EOVERFLOW}},
      {"getrandom", {EINTR, ENOSYS, shortCall}},
      {"getrlimit", {EPERM}},
      {"getsockname", {ENOBUFS}},
      {"getsockopt", {ENOPROTOOPT, ENOMEM}},
      {"io_uring_get_probe_ring", {ENOMEM}},
      {"io_uring_queue_init_params", {ENOMEM, EPERM, ENOSYS, EMFILE}},
      {"io_uring_submit_and_wait", {EINTR, EAGAIN, EBUSY, ENOMEM}},
      {"ioctl", {ENOTTY, EINVAL}},
      {"listen", {EADDRINUSE, EOPNOTSUPP}},
      {"lstat", {EACCES, ENOENT, ENOMEM}},
      {"madvise", {EINVAL, ENOMEM}},
      {"mmap", {ENOMEM, EAGAIN}},
      {"mremap", {ENOMEM, EAGAIN}},
      {"open", {EMFILE, ENFILE, ENOMEM, EACCES, ENOENT, EINTR}},
      {"poll", {EINTR, ENOMEM}},
      {"pread", {EIO, ENOMEM, EINTR, shortCall}},
      {"pthread_create", {EAGAIN}},
      {"pwritev2", {EINTR, EAGAIN, ENOSPC, EOPNOTSUPP, EIO, EPIPE, shortCall}},
      {"read", {EINTR, EIO, ENOMEM}},
      {"recv", {EINTR, EAGAIN, ENOMEM, ECONNRESET, ETIMEDOUT, shortCall}},
      {"send", output},
      {"sendmsg", output},
      {"setrlimit", {EPERM}},
      {"setsockopt", {ENOMEM, ENOPROTOOPT}},
      {"shutdown", {ENOTCONN}},
      {"socket", {EMFILE, ENFILE, ENOBUFS, ENOMEM, EAFNOSUPPORT}},
      {"sysinfo", {EPERM}},
      {"unlink", {EACCES, ENOENT, EROFS}},
      {"write", {EINTR, EAGAIN, ENOSPC, EIO, EPIPE, shortCall}},
  };
  return all;
}

std::vector<int> errorsOf(const CallSite &site) {
  for (const Possible &one : possible())
    if (std::strcmp(one.function, site.function) == 0)
      return one.errors;
  return {};
}

bool isHarmless(const CallSite &site, int error) {
  static const std::set<std::string> moreIsNotToBeHad = {"mmap", "mremap",
                                                         "pthread_create"};
  return error == EINTR || error == shortCall ||
         (error == EAGAIN && !moreIsNotToBeHad.contains(site.function));
}

std::string describe(const CallSite &site) {
  std::string text = std::string(site.function) + " at ";
  Dl_info info;
  if (::dladdr(site.address, &info) == 0)
    return text + "?";
  const void *base = info.dli_fbase;
  if (info.dli_sname) {
    base = info.dli_saddr;
    int status;
    std::unique_ptr<char, void (*)(void *)> name(
        abi::__cxa_demangle(info.dli_sname, nullptr, nullptr, &status),
        std::free);
    text += name ? name.get() : info.dli_sname;
  } else {
    text += info.dli_fname;
  }
  return text + " + " +
         std::to_string(static_cast<const char *>(site.address) -
                        static_cast<const char *>(base));
}

//===----------------------------------------------------------------------===//
// Which call fails
//===----------------------------------------------------------------------===//

namespace {
struct State {
  std::mutex lock;
  std::vector<CallSite> sites;
  CallSite victim{};
  int error = 0, before = 0, count = 0, failed = 0;
};
} // namespace

static State &state() {
  static State &one = *new State; // Outlives the threads.
  return one;
}
static thread_local bool isSpared = false;

void Faults::spareThisThread() { isSpared = true; }

std::vector<CallSite> Faults::sites() {
  std::lock_guard guard(state().lock);
  return state().sites;
}

void Faults::arm(const CallSite &site, int error, int before, int count) {
  std::lock_guard guard(state().lock);
  state().victim = site;
  state().error = error;
  state().before = before;
  state().count = count;
  state().failed = 0;
}

void Faults::disarm() {
  std::lock_guard guard(state().lock);
  state().count = 0;
}

int Faults::failed() {
  std::lock_guard guard(state().lock);
  return state().failed;
}

/// Which error is this call's turn; 0: none.
static int dueAt(const char *function, const void *address) {
  State &all = state();
  std::lock_guard guard(all.lock);
  CallSite site{function, address};
  if (std::find(all.sites.begin(), all.sites.end(), site) == all.sites.end())
    all.sites.push_back(site);
  if (all.count == 0 || site != all.victim)
    return 0;
  if (all.before > 0) {
    --all.before;
    return 0;
  }
  --all.count;
  ++all.failed;
  return all.error;
}

int errorAt(const char *function, const void *address) {
  int error = isSpared ? 0 : dueAt(function, address);
  if (error != stopSignal)
    return error;
  // To this thread, which is amid the call, unless it leaves that to others.
  sigset_t blocked;
  ::pthread_sigmask(SIG_BLOCK, nullptr, &blocked);
  if (sigismember(&blocked, SIGTERM) == 1)
    ::kill(::getpid(), SIGTERM);
  else
    ::raise(SIGTERM);
  return 0;
}

} // namespace plumb::test
