//===- Reload.cpp - SIGHUP reads the certificates again -------------------===//

#include "runtime/net/Reload.h"
#include "runtime/net/Certificates.h"
#include "runtime/net/DefaultCourse.h"
#include "runtime/net/Log.h"
#include "runtime/net/SharedEvent.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <exception>
#include <mutex>
#include <pthread.h>
#include <sys/eventfd.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace plumb::rt::net {

static constinit SharedEvent hangup(EFD_CLOEXEC);

extern "C" {
static void onHangup(int) { hangup.ring(); }
}

static std::mutex reloadLock;
static unsigned reloadGuards = 0;
static struct sigaction previousHangup;
static bool installed = false;
static std::thread reloader;
static std::atomic<bool> ending{false};

static void reloadWhenRung() {
  while (true) {
    uint64_t count;
    bool rung = ::read(hangup.fd(), &count, sizeof count) == sizeof count;
    if (ending)
      return;
    if (!rung)
      continue; // EINTR: a debugger's, or a stop and continuation.
    try {
      Certificates::instance().reload();
    } catch (const std::exception &error) {
      log(Ungated("who signals is the owner"), LogLevel::Error,
          std::string("cannot read the certificates again: ") + error.what());
    }
  }
}

/// The thread takes no signals: they interrupt the program's own.
static std::thread startReloader() {
  sigset_t all, before;
  sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  struct Restored {
    sigset_t &before;
    ~Restored() { ::pthread_sigmask(SIG_SETMASK, &before, nullptr); }
  } restored{before};
  return std::thread(reloadWhenRung);
}

ReloadGuard::ReloadGuard() {
  std::lock_guard lock(reloadLock);
  if (reloadGuards > 0) {
    ++reloadGuards;
    return;
  }
  if (hangup.fd() < 0)
    throw std::system_error(errno, std::generic_category(),
                            "cannot wait for SIGHUP");
  ending = false;
  reloader = startReloader();
  struct sigaction action = {};
  action.sa_handler = onHangup;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGHUP, nullptr, &previousHangup);
  installed = !(previousHangup.sa_flags & SA_SIGINFO) &&
              (previousHangup.sa_handler == defaultCourse() ||
               previousHangup.sa_handler == SIG_DFL ||
               previousHangup.sa_handler == SIG_IGN);
  if (installed)
    ::sigaction(SIGHUP, &action, nullptr);
  reloadGuards = 1;
}

ReloadGuard::~ReloadGuard() {
  std::lock_guard lock(reloadLock);
  if (--reloadGuards > 0)
    return;
  if (installed)
    ::sigaction(SIGHUP, &previousHangup, nullptr);
  ending = true;
  hangup.ring();
  reloader.join();
}

} // namespace plumb::rt::net
