//===- Reload.h - SIGHUP reads the certificates again -----------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_RELOAD_H
#define PLUMB_RUNTIME_NET_RELOAD_H

namespace plumb::rt::net {

/// While one exists, SIGHUP calls Certificates::reload() on a thread of its
/// own, so that no event loop waits for files. Signals that come during a
/// reload lead to one more. Takes the signal also where it was ignored (as
/// nohup has it), but not from a handler that the program has set itself. The
/// last guard puts back what was there; without one, that is without TLS, the
/// signal does what it does to any process. Throws std::system_error.
class ReloadGuard {
public:
  ReloadGuard();
  ~ReloadGuard();
  ReloadGuard(const ReloadGuard &) = delete;
  ReloadGuard &operator=(const ReloadGuard &) = delete;
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_RELOAD_H
