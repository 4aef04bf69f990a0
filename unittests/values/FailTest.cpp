//===- FailTest.cpp - runtime errors of programs --------------------------===//

#include "runtime/values/Fail.h"
#include "unittests/values/Support.h"

#include <csignal>

using namespace plumb::rt::values;

namespace {

const plumb_function outer = {"Main.main", "main.snow"};
const plumb_function inner = {"Main.first", "main.snow"};

[[noreturn]] void failInside() {
  plumb_frame main = {*plumb_frames(), &outer, 9};
  *plumb_frames() = &main;
  plumb_frame first = {&main, &inner, 4};
  *plumb_frames() = &first;
  fail("list index % out of range (length %)", 3, 2);
}

TEST(FailValues, SaysWhatAndWhere) {
  EXPECT_EXIT(failInside(), testing::ExitedWithCode(1),
              "^error: list index 3 out of range \\(length 2\\)\n"
              "  in Main.first at main.snow:4\n"
              "  in Main.main at main.snow:9\n$");
}

[[noreturn]] void failDeep() {
  std::vector<plumb_frame> frames(1000);
  for (size_t at = 0; at < frames.size(); ++at) {
    frames[at] = {*plumb_frames(), at ? &inner : &outer,
                  static_cast<uint32_t>(at)};
    *plumb_frames() = &frames[at];
  }
  fail("deep");
}

TEST(FailValues, LeavesOutTheMiddleOfADeepStack) {
  EXPECT_EXIT(failDeep(), testing::ExitedWithCode(1),
              "^error: deep\n  in Main.first at main.snow:999\n(.*\n){18}"
              "  in Main.first at main.snow:980\n"
              "  \\.\\.\\. 975 more \\.\\.\\.\n"
              "  in Main.first at main.snow:4\n(.*\n){3}"
              "  in Main.main at main.snow:0\n$");
}

int depth = 0;
[[gnu::noinline]] int descend(int at) {
  volatile char used[200];
  used[0] = static_cast<char>(at);
  if (at == depth)
    return used[0];
  return descend(at + 1) + used[0];
}
void (*const forever)() = [] {
  depth = -1;
  descend(0);
};

TEST(LargeStackValues, HoldsAMillionCalls) {
  depth = 1'000'000;
  plumb_run_main([] { descend(0); });
}

TEST(LargeStackValues, ItsEndIsAnError) {
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
  GTEST_SKIP() << "the checker takes the signal";
#endif
#endif
  EXPECT_EXIT(plumb_run_main(forever), testing::ExitedWithCode(1),
              "^error: stack overflow\n$");
}

TEST(LargeStackValues, OtherFaultsStayFaults) {
  EXPECT_EXIT(plumb_run_main([] { std::raise(SIGSEGV); }),
              testing::KilledBySignal(SIGSEGV), "");
}

/// What recurses over values, on whatever stack.
TEST(LargeStackValues, TextOfDeepDataIsAnErrorToo) {
  auto show = [] {
    plumb_object *value = header(str("core"));
    for (int at = 0; at < 3'000'000; ++at)
      value = header(plumb_new_some(slotOf(value), PLUMB_OBJECT));
    drop(textOf(slotOf(value), PLUMB_OBJECT));
  };
  EXPECT_EXIT(show(), testing::ExitedWithCode(1), "^error: stack overflow\n$");
}

TEST(LargeStackValues, LeaksAreSaidWhenAsked) {
  EXPECT_EXIT(
      {
        setenv("PLUMB_VALUES_CHECK", "1", 1);
        plumb_run_main([] { str("never freed"); });
      },
      testing::ExitedWithCode(3), "^error: 1 objects were not freed\n$");
}

} // namespace
