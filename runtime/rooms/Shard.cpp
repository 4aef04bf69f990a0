//===- Shard.cpp - one thread of a server ---------------------------------===//

#include "runtime/rooms/Shard.h"
#include "runtime/base/Log.h"
#include "runtime/base/Signals.h"
#include "runtime/net/Descriptors.h"
#include "runtime/net/Stop.h"
#include "runtime/rooms/Directory.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <functional>
#include <shared_mutex>

namespace plumb::rt::rooms {

//===----------------------------------------------------------------------===//
// The shards of the process
//===----------------------------------------------------------------------===//

namespace {
struct Registry {
  std::shared_mutex lock;
  std::array<std::shared_ptr<Shard>, Token::maxShards> shards;
  // By number, so that a token of an earlier shard stays stale for ever.
  std::array<uint32_t, Token::maxShards> generations = {};
};
Registry &registry() {
  static Registry &instance = *new Registry(); // Outlives the threads.
  return instance;
}
} // namespace

std::shared_ptr<Shard> Shard::byNumber(uint32_t number) {
  std::shared_lock guard(registry().lock);
  return registry().shards[number];
}

bool Shard::enlist(const std::shared_ptr<Shard> &shard) {
  std::unique_lock guard(registry().lock);
  for (uint32_t i = 1; i < Token::maxShards; ++i) {
    uint32_t generation = registry().generations[i];
    if (registry().shards[i] || generation == Slots::usedUp)
      continue;
    registry().shards[i] = shard;
    shard->id = i;
    shard->slots = Slots(Token::maxSlots, generation);
    return true;
  }
  return false;
}

void Shard::dismiss(Shard &shard) noexcept {
  if (shard.id == 0)
    return;
  std::shared_ptr<Shard> keep;
  std::unique_lock guard(registry().lock);
  registry().generations[shard.id] = shard.slots.nextGeneration();
  keep = std::move(registry().shards[shard.id]);
}

//===----------------------------------------------------------------------===//
// Connections
//===----------------------------------------------------------------------===//

/// What other threads may have waiting for one shard. Each connection's queue
/// has a limit of its own; this one only ends a shard that hangs.
static size_t inboxLimit(const Options &options) {
  return std::max<size_t>(64 << 20,
                          static_cast<size_t>(options.max_queue_bytes) * 2);
}
static constexpr size_t readBufferSize = 256 * 1024;
static constexpr uint32_t maxRefusals = 64;

Shard::Entrance::Entrance(Shard &shard, ShardSocket listening)
    : shard(shard), certificate(listening.certificate),
      listener(shard.events, std::move(listening.socket), *this,
               listening.shared) {}

Shard::Shard(ServerState &server, std::vector<ShardSocket> listening)
    : state(server), inbox(inboxLimit(server.options)),
      output(*this, server.options), drain(*this), readBuffer(readBufferSize) {
  for (ShardSocket &socket : listening)
    entrances.push_back(std::make_unique<Entrance>(*this, std::move(socket)));
}

Shard::~Shard() = default;

void Shard::accept(base::Fd socket, const net::Address &peer,
                   const net::ServerCertificate *certificate) {
  counters.add(Series::SocketsAccepted);
  Admission::Verdict verdict = Admission::Verdict::Full;
  bool isProxy = state.proxies.trust(peer);
  Connection *connection = nullptr;
  try {
    auto use = net::Descriptors::instance().useOf(socket.get());
    verdict = use != net::Descriptors::Use::Any
                  ? Admission::Verdict::NoDescriptors
              : state.memory.excess() > 0 ? Admission::Verdict::Short
              : isProxy                   ? state.admission.admit()
                                          : state.admission.admit(peer);
    if (verdict != Admission::Verdict::Admitted)
      tellOf(verdict);
    // Those that wait for their refusal are connections, too.
    if (use == net::Descriptors::Use::None ||
        (verdict != Admission::Verdict::Admitted && refusals >= maxRefusals))
      counters.add(seriesOf(verdict));
    else
      connection = insert(std::make_unique<Connection>(
          *this, std::move(socket), peer, verdict, certificate));
  } catch (const std::bad_alloc &) {
    static base::LogGate gate;
    base::log(gate, base::LogLevel::Error,
              "out of memory; a connection was refused");
  }
  if (connection && !connection->start())
    connection->destroy();
  else if (!connection && verdict == Admission::Verdict::Admitted)
    isProxy ? state.admission.release() : state.admission.release(peer);
}

bool Shard::refuseLater(Connection &connection) {
  tellOf(Admission::Verdict::Crowded);
  state.admission.release();
  connection.admission = Admission::Verdict::Crowded;
  return ++refusals <= maxRefusals;
}

Series seriesOf(Admission::Verdict verdict) noexcept {
  switch (verdict) {
  case Admission::Verdict::Full:
    return Series::HandshakeFull;
  case Admission::Verdict::Short:
    return Series::HandshakeMemory;
  case Admission::Verdict::NoDescriptors:
    return Series::HandshakeDescriptors;
  default:
    return Series::HandshakeAddress;
  }
}

void Shard::tellOf(Admission::Verdict verdict) {
  const Options &options = state.options;
  if (verdict == Admission::Verdict::Short)
    return; // shed() tells.
  if (verdict == Admission::Verdict::NoDescriptors) {
    base::log(state.toldDescriptors, base::LogLevel::Warning,
              "the process has opened nearly as many files as it may (" +
                  std::to_string(net::Descriptors::instance().limit()) +
                  "): new connections are refused; raise the limit (ulimit -n, "
                  "or LimitNOFILE= of systemd) to serve more");
  } else if (verdict == Admission::Verdict::Full) {
    base::log(state.toldFull, base::LogLevel::Warning,
              "the server is full (" + std::to_string(options.max_connections) +
                  " connections); raise max_connections to serve more");
  } else {
    base::log(state.toldCrowded, base::LogLevel::Warning,
              "an address has " +
                  std::to_string(options.max_connections_per_address) +
                  " connections and wants more; raise "
                  "max_connections_per_address to let it");
  }
}

Connection *Shard::insert(std::unique_ptr<Connection> connection) {
  std::lock_guard guard(lock);
  // Room for all of them, so that bury() cannot fail.
  if (graveyard.capacity() <= slots.size())
    graveyard.reserve(2 * (slots.size() + 1));
  Connection &added = *connection;
  std::optional<Slots::Name> name = slots.insert(connection);
  if (!name)
    return nullptr;
  added.self = Token(id, name->index, name->generation).value();
  ++open;
  counters.add(Series::Sockets);
  if (added.admission != Admission::Verdict::Admitted)
    ++refusals;
  return &added;
}

void Shard::retire(Connection &connection) noexcept {
  std::lock_guard guard(lock);
  slots.retire(connection.token().slot());
}

void Shard::bury(Connection &connection) noexcept {
  {
    std::lock_guard guard(lock);
    graveyard.push_back(slots.remove(connection.token().slot()));
  }
  --open;
  counters.subtract(Series::Sockets);
  connection.uncount();
  if (connection.admission == Admission::Verdict::Admitted)
    state.admission.release();
  else
    --refusals;
  for (const std::unique_ptr<Entrance> &entrance : entrances)
    entrance->listener.retry();
}

/// Less is not worth a connection.
static constexpr size_t leastShed = 64 * 1024;

/// The worst go first: who has the most waiting, until that is what is too
/// much.
void Shard::shed(size_t excess) {
  std::vector<std::pair<size_t, Connection *>> worst;
  for (size_t i = 0; i < slots.size(); ++i)
    if (Connection *connection = slots.at(i))
      if (size_t bytes = connection->waitingBytes(); bytes >= leastShed)
        worst.emplace_back(bytes, connection);
  std::sort(worst.begin(), worst.end(), std::greater<>());
  size_t closed = 0, freed = 0;
  for (; closed < worst.size() && freed <= excess; ++closed) {
    freed += worst[closed].first;
    worst[closed].second->shed();
  }
  counters.add(Series::Sheds, closed);
  constexpr int64_t mega = 1'000'000;
  base::log(
      state.toldMemory, base::LogLevel::Error,
      "memory is short (" + std::to_string(state.memory.used() / mega) +
          " MB of max_memory, " + std::to_string(state.memory.limit() / mega) +
          " MB): new connections are refused, and " + std::to_string(closed) +
          " that had the most waiting were closed with 1013");
}

void Shard::continueLater(Connection &connection) {
  if (connection.continues)
    return;
  toResume.push_back(&connection);
  connection.continues = true;
  counters.add(Series::Deferrals);
}

/// Those of the turn before; who still has input is in the other list then.
void Shard::resumeThose() {
  for (Connection *connection : resuming)
    try {
      connection->resume();
    } catch (const std::bad_alloc &) {
      output.giveUp(*connection);
    }
  resuming.clear();
}

void Shard::loseBroken() {
  for (size_t i = 0; i < slots.size(); ++i)
    if (Connection *connection = slots.at(i); connection && connection->broken)
      connection->lost();
}

//===----------------------------------------------------------------------===//
// Turns
//===----------------------------------------------------------------------===//

bool Shard::request(Request &&request) {
  if (!inbox.push(std::move(request)))
    return false;
  events.wake();
  return true;
}

int64_t Shard::carryOut(Request &request) {
  if (request.kind == Request::Kind::Message) {
    output.deliver(*request.part, request.frame, request.connection,
                   request.sequence);
    return PLUMB_OK;
  }
  Connection *connection = find(request.connection);
  if (!connection)
    return PLUMB_ERR_STALE_HANDLE;
  if (request.kind == Request::Kind::Send) {
    std::lock_guard guard(lock);
    connection->remoteBytes -= request.frame.bytes().size();
    --connection->remoteMessages;
  }
  if (!connection->takesMessages())
    return PLUMB_WS_ERR_CLOSED;
  switch (request.kind) {
  case Request::Kind::Send:
    switch (output.send(*connection, request.frame)) {
    case Pushed::Queued:
      counters.add(Series::MessagesSent);
      break;
    case Pushed::Full:
      connection->overflow();
      break;
    default:
      break;
    }
    break;
  case Request::Kind::Full:
    output.refused(*connection);
    break;
  case Request::Kind::Close:
    connection->close(request.code, request.text);
    break;
  case Request::Kind::Join:
    return output.join(*connection, request.text);
  default:
    output.leave(*connection, request.text);
  }
  return PLUMB_OK;
}

void Shard::carryOut(std::vector<Request> &&requests) {
  for (Request &request : requests) {
    int64_t status;
    try {
      status = carryOut(request);
    } catch (const std::bad_alloc &) {
      status = PLUMB_ERR_NO_MEMORY;
    }
    if (request.waiter)
      request.waiter->finish(status);
  }
}

void Shard::beginStop() {
  // What other shards said before they asked for the stop is still delivered.
  carryOut(takeRequests());
  isStopping = true;
  bool isFirst = !state.draining.exchange(true);
  if (isFirst) // While somebody listens, see SocketFile.
    for (ListenPoint &point : state.points)
      point.file.remove();
  for (const std::unique_ptr<Entrance> &entrance : entrances)
    entrance->listener.close();
  if (isFirst)
    base::log(base::Ungated("once a server"), base::LogLevel::Info,
              "stopping (" + std::to_string(state.admission.connections()) +
                  " connections)");
  drain.begin();
}

/// For each send, of about 4 microseconds: a 64th of the flush's own time.
static constexpr std::chrono::nanoseconds waitPerSend{64};
static constexpr std::chrono::nanoseconds longestWait{1000000};

/// Several messages to a large room cost one send a member when they go out
/// together. Publishers that wait for one message send the next at nearly the
/// same time, and without this the first of them would have a flush of its own.
void Shard::gather() {
  size_t sends = output.largeFanout();
  if (sends == 0)
    return;
  using Clock = std::chrono::steady_clock;
  Clock::time_point now = Clock::now();
  auto end = now + std::min<std::chrono::nanoseconds>(sends * waitPerSend,
                                                      longestWait);
  for (; now < end; now = Clock::now()) {
    if (!events.turnFor(end - now))
      return;
    carryOut(takeRequests());
  }
}

void Shard::run() {
  base::WriteSignalBlock writeSignals;
  net::Loop::Running running(events);
  thisShard = this;
  if (state.options.flush == PLUMB_WS_FLUSH_IO_URING)
    output.useIoUring(); // A ring belongs to its thread.
  do {
    try {
      handshakes.begin();
      if (resuming.empty()) // Else memory was out amid the turn before.
        resuming.swap(toResume);
      events.turn(resuming.empty() && !output.hasOutput());
      resumeThose();
      carryOut(takeRequests());
      gather();
      if (!isStopping && (events.stopRequested() || stopAsked))
        beginStop();
      if (isStopping)
        drain.tell();
      state.memory.look(events.now());
      if (int64_t excess = state.memory.excess(); excess > 0) [[unlikely]] {
        if (events.now() >= nextShed) {
          nextShed = events.now() + 100; // By then it is known what that gave.
          shed(static_cast<size_t>(excess / state.options.shards));
        }
      }
    } catch (const std::bad_alloc &) {
      static base::LogGate gate;
      base::log(gate, base::LogLevel::Error, "out of memory in an event loop");
    }
    // In any case: its lists must not keep what is freed now.
    output.flush();
    if (isStopping && drain.cut())
      output.flush();
    if (!graveyard.empty()) {
      output.forgetEnded();
      for (std::vector<Connection *> *list : {&toResume, &resuming})
        std::erase_if(*list, [](const Connection *connection) {
          return connection->phase == Phase::Dead;
        });
      graveyard.clear();
    }
    counters.add(Series::Turns);
  } while (!isStopping || open > 0);
  thisShard = nullptr;
  hasEnded = true;
  for (Request &request : inbox.close())
    if (request.waiter)
      request.waiter->finish(PLUMB_ERR_STALE_HANDLE);
}

} // namespace plumb::rt::rooms
