//===- Admin.cpp - a server seen from outside -----------------------------===//

#include "runtime/admin/Admin.h"
#include "runtime/admin/AdminConnection.h"
#include "runtime/admin/Exposition.h"
#include "runtime/base/Clock.h"
#include "runtime/base/Log.h"
#include "runtime/base/Signals.h"
#include "runtime/wire/Accept.h"
#include "runtime/wire/RequestCheck.h"
#include "runtime/wire/Response.h"

#include <algorithm>

namespace plumb::rt::admin {

Admin::Admin(Subject &subject, int64_t healthTimeout, base::Fd listening)
    : subject(subject), listener(loop, std::move(listening), *this),
      health(subject.loops(), healthTimeout, loop.now()),
      interval(std::clamp<int64_t>(healthTimeout / 4, 1, 1000)),
      turn(loop, counters, {.maxBytes = 0, .maxMessages = 0}) {
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

/// Of the flush: there is nothing but queues.
struct Admin::Hooks {
  Admin &admin;

  bool hasOutput() const noexcept { return false; }
  void send() noexcept {}
  void onFlushed(output::Writer &) noexcept {}
  void onEmptied(output::Writer &writer) noexcept {
    AdminConnection::of(writer).onEmptied();
  }
  void endBroken() noexcept {
    for (size_t i = admin.connections.size();
         i-- > 0;) // Those that end are taken out.
      if (admin.connections[i]->isBroken())
        admin.connections[i]->end();
  }
};

void Admin::run() {
  base::WriteSignalBlock writeSignals;
  while (!stopAsked) {
    try {
      loop.turn(!flusher.hasOutput());
    } catch (const std::bad_alloc &) {
      static base::LogGate gate;
      base::log(gate, base::LogLevel::Error, "out of memory in the admin port");
    }
    Hooks hooks{*this};
    flusher.flush(hooks);
    turn.forgetClosed();
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
  AdminOwner &owner = *this;
  auto connection = std::make_unique<AdminConnection>(
      owner, turn, net::Stream(std::move(socket), nullptr));
  if (connection->start(loop.now() + connectionMs))
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
  why = subject.whyNotReady();
  status = why.empty() ? 200 : 503;
  return why.empty() ? "ok\n" : why;
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

http::Response Admin::answer(const http::Session &session,
                             const wire::Request &request) {
  static constexpr std::string_view plain = "text/plain; charset=utf-8";
  static constexpr wire::HeaderField fields[] = {
      {"Cache-Control", "no-store"},
      {"Vary", "Accept"},
      {"X-Content-Type-Options", "nosniff"}};
  wire::RequestFault fault;
  if (auto response =
          session.answer(request, false, wire::Persistence::Close, fault))
    return *std::move(response);
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
    body = expose(subject.metrics(), format);
  } else if (path == "/") {
    type = "text/html; charset=utf-8";
    body = index;
  } else {
    status = 404;
    body = "there are /healthz, /readyz and /metrics\n";
  }
  return {wire::response(status, type, body, session.headOnly(),
                         wire::Persistence::Close, fields)};
}

} // namespace plumb::rt::admin
