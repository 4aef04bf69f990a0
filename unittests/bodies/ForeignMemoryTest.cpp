//===- ForeignMemoryTest.cpp - memory and C strings of other libraries ----===//

#include "Text.h"
#include "plumb/Runtime/Contain.h"
#include "plumb/Runtime/Guard.h"
#include "plumb/Runtime/Text.h"

#include "gtest/gtest.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>

using namespace plumb::rt;
using plumb::test::Text;

namespace {

template <typename Call> std::string whyOf(Call call) {
  Failure failure;
  return contain(failure, call) ? "no failure" : std::string(failure.why());
}

TEST(ForeignMemory, IsZeroAndAlignedForAnyType) {
  for (int64_t size : {0, 1, 7, 8, 100, 5000, 200000}) {
    auto *memory = static_cast<uint8_t *>(plumb_intr_new_memory(size));
    ASSERT_NE(memory, nullptr);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(memory) % alignof(std::max_align_t),
              0u);
    for (int64_t i = 0; i < size; ++i)
      ASSERT_EQ(memory[i], 0);
    std::memset(memory, 0xff, static_cast<size_t>(size));
  }
}

TEST(ForeignMemory, SizesThatNobodyHasAbortTheProgram) {
  constexpr int64_t most = std::numeric_limits<int64_t>::max();
  EXPECT_EQ(whyOf([] { plumb_intr_new_memory(most); }),
            "out of memory: 9223372036854775807 bytes were asked for");
  EXPECT_EQ(whyOf([] { plumb_intr_copy_bytes(nullptr, 3); }),
            "3 bytes are to be copied from the null pointer");
  // What called goes on, with memory.
  EXPECT_EQ(whyOf([] { plumb_intr_copy_bytes(nullptr, 0); }), "no failure");
}

TEST(ForeignMemory, ANegativeSizeIsNone) {
  EXPECT_NE(plumb_intr_new_memory(-1), nullptr);
  EXPECT_EQ(plumb_intr_copy_bytes(nullptr, -1)->len, 0u);
  EXPECT_EQ(plumb_intr_copy_text(nullptr, -3)->len, 0u);
}

TEST(ForeignMemory, IsCopied) {
  char memory[] = "ab\0cd";
  const plumb_bytes *bytes = plumb_intr_copy_bytes(memory, 5);
  const plumb_str *text = plumb_intr_copy_text(memory, 2);
  const plumb_str *string = plumb_intr_copy_c_text(memory);
  std::memset(memory, '#', 5);
  EXPECT_EQ(std::string(bytes->data, bytes->data + bytes->len),
            std::string("ab\0cd", 5));
  EXPECT_EQ(view(text), "ab");
  EXPECT_EQ(view(string), "ab");
  EXPECT_EQ(view(plumb_intr_copy_c_text(nullptr)), "");
}

TEST(ForeignMemory, WhatIsNoUtf8IsReplaced) {
  char broken[] = "a\xff"
                  "b\xc3";
  EXPECT_EQ(view(plumb_intr_copy_c_text(broken)), "a\uFFFDb\uFFFD");
  EXPECT_EQ(view(plumb_intr_copy_text(broken, 1)), "a");
}

int freed;
void freeIt(void *memory) {
  std::memset(memory, '#', std::strlen(static_cast<char *>(memory)));
  std::free(memory);
  ++freed;
}

TEST(ForeignMemory, IsFreedOnceItIsCopied) {
  auto *release = reinterpret_cast<void *>(&freeIt);
  EXPECT_EQ(view(plumb_intr_take_c_text(strdup("mine"), release)), "mine");
  EXPECT_EQ(freed, 1);
  EXPECT_EQ(view(plumb_intr_take_c_text(nullptr, release)), "");
  EXPECT_EQ(freed, 1);
}

TEST(ForeignMemory, TextsEndWithAZero) {
  Text use("argument 'name' of 'Shop.open'");
  EXPECT_STREQ(plumb_intr_copy_c_string(Text("name"), use), "name");
  EXPECT_STREQ(plumb_intr_copy_c_string(Text(""), use), "");
  Text cut(std::string("a\0b", 3));
  EXPECT_EQ(whyOf([&] { plumb_intr_copy_c_string(cut, use); }),
            "argument 'name' of 'Shop.open' is a C string, which ends at the "
            "first zero byte, but the text has one at byte 1");
}

// The function around a body has left before the program's call does.
TEST(ForeignMemory, TheProgramFailsAndNotTheBody) {
  bool isAlive = false;
  struct Alive {
    bool &alive;
    explicit Alive(bool &alive) : alive(alive) { alive = true; }
    ~Alive() { alive = false; }
  };
  EXPECT_EQ(whyOf([&] {
              guard<int64_t>("Shop.count", 0, [&]() -> int64_t {
                Alive object(isAlive);
                throw AbortsProgram{"as the body says"};
              });
            }),
            "as the body says");
  EXPECT_FALSE(isAlive);
  EXPECT_EQ(whyOf([] {
              guardVoid("Shop.close", [] { throw AbortsProgram{"closed"}; });
            }),
            "closed");
}

} // namespace
