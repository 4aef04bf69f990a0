//===- Upgrade.h - The opening handshake, client's side ---------*- C++ -*-===//
//
// RFC 6455, section 4, and the negotiation of RFC 7692, section 7.1.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_BENCH_LOADGEN_UPGRADE_H
#define PLUMB_BENCH_LOADGEN_UPGRADE_H

#include "bench/loadgen/Stream.h"

#include <string>

namespace plumb::bench {

/// The server answered with another status than 101; 0: it closed.
struct ConnectionRefused : ConnectionError {
  ConnectionRefused(int status, const std::string &what)
      : ConnectionError(what), status(status) {}
  int status;
};

/// What came of a handshake.
struct Upgraded {
  std::string unread; // bytes behind the answer
  /// The server keeps its compressor's state from message to message.
  bool serverContext = false;
};

/// Asks for the upgrade of `stream`, which blocks; `index` makes the key.
/// Throws ConnectionError.
void askForUpgrade(Stream &stream, const Options &options, unsigned index);

/// Waits for the answer to `askForUpgrade` with the same arguments. Throws
/// ConnectionRefused, or ConnectionError when the answer is wrong.
Upgraded finishUpgrade(Stream &stream, const Options &options, unsigned index);

} // namespace plumb::bench

#endif // PLUMB_BENCH_LOADGEN_UPGRADE_H
