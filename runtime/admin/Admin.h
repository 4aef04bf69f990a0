//===- Admin.h - a server seen from outside ---------------------*- C++ -*-===//
//
// A listener and a thread of its own, so that a shard that is stuck can be told
// of, and a slow reader disturbs nobody. HTTP/1.1, GET and HEAD, one request a
// connection. What a peer can take is bounded: connections (a new one takes the
// place of the oldest), bytes of a request, and time.
//
//   /healthz  200 when every loop turns; 503 with the numbers of those that do
//             not
//   /readyz   200 when new clients are welcome; 503 with the reason: starting,
//             draining, full, or a loop is stuck
//   /metrics  Prometheus' text format 0.0.4, or OpenMetrics 1.0 for those that
//             accept it
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_ADMIN_ADMIN_H
#define PLUMB_RUNTIME_ADMIN_ADMIN_H

#include "runtime/admin/AdminConnection.h"
#include "runtime/admin/Health.h"
#include "runtime/metrics/Metrics.h"
#include "runtime/net/Listener.h"
#include "runtime/net/Loop.h"
#include "runtime/output/Flusher.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace plumb::rt::wire {
class Request;
}

namespace plumb::rt::admin {

/// What the admin port shows. It asks on a thread of its own.
class Subject {
public:
  virtual std::vector<Health::Loop> loops() = 0;
  /// Why new clients are not welcome, though every loop turns; empty when they
  /// are.
  virtual std::string whyNotReady() = 0;
  virtual metrics::Values metrics() = 0;

protected:
  ~Subject() = default;
};

class Admin final : net::Acceptor, net::Timer, AdminOwner {
public:
  static constexpr size_t maxConnections = 16;
  static constexpr int64_t connectionMs = 10000;

  /// The subject must outlive it. A loop that has not turned for so many
  /// milliseconds is stuck. Throws std::system_error when there is no
  /// descriptor or thread left.
  Admin(Subject &subject, int64_t healthTimeout, base::Fd listening);
  /// Ends the thread and all connections.
  ~Admin();
  Admin(const Admin &) = delete;
  Admin &operator=(const Admin &) = delete;

private:
  struct Hooks;

  void run();
  void onAccept(base::Fd socket, const net::Address &peer) override;
  void onTimer() override;
  void bury(AdminConnection &connection) noexcept override;
  http::Response answer(const http::Session &session,
                        const wire::Request &request) override;
  std::string healthz(unsigned &status);
  std::string readyz(unsigned &status);

  Subject &subject;
  net::Loop loop;
  net::Listener listener;
  Health health;
  int64_t interval;           ///< milliseconds between looks at the loops
  metrics::Counters counters; ///< shown to nobody
  output::Turn turn;
  output::Flusher flusher{turn};
  std::vector<std::unique_ptr<AdminConnection>> connections, graveyard;
  std::atomic<bool> stopAsked{false};
  std::thread thread;
};

} // namespace plumb::rt::admin

#endif // PLUMB_RUNTIME_ADMIN_ADMIN_H
