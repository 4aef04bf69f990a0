//===- Shard.cpp - one thread of a server ---------------------------------===//

#include "runtime/server/Shard.h"
#include "runtime/base/Clock.h"
#include "runtime/base/Log.h"
#include "runtime/base/Signals.h"
#include "runtime/net/Descriptors.h"
#include "runtime/net/Stop.h"
#include "runtime/server/Connection.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace plumb::rt::server {

Shard::Entrance::Entrance(Shard &shard, ShardSocket listening)
    : shard(shard), certificate(listening.certificate),
      listener(shard.loop, std::move(listening.socket), *this,
               listening.shared) {}

Shard::Shard(ServerState &server, std::vector<ShardSocket> listening,
             std::unique_ptr<net::Poller> poller)
    : ShardContext(server, std::move(poller)), drain(loop, server.options) {
  for (ShardSocket &socket : listening)
    entrances.push_back(std::make_unique<Entrance>(*this, std::move(socket)));
}

Shard::~Shard() = default;

void Shard::accept(base::Fd socket, const net::Address &peer,
                   const net::ServerCertificate *certificate) {
  admit(net::Descriptors::instance().useOf(socket.get()), peer, [&] {
    // The certificate of now; the stream holds on to it.
    net::TlsContext tls = certificate ? certificate->context() : nullptr;
    return net::Stream(std::move(socket), tls.get());
  });
}

void Shard::adopt(net::Stream stream, const net::Address &peer) {
  admit(net::Descriptors::Use::Any, peer, [&] { return std::move(stream); });
}

template <typename MakeStream>
void Shard::admit(net::Descriptors::Use use, const net::Address &peer,
                  MakeStream &&makeStream) {
  counters.add(metrics::Series::SocketsAccepted);
  limits::Admission::Verdict verdict = limits::Admission::Verdict::Full;
  std::unique_ptr<Connection> connection;
  try {
    Reception::Decision decision = reception.judge(use, peer);
    verdict = decision.verdict;
    if (decision.refuseNow) {
      counters.add(seriesOf(verdict));
      return;
    }
    connection =
        std::make_unique<Connection>(*this, makeStream(), peer, verdict);
    Connection &added = *connection;
    if (rooms::Token token = connections.insert(connection)) {
      counters.add(metrics::Series::Sockets);
      reception.enter(verdict);
      if (!added.start(token))
        added.destroy();
      return;
    }
  } catch (const std::bad_alloc &) {
    static base::LogGate gate;
    base::log(gate, base::LogLevel::Error,
              "out of memory; a connection was refused");
  }
  if (verdict == limits::Admission::Verdict::Admitted)
    reception.release(peer);
}

void Shard::onClosed() noexcept {
  for (const std::unique_ptr<Entrance> &entrance : entrances)
    entrance->listener.retry();
}

//===----------------------------------------------------------------------===//
// What other threads ask
//===----------------------------------------------------------------------===//

rooms::Status Shard::carryOut(rooms::Command &request) {
  if (request.kind == rooms::Command::Kind::Message) {
    fanout.deliver(*request.part, request.frame,
                   connections.find(request.connection), request.sequence);
    return rooms::Status::Ok;
  }
  Connection *connection = connections.find(request.connection);
  if (!connection)
    return rooms::Status::StaleHandle;
  if (request.kind == rooms::Command::Kind::Send) {
    std::lock_guard guard(connections.dataLock());
    connection->underway.bytes -= request.frame.bytes().size();
    --connection->underway.messages;
  }
  if (!connection->takesMessages())
    return rooms::Status::Closed;
  switch (request.kind) {
  case rooms::Command::Kind::Send:
    switch (connection->send(request.frame)) {
    case output::Pushed::Queued:
      counters.add(metrics::Series::MessagesSent);
      break;
    case output::Pushed::Full:
      connection->overflow();
      break;
    default:
      break;
    }
    break;
  case rooms::Command::Kind::Full:
    if (connection->refuseMessage() == output::Pushed::Full)
      connection->overflow();
    break;
  case rooms::Command::Kind::Close:
    connection->close(request.code, request.text);
    break;
  case rooms::Command::Kind::Join:
    return connection->join(request.text) == rooms::LocalRooms::Joined::TooMany
               ? rooms::Status::TooLarge
               : rooms::Status::Ok;
  default:
    connection->leave(request.text);
  }
  return rooms::Status::Ok;
}

void Shard::carryOut(std::vector<rooms::Command> &&requests) {
  for (rooms::Command &request : requests) {
    rooms::Status status;
    try {
      status = carryOut(request);
    } catch (const std::bad_alloc &) {
      status = rooms::Status::NoMemory;
    }
    if (request.waiter)
      request.waiter->finish(status);
  }
}

void Shard::carryOutInbox() {
  if (!inbox.empty())
    carryOut(inbox.take());
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

/// Less is not worth a connection.
static constexpr size_t minShed = 64 * 1024;

/// The worst go first: who has the most waiting, until that is what is too
/// much.
void Shard::shed(size_t excess) {
  std::vector<std::pair<size_t, Connection *>> worst;
  connections.each([&](Connection &connection) {
    if (size_t bytes = connection.waitingBytes(); bytes >= minShed)
      worst.emplace_back(bytes, &connection);
  });
  std::sort(worst.begin(), worst.end(), std::greater<>());
  size_t closed = 0, freed = 0;
  for (; closed < worst.size() && freed <= excess; ++closed) {
    freed += worst[closed].first;
    worst[closed].second->shed();
  }
  counters.add(metrics::Series::Sheds, closed);
  constexpr int64_t mega = 1'000'000;
  base::log(
      server.toldMemory, base::LogLevel::Error,
      "memory is short (" + std::to_string(server.memory.used() / mega) +
          " MB of max_memory, " + std::to_string(server.memory.limit() / mega) +
          " MB): new connections are refused, and " + std::to_string(closed) +
          " that had the most waiting were closed with 1013");
}

void Shard::relieveMemory() {
  server.memory.look(loop.now());
  int64_t excess = server.memory.excess();
  if (excess <= 0 || loop.now() < nextShed) [[likely]]
    return;
  nextShed = loop.now() + 100; // By then it is known what that gave.
  shed(static_cast<size_t>(excess / server.options.shards));
}

//===----------------------------------------------------------------------===//
// The end
//===----------------------------------------------------------------------===//

void Shard::beginStop() {
  // What other shards said before they asked for the stop is still delivered.
  carryOutInbox();
  stopping = true;
  bool isFirst = !server.draining.exchange(true);
  if (isFirst) // While somebody listens, see SocketFile.
    for (ListenPoint &point : server.points)
      point.file.remove();
  for (const std::unique_ptr<Entrance> &entrance : entrances)
    entrance->listener.close();
  if (isFirst)
    base::log(base::Ungated("once a server"), base::LogLevel::Info,
              "stopping (" + std::to_string(server.admission.connections()) +
                  " connections)");
  drain.begin(connections.size());
}

void Shard::tellToGo() {
  // By place, not by a list: connections come to their end meanwhile.
  size_t number = drain.takeDue(stopAsked);
  for (; number > 0 && drainPlace < connections.places(); ++drainPlace)
    if (Connection *connection = connections.at(drainPlace)) {
      connection->stop();
      --number;
    }
}

/// When the time is over. True if there may be more to flush.
bool Shard::cutLate() noexcept {
  if (!drain.isOver() || connections.size() == 0)
    return false;
  Drain::warnOfCut(connections.size());
  connections.each([](Connection &connection) { connection.cut(); });
  return true;
}

//===----------------------------------------------------------------------===//
// Turns
//===----------------------------------------------------------------------===//

/// Those of the turn before; who still has input is in the other list then.
void Shard::resumeThose() {
  for (Connection *connection : resuming)
    connection->contained([&] { connection->resume(); });
  resuming.clear();
}

/// For each send, of about 4 microseconds: a 64th of the flush's own time.
static constexpr std::chrono::nanoseconds waitPerSend{64};
static constexpr std::chrono::nanoseconds longestWait{1000000};

/// Several messages to a large room cost one send a member when they go out
/// together. Publishers that wait for one message send the next at nearly the
/// same time, and without this the first of them would have a flush of its own.
void Shard::gather() {
  size_t sends = rooms.largeFanout();
  if (sends == 0)
    return;
  auto now = [] { return std::chrono::nanoseconds(base::steadyNanoseconds()); };
  auto end = now() + std::min<std::chrono::nanoseconds>(sends * waitPerSend,
                                                        longestWait);
  for (std::chrono::nanoseconds left; (left = end - now()).count() > 0;) {
    if (!loop.turnFor(left))
      return;
    carryOutInbox();
  }
}

void Shard::flush() noexcept {
  fanout.flush([this] {
    connections.each([](Connection &connection) {
      if (connection.isBroken())
        connection.lost();
    });
  });
}

void Shard::freeDead() noexcept {
  if (!connections.hasBuried())
    return;
  turn.forgetClosed();
  for (std::vector<Connection *> *list : {&toResume, &resuming})
    std::erase_if(*list, [](const Connection *one) { return one->isDead(); });
  connections.freeBuried();
}

void Shard::beginTurn(bool wait) {
  handshakes.begin();
  if (resuming.empty()) // Else memory was out amid the turn before.
    resuming.swap(toResume);
  loop.turn(wait && resuming.empty() && !fanout.hasOutput());
  resumeThose();
  carryOutInbox();
  gather();
  if (!stopping && (loop.stopRequested() || stopAsked))
    beginStop();
  if (stopping)
    tellToGo();
  relieveMemory();
}

bool Shard::runTurn(bool wait) {
  thisShard = this;
  try {
    beginTurn(wait);
  } catch (const std::bad_alloc &) {
    static base::LogGate gate;
    base::log(gate, base::LogLevel::Error, "out of memory in an event loop");
  }
  // In any case: its lists must not keep what is freed now.
  flush();
  if (stopping && cutLate())
    flush();
  freeDead();
  counters.add(metrics::Series::Turns);
  thisShard = nullptr;
  return !stopping || connections.size() > 0;
}

void Shard::end() {
  hasEnded = true;
  for (rooms::Command &request : inbox.close())
    if (request.waiter)
      request.waiter->finish(rooms::Status::StaleHandle);
}

void Shard::run() {
  base::WriteSignalBlock writeSignals;
  net::Loop::Running running(loop);
  if (server.options.flush == Options::Flush::IoUring)
    flusher.useIoUring();
  while (runTurn(true)) {
  }
  end();
}

} // namespace plumb::rt::server
