//===- Server.cpp - listening and serving ---------------------------------===//

#include "runtime/rooms/Server.h"
#include "runtime/net/Descriptors.h"
#include "runtime/net/Log.h"
#include "runtime/net/Reload.h"
#include "runtime/net/Stop.h"
#include "runtime/net/TimerService.h"
#include "runtime/rooms/Admin.h"
#include "runtime/rooms/BuildInfo.h"
#include "runtime/rooms/Shard.h"
#include "runtime/wire/Subprotocol.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <malloc.h>
#include <pthread.h>
#include <system_error>
#include <thread>

namespace plumb::rt::rooms {

static int64_t refuse(int64_t status, const std::string &why) {
  static net::LogGate gate; // A handler may ask, too.
  net::log(gate, net::LogLevel::Error, why);
  return status;
}

/// `option` is where the address is from.
static int64_t cannotListen(const std::string &bind, const char *option,
                            uint16_t port, int error) {
  std::string what = "cannot listen on port " + std::to_string(port) + ": ";
  switch (error) {
  case EADDRINUSE:
    return refuse(PLUMB_WS_ERR_ADDRESS_IN_USE,
                  what + "address already in use; stop the other program or "
                         "choose another port");
  case EACCES:
    return refuse(PLUMB_WS_ERR_BIND,
                  what + "permission denied; choose a port above 1023 or run "
                         "with the right to open low ports");
  case EADDRNOTAVAIL:
    return refuse(PLUMB_WS_ERR_BIND, what + "this machine has no address '" +
                                         bind + "'; set " + option +
                                         " to one that it has");
  default:
    return refuse(PLUMB_WS_ERR_BIND, what + std::strerror(error));
  }
}

/// Nothing when there is to be no admin port.
static int64_t listenForAdmin(const Options &options, net::ListenResult &result,
                              net::Address &address) {
  if (options.admin_port < 0)
    return PLUMB_OK;
  auto port = static_cast<uint16_t>(options.admin_port);
  std::optional<net::Address> parsed =
      net::Address::parse(options.admin_bind, port);
  if (!parsed)
    return refuse(PLUMB_ERR_INVALID_ARGUMENT,
                  "cannot listen on '" + options.admin_bind +
                      "': PLUMB_WS_ADMIN_BIND must be an IPv4 or IPv6 address "
                      "such as 127.0.0.1 or ::1");
  result = net::listenOn(*parsed, 1);
  if (result.error)
    return cannotListen(options.admin_bind, "PLUMB_WS_ADMIN_BIND", port,
                        result.error);
  address = *parsed;
  address.port = result.port;
  return PLUMB_OK;
}

namespace {
/// The shards of one server; taken out of the registry whatever happens.
struct Shards {
  std::vector<std::shared_ptr<Shard>> list;
  ~Shards() {
    for (const std::shared_ptr<Shard> &shard : list) {
      net::TimerService::instance().detach(shard->loop());
      Shard::dismiss(*shard);
    }
  }
};

/// Keeps our signals away from the threads made while it exists, so that they
/// interrupt the program's own thread as without us.
struct SignalsBlocked {
  sigset_t before;
  SignalsBlocked() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    ::pthread_sigmask(SIG_BLOCK, &set, &before);
  }
  ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before, nullptr); }
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
    net::log(net::Ungated("at the start"), net::LogLevel::Warning,
             "max_connections is " + std::to_string(options.max_connections) +
                 ", but the process may open only " +
                 std::to_string(files.limit()) +
                 " files, which is enough for " + std::to_string(left) +
                 " connections; raise the hard limit (ulimit -Hn, or "
                 "LimitNOFILE= of systemd), or lower max_connections");
}

int64_t serve(const Options &options, uint16_t port, const net::TlsFiles *tls,
              Program &program, void (*ready)()) {
  if (net::Loop::current())
    return refuse(PLUMB_ERR_INVALID_ARGUMENT,
                  "cannot serve from within a callback; serve from the "
                  "program's main function or from a thread of its own");
  std::optional<net::Address> address = net::Address::parse(options.bind, port);
  if (!address)
    return refuse(PLUMB_ERR_INVALID_ARGUMENT,
                  "cannot listen on '" + options.bind +
                      "': PLUMB_WS_BIND must be an IPv4 or IPv6 address such "
                      "as 0.0.0.0, 127.0.0.1 or ::");
  ServerState state{
      options,
      {.maxMessage = static_cast<uint64_t>(options.max_message),
       .maxFragments = static_cast<uint32_t>(options.max_fragments),
       .maxInflateRatio = static_cast<uint32_t>(options.max_inflate_ratio),
       .inflateFloor = static_cast<uint32_t>(options.inflate_floor),
       .maxHeader = static_cast<uint32_t>(options.max_header)},
      program,
      nullptr};
  std::string wrong;
  if (auto origins = wire::OriginPolicy::parse(options.origins, wrong))
    state.origins = *std::move(origins);
  else
    return refuse(PLUMB_ERR_INVALID_ARGUMENT,
                  "the option origins has '" + wrong +
                      "', but it must be same, any or a list of origins such "
                      "as https://a.example,http://localhost:8080");
  if (auto proxies = Proxies::parse(options, wrong))
    state.proxies = *std::move(proxies);
  else
    return refuse(PLUMB_ERR_INVALID_ARGUMENT,
                  "the option trusted_proxies has '" + wrong +
                      "', but it must be a list of addresses and prefixes such "
                      "as 127.0.0.1,10.0.0.0/8,2001:db8::/32, or unix");
  if (auto names = wire::parseSubprotocols(options.subprotocols))
    state.subprotocols = *std::move(names);
  else
    return refuse(PLUMB_ERR_INVALID_ARGUMENT,
                  "the option subprotocols is '" + options.subprotocols +
                      "', but it must be a list of different names such as "
                      "v2.chat,v1.chat");
  if (tls) {
    state.tls = net::Certificates::instance().open(*tls);
    if (!state.tls)
      return PLUMB_WS_ERR_CERTIFICATE;
  }
  net::ListenResult adminListening;
  net::Address adminAddress;
  if (int64_t status = listenForAdmin(options, adminListening, adminAddress))
    return status;
  unsigned count = static_cast<unsigned>(options.shards);
  net::ListenResult listening = net::listenOn(*address, count);
  if (listening.error)
    return cannotListen(options.bind, "PLUMB_WS_BIND", port, listening.error);

  keepFreedMemory();
  provideDescriptors(options, listening.sockets.back().get() + 1);
  // A loop hears of stops since it was made; one before that is for us, too.
  uint64_t stopsBefore = net::stopCount();
  net::SignalGuard signals;
  std::optional<net::ReloadGuard> reloads;
  Shards shards;
  try {
    if (tls)
      reloads.emplace();
    for (net::Fd &socket : listening.sockets) {
      auto shard = std::make_shared<Shard>(state, std::move(socket));
      if (!Shard::enlist(shard))
        return refuse(PLUMB_ERR_INVALID_ARGUMENT,
                      "too many shards in this process");
      shards.list.push_back(std::move(shard));
    }
  } catch (const std::system_error &error) {
    return refuse(PLUMB_ERR_INTERNAL, error.what());
  }
  net::TimerService::instance().attach(shards.list.front()->loop(), true);
  address->port = listening.port;
  net::log(net::Ungated("at the start"), net::LogLevel::Info,
           std::string("listening on ") + (tls ? "wss://" : "ws://") +
               address->text() + " (" + std::to_string(count) +
               (count == 1 ? " shard)" : " shards)"));
  net::logDebug("with " + std::string(opensslRelease()));
  if (!adminListening.sockets.empty())
    net::log(net::Ungated("at the start"), net::LogLevel::Info,
             "admin on http://" + adminAddress.text());
  if (ready)
    ready();
  int64_t status = PLUMB_OK;
  std::vector<std::thread> threads;
  std::unique_ptr<Admin> admin; // Ends before the shards do.
  {
    SignalsBlocked blocked;
    try {
      if (!adminListening.sockets.empty())
        admin = std::make_unique<Admin>(
            state, shards.list, std::move(adminListening.sockets.front()));
      for (unsigned i = 1; i < count; ++i)
        threads.emplace_back([shard = shards.list[i]] { shard->run(); });
    } catch (const std::system_error &error) {
      status = refuse(PLUMB_ERR_INTERNAL, std::string("cannot start a thread "
                                                      "for each shard: ") +
                                              error.what());
      for (const std::shared_ptr<Shard> &shard : shards.list)
        shard->askToStop();
    }
  }
  if (net::stopCount() != stopsBefore)
    for (const std::shared_ptr<Shard> &shard : shards.list)
      shard->askToStop();
  state.serving.store(status == PLUMB_OK, std::memory_order_relaxed);
  shards.list.front()->run();
  for (std::thread &thread : threads)
    thread.join();
  net::logDebug("stopped");
  return status;
}

} // namespace plumb::rt::rooms
