//===- Clients.h - All connections of a run, and their loop -----*- C++ -*-===//
//
// Opens the connections, and turns an epoll loop over them: a turn reads what
// has come, then sends once on every connection that has something queued. One
// thread.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_BENCH_LOADGEN_CLIENTS_H
#define PLUMB_BENCH_LOADGEN_CLIENTS_H

#include "bench/loadgen/Connection.h"
#include "bench/loadgen/Histogram.h"

#include <functional>
#include <map>
#include <vector>

namespace plumb::bench {

/// Seconds of a clock that only goes forward.
double now();

class Clients {
public:
  explicit Clients(const Options &options);
  ~Clients();

  /// What is called for every text message but a barrier's.
  std::function<void(unsigned member, std::string_view text)> onText;

  /// Opens the first `count` connections, at the ramp's rate if there is one;
  /// those that are open are served meanwhile. Throws ConnectionError.
  void open(unsigned count);
  /// Closes the connection, without a closing handshake.
  void close(unsigned member) { connections[member].close(); }
  bool isOpen(unsigned member) const {
    return connections[member].descriptor() >= 0;
  }

  void queueText(unsigned member, std::string_view first,
                 std::string_view second);
  /// Sends what is queued. `turn` does so too.
  void flush();
  /// Waits at most so long for something to come, reads and sends.
  void turn(double waitSeconds);
  /// Runs turns until `done()`; false when `seconds` passed first.
  bool turnsUntil(const std::function<bool()> &done, double seconds);
  /// Sends "echo #text" on every open connection and waits for all the answers:
  /// all that the server did for it before has arrived then. Throws
  /// ConnectionError after the timeout.
  void barrier(const char *text);

  Shared &shared() { return common; }
  /// From when a connection was due to be opened until it was.
  const Histogram &connectTimes() const { return connectTime; }
  /// Refused connections by HTTP status (0: closed), if they are allowed.
  const std::map<int, unsigned> &refused() const { return refusals; }

private:
  void finishOpening(unsigned member, double due);
  void receive(unsigned member);
  void wantFlush(unsigned member);
  void watch(unsigned member, int operation, bool forWriting);

  const Options &options;
  Shared common;
  int epollFd = -1;
  unsigned barrierLeft = 0;
  std::vector<Connection> connections;
  std::vector<unsigned> toFlush;
  std::vector<bool> flushWanted;  // by member: it is in `toFlush`
  std::vector<bool> waitsToWrite; // by member: after a short send
  Histogram connectTime;
  std::map<int, unsigned> refusals;
};

} // namespace plumb::bench

#endif // PLUMB_BENCH_LOADGEN_CLIENTS_H
