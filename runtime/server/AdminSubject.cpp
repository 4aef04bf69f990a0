//===- AdminSubject.cpp - a server as its admin port sees it --------------===//

#include "runtime/server/AdminSubject.h"
#include "runtime/base/Log.h"
#include "runtime/net/Descriptors.h"
#include "runtime/server/Shard.h"

namespace plumb::rt::server {

std::vector<admin::Health::Loop> AdminSubject::loops() {
  std::vector<admin::Health::Loop> loops;
  loops.reserve(shards.size());
  for (const std::shared_ptr<Shard> &shard : shards)
    loops.push_back(
        {shard->number(),
         [=] { return shard->counters.read(metrics::Series::Turns); },
         [=] { shard->loop.wake(); }, [=] { return shard->ended(); }});
  return loops;
}

std::string AdminSubject::whyNotReady() {
  if (server.draining.load(std::memory_order_relaxed))
    return "draining: the server is stopping\n";
  if (!server.serving.load(std::memory_order_relaxed))
    return "starting\n";
  if (server.admission.connections() >= server.options.max_connections)
    return "full: there are max_connections connections\n";
  if (net::Descriptors::instance().areShort())
    return "full: the process has opened nearly as many files as it may\n";
  return {};
}

static void addCompression(const Shard &shard, metrics::Values &values) {
  auto add = [&](metrics::Series which, const wire::Count &count) {
    values[which] += static_cast<int64_t>(count.read());
  };
  const wire::CompressionCounts &out = shard.deflater.counts();
  add(metrics::Series::MessagesDeflated, out.messages);
  add(metrics::Series::DeflateInput, out.inputBytes);
  add(metrics::Series::DeflateOutput, out.outputBytes);
  const wire::CompressionCounts &in = shard.scratch.inflated();
  add(metrics::Series::MessagesInflated, in.messages);
  add(metrics::Series::InflateInput, in.inputBytes);
  add(metrics::Series::InflateOutput, in.outputBytes);
  add(metrics::Series::InflateRatio, in.ratio);
  add(metrics::Series::InflateTooLarge, in.tooLarge);
  add(metrics::Series::InflateDamaged, in.damaged);
}

metrics::Values AdminSubject::metrics() {
  metrics::Values values;
  for (const std::shared_ptr<Shard> &shard : shards) {
    shard->counters.addTo(values);
    addCompression(*shard, values);
  }
  values[metrics::Series::Shards] = static_cast<int64_t>(shards.size());
  values[metrics::Series::ConnectionsLimit] = server.options.max_connections;
  values[metrics::Series::MemoryUsed] = server.memory.used();
  values[metrics::Series::MemoryLimit] = server.memory.limit();
  values[metrics::Series::LogGated] = static_cast<int64_t>(base::linesGated());
  values[metrics::Series::LogUnread] =
      static_cast<int64_t>(base::linesUnread());
  values[metrics::Series::Rooms] =
      static_cast<int64_t>(rooms::Directory::instance().roomCount());
  return values;
}

} // namespace plumb::rt::server
