//===- AdminConnection.cpp - one request at the admin port ----------------===//

#include "runtime/admin/AdminConnection.h"
#include "runtime/admin/Admin.h"
#include "runtime/wire/Response.h"

#include <new>
#include <sys/epoll.h>

namespace plumb::rt::admin {

AdminConnection::AdminConnection(Admin &admin, base::Fd socket)
    : admin(admin), stream(std::move(socket), nullptr) {}

AdminConnection::~AdminConnection() { admin.loop.timers().disarm(*this); }

bool AdminConnection::start() {
  admin.loop.timers().arm(*this, admin.loop.now() + Admin::connectionMs);
  return admin.loop.watch(stream.fd(), *this, EPOLLIN);
}

void AdminConnection::end() {
  if (over)
    return;
  over = true;
  admin.loop.timers().disarm(*this);
  admin.loop.unwatch(stream.fd());
  stream.close();
  admin.bury(*this);
}

void AdminConnection::onEvents(uint32_t events) {
  if (over)
    return;
  try {
    if (events & EPOLLOUT)
      write();
    else
      read();
  } catch (const std::bad_alloc &) {
    end();
  }
}

void AdminConnection::read() {
  uint8_t buffer[4096];
  net::IoResult result = stream.read(buffer);
  if (result.io == net::Io::WantRead || result.io == net::Io::WantWrite)
    return;
  if (result.io != net::Io::Done)
    return end();
  if (!response.empty())
    return; // Whatever follows the request is nothing to us.
  reader.feed(std::span(buffer, result.bytes), admin.limits);
  switch (reader.state()) {
  case wire::RequestReader::State::NeedMore:
    return;
  case wire::RequestReader::State::Failed:
    response = wire::refusal(reader.status(), reader.text(), reader.headOnly());
    break;
  case wire::RequestReader::State::Done:
    response = admin.answer(reader.take());
  }
  write();
}

void AdminConnection::waitFor(uint32_t events) {
  if (!admin.loop.change(stream.fd(), *this, events))
    end();
}

void AdminConnection::write() {
  auto bytes = std::span(reinterpret_cast<const uint8_t *>(response.data()),
                         response.size());
  net::IoResult result = stream.write(bytes.subspan(written));
  written += result.bytes;
  switch (result.io) {
  case net::Io::Done:
    stream.finishWriting();
    return waitFor(EPOLLIN);
  case net::Io::WantRead:
  case net::Io::WantWrite:
    // Not read meanwhile: a peer that only writes would keep us busy.
    return waitFor(EPOLLOUT);
  default:
    end();
  }
}

} // namespace plumb::rt::admin
