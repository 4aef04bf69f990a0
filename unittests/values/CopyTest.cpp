//===- CopyTest.cpp - values for other threads ----------------------------===//

#include "runtime/values/Table.h"
#include "unittests/values/Support.h"

#include <thread>

using namespace plumb::rt::values;

namespace {
using CopyValues = Values;

plumb_map *sample() {
  plumb_list *list = newList(0, PLUMB_OBJECT);
  plumb_string *shared = str("shared");
  for (int at = 0; at < 20; ++at) {
    retain(shared);
    list = push(list, slotOf(shared), PLUMB_OBJECT);
  }
  drop(shared);
  plumb_map *map = newMap(plumb_type_map);
  for (plumb_slot at = 0; at < 20; ++at) {
    retain(list);
    map = putKey(map, at, slotOf(list), PLUMB_INT, PLUMB_OBJECT);
  }
  drop(list);
  return removeKey(map, 3, PLUMB_INT);
}

TEST_F(CopyValues, ACopySharesNothingAndKeepsWhatIsShared) {
  plumb_map *map = sample();
  int64_t before = plumb_values_live();
  auto *copy = objectOf<plumb_map>(plumb_copy_value(slotOf(map), PLUMB_OBJECT));
  EXPECT_LT(plumb_values_live() - before, 20);
  EXPECT_TRUE(equalSlots(slotOf(map), slotOf(copy), PLUMB_OBJECT));
  EXPECT_NE(copy->table, map->table);
  std::string text = shown(map);
  drop(map);
  std::string other;
  std::thread([&] {
    copy = putKey(copy, 99, slotOf(newList(0, PLUMB_INT)), PLUMB_INT,
                  PLUMB_OBJECT);
    copy = removeKey(copy, 99, PLUMB_INT);
    other = shown(copy);
    drop(copy);
  }).join();
  EXPECT_EQ(other, text);
}

/// What grows by doubling when it is copied as a tree.
TEST_F(CopyValues, WhatIsSharedManyTimesOver) {
  plumb_object *value = header(str("core"));
  for (int at = 0; at < 60; ++at) {
    retain(value);
    value = header(plumb_new_pair(slotOf(value), slotOf(value), PLUMB_OBJECT,
                                  PLUMB_OBJECT));
  }
  plumb_slot copy = plumb_copy_value(slotOf(value), PLUMB_OBJECT);
  drop(value);
  drop(objectOf(copy));
}

TEST(FrozenValues, StayAsTheyAreOnAllThreads) {
  static plumb_map *const map = sample(); // never freed
  plumb_freeze_value(slotOf(map), PLUMB_OBJECT);
  std::string text = shown(map);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 3; ++thread)
    threads.emplace_back([] {
      for (int at = 0; at < 100; ++at) {
        retain(map);
        plumb_map *own = putKey(map, 3, slotOf(newList(0, PLUMB_INT)),
                                PLUMB_INT, PLUMB_OBJECT);
        auto *list = objectOf<plumb_list>(findKey(own, 4, PLUMB_INT)[1]);
        retain(list);
        list = push(list, slotOf(str("more")), PLUMB_OBJECT);
        EXPECT_EQ(list->length, 21u);
        drop(list);
        drop(own);
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(shown(map), text);
}

} // namespace
