//===- Main.cpp - plumb-loadgen, a load generator that checks -------------===//
//
// Speaks to a server with the load target's three commands (`join`, `say`,
// `echo`; see examples/loadtarget.mlir) and holds it to every delivery.
//
//===----------------------------------------------------------------------===//

#include "bench/loadgen/Load.h"

#include <sys/resource.h>

#include <cstdio>
#include <exception>

using namespace plumb::bench;

static void printJson(const Options &options, const Result &result) {
  printf("{\"mode\": \"%s\", \"connections\": %u, \"room\": %u, "
         "\"publishers\": %u, \"window\": %u, \"payload\": %u, "
         "\"seconds\": %.3f, \"deliveries\": %llu, "
         "\"deliveries_per_second\": %.0f, ",
         options.echo ? "echo" : "broadcast", options.connections, options.room,
         options.publishers, options.window, options.payload, result.seconds,
         static_cast<unsigned long long>(result.deliveries),
         double(result.deliveries) / result.seconds);
  if (result.serverCpu >= 0 && result.deliveries)
    printf("\"server_cpu_us_per_delivery\": %.4f, \"server_cores\": %.3f, ",
           result.serverCpu * 1e6 / double(result.deliveries),
           result.serverCpu / result.seconds);
  const Faults &faults = result.faults;
  printf(
      "\"own_cores\": %.3f, \"lost\": %llu, \"doubled\": %llu, "
      "\"reordered\": %llu, \"altered\": %llu, \"disordered_rooms\": %llu}\n",
      result.ownCpu / result.seconds,
      static_cast<unsigned long long>(faults.lost),
      static_cast<unsigned long long>(faults.doubled),
      static_cast<unsigned long long>(faults.reordered),
      static_cast<unsigned long long>(faults.altered),
      static_cast<unsigned long long>(faults.disorderedRooms));
}

int main(int argc, char **argv) {
  Options options = readOptions(argc, argv);
  rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  try {
    Result result = Load(options).run();
    printJson(options, result);
    return result.faults.sum() || !result.deliveries ? 1 : 0;
  } catch (const std::exception &error) {
    fprintf(stderr, "plumb-loadgen: %s\n", error.what());
    return 2;
  }
}
