//===- Faults.h - system calls that fail ------------------------*- C++ -*-===//
//
// The program is linked with --wrap for each function of the C library that is
// a system call and that the runtime calls (see CMakeLists.txt). All threads
// are victims but those that say that they are not.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_UNITTESTS_ABI_FAULTS_H
#define PLUMB_UNITTESTS_ABI_FAULTS_H

#include <string>
#include <vector>

namespace plumb::test {

/// Something other than an errno: a call that does a part of what it was asked
/// for, one byte.
inline constexpr int shortCall = -1;
/// A call during which SIGTERM comes, and that succeeds.
inline constexpr int stopSignal = -2;

/// A place in the runtime that makes a system call.
struct CallSite {
  const char *function;
  const void *address; ///< where the call returns to
  bool operator==(const CallSite &) const = default;
};
/// "recv at plumb::rt::net::Stream::read(...) + 12".
std::string describe(const CallSite &site);

/// How the function may fail; empty when it cannot.
std::vector<int> errorsOf(const CallSite &site);
/// Whether a call that fails so has lost nothing and is to be made again.
bool isHarmless(const CallSite &site, int error);

class Faults {
public:
  /// This thread's calls do not fail.
  static void spareThisThread();
  /// The sites that have been reached until now, in the order of their first
  /// calls.
  static std::vector<CallSite> sites();
  /// From now on `count` calls at the site fail, after `before` that do not.
  static void arm(const CallSite &site, int error, int before, int count);
  static void disarm();
  /// How many have failed since arm().
  static int failed();
};

/// For WrappedCalls.cpp: the error that this call is to have; 0: none.
int errorAt(const char *function, const void *address);

} // namespace plumb::test

#endif // PLUMB_UNITTESTS_ABI_FAULTS_H
