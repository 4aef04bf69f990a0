//===- FlusherPlainTest.cpp - many plain writers in one call --------------===//

#include "FlusherTest.h"

#include <sys/socket.h>

using namespace plumb::test;

namespace {
/// Plain ones on sockets, with io_uring where the kernel lets us, else without:
/// the peers see the same.
struct PlainFlusher : FlusherTest {
  net::Loop kernel;
  Turn plainTurn{kernel, counters, {1 << 20, 1000, QueuePolicy::Disconnect}};
  Flusher plain{plainTurn};
  std::vector<base::Fd> clients;
  PlainFlusher() { plain.useIoUring(); }
  Member &addPlain(int type) {
    int ends[2];
    EXPECT_EQ(::socketpair(AF_UNIX, type | SOCK_NONBLOCK, 0, ends), 0);
    clients.emplace_back(ends[0]);
    return add(kernel, plainTurn, std::to_string(members.size()),
               net::Stream(base::Fd(ends[1]), nullptr));
  }
  std::string got(size_t index) {
    std::string all(300'000, '\0');
    ssize_t size = ::recv(clients[index].get(), all.data(), all.size(), 0);
    all.resize(static_cast<size_t>(std::max<ssize_t>(size, 0)));
    return all;
  }
};
} // namespace

TEST_F(PlainFlusher, ManyOfWhomOneIsGone) {
  constexpr size_t many = net::SendBatch::maxSends + 4;
  for (size_t i = 0; i < many; ++i)
    push(addPlain(SOCK_SEQPACKET), std::to_string(i));
  clients[5].reset();
  plain.flush(hooks);
  EXPECT_EQ(lines.size(), many + 1);
  EXPECT_EQ(lines.back(), "broken");
  for (size_t i = 0; i < many; ++i) {
    EXPECT_EQ(members[i]->isBroken(), i == 5);
    if (i != 5)
      EXPECT_EQ(got(i), encoded({std::to_string(i)}));
  }
}

TEST_F(PlainFlusher, SharedBytes) {
  constexpr size_t many = net::SendBatch::maxSends + 4;
  for (size_t i = 0; i < many; ++i)
    addPlain(SOCK_SEQPACKET);
  auto chunk = chunkOf(encoded({"x"}));
  for (auto &member : members)
    plain.sendShared(*member, chunk, 0, true);
  plain.submitShared([](Writer &) { ADD_FAILURE() << "nobody is slow"; });
  for (size_t i = 0; i < many; ++i)
    EXPECT_EQ(got(i), encoded({"x"}));
}

/// What the batch has not of a queue is sent behind it, in the same turn.
TEST_F(PlainFlusher, LargeQueuesAreSentWhole) {
  std::string large(30'000, 'l');
  for (int i = 0; i < 3; ++i) {
    Member &member = addPlain(SOCK_STREAM);
    for (std::string_view text : {"1", large.c_str(), "2", large.c_str(), "3"})
      push(member, text);
  }
  plain.flush(hooks);
  for (size_t i = 0; i < 3; ++i)
    EXPECT_EQ(got(i), encoded({"1", large, "2", large, "3"}));
}
