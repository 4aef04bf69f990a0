//===- SignalsTest.cpp - signals of a thread, for the length of a scope ---===//

#include "runtime/base/Signals.h"

#include <cerrno>
#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace plumb::rt::base;

static bool isBlocked(int signal) {
  sigset_t now;
  ::pthread_sigmask(SIG_BLOCK, nullptr, &now);
  return sigismember(&now, signal) == 1;
}

TEST(SignalBlock, OfAScopeAndOfThreadsMadeInIt) {
  ASSERT_FALSE(isBlocked(SIGHUP) || isBlocked(SIGTERM));
  {
    SignalBlock hangup({SIGHUP});
    EXPECT_TRUE(isBlocked(SIGHUP));
    EXPECT_FALSE(isBlocked(SIGTERM));
    {
      SignalBlock all;
      EXPECT_TRUE(isBlocked(SIGTERM));
      std::thread([] { EXPECT_TRUE(isBlocked(SIGTERM)); }).join();
    }
    EXPECT_TRUE(isBlocked(SIGHUP));
    EXPECT_FALSE(isBlocked(SIGTERM));
  }
  EXPECT_FALSE(isBlocked(SIGHUP));
}

TEST(WriteSignalBlock, APipeThatNobodyReadsEndsNothing) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ::close(ends[0]);
  {
    WriteSignalBlock block;
    EXPECT_TRUE(isBlocked(SIGPIPE));
    EXPECT_EQ(::write(ends[1], "x", 1), -1);
    EXPECT_EQ(errno, EPIPE);
    errno = ENOENT;
  } // Else SIGPIPE, which is pending, would end the process here.
  EXPECT_EQ(errno, ENOENT);
  EXPECT_FALSE(isBlocked(SIGPIPE));
  {
    SignalBlock before({SIGPIPE});
    {
      WriteSignalBlock block;
    }
    EXPECT_TRUE(isBlocked(SIGPIPE)) << "it was, before";
  }
  ::close(ends[1]);
}

static int last = 0;
static void note(int signal) { last = signal; }
static void noteWithCode(int signal, siginfo_t *info, void *) {
  last = signal + 1000 * (info->si_code == SI_TKILL);
}

TEST(SignalHandler, WhatThereWasComesBack) {
  SignalHandler outer, inner;
  outer.install(SIGUSR1, note, SA_RESTART);
  EXPECT_EQ(outer.previous().sa_handler, SIG_DFL);
  ::raise(SIGUSR1);
  EXPECT_EQ(last, SIGUSR1);
  inner.install(SIGUSR1, noteWithCode, SA_SIGINFO);
  EXPECT_EQ(inner.previous().sa_handler, note);
  ::raise(SIGUSR1);
  EXPECT_EQ(last, SIGUSR1 + 1000);
  inner.remove();
  ::raise(SIGUSR1);
  EXPECT_EQ(last, SIGUSR1);
  outer.remove();
  EXPECT_EQ(SignalHandler::of(SIGUSR1).sa_handler, SIG_DFL);
  outer.install(SIGUSR1, note, 0);
  inner.remove(); // Nothing of its own is installed.
  EXPECT_EQ(SignalHandler::of(SIGUSR1).sa_handler, note);
  outer.remove();
}

TEST(SignalHandlerDeathTest, DefaultCourse) {
  EXPECT_EXIT(
      {
        SignalHandler ignored;
        ignored.install(SIGTERM, SIG_IGN, 0);
        ::raise(SIGTERM);
        takeDefaultCourse(SIGTERM);
        ::raise(SIGTERM);
      },
      testing::KilledBySignal(SIGTERM), "");
}
