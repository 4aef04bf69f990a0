//===- InheritedTest.cpp - sockets that the process was started with ------===//
//
// Which descriptors a server takes. Parents that are not ours are in
// lit-tests/EndToEnd/inherited.test.
//
//===----------------------------------------------------------------------===//

#include "runtime/net/Inherited.h"
#include "runtime/net/Listener.h"
#include "runtime/net/UnixSocket.h"

#include <cstdlib>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace plumb::rt::net;

static InheritedSockets::Found find(int fd) {
  return InheritedSockets::instance().find(std::to_string(fd));
}

TEST(Inherited, ListeningSockets) {
  ListenResult tcp = listenOn(*Address::parse("127.0.0.1", 0), 1);
  int fd = tcp.sockets.front().get();
  ::fcntl(fd, F_SETFL, 0);
  ::fcntl(fd, F_SETFD, 0);
  auto found = find(fd);
  ASSERT_EQ(found.error, "");
  ASSERT_EQ(found.sockets.size(), 1u);
  EXPECT_EQ(found.sockets[0].where, "127.0.0.1:" + std::to_string(tcp.port));
  EXPECT_FALSE(found.sockets[0].isUnix);
  EXPECT_NE(found.sockets[0].socket.get(), fd);
  for (int each : {fd, found.sockets[0].socket.get()})
    EXPECT_EQ(::fcntl(each, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
  EXPECT_EQ(::fcntl(fd, F_GETFL) & O_NONBLOCK, O_NONBLOCK);
  found = {};
  EXPECT_EQ(find(fd).error, "") << "it stays open";

  std::string name = "@plumb-inherited-" + std::to_string(::getpid());
  UnixListening local = UnixListening::open(name, 0);
  found = find(local.socket.get());
  ASSERT_EQ(found.error, "");
  EXPECT_EQ(found.sockets[0].where, "unix:" + name);
  EXPECT_TRUE(found.sockets[0].isUnix);
}

TEST(Inherited, OtherDescriptors) {
  plumb::rt::base::Fd file(::open("/dev/null", O_RDONLY));
  EXPECT_NE(find(file.get()).error.find("is no socket"), std::string::npos);
  int closed = file.get();
  file.reset();
  EXPECT_EQ(find(closed).error,
            "descriptor " + std::to_string(closed) + " is not open");
  EXPECT_TRUE(find(closed).sockets.empty());
  plumb::rt::base::Fd datagrams(::socket(AF_INET, SOCK_DGRAM, 0));
  EXPECT_NE(find(datagrams.get()).error.find("is no stream socket"),
            std::string::npos);
  plumb::rt::base::Fd idle(::socket(AF_INET, SOCK_STREAM, 0));
  EXPECT_NE(find(idle.get()).error.find("does not listen"), std::string::npos);
  int pair[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
  plumb::rt::base::Fd one(pair[0]), two(pair[1]);
  EXPECT_NE(find(pair[0]).error.find("does not listen"), std::string::npos);
}

TEST(Inherited, NoneWerePassed) {
  for (const char *name : {"*", "http", "-1", "99999999999"})
    EXPECT_NE(InheritedSockets::instance().find(name).error.find(
                  "was started without sockets"),
              std::string::npos)
        << name;
}

/// The process that the next test starts.
TEST(Inherited, Child) {
  if (!std::getenv("PLUMB_TEST_INHERITED"))
    GTEST_SKIP() << "not started by a test";
  auto found = InheritedSockets::instance().find("web");
  EXPECT_EQ(found.error, "");
  EXPECT_EQ(found.sockets.size(), 1u);
  EXPECT_EQ(InheritedSockets::instance().find("other").sockets.size(), 1u);
  EXPECT_EQ(InheritedSockets::instance().find("*").sockets.size(), 2u);
  for (const char *gone : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"})
    EXPECT_EQ(std::getenv(gone), nullptr) << gone;
  for (int fd : {3, 4})
    EXPECT_EQ(::fcntl(fd, F_GETFD), FD_CLOEXEC);
}

TEST(Inherited, AreTheEnvironments) {
  ListenResult tcp = listenOn(*Address::parse("127.0.0.1", 0), 2);
  pid_t child = ::fork();
  if (child == 0) {
    int two[] = {::fcntl(tcp.sockets[0].get(), F_DUPFD, 10),
                 ::fcntl(tcp.sockets[1].get(), F_DUPFD, 10)};
    ::dup2(two[0], 3);
    ::dup2(two[1], 4);
    ::setenv("PLUMB_TEST_INHERITED", "1", 1);
    ::setenv("LISTEN_PID", std::to_string(::getpid()).c_str(), 1);
    ::setenv("LISTEN_FDS", "2", 1);
    ::setenv("LISTEN_FDNAMES", "web:other", 1);
    ::execl("/proc/self/exe", "test", "--gtest_filter=Inherited.Child",
            static_cast<char *>(nullptr));
    ::_exit(127);
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}
