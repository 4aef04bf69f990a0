//===- Clients.cpp - All connections of a run, and their loop -------------===//

#include "bench/loadgen/Clients.h"

#include "bench/loadgen/Upgrade.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

using namespace plumb::bench;

double plumb::bench::now() {
  return std::chrono::duration<double>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

Clients::Clients(const Options &options)
    : options(options), common(options), epollFd(epoll_create1(EPOLL_CLOEXEC)),
      connections(options.connections), flushWanted(options.connections),
      waitsToWrite(options.connections) {}

Clients::~Clients() { ::close(epollFd); }

void Clients::open(unsigned count) {
  // Several at a time: a server that has to be waited for once for each is slow
  // to open on a busy machine. Not with a ramp: each has its own time.
  const unsigned atOnce = options.ramp > 0 ? 1 : 64;
  std::vector<double> dues(count);
  double begin = now(), served = begin;
  for (unsigned first = 0; first < count; first += atOnce) {
    unsigned last = std::min(first + atOnce, count);
    for (unsigned member = first; member < last; ++member) {
      dues[member] = options.ramp > 0 ? begin + member / options.ramp : now();
      for (double left; (left = dues[member] - now()) > 0;)
        turn(left);
      connections[member].open(common, member);
    }
    for (unsigned member = first; member < last; ++member)
      finishOpening(member, dues[member]);
    if (now() - served > 0.25) { // answer pings: opening many takes a while
      turn(0);
      served = now();
    }
  }
}

void Clients::finishOpening(unsigned member, double due) {
  try {
    connections[member].finishOpening(common, member);
    watch(member, EPOLL_CTL_ADD, /*forWriting=*/false);
  } catch (const ConnectionRefused &refused) {
    if (!options.allowRefusals)
      throw;
    ++refusals[refused.status];
    connections[member].close();
  }
  connectTime.add(now() - due);
}

void Clients::watch(unsigned member, int operation, bool forWriting) {
  epoll_event event{};
  event.events = forWriting ? EPOLLIN | EPOLLOUT : EPOLLIN;
  event.data.u32 = member;
  if (epoll_ctl(epollFd, operation, connections[member].descriptor(), &event))
    throw ConnectionError("epoll_ctl failed");
}

void Clients::queueText(unsigned member, std::string_view first,
                        std::string_view second) {
  connections[member].queueText(common, first, second);
  wantFlush(member);
}

void Clients::wantFlush(unsigned member) {
  if (flushWanted[member])
    return;
  flushWanted[member] = true;
  toFlush.push_back(member);
}

void Clients::flush() {
  for (unsigned member : toFlush) {
    flushWanted[member] = false;
    if (!isOpen(member))
      continue;
    bool waits = !connections[member].flush();
    if (waits == waitsToWrite[member])
      continue;
    waitsToWrite[member] = waits;
    watch(member, EPOLL_CTL_MOD, waits);
  }
  toFlush.clear();
}

void Clients::turn(double waitSeconds) {
  epoll_event events[1024];
  waitSeconds = std::max(0.0, waitSeconds);
  timespec wait{time_t(waitSeconds), 0};
  wait.tv_nsec = long((waitSeconds - double(wait.tv_sec)) * 1e9);
  int count = epoll_pwait2(epollFd, events, 1024, &wait, nullptr);
  for (int i = 0; i < count; ++i) {
    unsigned member = events[i].data.u32;
    if (events[i].events & EPOLLOUT)
      wantFlush(member);
    if (events[i].events & ~unsigned(EPOLLOUT))
      receive(member);
  }
  flush();
}

void Clients::receive(unsigned member) {
  if (connections[member].receive(common, [&](std::string_view text) {
        if (barrierLeft && text.starts_with('#'))
          --barrierLeft;
        else
          onText(member, text);
      }))
    wantFlush(member);
}

bool Clients::turnsUntil(const std::function<bool()> &done, double seconds) {
  double end = now() + seconds;
  while (!done()) {
    double left = end - now();
    if (left <= 0)
      return false;
    turn(std::min(left, 0.1));
  }
  return true;
}

void Clients::barrier(const char *text) {
  barrierLeft = 0;
  for (unsigned member = 0; member < connections.size(); ++member)
    if (isOpen(member)) {
      queueText(member, "echo ", text);
      ++barrierLeft;
    }
  flush();
  if (!turnsUntil([&] { return barrierLeft == 0; }, options.timeout))
    throw ConnectionError(std::to_string(barrierLeft) +
                          " connections did not answer 'echo " + text +
                          "' in time");
}
