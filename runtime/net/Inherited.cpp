//===- Inherited.cpp - sockets that the process was started with ----------===//

#include "runtime/net/Inherited.h"
#include "runtime/base/Number.h"
#include "runtime/net/Address.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/socket.h>
#include <sys/un.h>

namespace plumb::rt::net {

/// Where they begin (SD_LISTEN_FDS_START).
static constexpr int firstPassed = 3;

static std::optional<int> parseCount(std::string_view text) {
  std::optional<int> number = base::parseNumber<int>(text);
  return number.value_or(-1) >= 0 ? number : std::nullopt;
}

InheritedSockets::InheritedSockets() {
  const char *process = std::getenv("LISTEN_PID");
  const char *count = std::getenv("LISTEN_FDS");
  const char *names = std::getenv("LISTEN_FDNAMES");
  if (!process || !count)
    return;
  std::optional<int> pid = parseCount(process), given = parseCount(count);
  if (!pid || !given || *given > INT_MAX - firstPassed) {
    doubt = "LISTEN_PID and LISTEN_FDS must be numbers";
    return;
  }
  int number = *given;
  if (*pid != ::getpid()) {
    doubt = std::string("the sockets were passed to process ") + process +
            ", and this is " + std::to_string(::getpid()) +
            "; a shell that starts the program must do so with exec";
    return;
  }
  std::string_view rest = names ? names : "";
  for (int fd = firstPassed; fd < firstPassed + number; ++fd) {
    // A number that is too large must not cost time or memory.
    int flags = ::fcntl(fd, F_GETFD);
    if (flags < 0) {
      doubt = "LISTEN_FDS is " + std::to_string(number) +
              ", but there is no descriptor " + std::to_string(fd);
      break;
    }
    ::fcntl(fd, F_SETFD, flags | FD_CLOEXEC);
    std::string_view name = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(rest.size(), name.size() + 1));
    passed.push_back({fd, std::string(name.empty() ? "unknown" : name)});
  }
  for (const char *variable :
       {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "LISTEN_PIDFDID"})
    ::unsetenv(variable);
}

const InheritedSockets &InheritedSockets::instance() {
  static const InheritedSockets &all = *new InheritedSockets();
  return all; // Never destroyed: threads may outlive main().
}

/// None, with a reason in errno, when `fd` has no options.
static std::optional<int> optionOf(int fd, int option) {
  int value = 0;
  socklen_t size = sizeof value;
  if (::getsockopt(fd, SOL_SOCKET, option, &value, &size) != 0)
    return std::nullopt;
  return value;
}

/// Nothing, or why a server cannot listen on it.
static std::string whatIsWrongWith(int fd) {
  std::optional<int> type = optionOf(fd, SO_TYPE);
  if (!type)
    return errno == EBADF ? "is not open" : "is no socket";
  if (type != SOCK_STREAM)
    return "is no stream socket (with systemd: ListenStream=)";
  std::optional<int> family = optionOf(fd, SO_DOMAIN);
  if (family != AF_INET && family != AF_INET6 && family != AF_UNIX)
    return "is neither of TCP nor of the UNIX domain";
  if (optionOf(fd, SO_ACCEPTCONN) != 1)
    return "does not listen (with systemd: Accept=no)";
  return "";
}

static void describe(InheritedSockets::Found::Socket &socket) {
  union {
    sockaddr any;
    sockaddr_in6 ip;
    sockaddr_un local;
  } name = {};
  socklen_t size = sizeof name;
  ::getsockname(socket.socket.get(), &name.any, &size);
  socket.isUnix = name.any.sa_family == AF_UNIX;
  if (!socket.isUnix) {
    socket.where = Address::from(name.ip).text();
    return;
  }
  size_t length = std::min<size_t>(size, sizeof name.local) -
                  offsetof(sockaddr_un, sun_path);
  std::string path(name.local.sun_path, length);
  if (path.starts_with('\0'))
    path[0] = '@';
  socket.where = "unix:" + path.substr(0, path.find('\0'));
}

InheritedSockets::Found InheritedSockets::find(std::string_view name) const {
  Found found;
  auto fail = [&](std::string why) {
    found.sockets.clear();
    found.error = std::move(why);
    return std::move(found);
  };
  std::vector<Passed> wanted;
  if (std::optional<int> fd = parseCount(name))
    wanted.push_back({*fd, std::string(name)});
  for (const Passed &socket : passed)
    if (name == "*" || socket.name == name)
      wanted.push_back(socket);
  if (!doubt.empty() && (wanted.empty() || name == "*"))
    return fail(doubt);
  if (wanted.empty()) {
    if (passed.empty())
      return fail("the program was started without sockets (LISTEN_FDS)");
    std::string names;
    for (const Passed &socket : passed)
      names += (names.empty() ? "" : ", ") + socket.name;
    return fail("no socket of that name was passed; there are: " + names);
  }
  for (const Passed &one : wanted) {
    std::string which = "descriptor " + std::to_string(one.fd) + " ";
    if (std::string wrong = whatIsWrongWith(one.fd); !wrong.empty())
      return fail(which + wrong);
    base::Fd copy(::fcntl(one.fd, F_DUPFD_CLOEXEC, firstPassed));
    // Of the socket, not of the descriptor: for everybody who has it.
    int flags = copy ? ::fcntl(copy.get(), F_GETFL) : -1;
    if (flags < 0 || ::fcntl(copy.get(), F_SETFL, flags | O_NONBLOCK) != 0)
      return fail(which + "cannot be used: " + std::strerror(errno));
    ::fcntl(one.fd, F_SETFD, FD_CLOEXEC);
    found.sockets.push_back({std::move(copy), one.name, "", false});
    describe(found.sockets.back());
  }
  return found;
}

} // namespace plumb::rt::net
