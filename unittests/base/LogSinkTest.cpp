//===- LogSinkTest.cpp - lines that nobody reads, or somebody slowly ------===//

#include "runtime/base/LogSink.h"
#include "../Patience.h"
#include "runtime/base/Fd.h"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sstream>
#include <sys/resource.h>
#include <sys/socket.h>
#include <termios.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace plumb::rt::base;

namespace {
/// As in a process, where its thread may outlive everybody.
LogSink &forEver(LogSink *sink) {
  static std::vector<LogSink *> &all = *new std::vector<LogSink *>;
  all.push_back(sink); // So that it is no leak.
  return *sink;
}

std::string lostLine(uint64_t lines) {
  return "lost " + std::to_string(lines) + "\n";
}

struct Ends {
  Fd read, write;
};
using Make = Ends (*)();

Ends pipeEnds() {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  return {Fd(ends[0]), Fd(ends[1])};
}
Ends socketEnds() {
  int ends[2];
  EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  return {Fd(ends[0]), Fd(ends[1])};
}
Ends terminalEnds() {
  Fd master(::posix_openpt(O_RDWR | O_NOCTTY));
  EXPECT_TRUE(master && !::grantpt(master.get()) && !::unlockpt(master.get()));
  Fd terminal(::open(::ptsname(master.get()), O_RDWR | O_NOCTTY));
  termios mode;
  ::tcgetattr(terminal.get(), &mode);
  ::cfmakeraw(&mode);
  ::tcsetattr(terminal.get(), TCSANOW, &mode);
  return {std::move(master), std::move(terminal)};
}

std::string numbered(int number) {
  return "line " + std::to_string(number) + " " +
         std::string(static_cast<size_t>(number % 300), 'x') + "\n";
}

struct Kind {
  const char *name;
  Make make;
};
void PrintTo(const Kind &kind, std::ostream *out) { *out << kind.name; }

class Unread : public testing::TestWithParam<Kind> {};

} // namespace

// Nobody reads while all is written. Then somebody does, and gets whole lines,
// in order, and the number of those that are missing.
TEST_P(Unread, LinesWaitAndThenAreLostAndCounted) {
  constexpr int count = 20000;
  Ends ends = GetParam().make();
  // Like what it stands for, it lives as long as the process.
  LogSink &sink = forEver(new LogSink(ends.write.get(), lostLine, 64 * 1024));
  int flags = ::fcntl(ends.write.get(), F_GETFL);
  for (int i = 0; i < count; ++i)
    sink.write(numbered(i)); // Returns, or the test does not.
  EXPECT_EQ(::fcntl(ends.write.get(), F_GETFL), flags);
  EXPECT_GT(sink.lost(), 0u);

  std::string got;
  std::thread reader([&] {
    char buffer[4096];
    while (!got.ends_with("the end\n")) {
      ssize_t n = ::read(ends.read.get(), buffer, sizeof buffer);
      ASSERT_GT(n, 0);
      got.append(buffer, static_cast<size_t>(n));
    }
  });
  EXPECT_TRUE(
      sink.flush(std::chrono::milliseconds(plumb::test::patience).count()));
  sink.write("the end\n");
  reader.join();
  uint64_t lost = 0;
  int next = 0, lines = 0;
  std::istringstream all(got);
  for (std::string line; std::getline(all, line);) {
    if (line.starts_with("lost ")) {
      lost += std::stoull(line.substr(5));
    } else if (line != "the end") {
      int number = std::stoi(line.substr(5));
      ASSERT_GE(number, next);
      ASSERT_EQ(line + "\n", numbered(number));
      next = number + 1;
      ++lines;
    }
  }
  EXPECT_EQ(lost, sink.lost());
  EXPECT_EQ(static_cast<uint64_t>(lines) + lost, uint64_t(count));
}

// With a reader nothing is lost by who may wait, however much it is.
TEST_P(Unread, PatientWritersLoseNothing) {
  Ends ends = GetParam().make();
  LogSink &sink = forEver(new LogSink(ends.write.get(), lostLine, 4096));
  size_t expected = 0, got = 0;
  for (int i = 0; i < 5000; ++i)
    expected += numbered(i).size();
  std::thread reader([&] {
    char buffer[512];
    while (got < expected) {
      ssize_t n = ::read(ends.read.get(), buffer, sizeof buffer);
      ASSERT_GT(n, 0);
      got += static_cast<size_t>(n);
    }
  });
  for (int i = 0; i < 5000; ++i)
    sink.writePatiently(numbered(i));
  reader.join();
  EXPECT_EQ(sink.lost(), 0u);
}

// A line longer than what may wait is not cut.
TEST_P(Unread, OneLongLine) {
  Ends ends = GetParam().make();
  LogSink &sink = forEver(new LogSink(ends.write.get(), lostLine, 4096));
  sink.write(std::string(3 << 20, 'x') + "\n");
  size_t got = 0;
  char buffer[4096];
  while (got < (3 << 20) + 1) {
    ssize_t n = ::read(ends.read.get(), buffer, sizeof buffer);
    ASSERT_GT(n, 0);
    got += static_cast<size_t>(n);
  }
  EXPECT_EQ(sink.lost(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Log, Unread,
                         testing::Values(Kind{"Pipe", pipeEnds},
                                         Kind{"Socket", socketEnds},
                                         Kind{"Terminal", terminalEnds}),
                         [](const auto &info) { return info.param.name; });

TEST(LogSink, ClosedDescriptorLosesLinesAndNothingElse) {
  Ends ends = pipeEnds();
  int closed = ends.write.get();
  ends.write.reset();
  LogSink &sink = forEver(new LogSink(closed, lostLine));
  for (int i = 0; i < 10; ++i)
    sink.write("x\n");
  EXPECT_EQ(sink.lost(), 10u);
  EXPECT_TRUE(sink.flush());
}

// A disk that is full takes the beginning of a line, and later what follows.
TEST(LogSink, FileThatIsFullForAWhile) {
  std::signal(SIGXFSZ, SIG_DFL); // It does not come to that.
  char path[] = "/tmp/plumb-log-XXXXXX";
  Fd file(::mkostemp(path, O_APPEND));
  ::unlink(path);
  LogSink &sink = forEver(new LogSink(file.get(), lostLine));
  rlimit before;
  ::getrlimit(RLIMIT_FSIZE, &before);
  rlimit tight = before;
  tight.rlim_cur = 14;
  sink.write("the first\n");
  ::setrlimit(RLIMIT_FSIZE, &tight);
  sink.write("the second\n");
  sink.write("the third\n");
  EXPECT_EQ(sink.lost(), 2u);
  ::setrlimit(RLIMIT_FSIZE, &before);
  sink.write("the fourth\n");
  sink.write("the fifth\n");
  EXPECT_EQ(sink.lost(), 2u);
  std::string all(200, '\0');
  all.resize(static_cast<size_t>(::pread(file.get(), all.data(), 200, 0)));
  EXPECT_EQ(all, "the first\nthe \nlost 2\nthe fourth\nthe fifth\n");
}

// Nothing can be written for long: what is lost is told of once, all of it.
TEST(LogSink, WhatIsLostAddsUp) {
  Ends ends = pipeEnds();
  std::signal(SIGPIPE, SIG_DFL);
  LogSink &sink = forEver(new LogSink(ends.write.get(), lostLine));
  Fd other = std::move(ends.read);
  other.reset(); // Nobody reads.
  for (int i = 0; i < 5; ++i)
    sink.write("x\n");
  EXPECT_EQ(sink.lost(), 5u);
  Ends better = pipeEnds();
  ::dup2(better.write.get(), ends.write.get());
  sink.write("y\n");
  EXPECT_EQ(sink.lost(), 5u);
  char got[100];
  ssize_t size = ::read(better.read.get(), got, sizeof got);
  EXPECT_EQ(std::string(got, static_cast<size_t>(size)), "lost 5\ny\n");
}
