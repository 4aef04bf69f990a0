//===- ShowTest.cpp - text, order and hash of values ----------------------===//

#include "runtime/values/Table.h"
#include "unittests/values/Support.h"

#include <cmath>
#include <cstdlib>
#include <limits>

using namespace plumb::rt::values;

namespace {
using ShowValues = Values;

const uint8_t ints[] = {PLUMB_INT, PLUMB_INT};
const char *const names[] = {"x", "y"};
const plumb_constructor point[] = {{"Point", 2, ints, names}};
plumb_type typeOf(uint32_t flags) {
  return {"Main.Point", PLUMB_SHAPE_DATA, flags,   1,       point,  nullptr,
          nullptr,      nullptr,          nullptr, nullptr, nullptr};
}
plumb_data *pointOf(const plumb_type &type, int64_t x, int64_t y) {
  auto *made = static_cast<plumb_data *>(plumb_new(&type, 0, 2));
  made->fields[0] = static_cast<plumb_slot>(x);
  made->fields[1] = static_cast<plumb_slot>(y);
  return made;
}

TEST_F(ShowValues, NumbersAsShortAsTheyReadBack) {
  auto text = [](double number) { return shown(slotOf(number), PLUMB_FLOAT); };
  EXPECT_EQ(text(4.0), "4");
  EXPECT_EQ(text(0.1), "0.1");
  EXPECT_EQ(text(-0.0), "-0");
  EXPECT_EQ(text(1.0 / 3), "0.3333333333333333");
  EXPECT_EQ(text(1e21), "1000000000000000000000");
  EXPECT_EQ(text(1e-7), "0.0000001");
  EXPECT_EQ(text(std::nan("")), "NaN");
  EXPECT_EQ(text(-INFINITY), "-inf");
  EXPECT_EQ(text(INFINITY), "inf");
  EXPECT_EQ(text(std::numeric_limits<double>::max()).size(), 309u);
  EXPECT_EQ(std::strtod(text(5e-324).c_str(), nullptr), 5e-324);
  EXPECT_EQ(shown(static_cast<plumb_slot>(INT64_MIN), PLUMB_INT),
            "-9223372036854775808");
  EXPECT_EQ(shown(1, PLUMB_BOOL), "true");
  EXPECT_EQ(shown(0, PLUMB_UNIT), "()");
}

TEST_F(ShowValues, DataByPositionOrByName) {
  plumb_type plain = typeOf(PLUMB_TYPE_STRUCT);
  plumb_type display = typeOf(PLUMB_TYPE_STRUCT | PLUMB_TYPE_DISPLAY);
  plumb_data *one = pointOf(plain, 1, -2), *two = pointOf(display, 1, -2);
  EXPECT_EQ(shown(one), "Point { x: 1, y: -2 }");
  EXPECT_EQ(shown(two), "Point(1, -2)");
  EXPECT_EQ(taken(textOf(slotOf(two), PLUMB_OBJECT, Form::Inspect)),
            "Point { x: 1, y: -2 }");
  drop(one);
  drop(two);
  EXPECT_EQ(shown(&plumb_none), "None");
  EXPECT_EQ(shown(&plumb_greater), "Greater");
}

TEST_F(ShowValues, CollectionsWithStringsUnquoted) {
  plumb_list *list = newList(2, PLUMB_OBJECT);
  EXPECT_EQ(shown(list), "[]");
  for (const char *text : {"a", "b c"})
    list = push(list, slotOf(str(text)), PLUMB_OBJECT);
  EXPECT_EQ(shown(list), "[a, b c]");
  plumb_map *map = newMap(plumb_type_map);
  EXPECT_EQ(shown(map), "%{}");
  map = putKey(map, 7, slotOf(list), PLUMB_INT, PLUMB_OBJECT);
  EXPECT_EQ(shown(map), "%{7 => [a, b c]}");
  drop(map);
  plumb_map *set = newMap(plumb_type_set);
  for (plumb_slot number : {3, 1, 3})
    set = putKey(set, number, 0, PLUMB_INT, PLUMB_UNIT);
  EXPECT_EQ(shown(set), "#{3, 1}");
  drop(set);
  plumb_tuple *pair = plumb_new_pair(1, slotOf(plumb_new_some(2, PLUMB_INT)),
                                     PLUMB_INT, PLUMB_OBJECT);
  EXPECT_EQ(shown(pair), "(1, Some(2))");
  drop(pair);
}

plumb_string *ownText(plumb_object *) { return copyString("own"); }
bool neverEqual(plumb_object *, plumb_object *) { return false; }
int64_t backwards(plumb_object *left, plumb_object *right) {
  auto at = [](plumb_object *object) {
    return reinterpret_cast<plumb_data *>(object)->fields[0];
  };
  return at(left) < at(right) ? 1 : at(left) > at(right) ? -1 : 0;
}
uint64_t sameHash(plumb_object *) { return 5; }

TEST_F(ShowValues, WhatTheProgramDefinesIsUsedWithinToo) {
  plumb_type type = typeOf(PLUMB_TYPE_STRUCT);
  type.text = ownText;
  type.equal = neverEqual;
  type.compare = backwards;
  type.hash = sameHash;
  plumb_list *one = newList(0, PLUMB_OBJECT), *two = newList(0, PLUMB_OBJECT);
  one = push(one, slotOf(pointOf(type, 1, 1)), PLUMB_OBJECT);
  two = push(two, slotOf(pointOf(type, 2, 1)), PLUMB_OBJECT);
  EXPECT_EQ(shown(one), "[own]");
  EXPECT_FALSE(equalSlots(slotOf(one), slotOf(two), PLUMB_OBJECT));
  EXPECT_GT(compareSlots(slotOf(one), slotOf(two), PLUMB_OBJECT), 0);
  EXPECT_EQ(hashValue(slotOf(one), PLUMB_OBJECT),
            hashValue(slotOf(two), PLUMB_OBJECT));
  drop(one);
  drop(two);
}

TEST_F(ShowValues, Order) {
  auto sign = [](std::string_view left, std::string_view right) {
    plumb_string *a = str(left), *b = str(right);
    int64_t order = compareSlots(slotOf(a), slotOf(b), PLUMB_OBJECT);
    drop(a);
    drop(b);
    return order < 0 ? -1 : order > 0;
  };
  EXPECT_EQ(sign("a", "b"), -1);
  EXPECT_EQ(sign("b", "abc"), 1);
  EXPECT_EQ(sign("\uffff", "\U00010000"), -1) << "by code point";
  EXPECT_EQ(sign("", ""), 0);
  double nan = std::nan("");
  EXPECT_EQ(compareSlots(slotOf(nan), slotOf(1.0), PLUMB_FLOAT), 1);
  EXPECT_EQ(compareSlots(slotOf(0.0), slotOf(-0.0), PLUMB_FLOAT), 0);
  EXPECT_FALSE(equalSlots(slotOf(nan), slotOf(nan), PLUMB_FLOAT));
  EXPECT_EQ(hashValue(slotOf(0.0), PLUMB_FLOAT),
            hashValue(slotOf(-0.0), PLUMB_FLOAT));
  plumb_list *one = listOf({1, 2}), *two = listOf({1, 2, 0});
  EXPECT_EQ(compareSlots(slotOf(one), slotOf(two), PLUMB_OBJECT), -1);
  EXPECT_EQ(
      compareSlots(slotOf(&plumb_less), slotOf(&plumb_equal), PLUMB_OBJECT),
      -1);
  drop(one);
  drop(two);
}

} // namespace
