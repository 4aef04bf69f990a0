//===- Reload.cpp - SIGHUP reads the certificates again -------------------===//

#include "runtime/net/Reload.h"
#include "runtime/base/GuardCount.h"
#include "runtime/base/Log.h"
#include "runtime/base/Signals.h"
#include "runtime/net/Certificates.h"
#include "runtime/net/SharedEvent.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <exception>
#include <sys/eventfd.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace plumb::rt::net {

static constinit SharedEvent hangup(EFD_CLOEXEC);

extern "C" {
static void onHangup(int) { hangup.ring(); }
}

static constinit base::GuardCount reloadGuards;
static base::SignalHandler hangupHandler;
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
      base::log(
          base::Ungated("who signals is the owner"), base::LogLevel::Error,
          std::string("cannot read the certificates again: ") + error.what());
    }
  }
}

static void takeHangups() {
  if (hangup.fd() < 0)
    throw std::system_error(errno, std::generic_category(),
                            "cannot wait for SIGHUP");
  ending = false;
  {
    base::SignalBlock all; // They interrupt the program's own threads.
    reloader = std::thread(reloadWhenRung);
  }
  struct sigaction now = base::SignalHandler::of(SIGHUP);
  if (!(now.sa_flags & SA_SIGINFO) &&
      (now.sa_handler == base::defaultCourse() || now.sa_handler == SIG_DFL ||
       now.sa_handler == SIG_IGN))
    hangupHandler.install(SIGHUP, onHangup, SA_RESTART);
}

static void leaveHangups() noexcept {
  hangupHandler.remove();
  ending = true;
  hangup.ring();
  reloader.join();
}

ReloadGuard::ReloadGuard() { reloadGuards.enter(takeHangups); }
ReloadGuard::~ReloadGuard() { reloadGuards.leave(leaveHangups); }

} // namespace plumb::rt::net
