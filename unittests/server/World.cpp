//===- World.cpp - a server, its clients and their time, in memory --------===//

#include "World.h"
#include "runtime/base/Number.h"
#include "runtime/net/Stop.h"
#include "runtime/server/ProgramCalls.h"
#include "runtime/server/ShardRegistry.h"

#include <algorithm>
#include <atomic>
#include <gtest/gtest.h>

namespace plumb::test {

using namespace rt;
using rooms::Status;
using rooms::Token;
using server::Connection;
using server::ProgramCalls;
using server::Shard;

static std::span<const uint8_t> bytesOf(std::string_view text) {
  return {reinterpret_cast<const uint8_t *>(text.data()), text.size()};
}

World::World(const server::Options &given, unsigned count, uint64_t seed)
    : net(seed), options(given) {
  static std::atomic<uint64_t> worlds{0};
  prefix = ++worlds;
  net.shuffles = true;
  EXPECT_EQ(state.readLists(), Status::Ok);
  for (unsigned i = 0; i < count; ++i) {
    auto poller = net.makePoller();
    pollers.push_back(poller.get());
    auto shard = std::make_shared<Shard>(
        state, std::vector<server::ShardSocket>(), std::move(poller));
    EXPECT_TRUE(server::ShardRegistry::add(shard));
    shards.push_back(std::move(shard));
    ended.push_back(false);
  }
  state.serving = true;
}

World::~World() {
  for (const std::shared_ptr<Shard> &shard : shards)
    server::ShardRegistry::remove(*shard);
}

std::string World::room(unsigned number) const {
  return std::to_string(prefix) + "." + std::to_string(number);
}

//===----------------------------------------------------------------------===//
// The world goes on
//===----------------------------------------------------------------------===//

Peer &World::connect(unsigned shard) {
  MemoryNet::Connection both = net.connect();
  peers.push_back(std::make_unique<Peer>(peers.size(), shard, both.client));
  Peer &peer = *peers.back();
  peer.askToUpgrade();
  shards[shard]->adopt(rt::net::Stream(std::move(both.server)),
                       *rt::net::Address::parse("192.0.2.1", 1));
  return peer;
}

bool World::turn(unsigned number) {
  if (ended[number])
    return false;
  rt::net::Loop::Running running(shards[number]->loop);
  bool isAsked = !shards[number]->inbox.empty();
  if (!shards[number]->runTurn(true)) {
    ended[number] = true;
    shards[number]->end();
  }
  EXPECT_FALSE(isAsked && pollers[number]->slept())
      << "shard " << number << " was not woken";
  return !ended[number];
}

void World::settle() {
  for (bool goesOn = true; goesOn;) {
    goesOn = false;
    for (unsigned i = 0; i < shards.size(); ++i) {
      bool ready = pollers[i]->isReady() || pollers[i]->now() < net.until;
      goesOn |= !ended[i] && ready;
      turn(i);
    }
  }
  // What a turn has left for the next is not the poller's to say.
  for (unsigned i = 0; i < shards.size(); ++i)
    turn(i);
}

void World::pass(int64_t milliseconds) {
  net.until += milliseconds;
  settle();
}

void World::stop() {
  stopping = true;
  rt::net::requestStop();
}

void World::end() {
  for (const auto &peer : peers)
    if (!peer->isLost)
      peer->answers = true, peer->link->room = SIZE_MAX;
  for (int round = 0; round < 8; ++round) {
    settle();
    for (const auto &peer : peers)
      peer->read();
    if (round == 2)
      for (const auto &peer : peers)
        peer->close(1000);
    if (round == 4)
      for (const auto &peer : peers)
        peer->finish();
  }
  settle();
  for (const auto &peer : peers)
    EXPECT_TRUE(peer->link->serverClosed) << "client " << peer->id;
}

//===----------------------------------------------------------------------===//
// The program
//===----------------------------------------------------------------------===//

Peer *World::find(Token token) {
  auto found = byToken.find(token.value());
  return found == byToken.end() ? nullptr : found->second;
}

bool World::onConnect(Token token) {
  ++calls;
  std::string path;
  EXPECT_TRUE(ProgramCalls::read(token, [&](const Connection &connection) {
    path = connection.request().path();
  }));
  Peer &peer = *peers.at(*base::parseNumber<size_t>(path.substr(1)));
  EXPECT_FALSE(peer.accepted);
  EXPECT_TRUE(byToken.emplace(token.value(), &peer).second)
      << "a token is given twice";
  peer.token = token;
  peer.accepted = true;
  return true;
}

void World::onText(Token token, std::span<uint8_t> message) {
  ++calls;
  Peer *peer = find(token);
  ASSERT_TRUE(peer && !peer->isClosed);
  std::string_view commands(reinterpret_cast<const char *>(message.data()),
                            message.size());
  while (!commands.empty()) {
    size_t end = std::min(commands.find(';'), commands.size());
    obey(*peer, commands.substr(0, end));
    commands.remove_prefix(std::min(end + 1, commands.size()));
  }
}

/// A letter and a number: "j3" joins room 3.
void World::obey(Peer &peer, std::string_view command) {
  unsigned number = base::parseNumber<unsigned>(command.substr(1)).value_or(0);
  bool goes = !peer.leaving && !stopping && !slow;
  auto expectOk = [&](Status status) {
    if (goes)
      EXPECT_EQ(status, Status::Ok) << command;
    return status == Status::Ok;
  };
  switch (command[0]) {
  case 'j':
    if (expectOk(ProgramCalls::join(peer.token, room(number))))
      peer.rooms.insert(number);
    break;
  case 'l':
    if (expectOk(ProgramCalls::leave(peer.token, room(number))))
      peer.rooms.erase(number);
    break;
  case 'b':
    broadcast(number, 0);
    break;
  case 'B':
    broadcast(number, 1 + net.random() % 9000);
    break;
  case 's':
    sendTo(*peers[number % peers.size()], "from " + std::to_string(peer.id), 0);
    break;
  case 'c':
    if (expectOk(ProgramCalls::close(peer.token, static_cast<uint16_t>(number),
                                     ""))) {
      peer.rooms.clear();
      peer.leaving = true;
    }
    break;
  case 'C': {
    // Of another shard, it leaves its rooms when that gets to it.
    Peer &other = *peers[number % peers.size()];
    if (other.accepted &&
        ProgramCalls::close(other.token, 4000, "") == Status::Ok) {
      other.leaving = true;
      if (other.shard == peer.shard)
        other.rooms.clear();
    }
    break;
  }
  default:
    break;
  }
}

void World::onClose(Token token, uint16_t code, std::string_view reason) {
  ++calls;
  Peer *peer = find(token);
  ASSERT_TRUE(peer);
  ++peer->closes;
  peer->isClosed = true;
  peer->closeCode = code;
  peer->closeReason = reason;
  peer->rooms.clear();
  for (unsigned i = 0; i < 4; ++i)
    EXPECT_NE(ProgramCalls::join(token, room(i)), Status::Ok) << "it is closed";
  EXPECT_NE(ProgramCalls::send(token, wire::Opcode::Text, bytesOf("late")),
            Status::Ok);
}

void World::onDrained(Token token) {
  ++calls;
  Peer *peer = find(token);
  ASSERT_TRUE(peer && !peer->isClosed);
  ++peer->drained;
}

void World::broadcast(unsigned number, size_t size) {
  std::string source = "room " + std::to_string(number);
  std::string text = source + ":" + std::to_string(++messages);
  text.append(size, 'x');
  for (const auto &peer : peers)
    if (peer->rooms.contains(number))
      peer->expected[source].push_back(
          {text, slow || stopping || peer->leaving || peer->isLost});
  int64_t undelivered =
      ProgramCalls::broadcast(room(number), wire::Opcode::Text, bytesOf(text));
  if (!slow)
    EXPECT_EQ(undelivered, 0);
}

void World::sendTo(Peer &to, std::string_view from, size_t size) {
  std::string source(from), text = source + ":" + std::to_string(++messages);
  text.append(size, 'x');
  Status status =
      ProgramCalls::send(to.token, wire::Opcode::Text, bytesOf(text));
  if (to.isClosed || !to.accepted)
    EXPECT_EQ(status, Status::StaleHandle);
  else if (!slow && !to.leaving && !stopping)
    EXPECT_EQ(status, Status::Ok);
  if (status == Status::Ok)
    to.expected[source].push_back(
        {text, slow || stopping || to.leaving || to.isLost});
}

//===----------------------------------------------------------------------===//
// What must hold
//===----------------------------------------------------------------------===//

void World::checkCounts() {
  if (stopping || slow)
    return;
  std::map<unsigned, int64_t> min, max;
  for (const auto &peer : peers)
    for (unsigned number : peer->rooms) {
      ++max[number];
      min[number] += !peer->leaving;
    }
  for (unsigned number = 0; number < 4; ++number) {
    int64_t count = ProgramCalls::memberCount(room(number));
    EXPECT_LE(min[number], count) << "room " << number;
    EXPECT_GE(max[number], count) << "room " << number;
  }
}

/// What came from each source is what was to come, in its order; what may be
/// lost may be missing, of one that is lost the end, too.
void World::checkPeer(const Peer &peer) {
  std::map<std::string, std::vector<std::string>> got;
  for (const std::string &text : peer.received)
    got[text.substr(0, text.find(':'))].push_back(text);
  for (const auto &[source, texts] : got) {
    auto found = peer.expected.find(source);
    ASSERT_TRUE(found != peer.expected.end())
        << "client " << peer.id << " got " << texts.front()
        << ", which was not for it";
    size_t at = 0;
    const std::vector<Expected> &all = found->second;
    for (const std::string &text : texts) {
      while (at < all.size() && all[at].text != text && all[at].maybe)
        ++at;
      ASSERT_TRUE(at < all.size() && all[at].text == text)
          << "client " << peer.id << " got " << text.substr(0, 40) << " where "
          << (at < all.size() ? all[at].text.substr(0, 40) : "nothing")
          << " was to come";
      ++at;
    }
  }
  if (peer.isLost)
    return;
  for (const auto &[source, all] : peer.expected) {
    size_t sure = std::ranges::count(all, false, &Expected::maybe);
    EXPECT_GE(got[source].size(), sure)
        << "client " << peer.id << " lacks messages of " << source;
  }
}

void World::check() {
  for (const auto &peer : peers) {
    EXPECT_EQ(peer->closes, peer->accepted ? 1u : 0u)
        << "on_close of client " << peer->id;
    checkPeer(*peer);
    if (peer->accepted)
      EXPECT_EQ(
          ProgramCalls::send(peer->token, wire::Opcode::Text, bytesOf("late")),
          Status::StaleHandle);
  }
  for (unsigned number = 0; number < 4; ++number)
    EXPECT_EQ(ProgramCalls::memberCount(room(number)), 0);
}

} // namespace plumb::test
