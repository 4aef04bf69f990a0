//===- RegistryTest.cpp - Families at load --------------------------------===//

#include "plumb/Intrinsic/Registry.h"
#include "gtest/gtest.h"

using namespace plumb::intr;

namespace {

/// A family of one row, `name.set`, that can be bent in a test.
struct OneRowFamily {
  explicit OneRowFamily(const char *name, const char *rowName,
                        const char *sourceName, const char *symbol) {
    row.family = &family;
    row.name = rowName;
    row.source_name = sourceName;
    row.symbol = symbol;
    row.location = "here.td:7";
    family.version = PLUMB_INTR_DESCRIPTOR_VERSION;
    family.struct_size = sizeof(plumb_intr_family);
    family.name = name;
    family.rows = &row;
    family.num_rows = 1;
  }
  OneRowFamily(const OneRowFamily &) = delete;

  plumb_intr_row row = {};
  plumb_intr_family family = {};
};

std::string messageOf(llvm::Error error) {
  return llvm::toString(std::move(error));
}

TEST(Registry, FindsRowsByEachName) {
  Registry registry;
  OneRowFamily clock("clock", "clock.set", "Clock.set", "clk_set");
  ASSERT_FALSE(registry.add(clock.family));
  EXPECT_EQ(registry.lookup("clock.set"), &clock.row);
  EXPECT_EQ(registry.lookupSourceName("Clock.set"), &clock.row);
  EXPECT_EQ(registry.lookupSymbol("clk_set"), &clock.row);
  EXPECT_EQ(registry.lookup("Clock.set"), nullptr);
  EXPECT_EQ(registry.lookup(""), nullptr);
  EXPECT_EQ(registry.families().size(), 1u);
}

TEST(Registry, TakesTheSameDescriptorTwice) {
  Registry registry;
  OneRowFamily clock("clock", "clock.set", "Clock.set", "clk_set");
  ASSERT_FALSE(registry.add(clock.family));
  ASSERT_FALSE(registry.add(clock.family));
  EXPECT_EQ(registry.families().size(), 1u);
}

TEST(Registry, RefusesAnotherDescriptorVersion) {
  Registry registry;
  OneRowFamily clock("clock", "clock.set", "Clock.set", "clk_set");
  clock.family.version = 99;
  std::string message = messageOf(registry.add(clock.family));
  EXPECT_NE(message.find("version 99"), std::string::npos) << message;
  EXPECT_NE(message.find("reads version 4"), std::string::npos) << message;
  EXPECT_EQ(registry.lookup("clock.set"), nullptr);
}

TEST(Registry, RefusesAnotherDescriptorSize) {
  Registry registry;
  OneRowFamily clock("clock", "clock.set", "Clock.set", "clk_set");
  clock.family.struct_size = 8;
  std::string message = messageOf(registry.add(clock.family));
  EXPECT_NE(message.find("(8 bytes)"), std::string::npos) << message;
  EXPECT_EQ(registry.families().size(), 0u);
}

TEST(Registry, ReportsAllClashesAndChangesNothing) {
  Registry registry;
  OneRowFamily clock("clock", "clock.set", "Clock.set", "clk_set");
  OneRowFamily watch("watch", "watch.set", "Clock.set", "clk_set");
  ASSERT_FALSE(registry.add(clock.family));
  std::string message = messageOf(registry.add(watch.family));
  EXPECT_NE(message.find("source name 'Clock.set' of here.td:7 is taken by "
                         "'clock.set'"),
            std::string::npos)
      << message;
  EXPECT_NE(message.find("symbol 'clk_set'"), std::string::npos) << message;
  EXPECT_EQ(registry.lookup("watch.set"), nullptr);
  EXPECT_EQ(registry.families().size(), 1u);
}

TEST(Registry, FindsRowsByAliasesAndOperators) {
  Registry registry;
  OneRowFamily list("list", "list.get", "List.get", "lst_get");
  OneRowFamily map("map", "map.get", "Map.get", "map_get");
  const char *alias = "get", *index[] = {"[]", "at"};
  list.row.aliases = &alias;
  list.row.num_aliases = 1;
  list.row.operators = index;
  list.row.num_operators = 2;
  map.row.operators = index;
  map.row.num_operators = 1;
  ASSERT_FALSE(registry.add(list.family));
  ASSERT_FALSE(registry.add(map.family));
  EXPECT_EQ(registry.lookupSourceName("get"), &list.row);
  EXPECT_EQ(registry.lookup("get"), nullptr);
  ASSERT_EQ(registry.lookupOperator("[]").size(), 2u);
  EXPECT_EQ(registry.lookupOperator("[]")[0], &list.row);
  EXPECT_EQ(registry.lookupOperator("[]")[1], &map.row);
  EXPECT_TRUE(registry.lookupOperator("get").empty());
  ASSERT_EQ(registry.operatorWords().size(), 2u);
  EXPECT_EQ(registry.operatorWords()[0], "[]");
}

TEST(Registry, RefusesAnAliasThatIsTaken) {
  Registry registry;
  OneRowFamily list("list", "list.get", "List.get", "lst_get");
  OneRowFamily map("map", "map.get", "Map.get", "map_get");
  const char *alias = "get", *name = "List.get";
  list.row.aliases = map.row.aliases = &alias;
  list.row.num_aliases = map.row.num_aliases = 1;
  ASSERT_FALSE(registry.add(list.family));
  std::string message = messageOf(registry.add(map.family));
  EXPECT_NE(message.find("alias 'get' of here.td:7 is taken by 'list.get'"),
            std::string::npos)
      << message;
  map.row.aliases = &name;
  message = messageOf(registry.add(map.family));
  EXPECT_NE(
      message.find("alias 'List.get' of here.td:7 is taken by 'list.get'"),
      std::string::npos)
      << message;
  EXPECT_EQ(registry.families().size(), 1u);
}

TEST(Registry, RefusesObjectsOfAnotherArity) {
  Registry registry;
  plumb_intr_type number = {}, list = {}, pair = {}, tuple = {}, other = {};
  number.kind = "int64";
  number.mlir = "i64";
  const plumb_intr_type *numbers[] = {&number, &number};
  for (plumb_intr_type *type : {&list, &pair, &tuple, &other}) {
    type->kind = "object";
    type->mlir = "!intr.object";
    type->arguments = numbers;
  }
  list.name = pair.name = "List";
  tuple.name = other.name = "Tuple";
  list.num_arguments = tuple.num_arguments = 1;
  pair.num_arguments = other.num_arguments = 2;
  OneRowFamily a("a", "a.get", "A.get", "a_get");
  OneRowFamily b("b", "b.get", "B.get", "b_get");
  a.row.result = &list;
  b.row.result = &pair;
  ASSERT_FALSE(registry.add(a.family));
  std::string message = messageOf(registry.add(b.family));
  EXPECT_NE(message.find("object 'List' of here.td:7 has 2 type arguments, but "
                         "1 in 'a.get' of here.td:7"),
            std::string::npos)
      << message;
  OneRowFamily c("c", "c.get", "C.get", "c_get");
  OneRowFamily d("d", "d.get", "D.get", "d_get");
  c.row.result = &tuple;
  d.row.result = &other;
  ASSERT_FALSE(registry.add(c.family));
  ASSERT_FALSE(registry.add(d.family)); // a tuple has as many as it likes
  ASSERT_EQ(registry.objectTypes().size(), 2u);
  EXPECT_EQ(registry.objectTypes()[0].first, "List");
  EXPECT_EQ(registry.objectTypes()[0].second, 1u);
}

TEST(Registry, RefusesTwoFamiliesOfOneName) {
  Registry registry;
  OneRowFamily clock("clock", "clock.set", "Clock.set", "clk_set");
  OneRowFamily other("clock", "clock.get", "Clock.get", "clk_get");
  ASSERT_FALSE(registry.add(clock.family));
  std::string message = messageOf(registry.add(other.family));
  EXPECT_NE(message.find("another family is called 'clock'"), std::string::npos)
      << message;
  EXPECT_NE(message.find("intrinsic 'clock.get' is not in the one that is "
                         "loaded"),
            std::string::npos)
      << message;
  EXPECT_NE(message.find("intrinsic 'clock.set' is only in the one that is "
                         "loaded"),
            std::string::npos)
      << message;
}

TEST(Registry, TakesAnotherDescriptorThatSaysTheSame) {
  Registry registry;
  OneRowFamily clock("clock", "clock.set", "Clock.set", "clk_set");
  OneRowFamily again("clock", "clock.set", "Clock.set", "clk_set");
  again.row.location = "there.json";
  again.row.summary = "Sets the clock";
  ASSERT_FALSE(registry.add(clock.family));
  EXPECT_EQ(messageOf(registry.add(again.family)), "");
  EXPECT_EQ(registry.families().size(), 1u);
  EXPECT_EQ(registry.lookup("clock.set"), &clock.row);
}

TEST(Registry, TellsWhatIsDifferent) {
  Registry registry;
  OneRowFamily clock("clock", "clock.set", "Clock.set", "clk_set");
  ASSERT_FALSE(registry.add(clock.family));
  auto refused = [&](const char *what, auto change) {
    OneRowFamily other("clock", "clock.set", "Clock.set", "clk_set");
    change(other);
    std::string message = messageOf(registry.add(other.family));
    EXPECT_NE(message.find(what), std::string::npos) << message;
  };
  refused("the properties of intrinsic 'clock.set' are 'blocks', but ''",
          [](OneRowFamily &f) { f.row.flags = PLUMB_INTR_ROW_BLOCKS; });
  refused("the symbol of intrinsic 'clock.set' is 'other', but 'clk_set'",
          [](OneRowFamily &f) { f.row.symbol = "other"; });
  plumb_intr_effect effect = {"clock.zones", 1, 0};
  refused("the effects of intrinsic 'clock.set'", [&](OneRowFamily &f) {
    f.row.effects = &effect;
    f.row.num_effects = 1;
  });
  plumb_intr_status status = {"clock.late", "LATE", -3, "late"};
  refused("status 'clock.late' is not in the one", [&](OneRowFamily &f) {
    f.family.statuses = &status;
    f.family.num_statuses = 1;
  });
}

TEST(Registry, OffersTheNearestNames) {
  Registry registry;
  OneRowFamily clock("clock", "clock.set", "Clock.set", "clk_set");
  OneRowFamily lock("lock", "lock.set", "Lock.set", "lck_set");
  ASSERT_FALSE(registry.add(clock.family));
  ASSERT_FALSE(registry.add(lock.family));
  auto nearest = registry.nearestSourceNames("Clocks.set");
  ASSERT_FALSE(nearest.empty());
  EXPECT_EQ(nearest.front(), "Clock.set");
  // Case is no difference.
  EXPECT_EQ(registry.nearestNames("CLOCK.SET").front(), "clock.set");
  EXPECT_TRUE(registry.nearestNames("xxxxxxxxxxxxxxxxxx").empty());
  EXPECT_EQ(didYouMean({}), "");
  EXPECT_EQ(didYouMean({"a", "b", "c"}), "; did you mean 'a', 'b' or 'c'?");
}

} // namespace
