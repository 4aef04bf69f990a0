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
  double begin = now(), end = begin, served = begin;
  for (unsigned member = 0; member < count; ++member) {
    double due = options.ramp > 0 ? begin + member / options.ramp : end;
    for (double left; (left = due - now()) > 0;)
      turn(left);
    if (end - served > 0.25) { // answer pings: opening many takes a while
      turn(0);
      served = end;
    }
    try {
      openOne(member);
    } catch (const ConnectionRefused &refused) {
      if (!options.allowRefusals)
        throw;
      ++refusals[refused.status];
      connections[member].close();
    }
    end = now();
    connectTime.add(end - due);
  }
}

void Clients::openOne(unsigned member) {
  connections[member].open(common, member);
  watch(member, EPOLL_CTL_ADD, /*forWriting=*/false);
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
