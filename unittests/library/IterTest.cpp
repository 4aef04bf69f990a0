//===- IterTest.cpp - the bodies of family `iter` -------------------------===//

#include "plumb/iter.h"
#include "plumb/list.h"
#include "plumb/map.h"
#include "plumb/set.h"
#include "plumb/string.h"
#include "unittests/library/Functions.h"

using namespace plumb::rt::values;

namespace {
using IterLibrary = Values;
constexpr int32_t I = PLUMB_INT, O = PLUMB_OBJECT;

int calls = 0;
plumb_slot twice(plumb_fun *, plumb_slot number) {
  ++calls;
  return number * 2;
}
plumb_slot isEven(plumb_fun *, plumb_slot number) { return number % 2 == 0; }
plumb_slot text(plumb_fun *, plumb_slot number) {
  return slotOf(str("t" + std::to_string(number)));
}
plumb_slot isT2(plumb_fun *, plumb_slot value) {
  return taken(objectOf<plumb_string>(value)) == "t2";
}
plumb_slot add(plumb_fun *, plumb_slot left, plumb_slot right) {
  return left + right;
}

plumb_iter *numbers(int64_t count) {
  std::vector<int64_t> all;
  for (int64_t at = 0; at < count; ++at)
    all.push_back(at);
  return plumb_iter_from(listOf(all), I);
}
std::string collected(plumb_iter *iter, int32_t kind) {
  plumb_list *list = plumb_list_collect(iter, kind);
  drop(iter);
  return show(list);
}

TEST_F(IterLibrary, DoesNoMoreThanIsAsked) {
  Function function(twice), even(isEven);
  calls = 0;
  plumb_iter *iter = plumb_iter_take(
      plumb_iter_map(plumb_iter_filter(numbers(1000), even.another(), I),
                     function.another(), I, I),
      3, I);
  EXPECT_EQ(calls, 0);
  retain(iter);
  EXPECT_EQ(collected(iter, I), "[0, 4, 8]");
  EXPECT_EQ(calls, 3);
  EXPECT_EQ(collected(iter, I), "[0, 4, 8]") << "once more";
}

TEST_F(IterLibrary, TakeAndSkip) {
  EXPECT_EQ(collected(plumb_iter_skip(numbers(4), 2, I), I), "[2, 3]");
  EXPECT_EQ(collected(plumb_iter_skip(numbers(4), 9, I), I), "[]");
  EXPECT_EQ(collected(plumb_iter_skip(numbers(2), -1, I), I), "[0, 1]");
  EXPECT_EQ(collected(plumb_iter_take(numbers(2), -1, I), I), "[]");
  EXPECT_EQ(collected(plumb_iter_take(numbers(2), 9, I), I), "[0, 1]");
}

TEST_F(IterLibrary, Pairs) {
  Function texts(text);
  auto strings = [&](int64_t count) {
    return plumb_iter_map(numbers(count), texts.another(), I, O);
  };
  EXPECT_EQ(collected(plumb_iter_zip(strings(3), numbers(2), O, I), O),
            "[(t0, 0), (t1, 1)]");
  EXPECT_EQ(collected(plumb_iter_zip(numbers(2), strings(3), I, O), O),
            "[(0, t0), (1, t1)]");
  EXPECT_EQ(collected(plumb_iter_enumerate(strings(2), O), O),
            "[(0, t0), (1, t1)]");
  plumb_iter *pairs = plumb_iter_zip(strings(2), numbers(2), O, I);
  EXPECT_EQ(show(plumb_map_collect(pairs, O, I)), "%{t0 => 0, t1 => 1}");
  drop(pairs);
}

TEST_F(IterLibrary, Ends) {
  Function texts(text), even(isEven), isSecond(isT2), sum(add);
  plumb_iter *iter = numbers(5), *none = numbers(0);
  EXPECT_EQ(plumb_iter_count(iter, I), 5);
  EXPECT_EQ(plumb_iter_sum(iter, I), 10u);
  EXPECT_EQ(plumb_iter_sum(none, PLUMB_FLOAT), 0u);
  EXPECT_TRUE(plumb_iter_any(iter, even, I));
  EXPECT_FALSE(plumb_iter_all(iter, even, I));
  EXPECT_TRUE(plumb_iter_all(none, even, I));
  EXPECT_FALSE(plumb_iter_any(none, even, I));
  EXPECT_EQ(plumb_iter_reduce(iter, 100, sum, I, I), 110u);
  plumb_iter *strings = plumb_iter_map(kept(iter), texts.another(), I, O);
  EXPECT_EQ(show(plumb_iter_find(strings, isSecond, O)), "Some(t2)");
  EXPECT_TRUE(plumb_iter_any(strings, isSecond, O));
  EXPECT_FALSE(plumb_iter_all(strings, isSecond, O));
  EXPECT_EQ(plumb_iter_count(strings, O), 5);
  EXPECT_EQ(taken(plumb_string_collect(strings)), "t0t1t2t3t4");
  EXPECT_EQ(show(plumb_set_collect(strings, O)), "#{t0, t1, t2, t3, t4}");
  drop(strings);
  EXPECT_EQ(show(plumb_iter_find(none, even, I)), "None");
  drop(iter);
  drop(none);
}

} // namespace
