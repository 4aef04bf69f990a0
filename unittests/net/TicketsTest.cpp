//===- TicketsTest.cpp - keys of session tickets --------------------------===//

#include "runtime/net/Tickets.h"

#include <gtest/gtest.h>

using namespace plumb::rt::net;

namespace {
constexpr int64_t life = TicketKeys::life;
bool isCurrent(TicketKeys &keys, const TicketKey &key, int64_t now) {
  auto found = keys.find(key.name, now);
  EXPECT_TRUE(found);
  return found && found->isCurrent && found->key.cipher == key.cipher;
}
} // namespace

TEST(TicketKeys, OneKeyForItsLife) {
  TicketKeys keys;
  TicketKey first = *keys.current(1000);
  EXPECT_EQ(keys.current(1000 + life - 1)->name, first.name);
  EXPECT_TRUE(isCurrent(keys, first, 1000 + life - 1));
}

TEST(TicketKeys, LastKeyStaysAsLongAgain) {
  TicketKeys keys;
  TicketKey first = *keys.current(0);
  TicketKey second = *keys.current(life);
  EXPECT_NE(first.name, second.name);
  EXPECT_NE(first.cipher, second.cipher);
  EXPECT_NE(first.digest, second.digest);
  // What the first encrypted last is good for the whole of its life.
  EXPECT_FALSE(isCurrent(keys, first, 2 * life - 1));
  EXPECT_TRUE(isCurrent(keys, second, 2 * life - 1));
  EXPECT_FALSE(keys.find(first.name, 2 * life));
  EXPECT_FALSE(isCurrent(keys, second, 2 * life));
}

TEST(TicketKeys, NoKeyOutlivesAPause) {
  TicketKeys keys;
  TicketKey first = *keys.current(0);
  EXPECT_FALSE(keys.find(first.name, 2 * life));
  TicketKeys others;
  EXPECT_FALSE(others.find(first.name, 0));
}
