//===- ListTest.cpp - lists and queues ------------------------------------===//

#include "unittests/values/Support.h"

#include <random>

using namespace plumb::rt::values;

namespace {
using ListValues = Values;

TEST_F(ListValues, PushIsInPlaceWhenNobodyElseHasTheList) {
  plumb_list *list = listOf({1, 2, 3, 4, 5});
  plumb_list *same = push(list, 6, PLUMB_INT);
  EXPECT_EQ(same, list);
  EXPECT_EQ(numbersOf(same), (std::vector<int64_t>{1, 2, 3, 4, 5, 6}));
  drop(same);
}

TEST_F(ListValues, TheNewestViewIsExtendedWithoutACopy) {
  plumb_list *old = listOf({1, 2, 3, 4, 5}); // of a capacity of 8
  retain(old);
  plumb_list *longer = push(old, 6, PLUMB_INT);
  EXPECT_EQ(longer->buffer, old->buffer);
  retain(old);
  plumb_list *other = push(old, 7, PLUMB_INT);
  EXPECT_NE(other->buffer, old->buffer);
  EXPECT_EQ(numbersOf(old), (std::vector<int64_t>{1, 2, 3, 4, 5}));
  EXPECT_EQ(numbersOf(longer), (std::vector<int64_t>{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(numbersOf(other), (std::vector<int64_t>{1, 2, 3, 4, 5, 7}));
  for (plumb_list *each : {old, longer, other})
    drop(each);
}

TEST_F(ListValues, AViewThatIsGoneIsNotInTheWay) {
  plumb_list *list = listOf({1, 2, 3, 4, 5});
  for (int64_t at = 0; at < 10; ++at) {
    retain(list);
    plumb_list *longer = push(list, static_cast<plumb_slot>(at), PLUMB_INT);
    EXPECT_EQ(longer->buffer, list->buffer) << "no copy";
    EXPECT_EQ(numbersOf(longer).back(), at);
    drop(longer);
  }
  drop(list);
}

TEST_F(ListValues, AQueueThatIsEmptiedAsItIsFilledStaysSmall) {
  plumb_list *queue = newList(0, PLUMB_OBJECT, plumb_type_queue);
  for (int at = 0; at < 10000; ++at) {
    queue = push(queue, slotOf(str("element number " + std::to_string(at))),
                 PLUMB_OBJECT);
    if (queue->length > 10)
      queue = slice(queue, 1, queue->length);
  }
  EXPECT_LE(queue->buffer->capacity, 64u);
  EXPECT_EQ(viewOf(objectOf<plumb_string>(elementsOf(queue)[0])),
            "element number 9990");
  drop(queue);
}

/// Versions of lists of strings beside vectors; old ones stay as they were.
TEST_F(ListValues, RandomOperationsAreThoseOfVectors) {
  std::mt19937 random(7);
  struct Version {
    plumb_list *list;
    std::vector<std::string> expected;
  };
  std::vector<Version> versions;
  versions.push_back({newList(0, PLUMB_OBJECT), {}});
  for (int step = 0; step < 20000; ++step) {
    size_t which = random() % versions.size();
    Version next = versions[which];
    bool replaces = random() % 4 != 0; // consumes the only reference
    if (!replaces)
      retain(next.list);
    switch (random() % 4) {
    case 0:
    case 1: {
      std::string text = "v" + std::to_string(step);
      next.list = push(next.list, slotOf(str(text)), PLUMB_OBJECT);
      next.expected.push_back(text);
      break;
    }
    case 2: {
      size_t to = random() % (next.expected.size() + 1);
      size_t from = random() % (to + 1);
      if (random() % 4 != 0) // mostly by little, so that lists become long
        to = next.expected.size(), from = std::min<size_t>(1, to);
      next.list = slice(next.list, from, to);
      next.expected = {next.expected.begin() + from,
                       next.expected.begin() + to};
      break;
    }
    case 3:
      next.list = ownElements(next.list);
      if (!next.expected.empty()) {
        size_t at = random() % next.expected.size();
        next.expected[at] = "set" + std::to_string(step);
        plumb_slot &slot = mutableElements(next.list)[at];
        drop(objectOf(slot));
        slot = slotOf(str(next.expected[at]));
      }
      break;
    }
    if (replaces)
      versions[which] = next;
    else if (versions.size() < 8)
      versions.push_back(next);
    else {
      size_t gone = random() % versions.size();
      drop(versions[gone].list);
      versions[gone] = next;
    }
    for (const Version &version : versions) {
      ASSERT_EQ(version.list->length, version.expected.size()) << step;
      for (size_t at = 0; at < version.expected.size();
           at += 1 + version.expected.size() / 8)
        ASSERT_EQ(viewOf(objectOf<plumb_string>(elementsOf(version.list)[at])),
                  version.expected[at])
            << step << " at " << at;
    }
  }
  for (const Version &version : versions)
    drop(version.list);
}

} // namespace
