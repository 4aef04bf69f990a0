//===- Faults.cpp - system calls that fail --------------------------------===//

#include "Faults.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstring>
#include <cxxabi.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <liburing.h>
#include <memory>
#include <mutex>
#include <poll.h>
#include <pthread.h>
#include <set>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/uio.h>
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

/// The error that this call is to have; 0: none.
static int errorAt(const char *function, const void *address) {
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

//===----------------------------------------------------------------------===//
// The functions
//===----------------------------------------------------------------------===//

using plumb::test::errorAt;
using plumb::test::shortCall;

static int fail(int error) {
  errno = error;
  return -1;
}

#define PLUMB_REAL(RESULT, NAME, PARAMETERS)                                   \
  extern "C" RESULT __real_##NAME PARAMETERS;                                  \
  extern "C" RESULT __wrap_##NAME PARAMETERS
/// A function that returns -1 when it fails.
#define PLUMB_FAULT(NAME, PARAMETERS, ARGUMENTS)                               \
  PLUMB_REAL(int, NAME, PARAMETERS) {                                          \
    if (int error = errorAt(#NAME, __builtin_return_address(0)))               \
      return fail(error);                                                      \
    return __real_##NAME ARGUMENTS;                                            \
  }
/// The same, of which SIZE becomes 1 for a short call.
#define PLUMB_FAULT_IO(NAME, PARAMETERS, ARGUMENTS, SIZE)                      \
  PLUMB_REAL(ssize_t, NAME, PARAMETERS) {                                      \
    int error = errorAt(#NAME, __builtin_return_address(0));                   \
    if (error == shortCall && SIZE > 1)                                        \
      SIZE = 1;                                                                \
    else if (error && error != shortCall)                                      \
      return fail(error);                                                      \
    return __real_##NAME ARGUMENTS;                                            \
  }

PLUMB_FAULT(accept4, (int fd, sockaddr *peer, socklen_t *size, int flags),
            (fd, peer, size, flags))
PLUMB_FAULT(access, (const char *path, int mode), (path, mode))
PLUMB_FAULT(bind, (int fd, const sockaddr *address, socklen_t size),
            (fd, address, size))
PLUMB_FAULT(chmod, (const char *path, mode_t mode), (path, mode))
PLUMB_FAULT(connect, (int fd, const sockaddr *address, socklen_t size),
            (fd, address, size))
PLUMB_FAULT(epoll_create1, (int flags), (flags))
PLUMB_FAULT(epoll_ctl, (int epoll, int what, int fd, epoll_event *event),
            (epoll, what, fd, event))
PLUMB_FAULT(epoll_pwait2,
            (int epoll, epoll_event *events, int most, const timespec *timeout,
             const sigset_t *signals),
            (epoll, events, most, timeout, signals))
PLUMB_FAULT(epoll_wait, (int epoll, epoll_event *events, int most, int timeout),
            (epoll, events, most, timeout))
PLUMB_FAULT(eventfd, (unsigned value, int flags), (value, flags))
PLUMB_FAULT(fchmod, (int fd, mode_t mode), (fd, mode))
PLUMB_FAULT(fstat, (int fd, struct stat *result), (fd, result))
PLUMB_FAULT(getrlimit, (int which, rlimit *limit), (which, limit))
PLUMB_FAULT(getsockname, (int fd, sockaddr *address, socklen_t *size),
            (fd, address, size))
PLUMB_FAULT(getsockopt,
            (int fd, int level, int option, void *value, socklen_t *size),
            (fd, level, option, value, size))
PLUMB_FAULT(listen, (int fd, int backlog), (fd, backlog))
PLUMB_FAULT(lstat, (const char *path, struct stat *result), (path, result))
PLUMB_FAULT(madvise, (void *at, size_t size, int advice), (at, size, advice))
PLUMB_FAULT(poll, (pollfd * fds, nfds_t count, int timeout),
            (fds, count, timeout))
PLUMB_FAULT(setrlimit, (int which, const rlimit *limit), (which, limit))
PLUMB_FAULT(setsockopt,
            (int fd, int level, int option, const void *value, socklen_t size),
            (fd, level, option, value, size))
PLUMB_FAULT(shutdown, (int fd, int how), (fd, how))
PLUMB_FAULT(socket, (int family, int type, int protocol),
            (family, type, protocol))
PLUMB_FAULT(sysinfo, (struct sysinfo * result), (result))
PLUMB_FAULT(unlink, (const char *path), (path))

PLUMB_FAULT_IO(getrandom, (void *into, size_t size, unsigned flags),
               (into, size, flags), size)
PLUMB_FAULT_IO(pread, (int fd, void *into, size_t size, off_t at),
               (fd, into, size, at), size)
PLUMB_FAULT_IO(recv, (int fd, void *into, size_t size, int flags),
               (fd, into, size, flags), size)
PLUMB_FAULT_IO(send, (int fd, const void *from, size_t size, int flags),
               (fd, from, size, flags), size)

/// Linux has closed it whatever it says (close(2)).
PLUMB_REAL(int, close, (int fd)) {
  int result = __real_close(fd);
  if (int error = errorAt("close", __builtin_return_address(0)))
    return fail(error);
  return result;
}

PLUMB_REAL(int, open, (const char *path, int flags, ...)) {
  if (int error = errorAt("open", __builtin_return_address(0)))
    return fail(error);
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return __real_open(path, flags, mode);
}

PLUMB_REAL(int, fcntl, (int fd, int what, ...)) {
  if (int error = errorAt("fcntl", __builtin_return_address(0)))
    return fail(error);
  va_list rest;
  va_start(rest, what);
  long argument = va_arg(rest, long);
  va_end(rest);
  return __real_fcntl(fd, what, argument);
}

PLUMB_REAL(int, ioctl, (int fd, unsigned long what, ...)) {
  if (int error = errorAt("ioctl", __builtin_return_address(0)))
    return fail(error);
  va_list rest;
  va_start(rest, what);
  void *argument = va_arg(rest, void *);
  va_end(rest);
  return __real_ioctl(fd, what, argument);
}

PLUMB_REAL(void *, mmap,
           (void *at, size_t size, int prot, int flags, int fd, off_t offset)) {
  if (int error = errorAt("mmap", __builtin_return_address(0)))
    return fail(error), MAP_FAILED;
  return __real_mmap(at, size, prot, flags, fd, offset);
}

PLUMB_REAL(void *, mremap, (void *at, size_t from, size_t to, int flags, ...)) {
  if (int error = errorAt("mremap", __builtin_return_address(0)))
    return fail(error), MAP_FAILED;
  return __real_mremap(at, from, to, flags);
}

/// Eventfds take and give whole numbers, and none is ever full.
static bool isEvent(int fd) {
  char path[32], target[32];
  std::snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  ssize_t size = ::readlink(path, target, sizeof target);
  return std::string_view(target, size > 0 ? static_cast<size_t>(size) : 0) ==
         "anon_inode:[eventfd]";
}

PLUMB_REAL(ssize_t, read, (int fd, void *into, size_t size)) {
  int error = errorAt("read", __builtin_return_address(0));
  if (error && (error == EINTR || !isEvent(fd)))
    return fail(error);
  return __real_read(fd, into, size);
}

PLUMB_REAL(ssize_t, write, (int fd, const void *from, size_t size)) {
  int error = errorAt("write", __builtin_return_address(0));
  if (error && error != EINTR && isEvent(fd))
    error = 0;
  if (error == shortCall)
    size = 1;
  else if (error)
    return fail(error);
  return __real_write(fd, from, size);
}

PLUMB_REAL(ssize_t, sendmsg, (int fd, const msghdr *message, int flags)) {
  int error = errorAt("sendmsg", __builtin_return_address(0));
  if (error == shortCall && message->msg_iovlen > 0) {
    iovec first = {message->msg_iov[0].iov_base, 1};
    msghdr one = *message;
    one.msg_iov = &first;
    one.msg_iovlen = 1;
    return __real_sendmsg(fd, &one, flags);
  }
  if (error)
    return fail(error);
  return __real_sendmsg(fd, message, flags);
}

PLUMB_REAL(ssize_t, pwritev2,
           (int fd, const iovec *parts, int count, off_t at, int flags)) {
  int error = errorAt("pwritev2", __builtin_return_address(0));
  iovec first = {parts->iov_base, 1};
  if (error == shortCall)
    return __real_pwritev2(fd, &first, 1, at, flags);
  if (error)
    return fail(error);
  return __real_pwritev2(fd, parts, count, at, flags);
}

// liburing returns the error itself.
PLUMB_REAL(int, io_uring_queue_init_params,
           (unsigned entries, io_uring *ring, io_uring_params *parameters)) {
  if (int error =
          errorAt("io_uring_queue_init_params", __builtin_return_address(0)))
    return -error;
  return __real_io_uring_queue_init_params(entries, ring, parameters);
}

PLUMB_REAL(int, io_uring_submit_and_wait, (io_uring * ring, unsigned count)) {
  if (int error =
          errorAt("io_uring_submit_and_wait", __builtin_return_address(0)))
    return -error;
  return __real_io_uring_submit_and_wait(ring, count);
}

PLUMB_REAL(io_uring_probe *, io_uring_get_probe_ring, (io_uring * ring)) {
  if (errorAt("io_uring_get_probe_ring", __builtin_return_address(0)))
    return nullptr;
  return __real_io_uring_get_probe_ring(ring);
}

// Not wrapped: the C++ library calls it, and finds this one first.
extern "C" int pthread_create(pthread_t *thread, const pthread_attr_t *how,
                              void *(*run)(void *), void *argument) {
  using Function = decltype(&pthread_create);
  static const auto real =
      reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "pthread_create"));
  if (int error = errorAt("pthread_create", __builtin_return_address(0)))
    return error;
  return real(thread, how, run, argument);
}

//===----------------------------------------------------------------------===//
// The same as _FORTIFY_SOURCE calls them, where the C library has it for Clang
//===----------------------------------------------------------------------===//

PLUMB_REAL(int, __open_2, (const char *path, int flags)) {
  if (int error = errorAt("open", __builtin_return_address(0)))
    return fail(error);
  return __real_open(path, flags);
}

PLUMB_REAL(int, __poll_chk,
           (pollfd * fds, nfds_t count, int timeout, size_t size)) {
  if (int error = errorAt("poll", __builtin_return_address(0)))
    return fail(error);
  return __real___poll_chk(fds, count, timeout, size);
}

PLUMB_REAL(ssize_t, __pread_chk,
           (int fd, void *into, size_t size, off_t at, size_t space)) {
  int error = errorAt("pread", __builtin_return_address(0));
  if (error == shortCall && size > 1)
    size = 1;
  else if (error && error != shortCall)
    return fail(error);
  return __real___pread_chk(fd, into, size, at, space);
}

PLUMB_REAL(ssize_t, __read_chk,
           (int fd, void *into, size_t size, size_t space)) {
  int error = errorAt("read", __builtin_return_address(0));
  if (error && (error == EINTR || !isEvent(fd)))
    return fail(error);
  return __real___read_chk(fd, into, size, space);
}

PLUMB_REAL(ssize_t, __recv_chk,
           (int fd, void *into, size_t size, size_t space, int flags)) {
  int error = errorAt("recv", __builtin_return_address(0));
  if (error == shortCall && size > 1)
    size = 1;
  else if (error && error != shortCall)
    return fail(error);
  return __real___recv_chk(fd, into, size, space, flags);
}
