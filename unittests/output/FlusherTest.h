//===- FlusherTest.h - a flusher with its writers ---------------*- C++ -*-===//
//
// The flusher, a turn and writers, and no connection or room. Plain writers are
// over memory, which tells in what order it was written to.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_UNITTESTS_OUTPUT_FLUSHERTEST_H
#define PLUMB_UNITTESTS_OUTPUT_FLUSHERTEST_H

#include "../net/Memory.h"
#include "runtime/output/Flusher.h"

#include <functional>
#include <gtest/gtest.h>

namespace plumb::test {

using namespace rt;
using namespace rt::output;
using Lines = std::vector<std::string>;

struct Member final : Writer {
  using Writer::Writer;
  void onEvents(uint32_t) override {}
  std::string name;
};

/// Tells who is written to, in the order of the calls.
class Told final : public net::Transport {
public:
  Told(std::unique_ptr<net::Transport> to, std::string name, Lines &lines)
      : to(std::move(to)), name(std::move(name)), lines(lines) {}
  int number() const noexcept override { return to->number(); }
  net::IoResult read(std::span<uint8_t> into) noexcept override {
    return to->read(into);
  }
  net::IoResult write(std::span<const uint8_t> bytes) noexcept override {
    lines.push_back("write " + name);
    return to->write(bytes);
  }
  void finishWriting() noexcept override { to->finishWriting(); }
  size_t untaken() const noexcept override { return to->untaken(); }
  uint64_t readersMark() const noexcept override { return to->readersMark(); }

private:
  std::unique_ptr<net::Transport> to;
  std::string name;
  Lines &lines;
};

struct FlusherTest : testing::Test {
  /// The turn's user: writes down what it is called for.
  struct Hooks {
    FlusherTest &test;
    std::function<void()> onSend = [] {}, onBroken = [] {};
    std::function<void(Member &)> onOne = [](Member &) {},
                                  onEmpty = [](Member &) {};
    bool more = false;
    bool hasOutput() const { return more; }
    void send() { onSend(); }
    void onFlushed(Writer &writer) {
      auto &member = static_cast<Member &>(writer);
      test.lines.push_back("flushed " + member.name);
      onOne(member);
    }
    void onEmptied(Writer &writer) {
      auto &member = static_cast<Member &>(writer);
      test.lines.push_back("emptied " + member.name);
      onEmpty(member);
    }
    void endBroken() {
      test.lines.push_back("broken");
      onBroken();
    }
  };

  /// A plain one.
  Member &add(const std::string &name) {
    MemoryNet::Connection both = net.connect();
    links.push_back(both.client);
    return add(loop, turn, name,
               net::Stream(std::make_unique<Told>(std::move(both.server), name,
                                                  lines)));
  }
  Member &add(net::Loop &, Turn &turn, const std::string &name,
              net::Stream stream) {
    members.push_back(std::make_unique<Member>(turn, std::move(stream)));
    members.back()->name = name;
    EXPECT_TRUE(members.back()->watch());
    return *members.back();
  }
  void TearDown() override { dropMembers(); }
  /// Before the loop that watches them goes.
  void dropMembers() {
    for (auto &member : members)
      member->close();
    members.clear();
  }

  static wire::FrameRef frame(std::string_view text) {
    return wire::encode(wire::Opcode::Text, base::asBytes(text));
  }
  static std::string encoded(std::initializer_list<std::string_view> texts) {
    std::string all;
    for (std::string_view text : texts) {
      wire::FrameRef one = frame(text);
      all.append(one.bytes().begin(), one.bytes().end());
    }
    return all;
  }
  static void push(Member &to, std::string_view text) {
    ASSERT_EQ(to.push(frame(text)), Pushed::Queued);
  }
  static std::shared_ptr<wire::Bytes> chunkOf(std::string_view bytes) {
    return std::make_shared<wire::Bytes>(bytes.begin(), bytes.end());
  }
  void flush() { flusher.flush(hooks); }
  Lines story() { return std::exchange(lines, {}); }

  MemoryNet net;
  net::Loop loop{net.makePoller()};
  metrics::Counters counters;
  Turn turn{loop, counters, {1 << 20, 1000, QueuePolicy::Disconnect}};
  Flusher flusher{turn};
  Lines lines;
  Hooks hooks{*this};
  std::vector<std::shared_ptr<MemoryLink>> links;
  std::vector<std::unique_ptr<Member>> members;
};

} // namespace plumb::test

#endif // PLUMB_UNITTESTS_OUTPUT_FLUSHERTEST_H
