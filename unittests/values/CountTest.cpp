//===- CountTest.cpp - the end of objects ---------------------------------===//

#include "runtime/values/Table.h"
#include "unittests/values/Support.h"

using namespace plumb::rt::values;

namespace {
using CountValues = Values;

const uint8_t linkKinds[] = {PLUMB_OBJECT, PLUMB_INT, PLUMB_OBJECT};
const plumb_constructor links[] = {{"Link", 3, linkKinds, nullptr}};
const plumb_type link = {"Link",  PLUMB_SHAPE_DATA, 0,       1,
                         links,   nullptr,          nullptr, nullptr,
                         nullptr, nullptr,          nullptr};

plumb_object *linkOf(void *left, void *right) {
  auto *made = static_cast<plumb_data *>(plumb_new(&link, 0, 3));
  made->fields[0] = slotOf(left);
  made->fields[1] = 7;
  made->fields[2] = slotOf(right);
  return &made->header;
}

/// Deeper than any stack, by either end and by turns.
TEST_F(CountValues, DeepDataIsFreed) {
  plumb_object *left = &plumb_none, *right = &plumb_none, *mixed = &plumb_none;
  for (int at = 0; at < 2'000'000; ++at) {
    left = linkOf(left, &plumb_none);
    right = linkOf(&plumb_none, right);
    mixed = at % 2 ? linkOf(mixed, str("leaf")) : linkOf(&plumb_none, mixed);
  }
  for (plumb_object *each : {left, right, mixed})
    drop(each);
}

TEST_F(CountValues, NestedCollectionsAreFreed) {
  plumb_object *inner = header(str("core"));
  for (int at = 0; at < 200'000; ++at) {
    if (at % 3 == 0) {
      plumb_list *list = newList(2, PLUMB_OBJECT);
      list = push(list, slotOf(str("before")), PLUMB_OBJECT);
      list = push(list, slotOf(inner), PLUMB_OBJECT);
      inner = header(push(list, slotOf(str("after")), PLUMB_OBJECT));
    } else if (at % 3 == 1) {
      plumb_map *map = newMap(plumb_type_map);
      map = putKey(map, slotOf(str("key")), slotOf(inner), PLUMB_OBJECT,
                   PLUMB_OBJECT);
      inner = header(putKey(map, slotOf(str("other")), slotOf(&plumb_none),
                            PLUMB_OBJECT, PLUMB_OBJECT));
    } else {
      static const uint8_t kinds[] = {PLUMB_INT, PLUMB_OBJECT};
      plumb_fun *fun = plumb_new_closure(nullptr, 2, kinds);
      fun->captures[0] = 1;
      fun->captures[1] = slotOf(inner);
      inner = header(fun);
    }
  }
  drop(inner);
}

TEST_F(CountValues, SharedPartsStayUntilTheLast) {
  plumb_string *part = str("part");
  retain(part);
  retain(part);
  plumb_object *one = linkOf(part, part);
  EXPECT_EQ(part->header.count, 3);
  drop(one);
  EXPECT_EQ(part->header.count, 1);
  EXPECT_EQ(viewOf(part), "part");
  drop(part);
}

/// A list that holds what it was before, and a map.
TEST_F(CountValues, WhatHoldsItsOwnPastIsFreed) {
  plumb_list *list = newList(8, PLUMB_OBJECT);
  list = push(list, slotOf(str("first")), PLUMB_OBJECT);
  plumb_map *map = putKey(newMap(plumb_type_map), 0, slotOf(str("first")),
                          PLUMB_INT, PLUMB_OBJECT);
  for (plumb_slot at = 1; at < 4; ++at) {
    retain(list);
    list = push(list, slotOf(linkOf(list, &plumb_none)), PLUMB_OBJECT);
    retain(map);
    map = putKey(map, at, slotOf(linkOf(map, &plumb_none)), PLUMB_INT,
                 PLUMB_OBJECT);
  }
  EXPECT_EQ(list->length, 4u);
  EXPECT_EQ(map->size, 4u);
  drop(list);
  drop(map);
}

/// The last two references to one object, and what comes before and after.
TEST_F(CountValues, OneObjectTwiceInAnother) {
  plumb_string *part = str("part");
  retain(part);
  drop(linkOf(part, part));
  plumb_string *kept = str("kept"), *gone = str("gone");
  retain(kept);
  drop(linkOf(kept, gone));
  EXPECT_EQ(kept->header.count, 1);
  retain(kept);
  drop(linkOf(str("gone"), kept));
  EXPECT_EQ(kept->header.count, 1);
  drop(kept);
}

TEST_F(CountValues, ImmortalObjectsAreNotCounted) {
  int32_t before = plumb_none.count;
  for (int at = 0; at < 10; ++at) {
    retain(&plumb_none);
    drop(&plumb_none);
    drop(&plumb_none);
  }
  EXPECT_EQ(plumb_none.count, before);
  plumb_object many = {INT32_MAX, 0, &plumb_type_string};
  retain(&many);
  EXPECT_LT(many.count, 0) << "a count that overflows";
  drop(&many);
  EXPECT_LT(many.count, 0);
}

} // namespace
