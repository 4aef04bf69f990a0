//===- UnixSocket.cpp - listening on a UNIX-domain socket -----------------===//

#include "runtime/net/UnixSocket.h"

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

namespace plumb::rt::net {

namespace {
struct Name {
  sockaddr_un address = {};
  socklen_t size;
  explicit Name(const std::string &name) {
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.data(), name.size());
    bool isAbstract = name[0] == '@';
    if (isAbstract)
      address.sun_path[0] = 0;
    // An abstract name is as long as it says, a path ends with a zero byte.
    size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) +
                                  name.size() + (isAbstract ? 0 : 1));
  }
  const sockaddr *get() const {
    return reinterpret_cast<const sockaddr *>(&address);
  }
};
} // namespace

static base::Fd makeSocket() {
  return base::Fd(
      ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}

/// Takes away what nobody listens on any more. 0, or the errno of why not.
static int removeStale(const std::string &path, const Name &name) {
  struct stat before, now;
  if (::lstat(path.c_str(), &before) != 0)
    return errno == ENOENT ? 0 : errno;
  if (!S_ISSOCK(before.st_mode))
    return ENOTSOCK;
  base::Fd probe = makeSocket();
  if (!probe)
    return errno;
  if (::connect(probe.get(), name.get(), name.size) == 0)
    return EADDRINUSE;
  if (errno == ENOENT)
    return 0;
  if (errno !=
      ECONNREFUSED) // EAGAIN: its queue is full. EPROTOTYPE: datagrams.
    return errno == EACCES ? EACCES : EADDRINUSE;
  // Another one may have been quicker in replacing it.
  if (::lstat(path.c_str(), &now) != 0)
    return errno == ENOENT ? 0 : errno;
  if (now.st_ino != before.st_ino || now.st_dev != before.st_dev)
    return EADDRINUSE;
  return ::unlink(path.c_str()) == 0 || errno == ENOENT ? 0 : errno;
}

UnixListening UnixListening::open(const std::string &path, mode_t mode) {
  UnixListening result;
  auto failed = [&](int error) {
    result.socket.reset();
    result.error = error ? error : EINVAL;
    result.file.remove();
    return std::move(result);
  };
  if (path.empty() || path.size() > maxName)
    return failed(ENAMETOOLONG);
  Name name(path);
  bool hasFile = path[0] != '@';
  result.socket = makeSocket();
  int fd = result.socket.get();
  // The file gets this, less the umask: at no time more than was asked for.
  if (!result.socket || (hasFile && ::fchmod(fd, mode) != 0))
    return failed(errno);
  int bound = ::bind(fd, name.get(), name.size);
  if (bound != 0 && errno == EADDRINUSE && hasFile) {
    if (int error = removeStale(path, name))
      return failed(error);
    bound = ::bind(fd, name.get(), name.size);
  }
  if (bound != 0)
    return failed(errno);
  if (hasFile) {
    struct stat made;
    if (::lstat(path.c_str(), &made) != 0)
      return failed(errno);
    result.file.path = path;
    result.file.device = made.st_dev;
    result.file.inode = made.st_ino;
    if (::chmod(path.c_str(), mode) != 0)
      return failed(errno);
  }
  if (::listen(fd, SOMAXCONN) != 0)
    return failed(errno);
  return result;
}

void SocketFile::remove() noexcept {
  struct stat now;
  if (!path.empty() && ::lstat(path.c_str(), &now) == 0 &&
      now.st_dev == device && now.st_ino == inode)
    ::unlink(path.c_str());
  path.clear();
}

} // namespace plumb::rt::net
