//===- AdminConnection.cpp - one request at the admin port ----------------===//

#include "runtime/admin/AdminConnection.h"

#include <new>
#include <sys/epoll.h>

namespace plumb::rt::admin {

/// What a peer can make us hold of a request.
static constexpr wire::Limits requestLimits{.maxHeader = 8192};

bool AdminConnection::start(int64_t deadline) {
  loop.timers().arm(*this, deadline);
  tellWhenEmpty(true);
  return watch();
}

void AdminConnection::end() {
  if (isClosed())
    return;
  loop.timers().disarm(*this);
  close();
  owner.bury(*this);
}

void AdminConnection::onEvents(uint32_t events) {
  if (isClosed())
    return;
  try {
    if ((events & EPOLLOUT) && !onWritable())
      return end();
    if (isReading())
      receive();
    else if (events & (EPOLLHUP | EPOLLERR))
      end();
  } catch (const std::bad_alloc &) {
    end();
  }
}

void AdminConnection::receive() {
  uint8_t buffer[4096];
  net::IoResult result = read(buffer);
  if (result.io == net::Io::WantRead || result.io == net::Io::WantWrite)
    return;
  if (result.io != net::Io::Done)
    return end();
  if (session.answered())
    return; // Whatever follows the request is nothing to us.
  std::span<const uint8_t> bytes(buffer, result.bytes);
  switch (session.read(bytes, requestLimits)) {
  case http::Session::State::NeedMore:
    return;
  case http::Session::State::Refused:
    return respond(session.refusal());
  case http::Session::State::Request:
    return respond(owner.answer(session, session.takeRequest()));
  }
}

void AdminConnection::respond(const http::Response &response) {
  session.noteAnswer();
  // Not read meanwhile: a peer that only writes would keep us busy.
  setReading(false);
  pushResponse(std::make_shared<const wire::Bytes>(response.head.begin(),
                                                   response.head.end()));
}

void AdminConnection::onEmptied() {
  finishWriting();
  setReading(true);
}

} // namespace plumb::rt::admin
