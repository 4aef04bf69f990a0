//===- Options.h - What the load generator is asked to do -------*- C++ -*-===//
#ifndef PLUMB_BENCH_LOADGEN_OPTIONS_H
#define PLUMB_BENCH_LOADGEN_OPTIONS_H

#include <cstdint>
#include <string>

namespace plumb::bench {

/// One run. The defaults are the first row of the broadcast table.
struct Options {
  bool echo = false; // else broadcast
  std::string host = "127.0.0.1";
  uint16_t port = 0;
  int serverPid = 0; // 0: the server's CPU time is not measured
  unsigned connections = 1000;
  unsigned room = 10;                  // members; divides `connections`
  unsigned publishers = 1;             // of each room
  unsigned window = 1;                 // messages in flight of each publisher
  unsigned payload = 64;               // bytes, at least MinPayload
  double warmup = 0.5;                 // seconds
  double seconds = 2;                  // measured
  uint64_t maxDeliveries = UINT64_MAX; // of the measured part: it ends there
  double timeout = 10;                 // seconds that anything else may take

  /// The least payload: it names its publisher and number.
  static constexpr unsigned MinPayload = 24;
};

/// Reads the command line. Prints what is wrong and ends the process with
/// status 2 when it cannot be used.
Options readOptions(int argc, char **argv);

} // namespace plumb::bench

#endif // PLUMB_BENCH_LOADGEN_OPTIONS_H
