//===- Server.h - listening and serving -------------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_SERVER_SERVER_H
#define PLUMB_RUNTIME_SERVER_SERVER_H

#include "runtime/net/Tls.h"
#include "runtime/rooms/Status.h"
#include "runtime/server/Options.h"
#include "runtime/websocket/Program.h"

#include <cstdint>

namespace plumb::rt::server {

/// Serves on `port` (0: any that is free) until net::requestStop(), SIGINT or
/// SIGTERM, with `options.shards` threads, the calling one among them. Several
/// servers may run at once, in a thread each; they share rooms and pages.
/// Returns Status::Ok after a stop, else at once and with a line in the log:
/// Status::InvalidArgument (also when called by a callback of a server),
/// Status::AddressInUse, Status::CannotListen, Status::Certificate.
/// `tls` is null for plain TCP; with it SIGHUP reads certificates again.
/// The options are taken as valid.
rooms::Status serve(const Options &options, uint16_t port,
                    const net::TlsFiles *tls, websocket::Program &program);

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_SERVER_H
