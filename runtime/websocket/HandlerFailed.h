//===- HandlerFailed.h - on_connect did not come to an end ------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_WEBSOCKET_HANDLERFAILED_H
#define PLUMB_RUNTIME_WEBSOCKET_HANDLERFAILED_H

namespace plumb::rt::websocket {

/// Thrown by Program::onConnect when the program's handler failed.
struct HandlerFailed {};

} // namespace plumb::rt::websocket

#endif // PLUMB_RUNTIME_WEBSOCKET_HANDLERFAILED_H
