//===- LocalRoomsTest.cpp - rooms, without a socket -----------------------===//

#include "runtime/rooms/LocalRooms.h"
#include "runtime/base/Utf8.h"

#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>
#include <string>

using namespace plumb::rt;
using namespace plumb::rt::rooms;

namespace {

/// A member that keeps what it is given.
struct Peer : Subscriber {
  std::string given; ///< frames' payloads, a letter each
  size_t capacity = SIZE_MAX;
  bool full = false; ///< it was ended
};

std::string payloads(std::span<const uint8_t> frames) {
  std::string all;
  for (size_t at = 0; at < frames.size(); at += 2u + frames[at + 1])
    all.append(frames.begin() + ptrdiff_t(at) + 2,
               frames.begin() + ptrdiff_t(at) + 2 + frames[at + 1]);
  return all;
}

wire::FrameRef frameOf(std::string_view text) {
  return wire::encode(wire::Opcode::Text, base::asBytes(text));
}

/// One shard, and the sink of its rooms.
struct Shard {
  explicit Shard(Directory &directory,
                 LocalRooms::Limits limits = {1000, 100, 1 << 20})
      : rooms(directory, inbox, counters, deflater, limits) {}

  static Peer &of(Subscriber &who) { return static_cast<Peer &>(who); }

  // The sink.
  Given give(Subscriber &who, const wire::FrameRef &frame) {
    rooms.settle(who, *this);
    if (of(who).given.size() >= of(who).capacity)
      return disconnects ? Given::Full : Given::Dropped;
    of(who).given += payloads(frame.bytes());
    return Given::Queued;
  }
  void keep(Subscriber &who, wire::SharedBytes chunk, size_t begin,
            size_t end) {
    of(who).given += payloads(std::span(*chunk).subspan(begin, end - begin));
  }
  void overflow(Subscriber &who) {
    of(who).full = true;
    rooms.leaveAll(who);
  }
  auto sender() {
    return [this](Subscriber &who, const std::shared_ptr<wire::Bytes> &chunk,
                  size_t from) {
      ++sends;
      of(who).given += payloads(std::span(*chunk).subspan(from));
    };
  }
  auto slower() {
    return [this] {
      for (Peer *peer : slow)
        rooms.unshare(*peer);
      slow.clear();
    };
  }
  void sendChunks(std::span<const std::shared_ptr<RoomPart>> parts) {
    rooms.sendChunks(parts, sender(), [](Subscriber &) {}, slower());
  }

  void endTurn(std::initializer_list<Peer *> sharing = {}) {
    rooms.sendAllChunks(sender(), [](Subscriber &) {}, slower());
    for (Peer *peer : sharing)
      rooms.share(*peer);
  }

  /// As ws.broadcast does.
  int64_t say(std::string_view room, std::string_view text,
              Subscriber *skip = nullptr) {
    if (RoomPart *last = rooms.lastNamed(room);
        last && rooms.sharesAll(*last, text.size()))
      if (uint64_t sequence = Directory::publishAlone(*last)) {
        ++shortWays;
        rooms.deliverShared(*last, wire::Opcode::Text, base::asBytes(text),
                            skip, sequence, *this);
        return 0;
      }
    wire::FrameRef frame = frameOf(text);
    Published published = directory().publish(
        room, &inbox, rooms.lastNamed(room), frame, Token());
    if (!published.own)
      return published.undelivered;
    rooms.remember(*published.own);
    carryOut(std::move(published.before));
    return published.undelivered + rooms.deliver(*published.own, frame, skip,
                                                 published.sequence, *this);
  }
  void carryOut(std::vector<Command> &&commands) {
    for (Command &one : commands)
      rooms.deliver(*one.part, one.frame, nullptr, one.sequence, *this);
  }
  bool join(Peer &peer, std::string_view room) {
    return rooms.join(peer, room) == LocalRooms::Joined::Now;
  }
  bool leave(Peer &peer, std::string_view room) {
    return rooms.leave(peer, room, *this);
  }
  uint64_t count(metrics::Series series) { return counters.read(series); }
  Directory &directory() { return *known; }

  Directory *known = nullptr;
  metrics::Counters counters;
  Inbox inbox{{1 << 20, 1000}, counters, [] {}};
  wire::Deflater deflater{6, 1};
  LocalRooms rooms;
  std::vector<Peer *> slow;
  bool disconnects = true;
  int sends = 0, shortWays = 0;
};

struct LocalRoomsTest : testing::Test {
  LocalRoomsTest() { one.known = other.known = &directory; }
  Directory directory;
  Shard one{directory}, other{directory};
  Peer ann, bob, cid;
};

} // namespace

TEST_F(LocalRoomsTest, JoinIsIdempotentAndCounted) {
  EXPECT_TRUE(one.join(ann, "a"));
  EXPECT_EQ(one.rooms.join(ann, "a"), LocalRooms::Joined::Already);
  EXPECT_TRUE(one.join(bob, "a"));
  EXPECT_EQ(directory.memberCount("a"), 2);
  EXPECT_EQ(one.count(metrics::Series::Memberships), 2u);
  EXPECT_TRUE(one.leave(ann, "a"));
  EXPECT_FALSE(one.leave(ann, "a"));
  one.rooms.leaveAll(bob);
  EXPECT_EQ(directory.memberCount("a"), 0);
  EXPECT_EQ(directory.roomCount(), 0u);
  EXPECT_EQ(one.count(metrics::Series::Memberships), 0u);
}

TEST_F(LocalRoomsTest, NamesOfRoomsHaveALimit) {
  Shard small(directory, {1000, 100, 1000});
  small.known = &directory;
  EXPECT_TRUE(small.join(ann, "a"));
  EXPECT_TRUE(small.join(ann, "b"));
  EXPECT_EQ(small.rooms.join(ann, "c"), LocalRooms::Joined::TooMany);
  EXPECT_EQ(small.rooms.join(ann, "a"), LocalRooms::Joined::Already);
  EXPECT_TRUE(small.leave(ann, "a"));
  EXPECT_TRUE(small.join(ann, "c"));
  EXPECT_EQ(directory.memberCount("c"), 1);
  small.rooms.leaveAll(ann);
}

TEST_F(LocalRoomsTest, MembersGetWhatIsSaidWhileTheyAreThere) {
  one.join(ann, "a");
  one.say("a", "1");
  one.join(bob, "a");
  one.say("a", "2");
  one.leave(ann, "a");
  one.say("a", "3");
  one.endTurn();
  EXPECT_EQ(ann.given, "12");
  EXPECT_EQ(bob.given, "23");
  one.rooms.leaveAll(bob);
}

TEST_F(LocalRoomsTest, SharingMembersGetOneChunkATurn) {
  one.join(ann, "a");
  one.join(bob, "a");
  one.endTurn({&ann, &bob});
  EXPECT_TRUE(ann.shares() && bob.shares());
  for (const char *text : {"1", "2", "3"})
    one.say("a", text);
  EXPECT_EQ(ann.given, "") << "before the turn ends nothing goes out";
  EXPECT_EQ(one.shortWays, 2) << "all but the first, which finds the room";
  one.endTurn();
  EXPECT_EQ(ann.given, "123");
  EXPECT_EQ(bob.given, "123");
  EXPECT_EQ(one.sends, 2) << "one for each member";
  EXPECT_EQ(one.count(metrics::Series::Broadcasts), 3u);
  EXPECT_EQ(one.count(metrics::Series::MessagesSent), 6u);
  one.rooms.leaveAll(ann);
  one.rooms.leaveAll(bob);
}

TEST_F(LocalRoomsTest, WhoIsLeftOutMissesThatOnly) {
  one.join(ann, "a");
  one.join(bob, "a");
  one.say("a", "1", &ann);
  one.endTurn({&ann, &bob});
  one.say("a", "2", &bob);
  one.say("a", "3", &ann);
  one.say("a", "4");
  one.endTurn();
  EXPECT_EQ(ann.given, "24");
  EXPECT_EQ(bob.given, "134");
  one.rooms.leaveAll(ann);
  one.rooms.leaveAll(bob);
}

TEST_F(LocalRoomsTest, WhatIsGivenToOneKeepsItsPlace) {
  one.join(ann, "a");
  one.endTurn({&ann});
  one.say("a", "1");
  one.give(ann, frameOf("x"));
  one.say("a", "2");
  one.give(ann, frameOf("y"));
  EXPECT_EQ(ann.given, "1x2y");
  one.say("a", "3");
  one.endTurn();
  EXPECT_EQ(ann.given, "1x2y3");
  one.rooms.leaveAll(ann);
}

TEST_F(LocalRoomsTest, WhoLeavesGetsWhatWasSaidBefore) {
  one.join(ann, "a");
  one.endTurn({&ann});
  one.say("a", "1");
  one.leave(ann, "a");
  one.endTurn();
  EXPECT_EQ(ann.given, "1");
}

TEST_F(LocalRoomsTest, ASlowMemberGoesOnByItself) {
  one.join(ann, "a");
  one.join(bob, "a");
  one.endTurn({&ann, &bob});
  one.say("a", "1");
  one.slow = {&ann};
  one.endTurn();
  EXPECT_FALSE(ann.shares());
  EXPECT_TRUE(bob.shares());
  one.say("a", "2");
  EXPECT_EQ(ann.given, "12") << "its own queue has it at once";
  EXPECT_EQ(bob.given, "1");
  one.endTurn({&ann});
  EXPECT_TRUE(ann.shares());
  EXPECT_EQ(bob.given, "12");
  one.rooms.leaveAll(ann);
  one.rooms.leaveAll(bob);
}

TEST_F(LocalRoomsTest, FullQueuesAreEndedOrLoseTheMessage) {
  one.join(ann, "a");
  one.join(bob, "a");
  ann.capacity = 0;
  EXPECT_EQ(one.say("a", "1"), 1);
  EXPECT_TRUE(ann.full);
  EXPECT_FALSE(ann.inRooms());
  EXPECT_EQ(bob.given, "1");
  one.disconnects = false;
  bob.capacity = 1;
  EXPECT_EQ(one.say("a", "2"), 1);
  EXPECT_FALSE(bob.full);
  EXPECT_TRUE(bob.inRooms());
  one.rooms.leaveAll(bob);
}

TEST_F(LocalRoomsTest, WhatNoQueueTakesGoesToNobody) {
  one.join(ann, "a");
  one.join(bob, "a");
  EXPECT_EQ(one.say("a", std::string(2000, 'x'), &bob), 1);
  EXPECT_EQ(one.count(metrics::Series::DroppedTooLarge), 1u);
  EXPECT_EQ(ann.given + bob.given, "");
  one.rooms.leaveAll(ann);
  one.rooms.leaveAll(bob);
}

TEST_F(LocalRoomsTest, AFullChunkIsSentAmidTheTurn) {
  one.join(ann, "a");
  one.endTurn({&ann});
  for (int i = 0; i < 120; ++i)
    one.say("a", "m");
  EXPECT_EQ(ann.given.size(), 100u) << "as many as a queue takes";
  one.endTurn();
  EXPECT_EQ(ann.given.size(), 120u);
  one.rooms.leaveAll(ann);
}

TEST_F(LocalRoomsTest, OtherShardsGetOnePushEach) {
  one.join(ann, "a");
  other.join(bob, "a");
  other.join(cid, "a");
  EXPECT_EQ(one.say("a", "1"), 0);
  std::vector<Command> commands = other.inbox.take();
  ASSERT_EQ(commands.size(), 1u);
  EXPECT_EQ(bob.given, "");
  other.carryOut(std::move(commands));
  EXPECT_EQ(bob.given, "1");
  EXPECT_EQ(cid.given, "1");
  one.rooms.leaveAll(ann);
  other.rooms.leaveAll(bob);
  other.rooms.leaveAll(cid);
}

TEST_F(LocalRoomsTest, AllMembersSeeOneOrder) {
  one.join(ann, "a");
  other.join(bob, "a");
  one.say("a", "1");
  other.say("a", "2"); // Carries out what came before.
  one.say("a", "3");
  other.carryOut(other.inbox.take());
  EXPECT_EQ(ann.given, "123");
  EXPECT_EQ(bob.given, "123");
  one.rooms.leaveAll(ann);
  other.rooms.leaveAll(bob);
}

TEST_F(LocalRoomsTest, WhoJoinsDoesNotGetWhatIsInTheInbox) {
  one.join(ann, "a");
  other.join(bob, "a");
  one.say("a", "1");
  other.join(cid, "a");
  other.endTurn({&cid});
  EXPECT_FALSE(cid.shares()) << "while there may be earlier messages";
  other.carryOut(other.inbox.take());
  EXPECT_EQ(bob.given, "1");
  EXPECT_EQ(cid.given, "");
  one.say("a", "2");
  other.carryOut(other.inbox.take());
  other.endTurn({&cid});
  EXPECT_EQ(cid.given, "2");
  EXPECT_TRUE(cid.shares());
  one.rooms.leaveAll(ann);
  other.rooms.leaveAll(bob);
  other.rooms.leaveAll(cid);
}

TEST_F(LocalRoomsTest, CompressedMembersGetTheSameMessages) {
  ann.takeDeflated(true);
  one.join(ann, "a");
  one.join(bob, "a");
  std::string text(100, 'z');
  one.say("a", text);
  EXPECT_EQ(bob.given, text);
  EXPECT_FALSE(ann.given.empty());
  EXPECT_LT(ann.given.size(), text.size());
  one.rooms.leaveAll(ann);
  one.rooms.leaveAll(bob);
}

/// Memberships against a model, through all that moves records about.
TEST_F(LocalRoomsTest, RandomMembershipsStayInStep) {
  std::mt19937 random(7);
  std::vector<Peer> peers(12);
  std::vector<std::set<std::string>> in(peers.size());
  std::vector<std::string> expected(peers.size());
  for (int step = 0; step < 20000; ++step) {
    size_t who = random() % peers.size();
    std::string room(1, char('a' + random() % 24));
    switch (random() % 8) {
    case 0:
    case 1:
    case 2:
      EXPECT_EQ(one.join(peers[who], room), in[who].insert(room).second);
      break;
    case 3:
      EXPECT_EQ(one.leave(peers[who], room), in[who].erase(room) == 1);
      break;
    case 4:
      one.rooms.settle(peers[who], one); // As before a close frame.
      if (random() % 16 == 0) {
        one.rooms.leaveAll(peers[who]);
        in[who].clear();
      }
      break;
    case 5:
      if (random() % 4 == 0)
        one.slow.push_back(&peers[who]);
      one.endTurn({&peers[who]});
      break;
    default: {
      bool skips = random() % 3 == 0;
      std::string text(1, char('A' + step % 26));
      one.say(room, text, skips ? &peers[who] : nullptr);
      for (size_t i = 0; i < peers.size(); ++i)
        if (in[i].contains(room) && !(skips && i == who))
          expected[i] += text;
    }
    }
  }
  one.endTurn();
  for (size_t i = 0; i < peers.size(); ++i) {
    EXPECT_EQ(peers[i].roomCount(), in[i].size());
    EXPECT_EQ(peers[i].given, expected[i]) << i;
    one.rooms.leaveAll(peers[i]);
    EXPECT_EQ(peers[i].bytes(), 0u);
  }
  EXPECT_EQ(directory.roomCount(), 0u);
}
