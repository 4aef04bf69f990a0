//===- ListenPoint.h - the places where a server listens --------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_SERVER_LISTENPOINT_H
#define PLUMB_RUNTIME_SERVER_LISTENPOINT_H

#include "runtime/base/Fd.h"
#include "runtime/net/UnixSocket.h"
#include "runtime/rooms/Status.h"
#include "runtime/server/ListenOptions.h"

#include <string>
#include <string_view>
#include <vector>

namespace plumb::rt::server {

/// A place that is listened at: a port, a UNIX-domain socket, or a socket that
/// was inherited.
struct ListenPoint {
  std::string where; ///< "0.0.0.0:443", "unix:/run/chat.sock"
  std::string note;  ///< "inherited as http", or empty
  bool isUnix = false, tls = false;
  /// One for each shard, which the shards are given.
  std::vector<base::Fd> sockets{};
  /// They are one socket, for whose connections the shards compete.
  bool shared = false;
  net::SocketFile file{};
};

/// Opens all places for `shards` loops, and adds them. On failure, none;
/// Status::Ok, or a status with a line in the log.
rooms::Status openListenPoints(const ListenOptions &options, unsigned shards,
                               std::vector<ListenPoint> &points);

/// The one of the admin port; none when there is to be no such.
rooms::Status openAdminPoint(const ListenOptions &options,
                             std::vector<ListenPoint> &points);

/// "wss://0.0.0.0:443" for "ws"; "unix:/run/chat.sock" has no scheme.
std::string urlOf(const ListenPoint &point, std::string_view scheme);

/// Tells the log which places ask nobody for a certificate.
void warnOfOpenPoints(const std::vector<ListenPoint> &points);

/// Tells the log where the server can be reached.
void tellOf(const std::vector<ListenPoint> &points, unsigned shards);

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_LISTENPOINT_H
