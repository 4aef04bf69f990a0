//===- ListTest.cpp - the bodies of family `list` -------------------------===//

#include "plumb/list.h"
#include "plumb/range.h"
#include "unittests/library/Functions.h"

#include <algorithm>
#include <random>

using namespace plumb::rt::values;

namespace {
using ListLibrary = Values;
constexpr int32_t I = PLUMB_INT, O = PLUMB_OBJECT;

TEST_F(ListLibrary, AnElementByItsPlace) {
  plumb_list *list = listOf({4, 5, 6});
  EXPECT_EQ(plumb_list_head(list, I), 4u);
  EXPECT_EQ(plumb_list_last(list, I), 6u);
  EXPECT_EQ(plumb_list_get(list, 1, I), 5u);
  EXPECT_EXIT(plumb_list_get(list, 3, I), testing::ExitedWithCode(1),
              "^error: list index 3 out of range \\(length 3\\)\n$");
  EXPECT_EXIT(plumb_list_get(list, -1, I), testing::ExitedWithCode(1),
              "^error: list index -1 out of range \\(length 3\\)\n$");
  EXPECT_EQ(show(plumb_list_tail(list, I)), "[5, 6]");
  plumb_list *empty = listOf({});
  EXPECT_EXIT(plumb_list_head(empty, I), testing::ExitedWithCode(1),
              "^error: head of an empty list\n$");
  EXPECT_EXIT(plumb_list_tail(empty, I), testing::ExitedWithCode(1),
              "^error: tail of an empty list\n$");
  EXPECT_EXIT(plumb_list_last(empty, I), testing::ExitedWithCode(1),
              "^error: last of an empty list\n$");
  drop(empty);
}

TEST_F(ListLibrary, TakeAndDropClamp) {
  plumb_list *list = listOf({1, 2, 3});
  auto take = [&](int64_t count) {
    return show(plumb_list_take(kept(list), count, I));
  };
  auto dropped = [&](int64_t count) {
    return show(plumb_list_drop(kept(list), count, I));
  };
  EXPECT_EQ(take(2), "[1, 2]");
  EXPECT_EQ(take(9), "[1, 2, 3]");
  EXPECT_EQ(take(-1), "[]");
  EXPECT_EQ(take(INT64_MAX), "[1, 2, 3]");
  EXPECT_EQ(dropped(2), "[3]");
  EXPECT_EQ(dropped(9), "[]");
  EXPECT_EQ(dropped(INT64_MIN), "[1, 2, 3]");
  drop(list);
}

TEST_F(ListLibrary, OneAfterTheOther) {
  plumb_list *left = listOf({1, 2}), *right = listOf({3});
  EXPECT_EQ(show(plumb_list_concat(kept(left), right, I)), "[1, 2, 3]");
  EXPECT_EQ(show(plumb_list_concat(kept(left), left, I)), "[1, 2, 1, 2]");
  EXPECT_EQ(show(plumb_list_concat(listOf({}), left, I)), "[1, 2]");
  EXPECT_EQ(show(plumb_list_reverse(kept(left), I)), "[2, 1]");
  plumb_list *lists = newList(0, O);
  for (plumb_list *each : {left, right, listOf({})})
    lists = push(lists, slotOf(each), O);
  EXPECT_EQ(show(plumb_list_flatten(lists, I)), "[1, 2, 3]");
  drop(lists);
}

plumb_slot shownNumber(plumb_fun *, plumb_slot number) {
  return slotOf(str("n" + std::to_string(number)));
}
plumb_slot lengthOf(plumb_fun *, plumb_slot text) {
  auto *string = objectOf<plumb_string>(text);
  plumb_slot length = string->length;
  drop(string);
  return length;
}
plumb_slot isLong(plumb_fun *fun, plumb_slot text) {
  return lengthOf(fun, text) > 1;
}
plumb_slot twice(plumb_fun *, plumb_slot number) {
  return slotOf(listOf({int64_t(number), int64_t(number)}));
}

/// Of a list that nobody else has, and of one that is shared.
TEST_F(ListLibrary, MapAndFilter) {
  Function text(shownNumber), length(lengthOf), isLonger(isLong), two(twice);
  for (bool isShared : {false, true}) {
    plumb_list *list = listOf({1, 22, 3});
    list = slice(push(list, 444, I), 1, 4); // with an element out of sight
    if (isShared)
      retain(list);
    plumb_list *texts = plumb_list_map(list, text, I, O);
    EXPECT_EQ(texts == list, !isShared);
    EXPECT_EQ(shown(texts), "[n22, n3, n444]");
    if (isShared)
      EXPECT_EQ(show(list), "[22, 3, 444]");
    EXPECT_EQ(show(plumb_list_map(kept(texts), length, O, I)), "[3, 2, 4]");
    plumb_list *strings = stringsOf({"", "ab", "c", "de"});
    if (isShared)
      retain(strings);
    EXPECT_EQ(show(plumb_list_filter(strings, isLonger, O)), "[ab, de]");
    if (isShared)
      EXPECT_EQ(show(strings), "[, ab, c, de]");
    EXPECT_EQ(show(plumb_list_map(texts, length, O, I)), "[3, 2, 4]");
  }
  EXPECT_EQ(show(plumb_list_flat_map(listOf({1, 2}), two, I, I)),
            "[1, 1, 2, 2]");
  EXPECT_EQ(show(plumb_list_map(listOf({}), text, I, O)), "[]");
}

plumb_slot add(plumb_fun *, plumb_slot left, plumb_slot right) {
  return left + right;
}
plumb_slot join(plumb_fun *, plumb_slot left, plumb_slot right) {
  auto *string = objectOf<plumb_string>(left);
  string = appendText(string, "<" + std::to_string(right));
  return slotOf(string);
}

TEST_F(ListLibrary, Reduce) {
  Function sum(add), text(join);
  EXPECT_EQ(plumb_list_reduce(listOf({1, 2, 3}), 10, sum, I, I), 16u);
  auto *joined = objectOf<plumb_string>(
      plumb_list_reduce(listOf({1, 2}), slotOf(str("0")), text, I, O));
  EXPECT_EQ(taken(joined), "0<1<2");
}

plumb_slot byTens(plumb_fun *, plumb_slot left, plumb_slot right) {
  return left / 10 - right / 10;
}
uint32_t arbitrary = 1;
plumb_slot anyhow(plumb_fun *, plumb_slot, plumb_slot) {
  arbitrary = arbitrary * 1664525 + 1013904223;
  return static_cast<plumb_slot>(int64_t(arbitrary >> 30) - 1);
}

TEST_F(ListLibrary, SortIsStable) {
  Function function(byTens), senseless(anyhow);
  std::mt19937 random(3);
  for (size_t length : {0, 1, 2, 8, 9, 17, 100, 1000}) {
    std::vector<int64_t> numbers(length);
    for (int64_t &number : numbers)
      number = random() % 200;
    std::vector<int64_t> expected = numbers;
    std::ranges::stable_sort(
        expected, [](int64_t a, int64_t b) { return a / 10 < b / 10; });
    plumb_list *list = listOf(numbers);
    plumb_list *sorted = plumb_list_sort(kept(list), function, I);
    EXPECT_EQ(numbersOf(sorted), expected);
    EXPECT_EQ(numbersOf(list), numbers) << "the old version";
    drop(list);
    // Whatever comes out, they are the same elements.
    sorted = plumb_list_sort(sorted, senseless, I);
    std::vector<int64_t> shuffled = numbersOf(sorted);
    std::ranges::sort(shuffled);
    std::ranges::sort(expected);
    EXPECT_EQ(shuffled, expected);
    drop(sorted);
  }
}

plumb_slot isEven(plumb_fun *, plumb_slot number) { return number % 2 == 0; }
plumb_slot never(plumb_fun *, plumb_slot) {
  ADD_FAILURE() << "nobody asks";
  return 0;
}

TEST_F(ListLibrary, FindAnyAll) {
  Function even(isEven), unasked(never);
  plumb_list *list = listOf({1, 3, 4, 6}), *odd = listOf({1, 3}),
             *empty = listOf({});
  EXPECT_EQ(show(plumb_list_find(list, even, I)), "Some(4)");
  EXPECT_EQ(show(plumb_list_find(odd, even, I)), "None");
  EXPECT_TRUE(plumb_list_any(list, even, I));
  EXPECT_FALSE(plumb_list_any(odd, even, I));
  EXPECT_FALSE(plumb_list_all(list, even, I));
  EXPECT_FALSE(plumb_list_any(empty, unasked, I));
  EXPECT_TRUE(plumb_list_all(empty, unasked, I));
  for (plumb_list *each : {list, odd, empty})
    drop(each);
}

TEST_F(ListLibrary, ContainsWhatIsEqual) {
  plumb_list *list = stringsOf({"a", "b"});
  plumb_string *own = str("b"), *other = str("c");
  EXPECT_TRUE(plumb_list_contains(list, slotOf(own), O));
  EXPECT_FALSE(plumb_list_contains(list, slotOf(other), O));
  drop(list);
  drop(own);
  drop(other);
}

TEST_F(ListLibrary, Pairs) {
  plumb_list *numbers = listOf({1, 2, 3}), *texts = stringsOf({"a", "b"});
  EXPECT_EQ(show(plumb_list_zip(numbers, texts, I, O)), "[(1, a), (2, b)]");
  EXPECT_EQ(show(plumb_list_zip(texts, numbers, O, I)), "[(a, 1), (b, 2)]");
  drop(numbers);
  EXPECT_EQ(show(plumb_list_enumerate(texts, O)), "[(0, a), (1, b)]");
}

TEST_F(ListLibrary, Ranges) {
  plumb_range *range = plumb_range_make(2, 5), *none = plumb_range_make(5, 2);
  EXPECT_EQ(show(plumb_range_to_list(range)), "[2, 3, 4]");
  EXPECT_EQ(show(plumb_range_to_list(none)), "[]");
  EXPECT_EQ(plumb_range_length(range), 3);
  EXPECT_EQ(plumb_range_length(none), 0);
  EXPECT_EQ(plumb_range_nth(range, 2), 4);
  EXPECT_EXIT(plumb_range_nth(range, 3), testing::ExitedWithCode(1),
              "range index 3 out of range \\(length 3\\)");
  Function text(shownNumber), even(isEven);
  EXPECT_EQ(show(plumb_range_map(range, text, O)), "[n2, n3, n4]");
  EXPECT_EQ(show(plumb_range_filter(range, even)), "[2, 4]");
  drop(range);
  drop(none);
  plumb_range *widest = plumb_range_make(INT64_MIN, INT64_MAX);
  EXPECT_EQ(plumb_range_length(widest), INT64_MAX);
  drop(widest);
}

} // namespace
