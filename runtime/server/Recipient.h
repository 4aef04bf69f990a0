//===- Recipient.h - who is sent messages -----------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_SERVER_RECIPIENT_H
#define PLUMB_RUNTIME_SERVER_RECIPIENT_H

#include "runtime/output/Writer.h"
#include "runtime/rooms/Subscriber.h"

namespace plumb::rt::server {

/// A stream that may be in rooms: where the two meet. Its shard's thread only.
class Recipient : public output::Writer, public rooms::Subscriber {
public:
  using Writer = output::Writer;

  Recipient(output::Turn &turn, net::Stream stream)
      : Writer(turn, std::move(stream)) {}

  static Recipient &of(output::Writer &writer) noexcept {
    return static_cast<Recipient &>(writer);
  }
  static Recipient &of(rooms::Subscriber &subscriber) noexcept {
    return static_cast<Recipient &>(subscriber);
  }

  bool mayShare() const noexcept { return allowsSharing() && !hasQueue(); }

  /// Its queue is full, and the policy is to disconnect: it leaves its rooms.
  virtual void overflow() = 0;
  /// Its queue is empty, and somebody wanted to know. May call the program.
  virtual void onEmptied() = 0;

protected:
  ~Recipient() = default;
};

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_RECIPIENT_H
