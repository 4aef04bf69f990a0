//===- ListenPoint.cpp - the places where a server listens ----------------===//

#include "runtime/server/ListenPoint.h"
#include "runtime/base/Log.h"
#include "runtime/net/Inherited.h"
#include "runtime/net/Listener.h"
#include "runtime/server/Refusal.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>

namespace plumb::rt::server {

/// `option` is where the address is from.
static rooms::Status cannotListenAt(const net::Address &address,
                                    const char *option, int error) {
  std::string what =
      "cannot listen on port " + std::to_string(address.port) + ": ";
  switch (error) {
  case EADDRINUSE:
    return refuseToServe(rooms::Status::AddressInUse,
                         what + "address already in use; stop the other "
                                "program or choose another port");
  case EACCES:
    return refuseToServe(rooms::Status::CannotListen,
                         what + "permission denied; choose a port above 1023 "
                                "or run with the right to open low ports");
  case EADDRNOTAVAIL: {
    std::string host = address.text();
    host.resize(host.rfind(':'));
    return refuseToServe(rooms::Status::CannotListen,
                         what + "this machine has no address '" + host +
                             "'; set " + option + " to one that it has");
  }
  default:
    return refuseToServe(rooms::Status::CannotListen,
                         what + std::strerror(error));
  }
}

static rooms::Status cannotListenOn(const std::string &name, int error) {
  std::string what = "cannot listen on 'unix:" + name + "': ";
  switch (error) {
  case EADDRINUSE:
    return refuseToServe(rooms::Status::AddressInUse,
                         what + "another program listens on it; stop that or "
                                "choose another path");
  case ENOTSOCK:
    return refuseToServe(rooms::Status::CannotListen,
                         what + "there is a file that is no socket; remove it "
                                "or choose another path");
  case ENAMETOOLONG:
    return refuseToServe(
        rooms::Status::CannotListen,
        what + "its name is longer than " +
            std::to_string(net::UnixListening::maxName) +
            " bytes, the maximum of a socket's; choose a shorter one");
  case ENOENT:
    return refuseToServe(rooms::Status::CannotListen,
                         what + "its folder is not there; make it (with "
                                "systemd: RuntimeDirectory=)");
  case EACCES:
  case EPERM:
    return refuseToServe(rooms::Status::CannotListen,
                         what + "permission denied; choose a folder that this "
                                "program may write to (with systemd: "
                                "RuntimeDirectory=)");
  default:
    return refuseToServe(rooms::Status::CannotListen,
                         what + std::strerror(error));
  }
}

/// As many descriptors of the one socket as there are loops to watch it.
static rooms::Status share(base::Fd socket, unsigned count,
                           ListenPoint &point) {
  point.shared = count > 1;
  point.sockets.push_back(std::move(socket));
  while (point.sockets.size() < count) {
    base::Fd copy(::fcntl(point.sockets.front().get(), F_DUPFD_CLOEXEC, 3));
    if (!copy)
      return refuseToServe(rooms::Status::CannotListen,
                           "cannot listen on '" + point.where +
                               "': " + std::strerror(errno));
    point.sockets.push_back(std::move(copy));
  }
  return rooms::Status::Ok;
}

static rooms::Status openTcp(const net::ListenAddress &place,
                             const char *option, unsigned count,
                             std::vector<ListenPoint> &points) {
  net::ListenResult opened = net::listenOn(place.address, count);
  if (opened.error)
    return cannotListenAt(place.address, option, opened.error);
  net::Address real = place.address;
  real.port = opened.port;
  points.push_back({.where = real.text(),
                    .note = {},
                    .tls = place.tls,
                    .sockets = std::move(opened.sockets)});
  return rooms::Status::Ok;
}

static rooms::Status openUnix(const net::ListenAddress &place, mode_t mode,
                              unsigned count,
                              std::vector<ListenPoint> &points) {
  net::UnixListening opened = net::UnixListening::open(place.name, mode);
  if (opened.error)
    return cannotListenOn(place.name, opened.error);
  points.push_back({.where = "unix:" + place.name,
                    .note = {},
                    .isUnix = true,
                    .tls = place.tls});
  points.back().file = std::move(opened.file);
  return share(std::move(opened.socket), count, points.back());
}

static rooms::Status openInherited(const net::ListenAddress &place,
                                   unsigned count,
                                   std::vector<ListenPoint> &points) {
  auto found = net::InheritedSockets::instance().find(place.name);
  if (!found.error.empty())
    return refuseToServe(rooms::Status::CannotListen,
                         "cannot listen on 'fd:" + place.name +
                             "': " + found.error);
  for (auto &one : found.sockets) {
    points.push_back({.where = one.where,
                      .note = "inherited as " + one.name,
                      .isUnix = one.isUnix,
                      .tls = place.tls});
    if (rooms::Status status =
            share(std::move(one.socket), count, points.back());
        status != rooms::Status::Ok)
      return status;
  }
  return rooms::Status::Ok;
}

static rooms::Status openPlace(const ListenOptions &options,
                               const net::ListenAddress &place,
                               const char *option, unsigned count,
                               std::vector<ListenPoint> &points) {
  switch (place.kind) {
  case net::ListenAddress::Kind::Tcp:
    return openTcp(place, option, count, points);
  case net::ListenAddress::Kind::Unix:
    return openUnix(place, options.unixMode, count, points);
  case net::ListenAddress::Kind::Inherited:
    return openInherited(place, count, points);
  }
  __builtin_unreachable();
}

rooms::Status openListenPoints(const ListenOptions &options, unsigned shards,
                               std::vector<ListenPoint> &points) {
  const char *option = "PLUMB_WS_BIND";
  for (const net::ListenAddress &place : options.places) {
    if (rooms::Status status =
            openPlace(options, place, option, shards, points);
        status != rooms::Status::Ok) {
      points.clear();
      return status;
    }
    option = "PLUMB_WS_LISTEN";
  }
  return rooms::Status::Ok;
}

rooms::Status openAdminPoint(const ListenOptions &options,
                             std::vector<ListenPoint> &points) {
  return options.admin ? openPlace(options, *options.admin,
                                   "PLUMB_WS_ADMIN_BIND", 1, points)
                       : rooms::Status::Ok;
}

std::string urlOf(const ListenPoint &point, std::string_view scheme) {
  if (point.isUnix)
    return (point.tls ? "tls:" : "") + point.where;
  return std::string(scheme) + (point.tls ? "s://" : "://") + point.where;
}

void tellOf(const std::vector<ListenPoint> &points, unsigned shards) {
  for (const ListenPoint &point : points)
    base::log(base::Ungated("at the start"), base::LogLevel::Info,
              "listening on " + urlOf(point, "ws") + " (" + point.note +
                  (point.note.empty() ? "" : ", ") + std::to_string(shards) +
                  (shards == 1 ? " shard)" : " shards)"));
}

void warnOfOpenPoints(const std::vector<ListenPoint> &points) {
  for (const ListenPoint &point : points)
    if (!point.tls)
      base::log(base::Ungated("at the start"), base::LogLevel::Warning,
                "who connects to " + urlOf(point, "ws") +
                    " shows no certificate, whatever client_ca says: it has no "
                    "TLS");
}

} // namespace plumb::rt::server
