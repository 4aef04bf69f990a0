//===- Main.cpp - plumb-loadgen, a load generator that checks -------------===//
//
// Speaks to a server with the load target's commands (see bench/README.md) and
// holds it to every delivery.
//
//===----------------------------------------------------------------------===//

#include "bench/loadgen/Idle.h"
#include "bench/loadgen/Joins.h"
#include "bench/loadgen/Traffic.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstdio>
#include <exception>

using namespace plumb::bench;

static void describe(const Options &options, Json &json) {
  json.text("mode", name(options.mode))
      .count("connections", options.connections)
      .raw("tls", options.tls ? "true" : "false")
      .raw("deflate", options.deflate != Deflate::Off ? "true" : "false");
  if (options.mode == Mode::Join)
    json.count("room", options.room).count("rooms_each", options.roomsEach);
  if (options.mode == Mode::Broadcast || options.mode == Mode::Echo)
    json.count("room", options.room)
        .count("publishers", options.publishers)
        .count("window", options.window)
        .count("payload", options.payload);
}

static bool run(const Options &options, Json &json) {
  switch (options.mode) {
  case Mode::Idle:
    return runIdle(options, json);
  case Mode::Join:
    return runJoins(options, json);
  default:
    return Traffic(options).run(json);
  }
}

int main(int argc, char **argv) {
  Options options = readOptions(argc, argv);
  rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  // Timers wait up to 50 us longer otherwise: an open loop would be late.
  prctl(PR_SET_TIMERSLACK, 1);
  try {
    Json json;
    describe(options, json);
    bool right = run(options, json);
    printf("%s\n", json.object().c_str());
    return right ? 0 : 1;
  } catch (const std::exception &error) {
    fprintf(stderr, "plumb-loadgen: %s\n", error.what());
    return 2;
  }
}
