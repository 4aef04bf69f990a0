//===- ListenOptions.h - where a server is to listen ------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_SERVER_LISTENOPTIONS_H
#define PLUMB_RUNTIME_SERVER_LISTENOPTIONS_H

#include "runtime/net/ListenAddress.h"
#include "runtime/rooms/Status.h"
#include "runtime/server/Options.h"

#include <optional>
#include <sys/types.h>
#include <vector>

namespace plumb::rt::server {

/// What the options bind, listen, admin_bind, admin_port and unix_mode say.
struct ListenOptions {
  /// That of bind and the program's port, then those of listen.
  std::vector<net::ListenAddress> places{};
  std::optional<net::ListenAddress> admin{}; ///< none: no admin port
  mode_t unixMode = 0; ///< of the files of UNIX-domain sockets

  /// Status::Ok, or a status with a line in the log. `hasTls`: the program
  /// serves with a certificate.
  rooms::Status read(const Options &options, uint16_t port, bool hasTls);
};

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_LISTENOPTIONS_H
