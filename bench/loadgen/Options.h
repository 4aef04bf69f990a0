//===- Options.h - What the load generator is asked to do -------*- C++ -*-===//
#ifndef PLUMB_BENCH_LOADGEN_OPTIONS_H
#define PLUMB_BENCH_LOADGEN_OPTIONS_H

#include <cstdint>
#include <string>

namespace plumb::bench {

enum class Mode { Broadcast, Echo, Idle, Join };

/// What is offered in the handshake (RFC 7692).
enum class Deflate { Off, NoContext, Context };

/// One run. The defaults are the first row of the broadcast table.
struct Options {
  Mode mode = Mode::Broadcast;
  std::string host = "127.0.0.1";
  uint16_t port = 0;
  int serverPid = 0; // 0: the server's CPU time is not measured

  bool tls = false;
  std::string authority; // PEM file; empty: any certificate will do
  Deflate deflate = Deflate::Off;
  bool compressSent = false;

  unsigned connections = 1000;
  double ramp = 0;        // connections opened a second; 0: at once
  unsigned addresses = 0; // own addresses; 0: as many as the ports need
  bool allowRefusals = false;

  unsigned room = 10;                  // members; divides `connections`
  unsigned publishers = 1;             // of each room
  unsigned window = 1;                 // messages in flight of each publisher
  unsigned payload = 64;               // bytes, at least minPayload
  unsigned roomsEach = 10;             // join mode: rooms of a connection
  double warmup = 0.5;                 // seconds
  double seconds = 2;                  // measured
  uint64_t maxDeliveries = UINT64_MAX; // of the measured part: it ends there
  double rateFrom = 0, rateTo = 0;     // messages a second; 0: closed loop
  double timeout = 10;                 // seconds that anything else may take

  bool openLoop() const { return rateFrom > 0; }

  /// The minimum payload: it names its publisher and number.
  static constexpr unsigned minPayload = 24;
  /// The window of an open loop when none is given: messages that a publisher
  /// may have in flight before the next ones wait (and are late).
  static constexpr unsigned openLoopWindow = 1024;
};

/// "broadcast", "echo", ...
const char *name(Mode mode);

/// Reads the command line. Prints what is wrong and ends the process with
/// status 2 when it cannot be used.
Options readOptions(int argc, char **argv);

} // namespace plumb::bench

#endif // PLUMB_BENCH_LOADGEN_OPTIONS_H
