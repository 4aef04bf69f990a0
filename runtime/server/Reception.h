//===- Reception.h - who is let into a shard --------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_SERVER_RECEPTION_H
#define PLUMB_RUNTIME_SERVER_RECEPTION_H

#include "runtime/metrics/Metrics.h"
#include "runtime/net/Descriptors.h"
#include "runtime/server/ServerState.h"

#include <cstdint>

namespace plumb::rt::server {

/// As what a connection that was not admitted counts.
metrics::Series seriesOf(limits::Admission::Verdict verdict) noexcept;

/// Judges the connections of one shard when they come, counts them with the
/// server, and keeps few of those that only wait to be told why not. The
/// shard's thread only.
class Reception {
public:
  explicit Reception(ServerState &server) : server(server) {}
  ServerState &server;

  /// What is to become of a socket of that use. If it is Admitted, it is
  /// counted: enter() or release() is next. Throws std::bad_alloc, having
  /// counted nothing.
  struct Decision {
    limits::Admission::Verdict verdict;
    bool refuseNow; ///< close it: it need not even be told
  };
  Decision judge(net::Descriptors::Use use, const net::Address &peer);
  /// A connection with that verdict is there; leave() is called at its end.
  void enter(limits::Admission::Verdict verdict) noexcept {
    refusals += verdict != limits::Admission::Verdict::Admitted;
  }
  void leave(limits::Admission::Verdict verdict) noexcept;
  /// No connection came of an admitted one.
  void release(const net::Address &peer) noexcept;

  /// The address of a connection that was Admitted has as many as it may: from
  /// now on it is Crowded, and told so. False when there are too many of such.
  bool refuseLater();
  /// Tells the server's owner, now and then.
  void tellOf(limits::Admission::Verdict verdict);

private:
  uint32_t refusals = 0; ///< open connections that were not admitted
};

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_RECEPTION_H
