//===- Server.cpp - listening and serving ---------------------------------===//

#include "runtime/server/Server.h"
#include "runtime/admin/BuildInfo.h"
#include "runtime/base/Log.h"
#include "runtime/base/Signals.h"
#include "runtime/net/Descriptors.h"
#include "runtime/net/Reload.h"
#include "runtime/net/Stop.h"
#include "runtime/net/TimerService.h"
#include "runtime/server/AdminSubject.h"
#include "runtime/server/ListenPoint.h"
#include "runtime/server/Refusal.h"
#include "runtime/server/Shard.h"
#include "runtime/server/ShardRegistry.h"

#include <algorithm>
#include <csignal>
#include <malloc.h>
#include <system_error>
#include <thread>

namespace plumb::rt::server {

namespace {
/// The shards of one server; taken out of the registry whatever happens.
struct Shards {
  std::vector<std::shared_ptr<Shard>> list;
  ~Shards() {
    for (const std::shared_ptr<Shard> &shard : list) {
      net::TimerService::instance().detach(shard->loop);
      ShardRegistry::remove(*shard);
    }
  }
};
} // namespace

/// A turn's messages are freed when it has been sent, and the next turn wants
/// as many: glibc would give the pages back in between and fault them in again
/// (2 faults a message of 16 KiB, a third of its cost). What is larger has huge
/// pages, see wire/Block.h.
static void keepFreedMemory() noexcept {
#ifdef __GLIBC__
  ::mallopt(M_TRIM_THRESHOLD, 16 << 20);
  ::mallopt(M_MMAP_THRESHOLD, 2 << 20);
#endif
}

/// Better said at the start than when clients are refused. `next` is the lowest
/// descriptor that is free, or near it.
static void provideDescriptors(const Options &options, int next) {
  net::Descriptors &files = net::Descriptors::instance();
  files.raise();
  uint64_t taken = std::min<uint64_t>(next, files.forClients());
  uint64_t left = files.forClients() - taken;
  if (static_cast<uint64_t>(options.max_connections) > left)
    base::log(base::Ungated("at the start"), base::LogLevel::Warning,
              "max_connections is " + std::to_string(options.max_connections) +
                  ", but the process may open only " +
                  std::to_string(files.limit()) +
                  " files, which is enough for " + std::to_string(left) +
                  " connections; raise the hard limit (ulimit -Hn, or "
                  "LimitNOFILE= of systemd), or lower max_connections");
}

/// Those of one shard.
static std::vector<ShardSocket> socketsOf(ServerState &state, unsigned shard) {
  std::vector<ShardSocket> sockets;
  sockets.reserve(state.points.size());
  for (ListenPoint &point : state.points)
    sockets.push_back({std::move(point.sockets[shard]), point.shared,
                       point.tls ? state.certificate.get() : nullptr});
  return sockets;
}

rooms::Status serve(const Options &options, uint16_t port,
                    const net::TlsFiles *tls, websocket::Program &program) {
  if (net::Loop::current())
    return refuseToServe(rooms::Status::InvalidArgument,
                         "cannot serve from within a callback; serve from the "
                         "program's main function or from a thread of its own");
  ListenOptions listening;
  if (rooms::Status status = listening.read(options, port, tls != nullptr);
      status != rooms::Status::Ok)
    return status;
  ServerState state{options, program};
  if (rooms::Status status = state.readLists(); status != rooms::Status::Ok)
    return status;
  if (tls) {
    net::TlsFiles files = *tls;
    files.clients = {options.client_ca,
                     options.client_certificates ==
                         Options::ClientCertificates::Required};
    state.certificate = net::Certificates::instance().open(files);
    if (!state.certificate)
      return rooms::Status::Certificate;
  }
  if (!tls && !options.client_ca.empty())
    return refuseToServe(
        rooms::Status::InvalidArgument,
        "the option client_ca is set, but the program serves without TLS, so "
        "no client could show a certificate; let it serve with a certificate");
  std::vector<ListenPoint> adminPoint;
  if (rooms::Status status = openAdminPoint(listening, adminPoint);
      status != rooms::Status::Ok)
    return status;
  unsigned count = static_cast<unsigned>(options.shards);
  if (rooms::Status status = openListenPoints(listening, count, state.points);
      status != rooms::Status::Ok)
    return status;

  keepFreedMemory();
  provideDescriptors(options, state.points.back().sockets.back().get() + 1);
  // A loop hears of stops since it was made; one before that is for us, too.
  uint64_t stopsBefore = net::stopCount();
  net::SignalGuard signals;
  std::optional<net::ReloadGuard> reloads;
  Shards shards;
  try {
    if (tls)
      reloads.emplace();
    for (unsigned i = 0; i < count; ++i) {
      auto shard = std::make_shared<Shard>(state, socketsOf(state, i));
      if (!ShardRegistry::add(shard))
        return refuseToServe(rooms::Status::InvalidArgument,
                             "too many shards in this process");
      shards.list.push_back(std::move(shard));
    }
  } catch (const std::system_error &error) {
    return refuseToServe(rooms::Status::Internal, error.what());
  }
  net::TimerService::instance().attach(shards.list.front()->loop, true);
  tellOf(state.points, count);
  if (!options.client_ca.empty())
    warnOfOpenPoints(state.points);
  base::logDebug("with " + std::string(admin::opensslRelease()));
  for (const ListenPoint &point : adminPoint)
    base::log(base::Ungated("at the start"), base::LogLevel::Info,
              "admin on " + urlOf(point, "http"));
  rooms::Status status = rooms::Status::Ok;
  std::vector<std::thread> threads;
  AdminSubject subject(state, shards.list);
  std::unique_ptr<admin::Admin> adminPort; // Ends before the shards do.
  {
    // Ours do not interrupt what the shards' threads do: they come to the
    // program's own thread, as without us.
    base::SignalBlock blocked({SIGINT, SIGTERM, SIGHUP});
    try {
      if (!adminPoint.empty())
        adminPort = std::make_unique<admin::Admin>(
            subject, options.health_timeout_ms,
            std::move(adminPoint.front().sockets.front()));
      for (unsigned i = 1; i < count; ++i)
        threads.emplace_back([shard = shards.list[i]] { shard->run(); });
    } catch (const std::system_error &error) {
      status = refuseToServe(rooms::Status::Internal,
                             std::string("cannot start a thread "
                                         "for each shard: ") +
                                 error.what());
      for (const std::shared_ptr<Shard> &shard : shards.list)
        shard->askToStop();
    }
  }
  if (net::stopCount() != stopsBefore)
    for (const std::shared_ptr<Shard> &shard : shards.list)
      shard->askToStop();
  state.serving.store(status == rooms::Status::Ok, std::memory_order_relaxed);
  shards.list.front()->run();
  for (std::thread &thread : threads)
    thread.join();
  base::logDebug("stopped");
  return status;
}

} // namespace plumb::rt::server
