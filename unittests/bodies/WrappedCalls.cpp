//===- WrappedCalls.cpp - the system calls that Faults lets fail ----------===//

#include "Faults.h"

#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <liburing.h>
#include <poll.h>
#include <pthread.h>
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
    if (error == shortCall && (SIZE) > 1)                                      \
      (SIZE) = 1;                                                              \
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
            (int epoll, epoll_event *events, int max, const timespec *timeout,
             const sigset_t *signals),
            (epoll, events, max, timeout, signals))
PLUMB_FAULT(epoll_wait, (int epoll, epoll_event *events, int max, int timeout),
            (epoll, events, max, timeout))
PLUMB_FAULT(eventfd, (unsigned value, int flags), (value, flags))
PLUMB_FAULT(fchmod, (int fd, mode_t mode), (fd, mode))
PLUMB_FAULT(fstat, (int fd, struct stat *result), (fd, result))
PLUMB_FAULT(getrlimit, (int which, rlimit *limit), (which, limit))
PLUMB_FAULT(getsockname, (int fd, sockaddr *address, socklen_t *size),
            (fd, address, size))
PLUMB_FAULT(getsockopt,
            (int fd, int level, int option, void *value, socklen_t *size),
            (fd, level, option, value, size))
PLUMB_FAULT(mprotect, (void *start, size_t size, int protection),
            (start, size, protection))
PLUMB_FAULT(sigaltstack, (const stack_t *stack, stack_t *former),
            (stack, former))
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
