//===- StoreTest.cpp - the program's texts of a connection ----------------===//

#include "runtime/server/Store.h"

#include <gtest/gtest.h>
#include <string>

using plumb::rt::server::Store;

TEST(Store, KeepsAndForgets) {
  Store store;
  EXPECT_EQ(store.get("a"), "");
  EXPECT_TRUE(store.put("a", "", 0)) << "there is nothing to forget";
  EXPECT_TRUE(store.put("a", "1", 1000));
  EXPECT_TRUE(store.put("b", "2", 1000));
  EXPECT_TRUE(store.put("c", "3", 1000));
  EXPECT_TRUE(store.put("a", "4", 1000));
  EXPECT_TRUE(store.put("b", "", 1000));
  EXPECT_EQ(store.get("a"), "4");
  EXPECT_EQ(store.get("b"), "");
  EXPECT_EQ(store.get("c"), "3");
  store.clear();
  EXPECT_EQ(store.get("a"), "");
}

/// Keys and values, and what a record takes.
TEST(Store, HasALimit) {
  Store store;
  size_t record = 2 * sizeof(std::string);
  EXPECT_FALSE(store.put("key", "value", record + 7));
  EXPECT_TRUE(store.put("key", "value", record + 8));
  EXPECT_FALSE(store.put("key", "longer", record + 8));
  EXPECT_EQ(store.get("key"), "value") << "as it was";
  EXPECT_TRUE(store.put("key", "other", record + 8)) << "in its place";
  EXPECT_FALSE(store.put("x", "y", 2 * record + 9));
  EXPECT_TRUE(store.put("x", "y", 2 * record + 10));
  EXPECT_TRUE(store.put("key", "", 0));
  EXPECT_EQ(store.get("x"), "y");
}
