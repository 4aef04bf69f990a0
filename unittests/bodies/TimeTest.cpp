//===- TimeTest.cpp - timers and the clock --------------------------------===//

#include "Support.h"

using namespace plumb::test;

namespace {
struct Fired {
  int64_t data;
  std::thread::id thread;
};
void record(int64_t data, void *env) {
  static_cast<Channel<Fired> *>(env)->push({data, std::this_thread::get_id()});
}
} // namespace

TEST(Time, Now) {
  auto before = std::chrono::system_clock::now();
  int64_t now = plumb_time_now();
  auto after = std::chrono::system_clock::now();
  auto milliseconds = [](auto time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               time.time_since_epoch())
        .count();
  };
  EXPECT_GE(now, milliseconds(before));
  EXPECT_LE(now, milliseconds(after));
}

TEST(Time, WrongArguments) {
  EXPECT_EQ(plumb_time_after(-1, 0, record, nullptr), nullptr);
  EXPECT_EQ(plumb_time_every(0, 0, record, nullptr), nullptr);
  EXPECT_EQ(plumb_time_every(-1, 0, record, nullptr), nullptr);
  EXPECT_EQ(plumb_time_after(0, 0, nullptr, nullptr), nullptr);
  EXPECT_EQ(plumb_time_cancel(nullptr), PLUMB_ERR_STALE_HANDLE);
}

TEST(Time, RunEndsWithTheLastTimer) {
  EXPECT_EQ(plumb_time_run(), 0) << "none at all";
  Channel<Fired> fired;
  plumb_time_after(20, 3, record, &fired);
  plumb_time_after(0, 1, record, &fired);
  plumb_time_after(10, 2, record, &fired);
  plumb_time_timer cancelled = plumb_time_after(5, 9, record, &fired);
  EXPECT_EQ(plumb_time_cancel(cancelled), 0);
  EXPECT_EQ(plumb_time_cancel(cancelled), PLUMB_ERR_STALE_HANDLE);
  EXPECT_EQ(plumb_time_run(), 0);
  ASSERT_EQ(fired.size(), 3u);
  for (int64_t expected : {1, 2, 3})
    EXPECT_EQ(fired.pop()->data, expected);
}

TEST(Time, TextsOfTheCallerOutliveTheLoop) {
  const plumb_str *before = plumb_str_from_int(12345);
  plumb_time_after(
      0, 0,
      [](int64_t, void *) {
        for (int i = 0; i < 1000; ++i)
          plumb_str_concat(Text("fill"), Text("the arena"));
      },
      nullptr);
  EXPECT_EQ(plumb_time_run(), 0);
  plumb_str_from_int(67890);
  EXPECT_EQ(text(before), "12345");
}

namespace {
struct Ticker {
  plumb_time_timer timer = nullptr;
  int ticks = 0;
};
} // namespace

TEST(Time, EveryCancelsItselfInItsCallback) {
  Ticker ticker;
  ticker.timer = plumb_time_every(
      1, 7,
      [](int64_t data, void *env) {
        auto &ticker = *static_cast<Ticker *>(env);
        EXPECT_EQ(data, 7);
        if (++ticker.ticks == 3) {
          EXPECT_EQ(plumb_time_cancel(ticker.timer), 0);
        }
      },
      &ticker);
  EXPECT_EQ(plumb_time_run(), 0);
  EXPECT_EQ(ticker.ticks, 3);
}

TEST(Time, StopEndsRun) {
  plumb_time_timer endless =
      plumb_time_every(1, 0, [](int64_t, void *) { plumb_ws_stop(); }, nullptr);
  EXPECT_EQ(plumb_time_run(), 0);
  EXPECT_EQ(plumb_time_cancel(endless), 0) << "it waits for another loop";
}

TEST(Time, NotWithinACallback) {
  int64_t status = 0;
  plumb_time_after(
      0, 0,
      [](int64_t, void *env) {
        *static_cast<int64_t *>(env) = plumb_time_run();
      },
      &status);
  EXPECT_EQ(plumb_time_run(), 0);
  EXPECT_EQ(status, PLUMB_ERR_INVALID_ARGUMENT);
}

TEST(Time, TimersOfAServer) {
  for (unsigned shards : {1u, 3u}) {
    Channel<Fired> fired;
    // Made before: waits for the server.
    plumb_time_after(0, 1, record, &fired);
    Server server(Config{false, shards}, false);
    std::thread::id shard;
    server.onMessage = [&](plumb_ws_conn conn, std::string) {
      shard = std::this_thread::get_id();
      plumb_time_after(1, 2, record, &fired);
      plumb_ws_send(conn, Text("made"));
    };
    server.start();
    EXPECT_EQ(fired.pop()->data, 1);
    Client a(server);
    EXPECT_EQ(a.ask("go"), "made");
    auto inCallback = fired.pop();
    EXPECT_EQ(inCallback->data, 2);
    EXPECT_EQ(inCallback->thread, shard) << "fires where it was made";
    plumb_time_after(1, 3, record, &fired); // By a thread that is no shard.
    EXPECT_EQ(fired.pop()->data, 3);
  }
}
