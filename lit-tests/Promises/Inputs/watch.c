// Preloaded: what a call waits for in the kernel.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// 0: nothing is watched; 1: who waits ends the process; 2: who waits long does.
static __thread int mode;
void promises_watch(int what) { mode = what; }

// Seen by the processes that are forked later, and by those that they were forked of.
static int *waited;
__attribute__((constructor)) static void share(void) {
  waited = mmap(0, sizeof *waited, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}
// Whether a watched call has waited since this was called last.
int promises_waited(void) { return __atomic_exchange_n(waited, 0, __ATOMIC_RELAXED); }

static void waits(long long ms) {
  if (mode && ms != 0)
    __atomic_store_n(waited, 1, __ATOMIC_RELAXED);
  if (mode == 1 && ms != 0)
    _exit(90);
  if (mode == 2 && (ms < 0 || ms > 100))
    _exit(94);
}
static long long ms_of(const struct timespec *t) {
  return t ? t->tv_sec * 1000LL + (t->tv_nsec + 999999) / 1000000 : -1;
}
#define NEXT(NAME) ((__typeof__(&NAME))dlsym(RTLD_NEXT, #NAME))

int epoll_wait(int fd, struct epoll_event *events, int count, int timeout) {
  waits(timeout);
  return NEXT(epoll_wait)(fd, events, count, timeout);
}
int epoll_pwait(int fd, struct epoll_event *events, int count, int timeout, const sigset_t *mask) {
  waits(timeout);
  return NEXT(epoll_pwait)(fd, events, count, timeout, mask);
}
int epoll_pwait2(int fd, struct epoll_event *events, int count, const struct timespec *timeout,
                 const sigset_t *mask) {
  waits(ms_of(timeout));
  return NEXT(epoll_pwait2)(fd, events, count, timeout, mask);
}
int poll(struct pollfd *fds, nfds_t count, int timeout) {
  waits(timeout);
  return NEXT(poll)(fds, count, timeout);
}
int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout, const sigset_t *mask) {
  waits(ms_of(timeout));
  return NEXT(ppoll)(fds, count, timeout, mask);
}
int select(int count, fd_set *r, fd_set *w, fd_set *e, struct timeval *timeout) {
  waits(timeout ? timeout->tv_sec * 1000LL + (timeout->tv_usec + 999) / 1000 : -1);
  return NEXT(select)(count, r, w, e, timeout);
}
int nanosleep(const struct timespec *time, struct timespec *left) {
  waits(ms_of(time));
  return NEXT(nanosleep)(time, left);
}
int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time,
                    struct timespec *left) {
  waits(flags ? 1 : ms_of(time));
  return NEXT(clock_nanosleep)(clock, flags, time, left);
}
unsigned sleep(unsigned seconds) {
  waits(seconds * 1000LL);
  return NEXT(sleep)(seconds);
}
int usleep(useconds_t us) {
  waits((us + 999) / 1000);
  return NEXT(usleep)(us);
}
int pause(void) {
  waits(-1);
  return NEXT(pause)();
}
int pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex) {
  waits(-1);
  return NEXT(pthread_cond_wait)(cond, mutex);
}
int pthread_cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex,
                           const struct timespec *until) {
  waits(1);
  return NEXT(pthread_cond_timedwait)(cond, mutex, until);
}
int pthread_join(pthread_t thread, void **result) {
  waits(-1);
  return NEXT(pthread_join)(thread, result);
}
