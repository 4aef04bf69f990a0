//===- MapTest.cpp - the bodies of families `map` and `set` ---------------===//

#include "plumb/map.h"
#include "plumb/list.h"
#include "plumb/set.h"
#include "unittests/library/Functions.h"

using namespace plumb::rt::values;

namespace {
using MapLibrary = Values;
constexpr int32_t I = PLUMB_INT, O = PLUMB_OBJECT;

plumb_map *put(plumb_map *map, std::string_view key, int64_t value) {
  return plumb_map_put(map, slotOf(str(key)), static_cast<plumb_slot>(value), O,
                       I);
}
plumb_map *sample() {
  return put(put(put(plumb_map_make(O, I), "b", 1), "a", 2), "c", 3);
}

TEST_F(MapLibrary, OfAMissingKeyNothingOrAnError) {
  plumb_map *map = sample();
  plumb_string *b = str("b"), *none = str("none");
  EXPECT_EQ(plumb_map_get(map, slotOf(b), O, I), 1u);
  EXPECT_EQ(plumb_map_get(map, slotOf(none), O, I), 0u);
  EXPECT_TRUE(plumb_map_has_key(map, slotOf(b), O, I));
  EXPECT_FALSE(plumb_map_has_key(map, slotOf(none), O, I));
  EXPECT_EQ(show(plumb_map_fetch(map, slotOf(b), O, I)), "Some(1)");
  EXPECT_EQ(show(plumb_map_fetch(map, slotOf(none), O, I)), "None");
  plumb_map *texts = plumb_map_put(plumb_map_make(I, O), 7, slotOf(b), I, O);
  EXPECT_EXIT(plumb_map_get(texts, 8, I, O), testing::ExitedWithCode(1),
              "^error: map has no key 8\n$");
  drop(texts);
  drop(none);
  drop(map);
}

TEST_F(MapLibrary, AllOfThem) {
  plumb_map *map = sample();
  EXPECT_EQ(plumb_map_size(map, O, I), 3);
  EXPECT_EQ(show(plumb_map_keys(map, O, I)), "[b, a, c]");
  EXPECT_EQ(show(plumb_map_values(map, O, I)), "[1, 2, 3]");
  plumb_list *pairs = plumb_map_to_list(map, O, I);
  EXPECT_EQ(shown(pairs), "[(b, 1), (a, 2), (c, 3)]");
  EXPECT_EQ(show(plumb_map_from_list(pairs, O, I)),
            "%{b => 1, a => 2, c => 3}");
  drop(pairs);
  plumb_string *a = str("a");
  map = plumb_map_remove(map, slotOf(a), O, I);
  map = plumb_map_remove(map, slotOf(a), O, I);
  EXPECT_EQ(shown(map), "%{b => 1, c => 3}");
  EXPECT_EQ(show(plumb_map_nth(map, 1, O, I)), "(c, 3)");
  EXPECT_EXIT(plumb_map_nth(map, 2, O, I), testing::ExitedWithCode(1),
              "map index 2 out of range \\(size 2\\)");
  drop(a);
  drop(map);
}

TEST_F(MapLibrary, MergePrefersTheRight) {
  plumb_map *left = sample(),
            *right = put(put(plumb_map_make(O, I), "d", 4), "b", 5);
  EXPECT_EQ(show(plumb_map_merge(kept(left), right, O, I)),
            "%{b => 5, a => 2, c => 3, d => 4}");
  EXPECT_EQ(show(plumb_map_merge(kept(left), left, O, I)),
            "%{b => 1, a => 2, c => 3}");
  drop(left);
  drop(right);
}

plumb_set *setOf(std::initializer_list<plumb_slot> numbers) {
  plumb_set *set = plumb_set_make(I);
  for (plumb_slot number : numbers)
    set = plumb_set_add(set, number, I);
  return set;
}

TEST_F(MapLibrary, Sets) {
  plumb_set *left = setOf({3, 1, 2, 3}), *right = setOf({4, 2});
  EXPECT_EQ(plumb_set_size(left, I), 3);
  EXPECT_TRUE(plumb_set_contains(left, 1, I));
  EXPECT_FALSE(plumb_set_contains(left, 4, I));
  EXPECT_EQ(show(plumb_set_unite(kept(left), right, I)), "#{3, 1, 2, 4}");
  EXPECT_EQ(show(plumb_set_unite(kept(left), left, I)), "#{3, 1, 2}");
  EXPECT_EQ(show(plumb_set_intersection(left, right, I)), "#{2}");
  EXPECT_EQ(show(plumb_set_difference(left, right, I)), "#{3, 1}");
  EXPECT_EQ(show(plumb_set_remove(kept(left), 1, I)), "#{3, 2}");
  EXPECT_EQ(show(plumb_set_to_list(left, I)), "[3, 1, 2]");
  EXPECT_EQ(plumb_set_nth(left, 1, I), 1u);
  plumb_list *list = listOf({1, 1, 2});
  EXPECT_EQ(show(plumb_set_from_list(list, I)), "#{1, 2}");
  drop(list);
  drop(left);
  drop(right);
}

/// By what is in them, not by where they are.
TEST_F(MapLibrary, KeysAreValues) {
  plumb_map *map = plumb_map_make(O, I);
  for (plumb_slot at = 0; at < 100; ++at) {
    plumb_list *key = listOf({int64_t(at % 10), 7});
    map = plumb_map_put(map, slotOf(plumb_new_some(slotOf(key), O)), at, O, I);
  }
  EXPECT_EQ(map->size, 10u);
  plumb_option *key = plumb_new_some(slotOf(listOf({4, 7})), O);
  EXPECT_EQ(plumb_map_get(map, slotOf(key), O, I), 94u);
  drop(key);
  drop(map);
}

} // namespace
