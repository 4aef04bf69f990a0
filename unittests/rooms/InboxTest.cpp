//===- InboxTest.cpp - tokens and inboxes ---------------------------------===//

#include "runtime/rooms/Inbox.h"
#include "runtime/rooms/RoomPart.h"

#include <gtest/gtest.h>
#include <thread>

using namespace plumb::rt;
using namespace plumb::rt::rooms;

TEST(Token, Parts) {
  Token token(1023, Token::maxSlots - 1, 0xfedcba98);
  EXPECT_EQ(token.shard(), 1023u);
  EXPECT_EQ(token.slot(), Token::maxSlots - 1);
  EXPECT_EQ(token.generation(), 0xfedcba98u);
  EXPECT_EQ(Token(token.value()), token);
  EXPECT_FALSE(Token());
  EXPECT_NE(Token(1, 0, 0), Token(1, 0, 1));
}

static Command sendOf(size_t size) {
  std::vector<uint8_t> payload(size);
  return {.kind = Command::Kind::Send,
          .frame = wire::encode(wire::Opcode::Binary, payload)};
}

TEST(Inbox, IsBounded) {
  metrics::Counters counters;
  Inbox inbox({10000}, counters, [] {});
  EXPECT_TRUE(inbox.push(sendOf(20000))) << "the first always fits";
  EXPECT_FALSE(inbox.push(sendOf(1)));
  EXPECT_EQ(inbox.take().size(), 1u);
  EXPECT_TRUE(inbox.empty());
  EXPECT_TRUE(inbox.push(sendOf(1))) << "taking frees its room";
}

TEST(Inbox, ClosedTakesNothing) {
  metrics::Counters counters;
  Inbox inbox({10000}, counters, [] {});
  EXPECT_TRUE(inbox.push(sendOf(1)));
  EXPECT_EQ(inbox.close().size(), 1u);
  EXPECT_FALSE(inbox.push(sendOf(1)));
}

TEST(Inbox, EveryThreadKeepsItsOrder) {
  metrics::Counters counters;
  Inbox inbox({size_t(1) << 30}, counters, [] {});
  auto writer = [&](uint16_t base) {
    for (uint16_t i = 0; i < 500; ++i)
      inbox.push({.kind = Command::Kind::Close,
                  .code = static_cast<uint16_t>(base + i)});
  };
  std::thread one(writer, 0), two(writer, 1000);
  std::vector<uint16_t> low, high;
  while (low.size() + high.size() < 1000)
    for (const Command &command : inbox.take())
      (command.code < 1000 ? low : high).push_back(command.code);
  one.join();
  two.join();
  for (uint16_t i = 0; i < 500; ++i) {
    EXPECT_EQ(low[i], i);
    EXPECT_EQ(high[i], 1000 + i);
  }
}

TEST(Waiter, HandsOverTheStatus) {
  for (int i = 0; i < 100; ++i) {
    Waiter waiter;
    Status status = i % 2 ? Status::Ok : Status::TooLarge;
    std::thread other([&] { waiter.finish(status); });
    EXPECT_EQ(waiter.wait(), status);
    other.join();
  }
}
