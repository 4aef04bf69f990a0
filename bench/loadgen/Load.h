//===- Load.h - One run of the load generator -------------------*- C++ -*-===//
//
// Connects, joins, publishes for the warm-up and the measured time, drains, and
// has every delivery checked by the ledger. One thread.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_BENCH_LOADGEN_LOAD_H
#define PLUMB_BENCH_LOADGEN_LOAD_H

#include "bench/loadgen/Connection.h"
#include "bench/loadgen/Ledger.h"
#include "bench/loadgen/Options.h"

#include <functional>
#include <vector>

namespace plumb::bench {

/// What a run came to. Times and deliveries are of the measured part, faults
/// of the whole run.
struct Result {
  double seconds = 0;
  uint64_t deliveries = 0;
  double serverCpu = -1; // seconds; negative: not measured
  double ownCpu = 0;     // seconds of the load generator
  Faults faults;
};

class Load {
public:
  explicit Load(const Options &options);
  ~Load();
  /// Throws ConnectionError when the server goes away or a step takes longer
  /// than the timeout.
  Result run();

private:
  void connectAll();
  /// Sends "echo #text" on every connection and waits for all the answers: all
  /// that the server did for it before has arrived then.
  void barrier(const char *text);
  void publishAll();
  void fillWindow(unsigned member);
  /// Runs turns until `done()`; false when `seconds` passed first.
  bool turnsUntil(const std::function<bool()> &done, double seconds);
  void turn(double waitSeconds);
  void receive(unsigned member);
  void onText(unsigned member, std::string_view text);
  void wantFlush(unsigned member);
  void flushAll();

  const Options options;
  Ledger ledger;
  int epollFd = -1;
  bool publishing = false;
  unsigned barrierLeft = 0;
  std::vector<Connection> connections;
  std::vector<char> buffer;
  std::vector<unsigned> toFlush;
  std::vector<bool> flushWanted;  // by member: it is in `toFlush`
  std::vector<bool> waitsToWrite; // by member: after a short send
};

} // namespace plumb::bench

#endif // PLUMB_BENCH_LOADGEN_LOAD_H
