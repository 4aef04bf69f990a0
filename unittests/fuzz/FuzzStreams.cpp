//===- FuzzStreams.cpp - plain and TLS streams of one thread --------------===//
//
// Several peers of TLS 1.3, of TLS 1.2 (whose records are made by hand) and
// without TLS, all on one thread, as on a shard. The input says who sends data,
// key updates, renegotiations, halves of records or nonsense, who is read from
// or written to, and who does not take what it is sent. Every byte is accounted
// for: a peer gets what was written to it, and the stream what its peer sent,
// each in order, nothing else, and in the end all of it.
//
//===----------------------------------------------------------------------===//

#include "../net/Tls12Records.h"
#include "../net/TlsPeer.h"
#include "Require.h"
#include "runtime/net/SealedBatch.h"

#include <algorithm>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using namespace plumb::rt::net;
using namespace plumb::test;

namespace {

/// One of the three, with what went each way.
class Side {
public:
  virtual ~Side() = default;
  virtual Stream &stream() = 0;
  virtual int socket() = 0;
  /// Adds to what is on its way to the stream.
  virtual void say(std::string_view text) = 0;
  virtual void control() = 0;
  /// What has come from the stream since; only data.
  virtual std::string hear() = 0;

  /// Puts so many of the bytes on the socket.
  void deliver(size_t max) {
    size_t size = std::min(max, wire.size());
    ssize_t sent = ::send(socket(), wire.data(), size, MSG_NOSIGNAL);
    wire.erase(0, sent < 0 ? 0 : static_cast<size_t>(sent));
  }

  std::string wire;    ///< not on the socket yet
  std::string said;    ///< by the peer
  std::string read;    ///< by the server
  std::string written; ///< by the server: what the stream has taken
  std::string heard;   ///< by the peer
  std::string waiting; ///< what the stream has not taken
  int controlsInARow = 0;
  bool hostile = false; ///< nothing is promised to it any more
  bool over = false;
};

class PlainSide : public Side {
public:
  PlainSide() {
    int ends[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
    end = ends[0];
    own = std::make_unique<Stream>(plumb::rt::base::Fd(ends[1]), nullptr);
  }
  ~PlainSide() override { ::close(end); }
  Stream &stream() override { return *own; }
  int socket() override { return end; }
  void say(std::string_view text) override { wire += text; }
  void control() override {}
  std::string hear() override {
    std::string text;
    char buffer[4096];
    ssize_t size;
    while ((size = ::recv(end, buffer, sizeof buffer, 0)) > 0)
      text.append(buffer, static_cast<size_t>(size));
    return text;
  }

private:
  int end;
  std::unique_ptr<Stream> own;
};

class Tls13Side : public Side {
public:
  Stream &stream() override { return *peer.stream; }
  int socket() override { return peer.socket; }
  void say(std::string_view text) override {
    peer.encrypt(text);
    wire += peer.takeOutput();
  }
  void control() override {
    peer.updateKeys();
    wire += peer.takeOutput();
  }
  std::string hear() override {
    peer.receive();
    std::string text = peer.decrypt();
    REQUIRE(SSL_get_shutdown(peer.ssl) == 0 || hostile);
    wire += peer.takeOutput(); // Its answers to our key updates.
    return text;
  }

private:
  Peer peer{SOCK_STREAM};
};

class Tls12Side : public Side {
public:
  Stream &stream() override { return *peer.stream; }
  int socket() override { return peer.socket; }
  void say(std::string_view text) override {
    wire += records.seal(Record::Data, text);
  }
  void control() override { wire += records.clientHello(); }
  std::string hear() override {
    cipher += peer.receiveRaw();
    std::string text;
    for (Tls12Records::Opened &record : records.open(cipher)) {
      if (record.type == Record::Data)
        text += record.content;
      else
        REQUIRE(record.content == "\1\x64" || hostile);
    }
    REQUIRE(!records.damaged);
    return text;
  }

private:
  Peer peer{SOCK_STREAM, TLS1_2_VERSION};
  Tls12Records records{peer.ssl};
  std::string cipher;
};

uint8_t buffer[64 * 1024];

void read(Side &side, bool all) {
  if (side.over)
    return;
  IoResult result;
  do {
    result = side.stream().read(buffer);
    side.stream().takeControls();
    if (result.io == Io::Done)
      side.read.append(reinterpret_cast<char *>(buffer), result.bytes);
    else if (result.io != Io::WantRead)
      side.over = true; // Only who asked for it.
    REQUIRE(!side.over || side.hostile);
  } while (all && result.io == Io::Done && side.stream().hasMore());
}

void wrote(Side &side, IoResult result) {
  side.over = result.io != Io::Done && result.io != Io::WantWrite;
  REQUIRE(!side.over || side.hostile);
  side.written += side.waiting.substr(0, result.bytes);
  side.waiting.erase(0, result.bytes);
}

void write(Side &side) {
  if (!side.over && !side.waiting.empty())
    wrote(side, side.stream().write(bytesOf(side.waiting)));
}

/// For all that have something to be sent, as a shard does.
void writeAll(std::span<const std::unique_ptr<Side>> sides) {
  SealedBatch batch;
  for (const std::unique_ptr<Side> &side : sides)
    if (!side->over && !side->waiting.empty())
      batch.add(side->stream(), bytesOf(side->waiting), side.get());
  batch.submit([](void *user, std::span<const uint8_t>, IoResult result) {
    wrote(*static_cast<Side *>(user), result);
  });
}

void hear(Side &side) {
  side.heard += side.hear();
  REQUIRE((side.written + side.waiting.substr(0, side.stream().retryBytes()))
              .starts_with(side.heard));
  REQUIRE(side.hostile || side.said.starts_with(side.read));
}

std::unique_ptr<Side> make(uint8_t kind) {
  switch (kind % 3) {
  case 0:
    return std::make_unique<PlainSide>();
  case 1:
    return std::make_unique<Tls13Side>();
  default:
    return std::make_unique<Tls12Side>();
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::vector<std::unique_ptr<Side>> sides;
  std::string text = noise(40000);
  for (size_t at = 0; at + 2 < size; at += 3) {
    uint8_t what = data[at], more = data[at + 2];
    if (sides.size() < 2 || (what % 16 == 15 && sides.size() < 6)) {
      sides.push_back(make(what / 16));
      continue;
    }
    Side &side = *sides[data[at + 1] % sides.size()];
    // A different text each time: bytes of another's would not go unseen.
    size_t length = more < 200 ? more + 1u : (more - 199u) * 700;
    std::string_view some = std::string_view(text).substr(at % 997, length);
    switch (what % 16) {
    case 0:
    case 1:
      side.say(some.substr(0, 15000));
      side.said += some.substr(0, 15000);
      side.controlsInARow = 0;
      break;
    case 2:
      side.control();
      side.hostile |= ++side.controlsInARow > 16; // It may be cut for that.
      break;
    case 3:
      side.deliver(more);
      break;
    case 4:
    case 5:
      side.deliver(side.wire.size());
      break;
    case 6:
      read(side, false);
      break;
    case 7:
    case 8:
      read(side, true);
      break;
    case 9:
      side.waiting += some;
      write(side);
      break;
    case 10:
      side.waiting += some;
      break;
    case 11:
      writeAll(sides);
      break;
    case 12:
      side.over |= side.stream().flush() == Io::Failed;
      break;
    case 13:
      hear(side);
      break;
    case 14:
      if (more < 8) { // Nonsense.
        side.hostile = true;
        side.wire += some;
      } else {
        int small = 4096;
        ::setsockopt(side.stream().fd(), SOL_SOCKET, SO_SNDBUF, &small,
                     sizeof small);
      }
      break;
    }
  }
  // All that is on its way arrives.
  for (std::unique_ptr<Side> &side : sides) {
    auto due = [&] {
      return !side->over && !side->hostile &&
             (!side->wire.empty() || !side->waiting.empty() ||
              side->stream().holdsOutput());
    };
    do {
      side->deliver(side->wire.size());
      read(*side, true);
      write(*side);
      side->stream().flush();
      hear(*side);
    } while (due());
    for (int silent = 0; silent < 2; ++silent) { // A turn ends with one.
      size_t before = side->read.size();
      read(*side, true);
      if (side->read.size() != before)
        silent = -1;
    }
    hear(*side);
    if (side->hostile)
      continue;
    REQUIRE(side->read == side->said);
    REQUIRE(side->heard == side->written);
  }
  return 0;
}
