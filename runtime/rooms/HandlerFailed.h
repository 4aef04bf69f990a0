//===- HandlerFailed.h - on_connect did not come to an end ------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ROOMS_HANDLERFAILED_H
#define PLUMB_RUNTIME_ROOMS_HANDLERFAILED_H

namespace plumb::rt::rooms {

/// Thrown by Program::onConnect when the program's handler failed.
struct HandlerFailed {};

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_HANDLERFAILED_H
