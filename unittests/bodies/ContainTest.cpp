//===- ContainTest.cpp - calls of the program, which may fail -------------===//

#include "plumb/Runtime/Contain.h"
#include "plumb/Runtime/Guard.h"

#include "gtest/gtest.h"

#include <csignal>
#include <stdexcept>
#include <string>
#include <thread>

using namespace plumb::rt;

namespace {

#if defined(__x86_64__)
/// Divides by zero where no sanitizer sees it. AArch64 traps no division.
void divide() {
  asm volatile("xorl %%ecx, %%ecx\n\tmovl $1, %%eax\n\tcltd\n\tidivl %%ecx" ::
                   : "eax", "ecx", "edx", "cc");
}
#endif

std::string whyOf(void (*call)()) {
  Failure failure;
  return contain(failure, call) ? "no failure" : std::string(failure.why());
}

TEST(Contain, ThreeWaysToFail) {
  FaultGuard faults;
  EXPECT_EQ(whyOf([] {}), "no failure");
  EXPECT_EQ(whyOf([] { abortProgram("on purpose"); }), "on purpose");
  EXPECT_EQ(whyOf([] { throw std::runtime_error("thrown"); }), "thrown");
  EXPECT_EQ(whyOf([] { throw std::bad_alloc(); }), "out of memory");
  EXPECT_EQ(whyOf([] { throw 1; }), "an exception of C++");
  EXPECT_EQ(whyOf([] {}), "no failure");
#if defined(__x86_64__)
  // More than once: the signal is not left blocked.
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(whyOf(divide), "division by zero, or a division that overflows");
#endif
}

TEST(Contain, TheInnermostCallFails) {
  Failure inner, outer;
  bool innerGood = true, goesOn = false;
  EXPECT_FALSE(contain(outer, [&] {
    OutsideProgram body; // That calls the program back.
    innerGood = contain(inner, [] { abortProgram("inner"); });
    goesOn = true;
    contain(inner, [&] { throw std::runtime_error("inner again"); });
    // Where the body was, so is it again.
    ASSERT_EQ(programCall, nullptr);
    throw std::runtime_error("outer");
  }));
  EXPECT_FALSE(innerGood);
  EXPECT_TRUE(goesOn);
  EXPECT_EQ(inner.why(), "inner again");
  EXPECT_EQ(outer.why(), "outer");
  EXPECT_EQ(programCall, nullptr);
}

TEST(Contain, EachThreadHasItsOwn) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([i] {
      std::string mine = "thread " + std::to_string(i);
      for (int j = 0; j < 1000; ++j) {
        Failure failure;
        EXPECT_FALSE(contain(failure, [&] { abortProgram(mine); }));
        EXPECT_EQ(failure.why(), mine);
      }
    });
  for (std::thread &thread : threads)
    thread.join();
}

TEST(Contain, WhyIsOneLineOfBoundedLength) {
  Failure failure;
  failure.set("a\nb\tc\x7f\x01ü");
  EXPECT_EQ(failure.why(), "a\\x0ab\\x09c\\x7f\\x01ü");
  failure.set(std::string(10000, 'x'));
  EXPECT_LT(failure.why().size(), 500u);
  EXPECT_TRUE(failure.why().ends_with("x..."));
  for (int shift = 0; shift < 4; ++shift) {
    std::string text(shift, 'x');
    for (int i = 0; i < 200; ++i)
      text += "\xf0\x9f\x98\x80";
    failure.set(text);
    std::string_view why = failure.why();
    ASSERT_TRUE(why.ends_with("..."));
    EXPECT_EQ((why.size() - 3 - static_cast<size_t>(shift)) % 4, 0u);
  }
}

TEST(Contain, TextsOfACallThatFailedAreFreed) {
  Failure failure;
  const plumb_str *first = nullptr, *second = nullptr;
  for (const plumb_str **text : {&first, &second})
    EXPECT_FALSE(contain(failure, [&] {
      *text = copyStr("made in a call");
      abortProgram("on purpose");
    }));
  EXPECT_EQ(first, second) << "the arena was reset in between";
}

using ContainDeathTest = testing::Test;

TEST(ContainDeathTest, OutsideOfACallTheProcessEnds) {
  EXPECT_EXIT(abortProgram("in main"), testing::ExitedWithCode(70),
              "plumb: error: the program failed: in main");
}

// A body's frames have locks and memory; nothing may jump over them.
TEST(ContainDeathTest, ABodyIsNotPartOfTheProgram) {
  EXPECT_EXIT(
      {
        Failure failure;
        contain(failure, [] {
          guardVoid("Test.body", [] { abortProgram("within a body"); });
        });
      },
      testing::ExitedWithCode(70), "the program failed: within a body");
}

#if defined(__x86_64__)
TEST(ContainDeathTest, FaultsOfOthersTakeTheirCourse) {
  std::signal(SIGFPE, SIG_DFL); // Sanitizers have handlers of their own.
  FaultGuard faults;
  EXPECT_EXIT(divide(), testing::KilledBySignal(SIGFPE), "");
  EXPECT_EXIT(
      {
        Failure failure;
        contain(failure, [] { guardVoid("Test.body", divide); });
      },
      testing::KilledBySignal(SIGFPE), "");
  EXPECT_EXIT(::raise(SIGFPE), testing::KilledBySignal(SIGFPE), "");
}

TEST(ContainDeathTest, AnEarlierHandlerKeepsItsFaults) {
  EXPECT_EXIT(
      {
        std::signal(SIGFPE, [](int) { ::_exit(3); });
        FaultGuard faults;
        Failure failure;
        if (!contain(failure, divide))
          divide();
      },
      testing::ExitedWithCode(3), "");
  EXPECT_EXIT(
      {
        std::signal(SIGFPE, [](int) { ::_exit(4); });
        {
          FaultGuard faults;
        }
        Failure failure;
        contain(failure, divide);
      },
      testing::ExitedWithCode(4), "");
}
#endif

} // namespace
