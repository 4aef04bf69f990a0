//===- TableTest.cpp - maps and sets --------------------------------------===//

#include "runtime/values/Table.h"
#include "unittests/values/Support.h"

#include <algorithm>
#include <random>

using namespace plumb::rt::values;

namespace {
using TableValues = Values;

plumb_map *put(plumb_map *map, std::string_view key, int64_t value) {
  return putKey(map, slotOf(str(key)), static_cast<plumb_slot>(value),
                PLUMB_OBJECT, PLUMB_INT);
}
plumb_map *without(plumb_map *map, std::string_view key) {
  plumb_string *own = str(key);
  map = removeKey(map, slotOf(own), PLUMB_OBJECT);
  drop(own);
  return map;
}

using Pairs = std::vector<std::pair<std::string, int64_t>>;
Pairs pairsOf(const plumb_map *map) {
  Pairs pairs;
  eachEntry(map, [&](const plumb_slot *entry) {
    pairs.emplace_back(viewOf(objectOf<plumb_string>(entry[0])), entry[1]);
  });
  return pairs;
}

TEST_F(TableValues, AKeyKeepsItsPlace) {
  plumb_map *map = newMap(plumb_type_map);
  for (auto [key, value] : Pairs{{"b", 1}, {"a", 2}, {"b", 3}})
    map = put(map, key, value);
  EXPECT_EQ(pairsOf(map), (Pairs{{"b", 3}, {"a", 2}}));
  map = put(without(map, "b"), "b", 4);
  EXPECT_EQ(pairsOf(map), (Pairs{{"a", 2}, {"b", 4}}));
  drop(map);
}

TEST_F(TableValues, ANewKeyInASharedMapTakesNoCopy) {
  plumb_map *old = newMap(plumb_type_map);
  for (int at = 0; at < 20; ++at)
    old = put(old, std::to_string(at), at);
  retain(old);
  plumb_map *more = put(old, "new", 1);
  EXPECT_EQ(more->table, old->table);
  EXPECT_EQ(old->size, 20u);
  retain(old);
  plumb_map *other = put(old, "new", 2);
  EXPECT_NE(other->table, old->table);
  EXPECT_EQ(pairsOf(more).back().second, 1);
  EXPECT_EQ(pairsOf(other).back().second, 2);
  EXPECT_EQ(pairsOf(old).size(), 20u);
  for (plumb_map *each : {old, more, other})
    drop(each);
}

TEST_F(TableValues, AViewThatIsGoneIsNotInTheWay) {
  plumb_map *map = newMap(plumb_type_map);
  for (int at = 0; at < 20; ++at)
    map = put(map, std::to_string(at), at);
  for (int at = 0; at < 10; ++at) {
    retain(map);
    plumb_map *more = put(map, "new" + std::to_string(at), at);
    EXPECT_EQ(more->table, map->table) << "no copy";
    EXPECT_EQ(pairsOf(more).size(), 21u);
    drop(more);
  }
  drop(map);
}

/// Versions of maps beside vectors of pairs; old ones stay as they were.
TEST_F(TableValues, RandomOperationsAreThoseOfPairs) {
  std::mt19937 random(11);
  struct Version {
    plumb_map *map;
    Pairs expected;
  };
  std::vector<Version> versions;
  versions.push_back({newMap(plumb_type_map), {}});
  for (int step = 0; step < 40000; ++step) {
    size_t which = random() % versions.size();
    Version next = versions[which];
    bool replaces = random() % 4 != 0;
    if (!replaces)
      retain(next.map);
    std::string key = "k" + std::to_string(random() % 60);
    auto at = std::find_if(next.expected.begin(), next.expected.end(),
                           [&](auto &pair) { return pair.first == key; });
    // Mostly growing and mostly shrinking by turns.
    if (random() % 10 < (step / 500 % 2 ? 3u : 7u)) {
      next.map = put(next.map, key, step);
      if (at != next.expected.end())
        at->second = step;
      else
        next.expected.emplace_back(key, step);
    } else {
      next.map = without(next.map, key);
      if (at != next.expected.end())
        next.expected.erase(at);
    }
    if (random() % 50 == 0)
      closeGaps(next.map);
    if (replaces)
      versions[which] = next;
    else if (versions.size() < 6)
      versions.push_back(next);
    else {
      size_t gone = random() % versions.size();
      drop(versions[gone].map);
      versions[gone] = next;
    }
    for (const Version &version : versions) {
      ASSERT_EQ(version.map->size, version.expected.size()) << step;
      ASSERT_EQ(pairsOf(version.map), version.expected) << step;
    }
    for (int number = 0; number < 60; number += 7) {
      std::string asked = "k" + std::to_string(number);
      plumb_string *own = str(asked);
      const plumb_slot *entry = findKey(next.map, slotOf(own), PLUMB_OBJECT);
      drop(own);
      auto there =
          std::find_if(next.expected.begin(), next.expected.end(),
                       [&](auto &pair) { return pair.first == asked; });
      ASSERT_EQ(entry != nullptr, there != next.expected.end()) << asked;
      if (entry)
        ASSERT_EQ(static_cast<int64_t>(entry[1]), there->second);
    }
  }
  for (const Version &version : versions)
    drop(version.map);
}

TEST_F(TableValues, EqualInAnyOrder) {
  plumb_map *one = put(put(newMap(plumb_type_map), "a", 1), "b", 2);
  plumb_map *two = put(put(newMap(plumb_type_map), "b", 2), "a", 1);
  EXPECT_TRUE(equalSlots(slotOf(one), slotOf(two), PLUMB_OBJECT));
  EXPECT_EQ(hashValue(slotOf(one), PLUMB_OBJECT),
            hashValue(slotOf(two), PLUMB_OBJECT));
  two = put(two, "a", 3);
  EXPECT_FALSE(equalSlots(slotOf(one), slotOf(two), PLUMB_OBJECT));
  drop(one);
  drop(two);
}

} // namespace
