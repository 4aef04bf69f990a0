//===- AdminConnection.h - one request at the admin port --------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ADMIN_ADMINCONNECTION_H
#define PLUMB_RUNTIME_ADMIN_ADMINCONNECTION_H

#include "runtime/net/Loop.h"
#include "runtime/net/Stream.h"
#include "runtime/wire/RequestReader.h"

#include <string>

namespace plumb::rt::admin {

class Admin;

/// Reads a request, writes the response, waits until the peer has ended its
/// side (so that no reset overtakes the response), all before one deadline.
/// The admin thread's.
class AdminConnection final : net::EventHandler, net::Timer {
public:
  AdminConnection(Admin &admin, base::Fd socket);
  ~AdminConnection();

  /// False when the loop cannot take it.
  bool start();
  /// Closes the socket; the object lives until the turn is over.
  void end();

private:
  void onEvents(uint32_t events) override;
  void onTimer() override { end(); }
  void read();
  void write();
  void waitFor(uint32_t events);

  Admin &admin;
  net::Stream stream;
  wire::RequestReader reader;
  std::string response; ///< empty until there is one
  size_t written = 0;
  bool over = false;
};

} // namespace plumb::rt::admin

#endif // PLUMB_RUNTIME_ADMIN_ADMINCONNECTION_H
