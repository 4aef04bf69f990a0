//===- Reception.cpp - who is let into a shard ----------------------------===//

#include "runtime/server/Reception.h"
#include "runtime/base/Log.h"

#include <string>

namespace plumb::rt::server {

static constexpr uint32_t maxRefusals = 64;

metrics::Series seriesOf(limits::Admission::Verdict verdict) noexcept {
  switch (verdict) {
  case limits::Admission::Verdict::Full:
    return metrics::Series::HandshakeFull;
  case limits::Admission::Verdict::Short:
    return metrics::Series::HandshakeMemory;
  case limits::Admission::Verdict::NoDescriptors:
    return metrics::Series::HandshakeDescriptors;
  default:
    return metrics::Series::HandshakeAddress;
  }
}

Reception::Decision Reception::judge(net::Descriptors::Use use,
                                     const net::Address &peer) {
  limits::Admission::Verdict verdict =
      use != net::Descriptors::Use::Any
          ? limits::Admission::Verdict::NoDescriptors
      : server.memory.excess() > 0 ? limits::Admission::Verdict::Short
      : server.proxies.trust(peer) ? server.admission.admit()
                                   : server.admission.admit(peer);
  if (verdict == limits::Admission::Verdict::Admitted)
    return {verdict, false};
  tellOf(verdict);
  // Those that wait for their refusal are connections, too.
  return {verdict,
          use == net::Descriptors::Use::None || refusals >= maxRefusals};
}

void Reception::leave(limits::Admission::Verdict verdict) noexcept {
  if (verdict == limits::Admission::Verdict::Admitted)
    server.admission.release();
  else
    --refusals;
}

void Reception::release(const net::Address &peer) noexcept {
  if (server.proxies.trust(peer))
    server.admission.release();
  else
    server.admission.release(peer);
}

bool Reception::refuseLater() {
  tellOf(limits::Admission::Verdict::Crowded);
  server.admission.release();
  return ++refusals <= maxRefusals;
}

void Reception::tellOf(limits::Admission::Verdict verdict) {
  const Options &options = server.options;
  if (verdict == limits::Admission::Verdict::Short)
    return; // Who sheds connections tells.
  if (verdict == limits::Admission::Verdict::NoDescriptors) {
    base::log(server.toldDescriptors, base::LogLevel::Warning,
              "the process has opened nearly as many files as it may (" +
                  std::to_string(net::Descriptors::instance().limit()) +
                  "): new connections are refused; raise the limit (ulimit -n, "
                  "or LimitNOFILE= of systemd) to serve more");
  } else if (verdict == limits::Admission::Verdict::Full) {
    base::log(server.toldFull, base::LogLevel::Warning,
              "the server is full (" + std::to_string(options.max_connections) +
                  " connections); raise max_connections to serve more");
  } else {
    base::log(server.toldCrowded, base::LogLevel::Warning,
              "an address has " +
                  std::to_string(options.max_connections_per_address) +
                  " connections and wants more; raise "
                  "max_connections_per_address to let it");
  }
}

} // namespace plumb::rt::server
