//===- WatchedStream.h - a stream and what is waited for --------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_OUTPUT_WATCHEDSTREAM_H
#define PLUMB_RUNTIME_OUTPUT_WATCHEDSTREAM_H

#include "runtime/net/Loop.h"
#include "runtime/net/Stream.h"
#include "runtime/output/Turn.h"

#include <new>
#include <sys/epoll.h>

namespace plumb::rt::output {

/// The stream of one connection, and what its loop is to report of it. What is
/// sent is the writer's that derives from it. One thread's.
template <typename Stream, typename Loop>
class BasicWatchedStream : public net::EventHandler {
public:
  using Turn = BasicTurn<Stream, Loop>;

  BasicWatchedStream(Turn &turn, Stream stream)
      : stream(std::move(stream)), turn(turn) {}
  BasicWatchedStream(const BasicWatchedStream &) = delete;
  BasicWatchedStream &operator=(const BasicWatchedStream &) = delete;

  int fd() const noexcept { return stream.fd(); }
  bool isTls() const noexcept { return stream.isTls(); }
  const auto *ssl() const noexcept { return stream.ssl(); }
  uint64_t readersMark() const noexcept { return stream.readersMark(); }
  size_t untaken() const noexcept { return stream.untaken(); }
  bool hasMore() noexcept { return stream.hasMore(); }
  uint32_t takeControls() noexcept { return stream.takeControls(); }

  /// Begins to wait for input. False when the loop cannot take it.
  bool watch() noexcept { return turn.loop.watch(stream.fd(), *this, EPOLLIN); }
  /// Whether input is reported.
  bool isReading() const noexcept { return watchesIn; }
  void setReading(bool reads) noexcept {
    if (watchesIn == reads)
      return;
    watchesIn = reads;
    updateWatch();
  }
  /// Nothing is reported any more, not even that it is over, until input or
  /// output is waited for again.
  void unwatch() noexcept {
    turn.loop.unwatch(stream.fd());
    unwatched = true;
  }

  /// A step of TLS's handshake; waits for what the next one needs.
  net::Io handshake() noexcept {
    net::Io io = stream.handshake();
    if (io == net::Io::Done || io == net::Io::WantRead)
      setWritableWatch(false);
    else if (io == net::Io::WantWrite)
      setWritableWatch(true);
    return io;
  }
  /// After one that has failed: what is said from here on is not encrypted.
  void abandonTls() noexcept {
    stream.abandonTls();
    setWritableWatch(false);
  }

  net::IoResult read(std::span<uint8_t> into) noexcept {
    net::IoResult result = stream.read(into);
    if (stream.isTls() && stream.holdsOutput()) // OpenSSL's own answers.
      awaitWritable();
    if (result.io == net::Io::Failed)
      broken = true; // Nothing can be sent, either.
    return result;
  }

  /// Tells the peer that nothing more will come.
  void finishWriting() noexcept { stream.finishWriting(); }

  /// The stream has failed, or memory is out and bytes are lost: whoever looks
  /// after the connections ends this one when the turn is over.
  void giveUp() noexcept {
    broken = true;
    turn.noteBroken();
  }
  bool isBroken() const noexcept { return broken; }
  /// The socket may take bytes.
  bool canSend() const noexcept { return !blocked && !broken; }
  bool isBlocked() const noexcept { return blocked; }

  /// Runs a step for the connection; it is given up when there is no memory for
  /// that, so that the others get theirs and no list keeps what has gone.
  template <typename Step> void contained(Step &&step) noexcept {
    try {
      step();
    } catch (const std::bad_alloc &) {
      giveUp();
    }
  }

protected:
  ~BasicWatchedStream() = default;

  void onBlocked(net::Io io) noexcept {
    // WantRead cannot come from a write (no renegotiation); waiting for the
    // socket to be writable is right for both.
    if (io == net::Io::WantWrite || io == net::Io::WantRead)
      awaitWritable();
    else
      giveUp();
  }
  void awaitWritable() noexcept {
    blocked = true;
    setWritableWatch(true);
  }
  void setWritableWatch(bool on) noexcept {
    if (watchesOut == on)
      return;
    watchesOut = on;
    updateWatch();
  }
  void updateWatch() noexcept {
    uint32_t events = (watchesIn ? uint32_t(EPOLLIN) : 0) |
                      (watchesOut ? uint32_t(EPOLLOUT) : 0);
    if (unwatched ? turn.loop.watch(stream.fd(), *this, events)
                  : turn.loop.change(stream.fd(), *this, events))
      unwatched = false;
    else
      giveUp(); // Nobody would hear of it any more.
  }

  Stream stream;
  bool blocked = false; ///< the socket takes no more for now

private:
  bool broken = false; ///< the stream has failed
  bool watchesOut = false, watchesIn = true;
  bool unwatched = false; ///< the loop does not report it at all

protected:
  Turn &turn;
};

} // namespace plumb::rt::output

#endif // PLUMB_RUNTIME_OUTPUT_WATCHEDSTREAM_H
