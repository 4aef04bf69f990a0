//===- Traffic.cpp - Broadcast and echo, checked --------------------------===//

#include "bench/loadgen/Traffic.h"

#include "bench/loadgen/Process.h"

#include <unistd.h>

#include <algorithm>

using namespace plumb::bench;

Traffic::Traffic(const Options &options)
    : options(options), clients(options),
      ledger(options.connections, options.room, options.publishers,
             options.window, options.payload),
      pace(options.rateFrom, options.rateTo, 0, 0, 0),
      waiting(options.openLoop() ? options.connections : 0),
      steps(options.rateFrom != options.rateTo ? 10 : 0) {
  clients.onText = [this](unsigned member, std::string_view text) {
    onText(member, text);
  };
}

bool Traffic::run(Json &json) {
  clients.open(options.connections);
  if (options.mode == Mode::Broadcast)
    joinRooms();
  clients.barrier("#joined");

  publishing = true;
  double begin = now();
  measureBegin = begin + options.warmup;
  measureEnd = measureBegin + options.seconds;
  pace = Pace(options.rateFrom, options.rateTo, begin, measureBegin,
              options.seconds);
  runFor(options.warmup, UINT64_MAX);
  measure(json);

  publishing = false;
  // What is missing after a fault will not come: the barrier is enough.
  clients.turnsUntil([&] { return !ledger.inFlight() || ledger.anyFault(); },
                     options.timeout);
  clients.barrier("#drained");
  faults = ledger.close();
  report(json);
  return !faults.sum() && ledger.deliveries();
}

void Traffic::joinRooms() {
  for (unsigned member = 0; member < options.connections; ++member)
    clients.queueText(member, "join ",
                      "room" + std::to_string(member / options.room));
}

void Traffic::measure(Json &json) {
  int server = options.serverPid;
  uint64_t first = ledger.deliveries();
  uint64_t compressed = clients.shared().compressed;
  double begin = now(), ownBegin = cpuSeconds(getpid());
  double serverBegin = server ? cpuSeconds(server) : -1;
  runFor(options.seconds, options.maxDeliveries);
  double serverCpu = server ? cpuSeconds(server) - serverBegin : -1;
  double seconds = now() - begin;
  double ownCpu = cpuSeconds(getpid()) - ownBegin;
  auto deliveries = double(ledger.deliveries() - first);

  json.number("seconds", seconds)
      .count("deliveries", uint64_t(deliveries))
      .number("deliveries_per_second", deliveries / seconds, 0);
  if (serverBegin >= 0 && serverCpu >= 0 && deliveries > 0)
    json.number("server_cpu_us_per_delivery", serverCpu * 1e6 / deliveries, 4)
        .number("server_cores", serverCpu / seconds);
  json.number("own_cores", ownCpu / seconds);
  if (options.deflate != Deflate::Off)
    json.count("compressed_deliveries",
               clients.shared().compressed - compressed);
}

void Traffic::runFor(double seconds, uint64_t maxDeliveries) {
  if (options.openLoop())
    return runOpen(seconds);
  for (unsigned member = 0; member < options.connections; ++member)
    fillWindow(member);
  clients.flush();
  uint64_t first = ledger.deliveries();
  clients.turnsUntil(
      [&] { return ledger.deliveries() - first >= maxDeliveries; }, seconds);
}

void Traffic::runOpen(double seconds) {
  for (double end = now() + seconds, time; (time = now()) < end;) {
    for (; pace.next() <= time; pace.advance()) {
      unsigned member = publisherMember(published++);
      waiting[member].push_back(pace.next());
      heldBack += !ledger.mayPublish(member);
      publishDue(member);
    }
    clients.flush();
    clients.turn(std::min(pace.next(), end) - now());
  }
}

/// The publisher of an open loop's message: each has its turn.
unsigned Traffic::publisherMember(uint64_t turn) const {
  unsigned rooms = options.connections / options.room;
  auto publisher = unsigned(turn % (uint64_t(rooms) * options.publishers));
  return publisher % rooms * options.room + publisher / rooms;
}

void Traffic::publish(unsigned member, double due) {
  clients.queueText(member, options.mode == Mode::Echo ? "echo " : "say ",
                    ledger.publish(member, due));
}

void Traffic::fillWindow(unsigned member) {
  while (ledger.mayPublish(member))
    publish(member, 0);
}

void Traffic::publishDue(unsigned member) {
  while (!waiting[member].empty() && ledger.mayPublish(member)) {
    double due = waiting[member].front();
    waiting[member].pop_front();
    publish(member, due);
    if (due >= measureBegin)
      lateness.add(now() - due);
  }
}

void Traffic::onText(unsigned member, std::string_view text) {
  Ledger::Complete message = ledger.deliver(member, text);
  if (message.member != Ledger::noMember)
    completed(message);
}

void Traffic::completed(const Ledger::Complete &message) {
  if (!options.openLoop()) {
    if (publishing)
      fillWindow(message.member);
    return;
  }
  if (message.due >= measureBegin && message.due < measureEnd) {
    double time = now() - message.due;
    latency.add(time);
    if (!steps.empty()) {
      double part = (message.due - measureBegin) / options.seconds;
      steps[std::min(size_t(part * double(steps.size())), steps.size() - 1)]
          .add(time);
    }
  }
  // What was due is sent after the end, too: it is late, not forgotten.
  publishDue(message.member);
}

void Traffic::report(Json &json) {
  if (options.openLoop()) {
    json.number("rate_from", options.rateFrom, 1)
        .number("rate_to", options.rateTo, 1)
        .times("latency_us", latency)
        .times("sent_late_us", lateness)
        .count("held_back", heldBack);
    std::string list;
    for (size_t i = 0; i < steps.size(); ++i) {
      double rate = options.rateFrom + (options.rateTo - options.rateFrom) *
                                           (double(i) + 0.5) /
                                           double(steps.size());
      list +=
          (i ? ", " : "") +
          Json().number("rate", rate, 1).times("latency_us", steps[i]).object();
    }
    if (!steps.empty())
      json.raw("steps", "[" + list + "]");
  }
  if (clients.shared().inflater)
    json.count("decompressed", clients.shared().inflater->distinct());
  json.count("lost", faults.lost)
      .count("doubled", faults.doubled)
      .count("reordered", faults.reordered)
      .count("altered", faults.altered)
      .count("disordered_rooms", faults.disorderedRooms);
}
