//===- UnixSocketTest.cpp - listening on a UNIX-domain socket -------------===//

#include "runtime/net/UnixSocket.h"

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

using namespace plumb::rt::net;
namespace fs = std::filesystem;

namespace {
class UnixSocket : public testing::Test {
protected:
  UnixSocket() {
    std::string pattern = (fs::temp_directory_path() / "plumb-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    path = folder + "/s";
  }
  ~UnixSocket() override { fs::remove_all(folder); }

  static int connect(const std::string &name) {
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.data(), name.size());
    bool isAbstract = name[0] == '@';
    if (isAbstract)
      address.sun_path[0] = 0;
    plumb::rt::base::Fd socket(::socket(AF_UNIX, SOCK_STREAM, 0));
    auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) +
                                       name.size() + !isAbstract);
    return ::connect(socket.get(), reinterpret_cast<sockaddr *>(&address),
                     size) == 0
               ? 0
               : errno;
  }
  mode_t mode() const {
    struct stat now = {};
    ::lstat(path.c_str(), &now);
    return now.st_mode & 07777;
  }
  std::string folder, path;
};
} // namespace

TEST_F(UnixSocket, ListensAndIsGoneAfterwards) {
  {
    UnixListening one = UnixListening::open(path, 0666);
    ASSERT_EQ(one.error, 0);
    EXPECT_EQ(connect(path), 0);
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST_F(UnixSocket, HasTheModeWhateverTheUmask) {
  for (mode_t mask : {0077, 0})
    for (mode_t wanted : {0666, 0600, 0660}) {
      mode_t before = ::umask(mask);
      UnixListening one = UnixListening::open(path, wanted);
      ::umask(before);
      EXPECT_EQ(one.error, 0);
      EXPECT_EQ(mode(), wanted) << mask;
    }
}

TEST_F(UnixSocket, SomebodyListens) {
  UnixListening one = UnixListening::open(path, 0666);
  UnixListening two = UnixListening::open(path, 0666);
  EXPECT_EQ(two.error, EADDRINUSE);
  EXPECT_FALSE(two.socket);
  EXPECT_EQ(connect(path), 0) << "the first one's file stays";
}

/// Nobody accepts, and the queue has room for one.
TEST_F(UnixSocket, SomebodyListensWhoseQueueIsFull) {
  UnixListening one = UnixListening::open(path, 0666);
  ASSERT_EQ(::listen(one.socket.get(), 0), 0);
  ASSERT_EQ(connect(path), 0);
  EXPECT_EQ(UnixListening::open(path, 0666).error, EADDRINUSE);
  EXPECT_TRUE(fs::exists(path));
}

TEST_F(UnixSocket, DatagramsAreSomebodyElses) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  plumb::rt::base::Fd other(::socket(AF_UNIX, SOCK_DGRAM, 0));
  ASSERT_EQ(::bind(other.get(), reinterpret_cast<sockaddr *>(&address),
                   sizeof address),
            0);
  EXPECT_EQ(UnixListening::open(path, 0666).error, EADDRINUSE);
  EXPECT_TRUE(fs::exists(path));
}

/// As a program that was killed leaves it.
TEST_F(UnixSocket, AStaleFileIsReplaced) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  {
    plumb::rt::base::Fd dead(::socket(AF_UNIX, SOCK_STREAM, 0));
    ASSERT_EQ(::bind(dead.get(), reinterpret_cast<sockaddr *>(&address),
                     sizeof address),
              0);
    ::listen(dead.get(), 1);
  }
  ASSERT_EQ(connect(path), ECONNREFUSED);
  UnixListening one = UnixListening::open(path, 0666);
  EXPECT_EQ(one.error, 0);
  EXPECT_EQ(connect(path), 0);
}

TEST_F(UnixSocket, WhatIsNoSocketIsNeverTouched) {
  std::ofstream(path) << "precious";
  EXPECT_EQ(UnixListening::open(path, 0600).error, ENOTSOCK);
  EXPECT_EQ(fs::file_size(path), 8u);
  fs::remove(path);
  fs::create_directory(path);
  EXPECT_EQ(UnixListening::open(path, 0600).error, ENOTSOCK);
  EXPECT_TRUE(fs::is_directory(path));
  fs::remove(path);
  fs::create_symlink(folder + "/elsewhere", path);
  EXPECT_EQ(UnixListening::open(path, 0600).error, ENOTSOCK);
  EXPECT_TRUE(fs::is_symlink(path));
}

TEST_F(UnixSocket, AnothersFileIsNotRemoved) {
  UnixListening one = UnixListening::open(path, 0666);
  fs::rename(path, folder + "/moved"); // So that its number is not free again.
  UnixListening two = UnixListening::open(path, 0666);
  ASSERT_EQ(two.error, 0);
  one.file.remove();
  EXPECT_EQ(connect(path), 0);
  two.file.remove();
  EXPECT_FALSE(fs::exists(path));
}

TEST_F(UnixSocket, NamesThatCannotBe) {
  EXPECT_EQ(UnixListening::open(folder + "/no/s", 0666).error, ENOENT);
  std::string longest = folder + "/";
  longest.resize(UnixListening::maxName, 'x');
  UnixListening fits = UnixListening::open(longest, 0666);
  EXPECT_EQ(fits.error, 0);
  EXPECT_EQ(connect(longest), 0);
  EXPECT_EQ(UnixListening::open(longest + "x", 0666).error, ENAMETOOLONG);
}

TEST_F(UnixSocket, AbstractNames) {
  std::string name = "@plumb-test-" + std::to_string(::getpid());
  {
    UnixListening one = UnixListening::open(name, 0666);
    ASSERT_EQ(one.error, 0);
    EXPECT_EQ(connect(name), 0);
    EXPECT_EQ(UnixListening::open(name, 0666).error, EADDRINUSE);
    EXPECT_FALSE(fs::exists(name));
  }
  EXPECT_EQ(connect(name), ECONNREFUSED);
}
