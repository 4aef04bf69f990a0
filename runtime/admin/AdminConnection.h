//===- AdminConnection.h - one request at the admin port --------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ADMIN_ADMINCONNECTION_H
#define PLUMB_RUNTIME_ADMIN_ADMINCONNECTION_H

#include "runtime/http/Session.h"
#include "runtime/net/Loop.h"
#include "runtime/output/Writer.h"

namespace plumb::rt::admin {

class AdminConnection;

/// Who has such connections.
class AdminOwner {
public:
  virtual http::Response answer(const http::Session &session,
                                const wire::Request &request) = 0;
  /// It has closed its socket; its memory may be freed when the turn is over.
  virtual void bury(AdminConnection &connection) noexcept = 0;

protected:
  ~AdminOwner() = default;
};

/// Reads a request, writes the response, waits until the peer has ended its
/// side (so that no reset overtakes the response), all before one deadline.
/// The admin thread's.
class AdminConnection final : public output::Writer, net::Timer {
public:
  AdminConnection(AdminOwner &owner, output::Turn &turn, net::Stream stream)
      : BasicWriter(turn, std::move(stream)), owner(owner), loop(turn.loop) {}
  ~AdminConnection() { loop.timers().disarm(*this); }

  /// False when the loop cannot take it.
  bool start(int64_t deadline);
  /// Closes the socket; the object lives until the turn is over.
  void end();
  /// The response is out.
  void onEmptied();

  static AdminConnection &of(output::Writer &writer) noexcept {
    return static_cast<AdminConnection &>(writer);
  }

private:
  void onEvents(uint32_t events) override;
  void onTimer() override { end(); }
  void receive();
  void respond(const http::Response &response);

  AdminOwner &owner;
  net::Loop &loop;
  http::Session session;
};

} // namespace plumb::rt::admin

#endif // PLUMB_RUNTIME_ADMIN_ADMINCONNECTION_H
