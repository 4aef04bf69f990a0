//===- Inherited.h - sockets that the process was started with --*- C++ -*-===//
//
// Whoever starts the program listens for it and passes the sockets on:
// sd_listen_fds(3), systemd.socket(5). They stay open while the process lives,
// so that clients can wait in their queues for the next server, in this process
// or, since the other end is the service manager's, in the next.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_NET_INHERITED_H
#define PLUMB_RUNTIME_NET_INHERITED_H

#include "runtime/base/Fd.h"

#include <string>
#include <string_view>
#include <vector>

namespace plumb::rt::net {

class InheritedSockets {
public:
  /// Those that LISTEN_FDS tells of. The first call takes the variables out of
  /// the environment, so call it before other threads read that, and keeps the
  /// descriptors from programs that this one starts.
  static const InheritedSockets &instance();

  struct Found {
    struct Socket {
      base::Fd socket;   ///< a duplicate; listens, does not block
      std::string name;  ///< what the parent calls it
      std::string where; ///< "127.0.0.1:80", "unix:/run/chat.sock"
      bool isUnix = false;
    };
    std::vector<Socket> sockets;
    std::string error; ///< what is wrong, if anything is; then there are none
  };
  /// The stream sockets of this name (FileDescriptorName= of a unit), which may
  /// be several; of "*" all that were passed; of a number the descriptor of
  /// that number, however it came.
  Found find(std::string_view name) const;

private:
  InheritedSockets();

  struct Passed {
    int fd;
    std::string name;
  };
  std::vector<Passed> passed;
  std::string doubt; ///< why there are none, if the variables are there
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_INHERITED_H
