//===- SlotTableTest.cpp - objects that are named for ever ----------------===//

#include "runtime/base/SlotTable.h"

#include <gtest/gtest.h>
#include <random>
#include <set>

using plumb::rt::base::SlotTable;
using Table = SlotTable<int>;

static std::optional<Table::Name> add(Table &table, int value) {
  auto object = std::make_unique<int>(value);
  return table.insert(object);
}

static void end(Table &table, uint32_t index) {
  table.retire(index);
  table.remove(index);
}

TEST(SlotTable, NameIsStaleBeforeTheObjectIsGone) {
  Table table(10);
  auto name = add(table, 7);
  ASSERT_TRUE(name);
  EXPECT_EQ(*table.find(*name), 7);
  table.retire(name->index);
  EXPECT_EQ(table.find(*name), nullptr);
  EXPECT_EQ(*table.at(name->index), 7);
  EXPECT_EQ(*table.remove(name->index), 7);
  EXPECT_EQ(table.find({5, 0}), nullptr) << "never given";
}

TEST(SlotTable, FullTableTakesNothing) {
  Table table(2);
  EXPECT_TRUE(add(table, 1));
  auto second = add(table, 2);
  auto third = std::make_unique<int>(3);
  EXPECT_FALSE(table.insert(third));
  EXPECT_EQ(*third, 3);
  end(table, second->index);
  EXPECT_TRUE(table.insert(third));
  EXPECT_FALSE(third);
}

// No name is given twice, also where the numbers end, and by a table that
// takes the place of another.
TEST(SlotTable, NamesAreNeverGivenTwice) {
  std::mt19937 random(3);
  std::set<std::pair<uint32_t, uint32_t>> given;
  uint32_t first = Table::usedUp - 40;
  for (int tables = 0; tables < 100; ++tables) {
    Table table(4, first);
    std::vector<Table::Name> open;
    for (int i = 0; i < 30; ++i)
      if (random() % 2) {
        if (auto name = add(table, i)) {
          EXPECT_TRUE(given.insert({name->index, name->generation}).second)
              << name->index << "." << name->generation;
          EXPECT_EQ(*table.find(*name), i);
          open.push_back(*name);
        }
      } else if (!open.empty()) {
        end(table, open.back().index);
        EXPECT_EQ(table.find(open.back()), nullptr);
        open.pop_back();
      }
    first = table.nextGeneration(); // Some may be open.
  }
  EXPECT_EQ(first, Table::usedUp);
  Table last(4, first);
  EXPECT_FALSE(add(last, 1));
}

TEST(SlotTable, SlotIsGivenUpWithItsLastNumber) {
  Table table(1, Table::usedUp - 2);
  for (int i = 0; i < 2; ++i) {
    auto name = add(table, i);
    ASSERT_TRUE(name);
    end(table, name->index);
  }
  EXPECT_FALSE(add(table, 3));
}

TEST(SlotName, InOneNumberAndBack) {
  using plumb::rt::base::SlotName;
  constexpr SlotName name{0xfedcba98, 0x12345678};
  static_assert(name.value() == 0x12345678fedcba98);
  static_assert(SlotName::of(name.value()).index == name.index);
  static_assert(SlotName::of(name.value()).generation == name.generation);
}
