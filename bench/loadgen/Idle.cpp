//===- Idle.cpp - Memory of idle connections ------------------------------===//

#include "bench/loadgen/Idle.h"

#include "bench/loadgen/Clients.h"
#include "bench/loadgen/Process.h"

using namespace plumb::bench;

static std::string refusals(const Clients &clients) {
  Json counts;
  for (auto [status, count] : clients.refused())
    counts.count(std::to_string(status), count);
  return counts.object();
}

bool plumb::bench::runIdle(const Options &options, Json &json) {
  Clients clients(options);
  clients.onText = [](unsigned, std::string_view) {
    throw ConnectionError("a message that nobody sent");
  };
  int server = options.serverPid;
  int files = openFiles(server);
  Memory before = memory(server);
  if (files < 0 || before.resident < 0)
    throw ConnectionError("the server's memory cannot be read: --pid");
  double begin = now(), cpuBegin = cpuSeconds(server);
  clients.open(options.connections);
  double seconds = now() - begin, cpu = cpuSeconds(server) - cpuBegin;
  Memory open = memory(server);
  clients.barrier("#touched");
  Memory touched = memory(server);

  unsigned count = 0;
  for (unsigned member = 0; member < options.connections; ++member)
    if (clients.isOpen(member)) {
      ++count;
      clients.close(member);
    }
  // The server has seen them all go when its descriptors are closed.
  bool closed = clients.turnsUntil([&] { return openFiles(server) <= files; },
                                   options.timeout);
  auto each = [&](double bytes) {
    return count ? (bytes - before.resident) / count : 0;
  };
  json.count("open", count)
      .raw("refused", refusals(clients))
      .number("seconds", seconds)
      .number("server_cpu_us_per_open", count ? cpu * 1e6 / double(count) : 0)
      .times("connect_us", clients.connectTimes())
      .number("rss_before", before.resident, 0)
      .number("rss_bytes_per_connection", each(open.resident), 1)
      .number("pss_bytes_per_connection",
              count ? (open.proportional - before.proportional) / count : 0, 1)
      .number("rss_bytes_per_connection_after_echo", each(touched.resident), 1)
      .number("rss_after_close", memory(server).resident, 0)
      .raw("closed", closed ? "true" : "false");
  return closed;
}
