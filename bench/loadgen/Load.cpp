//===- Load.cpp - One run of the load generator ---------------------------===//

#include "bench/loadgen/Load.h"

#include "bench/loadgen/CpuTime.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

using namespace plumb::bench;

static double now() {
  return std::chrono::duration<double>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

Load::Load(const Options &options)
    : options(options),
      ledger(options.connections, options.room, options.publishers,
             options.window, options.payload),
      epollFd(epoll_create1(0)), connections(options.connections),
      buffer(1 << 18), flushWanted(options.connections),
      waitsToWrite(options.connections) {}

Load::~Load() { close(epollFd); }

Result Load::run() {
  connectAll();
  if (!options.echo)
    for (unsigned member = 0; member < options.connections; ++member) {
      connections[member].queueText(
          "join ", "room" + std::to_string(member / options.room));
      wantFlush(member);
    }
  barrier("#joined");

  publishing = true;
  publishAll();
  auto never = [] { return false; };
  turnsUntil(never, options.warmup);

  Result result;
  uint64_t first = ledger.deliveries();
  double begin = now(), ownBegin = cpuSeconds(getpid());
  double serverBegin = options.serverPid ? cpuSeconds(options.serverPid) : -1;
  turnsUntil(
      [&] { return ledger.deliveries() - first >= options.maxDeliveries; },
      options.seconds);
  double serverEnd = options.serverPid ? cpuSeconds(options.serverPid) : -1;
  result.seconds = now() - begin;
  result.ownCpu = cpuSeconds(getpid()) - ownBegin;
  result.deliveries = ledger.deliveries() - first;
  if (serverBegin >= 0 && serverEnd >= 0)
    result.serverCpu = serverEnd - serverBegin;

  publishing = false;
  // What is missing after a fault will not come: the barrier is enough.
  turnsUntil([&] { return !ledger.inFlight() || ledger.anyFault(); },
             options.timeout);
  barrier("#drained");
  result.faults = ledger.close();
  return result;
}

void Load::connectAll() {
  for (unsigned i = 0; i < options.connections; ++i) {
    connections[i].open(options.host, options.port, i, options.timeout);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u32 = i;
    if (epoll_ctl(epollFd, EPOLL_CTL_ADD, connections[i].descriptor(), &event))
      throw ConnectionError("epoll_ctl failed");
  }
}

void Load::barrier(const char *text) {
  barrierLeft = options.connections;
  for (unsigned member = 0; member < options.connections; ++member) {
    connections[member].queueText("echo ", text);
    wantFlush(member);
  }
  flushAll();
  if (!turnsUntil([&] { return barrierLeft == 0; }, options.timeout))
    throw ConnectionError(std::to_string(barrierLeft) +
                          " connections did not "
                          "answer 'echo " +
                          text + "' in time");
}

void Load::publishAll() {
  for (unsigned member = 0; member < options.connections; ++member)
    fillWindow(member);
  flushAll();
}

void Load::fillWindow(unsigned member) {
  while (ledger.mayPublish(member)) {
    connections[member].queueText(options.echo ? "echo " : "say ",
                                  ledger.publish(member));
    wantFlush(member);
  }
}

bool Load::turnsUntil(const std::function<bool()> &done, double seconds) {
  double end = now() + seconds;
  while (!done()) {
    double left = end - now();
    if (left <= 0)
      return false;
    turn(std::min(left, 0.1));
  }
  return true;
}

void Load::turn(double waitSeconds) {
  epoll_event events[1024];
  int count = epoll_wait(epollFd, events, 1024, int(waitSeconds * 1000) + 1);
  for (int i = 0; i < count; ++i) {
    unsigned member = events[i].data.u32;
    if (events[i].events & EPOLLOUT)
      wantFlush(member);
    if (events[i].events & ~EPOLLOUT)
      receive(member);
  }
  flushAll();
}

void Load::receive(unsigned member) {
  if (connections[member].receive(
          buffer, [&](std::string_view text) { onText(member, text); }))
    wantFlush(member);
}

void Load::onText(unsigned member, std::string_view text) {
  if (text.starts_with('#') && barrierLeft) {
    --barrierLeft;
    return;
  }
  unsigned publisher = ledger.deliver(member, text);
  if (publisher != Ledger::NoMember && publishing)
    fillWindow(publisher);
}

void Load::wantFlush(unsigned member) {
  if (flushWanted[member])
    return;
  flushWanted[member] = true;
  toFlush.push_back(member);
}

/// One `send` for each connection that has something, once a turn.
void Load::flushAll() {
  for (unsigned member : toFlush) {
    flushWanted[member] = false;
    bool waits = !connections[member].flush();
    if (waits == waitsToWrite[member])
      continue;
    waitsToWrite[member] = waits;
    epoll_event event{};
    event.events = waits ? EPOLLIN | EPOLLOUT : EPOLLIN;
    event.data.u32 = member;
    epoll_ctl(epollFd, EPOLL_CTL_MOD, connections[member].descriptor(), &event);
  }
  toFlush.clear();
}
