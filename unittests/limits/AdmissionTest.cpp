//===- AdmissionTest.cpp - how many connections a server takes ------------===//

#include "runtime/limits/Admission.h"

#include <atomic>
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace plumb::rt;
using limits::Admission;
using Verdict = Admission::Verdict;

static net::Address address(const std::string &text, uint16_t port = 1) {
  return net::Address::parse(text, port).value();
}

TEST(Admission, Total) {
  Admission admission(2, 0);
  EXPECT_EQ(admission.admit(address("10.0.0.1")), Verdict::Admitted);
  EXPECT_EQ(admission.admit(address("10.0.0.1")), Verdict::Admitted);
  EXPECT_EQ(admission.admit(address("10.0.0.2")), Verdict::Full);
  EXPECT_EQ(admission.connections(), 2);
  admission.release(address("10.0.0.1"));
  EXPECT_EQ(admission.admit(address("10.0.0.2")), Verdict::Admitted);
}

TEST(Admission, ByAddressWhateverThePort) {
  Admission admission(100, 2);
  EXPECT_EQ(admission.admit(address("10.0.0.1", 1)), Verdict::Admitted);
  EXPECT_EQ(admission.admit(address("10.0.0.1", 2)), Verdict::Admitted);
  EXPECT_EQ(admission.admit(address("10.0.0.1", 3)), Verdict::Crowded);
  EXPECT_EQ(admission.admit(address("10.0.0.2", 1)), Verdict::Admitted);
  EXPECT_EQ(admission.connections(), 3) << "one was not";
  admission.release(address("10.0.0.1", 2));
  EXPECT_EQ(admission.admit(address("10.0.0.1", 3)), Verdict::Admitted);
}

TEST(Admission, AnIPv6NetworkIsOnePeer) {
  Admission admission(100, 1);
  EXPECT_EQ(admission.admit(address("2001:db8:0:1::1")), Verdict::Admitted);
  EXPECT_EQ(admission.admit(address("2001:db8:0:1:ffff::2")), Verdict::Crowded);
  EXPECT_EQ(admission.admit(address("2001:db8:0:2::1")), Verdict::Admitted);
  // Four bytes of one kind are not those of the other.
  EXPECT_EQ(admission.admit(address("10.0.0.0")), Verdict::Admitted);
  EXPECT_EQ(admission.admit(address("a00::")), Verdict::Admitted);
}

TEST(Admission, AddressThatIsLearntLater) {
  Admission admission(3, 1);
  EXPECT_EQ(admission.admit(), Verdict::Admitted);
  EXPECT_EQ(admission.admit(), Verdict::Admitted);
  EXPECT_TRUE(admission.admitAddress(address("10.0.0.1")));
  EXPECT_FALSE(admission.admitAddress(address("10.0.0.1")));
  EXPECT_EQ(admission.admit(address("10.0.0.1")), Verdict::Crowded);
  EXPECT_EQ(admission.connections(), 2);
  admission.releaseAddress(address("10.0.0.1"));
  EXPECT_EQ(admission.admit(address("10.0.0.1")), Verdict::Admitted);
  EXPECT_EQ(admission.admit(), Verdict::Full);
  admission.release();
  EXPECT_EQ(admission.admit(), Verdict::Admitted);
  // Without a limit by address there is nothing to count.
  Admission any(1, 0);
  EXPECT_TRUE(any.admitAddress(address("10.0.0.1")));
  EXPECT_TRUE(any.admitAddress(address("10.0.0.1")));
}

/// Never more than the limits, from any number of threads, and nothing is left
/// behind.
TEST(Admission, ExactUnderChurn) {
  Admission admission(20, 3);
  std::vector<std::atomic<int>> now(8);
  std::atomic<int> all{0};
  std::atomic<bool> wrong{false};
  auto churn = [&](unsigned seed) {
    std::mt19937 random(seed);
    std::vector<int> mine;
    for (int i = 0; i < 20000; ++i) {
      int peer = static_cast<int>(random() % now.size());
      net::Address from = address("10.0.0." + std::to_string(peer));
      if (random() % 2 && admission.admit(from) == Verdict::Admitted) {
        wrong = wrong || ++now[peer] > 3 || ++all > 20;
        mine.push_back(peer);
      } else if (!mine.empty()) {
        peer = mine.back();
        mine.pop_back();
        --now[peer];
        --all;
        admission.release(address("10.0.0." + std::to_string(peer)));
      }
    }
    for (int peer : mine) {
      --now[peer];
      --all;
      admission.release(address("10.0.0." + std::to_string(peer)));
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < 4; ++i)
    threads.emplace_back(churn, i + 1);
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_FALSE(wrong);
  EXPECT_EQ(admission.connections(), 0);
  for (int peer = 0; peer < 8; ++peer)
    for (int i = 0; i < 2; ++i)
      EXPECT_EQ(admission.admit(address("10.0.0." + std::to_string(peer))),
                Verdict::Admitted);
}
