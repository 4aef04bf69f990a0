//===- UnixSocket.h - listening on a UNIX-domain socket ---------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_UNIXSOCKET_H
#define PLUMB_RUNTIME_NET_UNIXSOCKET_H

#include "runtime/base/Fd.h"

#include <string>
#include <sys/types.h>
#include <utility>

namespace plumb::rt::net {

/// The file of a socket that this process listens on.
class SocketFile {
public:
  SocketFile() = default;
  SocketFile(SocketFile &&other) noexcept
      : path(std::exchange(other.path, {})), device(other.device),
        inode(other.inode) {}
  SocketFile &operator=(SocketFile &&other) noexcept {
    std::swap(path, other.path);
    std::swap(device, other.device);
    std::swap(inode, other.inode);
    return *this;
  }
  ~SocketFile() { remove(); }

  /// Removes it, once, unless something else is in its place. Do so while the
  /// socket still listens: who finds a file that nobody listens on may put his
  /// own there.
  void remove() noexcept;

private:
  friend struct UnixListening;
  std::string path; ///< empty: none
  dev_t device = 0;
  ino_t inode = 0;
};

/// A non-blocking socket that listens, with its file, or the errno of what went
/// wrong: EADDRINUSE (somebody listens there), ENOTSOCK (a file that is no
/// socket is there), ENAMETOOLONG, ENOENT (no such folder), EACCES, ...
struct UnixListening {
  base::Fd socket;
  SocketFile file{};
  int error = 0;

  /// `name` is a path, or "@" and an abstract name, which has no file. A file
  /// that a socket left behind on which nobody listens is replaced; nothing
  /// else ever is. The file has `mode`, whatever the umask is; to connect takes
  /// the right to write.
  static UnixListening open(const std::string &name, mode_t mode);
  /// Bytes of a path, or of an abstract name with its "@".
  static constexpr size_t maxName = 107;
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_UNIXSOCKET_H
