//===- Joins.cpp - Many memberships ---------------------------------------===//

#include "bench/loadgen/Joins.h"

#include "bench/loadgen/Clients.h"
#include "bench/loadgen/Process.h"

using namespace plumb::bench;

namespace {
class Joins {
public:
  Joins(const Options &options, Json &json)
      : options(options), json(json), clients(options),
        rooms(uint64_t(options.connections) * options.roomsEach /
              options.room) {
    clients.onText = [this](unsigned, std::string_view) { ++heard; };
  }

  bool run();

private:
  std::string roomOf(unsigned member, unsigned place) const {
    return "r" + std::to_string((uint64_t(member) * options.roomsEach + place) %
                                rooms);
  }
  /// Sends `command` for every room of members `first` to `last`.
  void all(const char *command, unsigned first, unsigned last);
  /// What the server spent since the last call, for `count` things.
  void spent(const char *name, uint64_t count);
  bool reaches(const std::string &room, unsigned members);
  unsigned membersLeft(const std::string &room, unsigned from) const;

  const Options &options;
  Json &json;
  Clients clients;
  const uint64_t rooms;
  uint64_t heard = 0;
  double begin = 0, cpuBegin = 0;
};
} // namespace

void Joins::all(const char *command, unsigned first, unsigned last) {
  begin = now();
  cpuBegin = options.serverPid ? cpuSeconds(options.serverPid) : 0;
  // A connection's commands fit into its socket: what is queued stays small.
  constexpr unsigned part = 500;
  for (unsigned place = 0; place < options.roomsEach; place += part) {
    unsigned end = std::min(place + part, options.roomsEach);
    for (unsigned member = first; member < last; ++member)
      for (unsigned i = place; i < end; ++i)
        clients.queueText(member, command, roomOf(member, i));
    clients.barrier("#done");
  }
}

void Joins::spent(const char *name, uint64_t count) {
  double divisor = double(std::max<uint64_t>(count, 1));
  json.number(std::string(name) + "_us", (now() - begin) * 1e6 / divisor, 4);
  if (options.serverPid)
    json.number("server_cpu_us_per_" + std::string(name),
                (cpuSeconds(options.serverPid) - cpuBegin) * 1e6 / divisor, 4);
}

/// Members of `room` among the connections from `from` on.
unsigned Joins::membersLeft(const std::string &room, unsigned from) const {
  uint64_t number = std::stoull(room.substr(1));
  unsigned count = 0;
  for (unsigned member = from; member < options.connections; ++member)
    count += (number + rooms - uint64_t(member) * options.roomsEach % rooms) %
                 rooms <
             options.roomsEach;
  return count;
}

/// The last connection's `join` leaves nothing that `also` has joined; what it
/// says goes to all members, and to itself.
bool Joins::reaches(const std::string &room, unsigned members) {
  unsigned member = options.connections - 1;
  heard = 0;
  clients.queueText(member, "join ", room);
  clients.queueText(member, "say ", "how many are we?");
  clients.flush();
  clients.turnsUntil([&] { return heard >= members; }, options.timeout);
  clients.barrier("#heard"); // nobody else
  clients.queueText(member, "join ", "nobody");
  return heard == members;
}

bool Joins::run() {
  unsigned count = options.connections, half = count / 2;
  uint64_t memberships = uint64_t(count) * options.roomsEach;
  clients.open(count);
  clients.barrier("#open");
  int server = options.serverPid;
  double memoryBefore = server ? memory(server).resident : 0;
  int files = server ? openFiles(server) : 0;

  all("also ", 0, count);
  spent("join", memberships);
  if (server)
    json.number("rss_bytes_per_membership",
                (memory(server).resident - memoryBefore) / double(memberships),
                1);
  // A room that the last connection is not in, so that it counts for one more.
  std::string room = roomOf(0, 0);
  bool isMember = membersLeft(room, count - 1) > 0;
  bool right = reaches(room, options.room + !isMember);

  all("part ", 0, half);
  spent("leave", uint64_t(half) * options.roomsEach);
  // `join nobody` has left the room for the last connection, if it was there.
  unsigned left = membersLeft(room, half) - isMember;
  right &= reaches(room, left + 1);

  begin = now();
  cpuBegin = server ? cpuSeconds(server) : 0;
  for (unsigned member = half; member < count; ++member)
    clients.close(member);
  bool closed =
      !server ||
      clients.turnsUntil(
          [&] { return openFiles(server) <= files - int(count - half); },
          options.timeout);
  spent("disconnect", count - half);
  json.count("memberships", memberships)
      .count("rooms", rooms)
      .raw("reached_all", right ? "true" : "false")
      .raw("closed", closed ? "true" : "false");
  return right && closed;
}

bool plumb::bench::runJoins(const Options &options, Json &json) {
  return Joins(options, json).run();
}
