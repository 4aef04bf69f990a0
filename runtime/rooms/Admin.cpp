//===- Admin.cpp - a server seen from outside -----------------------------===//

#include "runtime/rooms/Admin.h"
#include "runtime/base/Clock.h"
#include "runtime/base/Log.h"
#include "runtime/base/Signals.h"
#include "runtime/net/Descriptors.h"
#include "runtime/net/Stop.h"
#include "runtime/rooms/AdminConnection.h"
#include "runtime/rooms/Directory.h"
#include "runtime/rooms/Exposition.h"
#include "runtime/rooms/Shard.h"
#include "runtime/wire/Accept.h"
#include "runtime/wire/RequestCheck.h"
#include "runtime/wire/Response.h"

#include <algorithm>

namespace plumb::rt::rooms {

static Health healthOf(const std::vector<std::shared_ptr<Shard>> &shards,
                       int64_t timeout) {
  std::vector<Health::Loop> loops;
  for (const std::shared_ptr<Shard> &shard : shards)
    loops.push_back(
        {shard->number(),
         [=] { return shard->counters.read(metrics::Series::Turns); },
         [=] { shard->loop.wake(); }, [=] { return shard->ended(); }});
  return Health(std::move(loops), timeout, base::steadyMilliseconds());
}

Admin::Admin(ServerState &server, std::vector<std::shared_ptr<Shard>> shards,
             base::Fd listening)
    : server(server), shards(std::move(shards)),
      listener(loop, std::move(listening), *this),
      health(healthOf(this->shards, server.options.health_timeout_ms)),
      interval(
          std::clamp<int64_t>(server.options.health_timeout_ms / 4, 1, 1000)),
      limits{.maxHeader = maxRequest} {
  // So that taking one in, and burying one, cannot fail.
  connections.reserve(maxConnections);
  graveyard.reserve(128); // A turn accepts at most 64.
  loop.timers().arm(*this, loop.now() + interval);
  thread = std::thread([this] { run(); });
}

Admin::~Admin() {
  stopAsked = true;
  loop.wake();
  thread.join();
  loop.timers().disarm(*this);
}

void Admin::run() {
  base::WriteSignalBlock writeSignals;
  while (!stopAsked) {
    try {
      loop.turn(true);
    } catch (const std::bad_alloc &) {
      static base::LogGate gate;
      base::log(gate, base::LogLevel::Error, "out of memory in the admin port");
    }
    graveyard.clear();
  }
  connections.clear();
}

void Admin::onTimer() {
  health.look(loop.now());
  loop.timers().arm(*this, loop.now() + interval);
}

void Admin::onAccept(base::Fd socket, const net::Address &) {
  if (connections.size() == maxConnections)
    connections.front()->end();
  auto connection = std::make_unique<AdminConnection>(*this, std::move(socket));
  if (connection->start())
    connections.push_back(std::move(connection));
}

void Admin::bury(AdminConnection &connection) noexcept {
  auto found =
      std::find_if(connections.begin(), connections.end(),
                   [&](const auto &c) { return c.get() == &connection; });
  graveyard.push_back(std::move(*found));
  connections.erase(found);
  listener.retry();
}

//===----------------------------------------------------------------------===//
// What is answered
//===----------------------------------------------------------------------===//

std::string Admin::healthz(unsigned &status) {
  health.look(loop.now());
  std::string text;
  for (uint32_t number : health.stuck(loop.now()))
    text += "shard " + std::to_string(number) + " is stuck in a callback\n";
  status = text.empty() ? 200 : 503;
  return text.empty() ? "ok\n" : text;
}

std::string Admin::readyz(unsigned &status) {
  std::string why = healthz(status);
  if (status != 200)
    return why;
  status = 503;
  if (server.draining.load(std::memory_order_relaxed))
    return "draining: the server is stopping\n";
  if (!server.serving.load(std::memory_order_relaxed))
    return "starting\n";
  if (server.admission.connections() >= server.options.max_connections)
    return "full: there are max_connections connections\n";
  if (net::Descriptors::instance().areShort())
    return "full: the process has opened nearly as many files as it may\n";
  status = 200;
  return "ok\n";
}

static void addCompression(const Shard &shard, metrics::Values &values) {
  auto add = [&](metrics::Series which, const wire::Count &count) {
    values[which] += static_cast<int64_t>(count.read());
  };
  const wire::CompressionCounts &out = shard.deflater.counts();
  add(metrics::Series::MessagesDeflated, out.messages);
  add(metrics::Series::DeflateInput, out.inputBytes);
  add(metrics::Series::DeflateOutput, out.outputBytes);
  const wire::CompressionCounts &in = shard.scratch.inflated();
  add(metrics::Series::MessagesInflated, in.messages);
  add(metrics::Series::InflateInput, in.inputBytes);
  add(metrics::Series::InflateOutput, in.outputBytes);
  add(metrics::Series::InflateRatio, in.ratio);
  add(metrics::Series::InflateTooLarge, in.tooLarge);
  add(metrics::Series::InflateDamaged, in.damaged);
}

std::string Admin::metrics(bool openMetrics) const {
  metrics::Values values;
  for (const std::shared_ptr<Shard> &shard : shards) {
    shard->counters.addTo(values);
    addCompression(*shard, values);
  }
  values[metrics::Series::Shards] = static_cast<int64_t>(shards.size());
  values[metrics::Series::ConnectionsLimit] = server.options.max_connections;
  values[metrics::Series::MemoryUsed] = server.memory.used();
  values[metrics::Series::MemoryLimit] = server.memory.limit();
  values[metrics::Series::LogGated] = static_cast<int64_t>(base::linesGated());
  values[metrics::Series::LogUnread] =
      static_cast<int64_t>(base::linesUnread());
  values[metrics::Series::Rooms] =
      static_cast<int64_t>(Directory::instance().roomCount());
  return expose(values, openMetrics ? ExpositionFormat::OpenMetrics
                                    : ExpositionFormat::Prometheus);
}

static constexpr std::string_view index = R"(<!doctype html>
<title>Plumb</title>
<ul>
<li><a href="/healthz">/healthz</a>: every event loop turns
<li><a href="/readyz">/readyz</a>: new clients are welcome
<li><a href="/metrics">/metrics</a>: for Prometheus
</ul>
)";

/// OpenMetrics for who names it and likes it no less than the older format.
static ExpositionFormat formatFor(const wire::Request &request) {
  std::string accept = request.header("Accept");
  wire::Preference open =
      wire::preferenceFor(accept, "application/openmetrics-text", "1.0.0");
  wire::Preference text = wire::preferenceFor(accept, "text/plain", "0.0.4");
  bool named = open.specificity >= 2 && open.quality == text.quality;
  return open.quality != 0 && (open.quality > text.quality || named)
             ? ExpositionFormat::OpenMetrics
             : ExpositionFormat::Prometheus;
}

std::string Admin::answer(const wire::Request &request) {
  static constexpr std::string_view plain = "text/plain; charset=utf-8";
  static constexpr wire::HeaderField fields[] = {
      {"Cache-Control", "no-store"},
      {"Vary", "Accept"},
      {"X-Content-Type-Options", "nosniff"}};
  bool headOnly = request.method() == "HEAD";
  if (wire::RequestFault fault = wire::checkService(request, false))
    return wire::refusal(fault.status, fault.text, headOnly);
  if (request.method() == "OPTIONS")
    return wire::optionsResponse(wire::Persistence::Close);
  unsigned status = 200;
  std::string_view type = plain, path = request.path();
  std::string body;
  if (path == "/healthz") {
    body = healthz(status);
  } else if (path == "/readyz") {
    body = readyz(status);
  } else if (path == "/metrics") {
    ExpositionFormat format = formatFor(request);
    type = mediaType(format);
    body = metrics(format == ExpositionFormat::OpenMetrics);
  } else if (path == "/") {
    type = "text/html; charset=utf-8";
    body = index;
  } else {
    status = 404;
    body = "there are /healthz, /readyz and /metrics\n";
  }
  return wire::response(status, type, body, headOnly, wire::Persistence::Close,
                        fields);
}

} // namespace plumb::rt::rooms
