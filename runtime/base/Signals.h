//===- Signals.h - signals of a thread, for the length of a scope -*- C++ -*-=//
#ifndef PLUMB_RUNTIME_BASE_SIGNALS_H
#define PLUMB_RUNTIME_BASE_SIGNALS_H

#include <csignal>
#include <initializer_list>

namespace plumb::rt::base {

/// Blocks signals on this thread, and so on the threads that it starts
/// meanwhile, which keep them blocked: they do not interrupt what is ours. Its
/// end puts the thread's mask back.
class SignalBlock {
public:
  /// All of them.
  SignalBlock() noexcept;
  explicit SignalBlock(std::initializer_list<int> signals) noexcept;
  ~SignalBlock();
  SignalBlock(const SignalBlock &) = delete;
  SignalBlock &operator=(const SignalBlock &) = delete;

private:
  sigset_t before;
};

/// Blocks SIGPIPE and SIGXFSZ on this thread: a log that nobody reads, or that
/// has grown to its limit, must not end the process. Its end keeps errno, and
/// takes what is pending of the two.
class WriteSignalBlock {
public:
  WriteSignalBlock() noexcept;
  ~WriteSignalBlock();
  WriteSignalBlock(const WriteSignalBlock &) = delete;
  WriteSignalBlock &operator=(const WriteSignalBlock &) = delete;

private:
  sigset_t ours; ///< those that were not blocked before
};

/// A handler of one signal, and what there was before it. Not thread safe; but
/// a handler may read `before`.
class SignalHandler {
public:
  /// Of a signal that the handler has to know more about: `flags` has
  /// SA_SIGINFO.
  void install(int signal, void (*handler)(int, siginfo_t *, void *),
               int flags) noexcept;
  void install(int signal, void (*handler)(int), int flags) noexcept;
  /// Puts back what there was. Nothing when nothing is installed.
  void remove() noexcept;

  /// What there was, from install() on.
  const struct sigaction &previous() const noexcept { return before; }
  /// What `signal` does now.
  static struct sigaction of(int signal) noexcept;

private:
  void install(int signal, const struct sigaction &action) noexcept;

  struct sigaction before = {};
  int installed = 0;
};

/// What gives a signal that ends a process its default course, for sigaction:
/// SIG_DFL. Process 1 of a container gets no signal for which it has that
/// (pid_namespaces(7)), so there it is a handler that ends the process at once,
/// with the status that a shell reports: 128 and the signal's number.
/// Async-signal-safe.
void (*defaultCourse() noexcept)(int);
/// Gives `signal` that course. Async-signal-safe.
void takeDefaultCourse(int signal) noexcept;

} // namespace plumb::rt::base

#endif // PLUMB_RUNTIME_BASE_SIGNALS_H
