//===- DefaultCourse.h - what a signal does by itself -----------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_DEFAULTCOURSE_H
#define PLUMB_RUNTIME_NET_DEFAULTCOURSE_H

namespace plumb::rt::net {

/// What gives a signal that ends a process its default course, for sigaction:
/// SIG_DFL. Process 1 of a container gets no signal for which it has that
/// (pid_namespaces(7)), so there it is a handler that ends the process at once,
/// with the status that a shell reports: 128 and the signal's number.
/// Async-signal-safe.
void (*defaultCourse() noexcept)(int);

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_DEFAULTCOURSE_H
