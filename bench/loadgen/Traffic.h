//===- Traffic.h - Broadcast and echo, checked ------------------*- C++ -*-===//
//
// Connects, joins, publishes for the warm-up and the measured time, drains, and
// has every delivery checked by the ledger. A closed loop publishes when a
// message is complete; an open loop when one is due. One thread.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_BENCH_LOADGEN_TRAFFIC_H
#define PLUMB_BENCH_LOADGEN_TRAFFIC_H

#include "bench/loadgen/Clients.h"
#include "bench/loadgen/Json.h"
#include "bench/loadgen/Ledger.h"
#include "bench/loadgen/Pace.h"

#include <deque>
#include <vector>

namespace plumb::bench {

class Traffic {
public:
  explicit Traffic(const Options &options);
  /// Runs it and adds what came of it to `json`. Returns true when every
  /// delivery was right and there was one. Throws ConnectionError when the
  /// server goes away or a step takes longer than the timeout.
  bool run(Json &json);

private:
  void joinRooms();
  void publish(unsigned member, double due);
  void fillWindow(unsigned member);
  void publishDue(unsigned member);
  void onText(unsigned member, std::string_view text);
  void completed(const Ledger::Complete &message);
  unsigned publisherMember(uint64_t turn) const;
  /// Publishes for so long, or until there were so many deliveries.
  void runFor(double seconds, uint64_t maxDeliveries);
  void runOpen(double seconds);
  void measure(Json &json);
  void report(Json &json);

  const Options &options;
  Clients clients;
  Ledger ledger;
  Faults faults;
  bool publishing = false;
  double measureBegin = 0, measureEnd = 0;
  // Open loop.
  Pace pace;
  uint64_t published = 0, heldBack = 0;
  std::vector<std::deque<double>> waiting; // by member: due, window full
  Histogram latency, lateness;
  std::vector<Histogram> steps; // tenths of the time, when the rate grows
};

} // namespace plumb::bench

#endif // PLUMB_BENCH_LOADGEN_TRAFFIC_H
