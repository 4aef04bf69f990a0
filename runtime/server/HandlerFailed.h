//===- HandlerFailed.h - on_connect did not come to an end ------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_SERVER_HANDLERFAILED_H
#define PLUMB_RUNTIME_SERVER_HANDLERFAILED_H

namespace plumb::rt::server {

/// Thrown by Program::onConnect when the program's handler failed.
struct HandlerFailed {};

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_HANDLERFAILED_H
