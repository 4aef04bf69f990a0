//===- ServerState.h - what the shards of a server share --------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_SERVER_SERVERSTATE_H
#define PLUMB_RUNTIME_SERVER_SERVERSTATE_H

#include "runtime/base/Log.h"
#include "runtime/http/Proxies.h"
#include "runtime/limits/Admission.h"
#include "runtime/limits/MemoryGuard.h"
#include "runtime/net/Certificates.h"
#include "runtime/rooms/Status.h"
#include "runtime/server/ListenPoint.h"
#include "runtime/server/Options.h"
#include "runtime/websocket/Program.h"
#include "runtime/wire/Limits.h"
#include "runtime/wire/Origin.h"

#include <atomic>
#include <memory>
#include <string>
#include <vector>

namespace plumb::rt::server {

/// Made before the first connection; then only what is atomic or says so
/// changes.
struct ServerState {
  const Options &options;
  websocket::Program &program;
  wire::Limits limits{
      .maxMessage = static_cast<uint64_t>(options.max_message),
      .maxFragments = static_cast<uint32_t>(options.max_fragments),
      .maxInflateRatio = static_cast<uint32_t>(options.max_inflate_ratio),
      .inflateFloor = static_cast<uint32_t>(options.inflate_floor),
      .maxHeader = static_cast<uint32_t>(options.max_header)};
  output::QueueLimits queues = queueLimits(options);
  /// Of every place with TLS; null when there is none.
  std::unique_ptr<net::ServerCertificate> certificate{};
  std::vector<ListenPoint> points{};
  limits::Admission admission{options.max_connections,
                              options.max_connections_per_address};
  http::Proxies proxies{};
  wire::OriginPolicy origins{};
  std::vector<std::string> subprotocols{}; ///< the most wanted first
  limits::MemoryGuard memory{options.max_memory};
  base::LogGate toldFull{1, 60'000}, toldCrowded{1, 60'000},
      toldOrigin{1, 60'000}, toldMemory{1, 60'000}, toldProxy{1, 60'000},
      toldDescriptors{1, 60'000};
  std::atomic<bool> serving{false};  ///< every shard has been started
  std::atomic<bool> draining{false}; ///< no further connections are accepted

  /// Reads the options that are lists. Status::Ok, or a status with a line in
  /// the log.
  rooms::Status readLists();
};

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_SERVERSTATE_H
