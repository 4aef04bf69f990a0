//===- GrowthTest.cpp - what a peer can make the server hold or do --------===//
//
// A row for each option that says how much: what a peer does that goes over it,
// and what it gets. An option that has none fails the last test.
//
//===----------------------------------------------------------------------===//

#include "../wire/Zlib.h"
#include "AdminSupport.h"

#include "plumb/ws.h"

#include <cstring>
#include <fstream>
#include <set>
#include <sys/mman.h>
#include <unistd.h>

using namespace plumb::test;

namespace {
/// A frame with a masking key of zeros.
std::string frame(int first, const std::string &payload) {
  std::string out{static_cast<char>(first)};
  if (payload.size() < 126)
    out += static_cast<char>(0x80 | payload.size());
  else
    out += {'\xfe', static_cast<char>(payload.size() >> 8),
            static_cast<char>(payload.size())};
  return out + std::string(4, 0) + payload;
}
std::string text(const std::string &payload) { return frame(0x81, payload); }

/// What a raw client says behind its upgrade, and the close code for it.
int closeFor(Server &server, const std::string &said,
             const std::string &fields = "") {
  auto client = Client::raw(server);
  std::string request = upgradeRequest;
  request.insert(request.size() - 2, fields);
  client->writeRaw(request);
  client->readRaw("\r\n\r\n");
  client->writeRaw(said);
  return static_cast<int>(server.closed.pop()->code);
}

/// The status of the answer to a request.
int answerTo(Server &server, const std::string &request) {
  auto client = Client::raw(server);
  client->writeRaw(request);
  std::string answer = client->readRaw("\r\n");
  return answer.size() < 12 ? 0 : std::stoi(answer.substr(9));
}

int statusOf(Server &server, const std::string &command) {
  return std::stoi(Client(server).ask(command));
}

struct Growth {
  std::string option, value;
  int expected;
  std::function<int(Server &)> grow;
  std::vector<std::pair<std::string, std::string>> others = {};
};

std::string variable(const std::string &option) {
  std::string name = "PLUMB_WS_";
  for (char c : option)
    name += static_cast<char>(std::toupper(c));
  return name;
}

std::string many(const std::string &part, int count) {
  std::string all;
  while (count-- > 0)
    all += part;
  return all;
}

const std::string offer =
    "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover; "
    "client_max_window_bits\r\n";

const std::vector<Growth> &growths() {
  static const std::vector<Growth> all = {
      {"max_connections", "1", 503,
       [](Server &server) {
         Client one(server);
         return answerTo(server, upgradeRequest);
       }},
      {"max_connections_per_address", "1", 429,
       [](Server &server) {
         Client one(server);
         return answerTo(server, upgradeRequest);
       }},
      {"max_header", "300", 431,
       [](Server &server) {
         return answerTo(server, "GET / HTTP/1.1\r\nHost: x\r\nX: " +
                                     std::string(400, 'x'));
       }},
      {"max_store_bytes", "100", PLUMB_WS_ERR_TOO_LARGE,
       [](Server &server) {
         return statusOf(server, "put k " + std::string(40, 'x'));
       }},
      {"max_rooms_bytes", "1000", PLUMB_WS_ERR_TOO_LARGE,
       [](Server &server) {
         return statusOf(server, "join " + std::string(600, 'x'));
       }},
      {"max_message", "100", 1009,
       [](Server &server) {
         // Its header is enough: nothing is allocated for it.
         return closeFor(server, text(std::string(101, 'x')).substr(0, 8));
       }},
      {"max_fragments", "3", 1009,
       [](Server &server) {
         return closeFor(server, frame(0x01, "") + many(frame(0x00, ""), 3));
       }},
      {"max_message_rate", "5", 1008,
       [](Server &server) { return closeFor(server, many(text("put"), 50)); }},
      {"max_message_burst",
       "5",
       1008,
       [](Server &server) { return closeFor(server, many(text("put"), 50)); },
       {{"max_message_rate", "1"}}},
      {"max_byte_rate", "200", 1008,
       [](Server &server) { return closeFor(server, many(text("put"), 500)); }},
      {"max_byte_burst",
       "200",
       1008,
       [](Server &server) { return closeFor(server, many(text("put"), 500)); },
       {{"max_byte_rate", "1"}}},
      {"max_ping_rate", "5", 1008,
       [](Server &server) {
         return closeFor(server, many(frame(0x89, ""), 50));
       }},
      {"max_inflate_ratio",
       "10",
       1009,
       [](Server &server) {
         return closeFor(server,
                         frame(0xc1, zip("put k " + std::string(10000, 'x'))),
                         offer);
       },
       {{"deflate", "on"}, {"inflate_floor", "1000"}}},
      {"max_queue_bytes", "200000", 1013,
       [](Server &server) {
         // Its own echoes, none of which it reads.
         std::string echo = text("echo " + std::string(60000, 'x'));
         return closeFor(server, many(echo, 400));
       }},
      {"max_queue_messages", "50", 1013,
       [](Server &server) {
         std::string echo = text("echo " + std::string(60000, 'x'));
         return closeFor(server, many(echo, 400));
       }},
  };
  return all;
}

void PrintTo(const Growth &growth, std::ostream *out) { *out << growth.option; }

class Grows : public testing::TestWithParam<Growth> {};
} // namespace

INSTANTIATE_TEST_SUITE_P(All, Grows, testing::ValuesIn(growths()),
                         [](const auto &info) { return info.param.option; });

TEST_P(Grows, UpToItsOption) {
  const Growth &growth = GetParam();
  Environment own(variable(growth.option).c_str(), growth.value);
  Environment close("PLUMB_WS_CLOSE_TIMEOUT_MS", "50");
  std::vector<std::unique_ptr<Environment>> others;
  for (const auto &[option, value] : growth.others)
    others.push_back(
        std::make_unique<Environment>(variable(option).c_str(), value));
  Server server;
  EXPECT_EQ(growth.grow(server), growth.expected);
}

TEST(Growth, EveryLimitHasARow) {
  std::set<std::string> rows{"max_memory"}; // Below.
  for (const Growth &growth : growths())
    rows.insert(growth.option);
#define PLUMB_INTEGER(NAME, ...)                                               \
  if (std::string_view(#NAME).starts_with("max_"))                             \
    EXPECT_TRUE(rows.contains(#NAME)) << #NAME;
#define PLUMB_OTHER(...)
  PLUMB_WS_OPTIONS(PLUMB_INTEGER, PLUMB_OTHER, PLUMB_OTHER)
}

TEST(Growth, RoomsAreCountedInAndOut) {
  Environment limit("PLUMB_WS_MAX_ROOMS_BYTES", "1000");
  Server server;
  Client a(server), b(server);
  std::string tooLarge = std::to_string(PLUMB_WS_ERR_TOO_LARGE);
  EXPECT_EQ(a.ask("join one"), "0");
  EXPECT_EQ(a.ask("join two"), "0");
  EXPECT_EQ(a.ask("join three"), tooLarge);
  EXPECT_EQ(a.ask("join one"), "0") << "a member already";
  EXPECT_EQ(b.ask("join three"), "0") << "each has its own";
  EXPECT_EQ(a.ask("leave one"), "0");
  EXPECT_EQ(a.ask("join three"), "0");
  EXPECT_EQ(a.ask("count three"), "2");
  EXPECT_EQ(a.ask("count one"), "0");
}

//===----------------------------------------------------------------------===//
// The whole process
//===----------------------------------------------------------------------===//

namespace {
constexpr size_t mega = 1 << 20;

size_t resident() {
  size_t size = 0, pages = 0;
  std::ifstream("/proc/self/statm") >> size >> pages;
  return pages * static_cast<size_t>(::sysconf(_SC_PAGESIZE));
}

/// Memory of the process that no server can do anything about.
class Hog {
public:
  explicit Hog(size_t size)
      : size(size), memory(::mmap(nullptr, size, PROT_READ | PROT_WRITE,
                                  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
    std::memset(memory, 1, size);
  }
  ~Hog() { ::munmap(memory, size); }

private:
  size_t size;
  void *memory;
};
} // namespace

TEST(MaxMemory, NewConnectionsAreRefusedWhileItIsShort) {
  Environment limit("PLUMB_WS_MAX_MEMORY",
                    std::to_string(resident() + 300 * mega));
  Watched world;
  Client old(world.server);
  EXPECT_EQ(old.ask("echo before"), "before");
  {
    Hog hog(600 * mega);
    world.admin.until("/metrics", [&](const HttpAnswer &) {
      old.ask("echo turns"); // It looks when it turns.
      return answerTo(world.server, upgradeRequest) == 503;
    });
    EXPECT_EQ(old.ask("echo during"), "during")
        << "who waits for nothing stays";
    Exposition metrics = world.admin.scrape();
    EXPECT_GT(metrics[failures("memory")], 0);
    EXPECT_GT(metrics["plumb_memory_bytes"],
              metrics["plumb_memory_limit_bytes"]);
    EXPECT_EQ(metrics["plumb_connections_shed_total"], 0);
  }
  world.admin.until("/metrics", [&](const HttpAnswer &) {
    old.ask("echo turns");
    return answerTo(world.server, upgradeRequest) == 101;
  });
}

TEST(MaxMemory, TheWorstQueuesGoFirst) {
  Environment limit("PLUMB_WS_MAX_MEMORY",
                    std::to_string(resident() + 200 * mega)),
      queue("PLUMB_WS_MAX_QUEUE_BYTES", "2000000000"),
      close("PLUMB_WS_CLOSE_TIMEOUT_MS", "50");
  Server server({}, false);
  server.onMessage = [&](plumb_ws_conn conn, std::string line) {
    if (line == "one" || line == "forty")
      for (int i = line == "one" ? 1 : 40; i > 0; --i)
        plumb_ws_send_binary(conn, Text(std::string(8 * mega, 'x')));
    else
      server.command(conn, line);
  };
  server.start();
  Client modest(server, "modest"), greedy(server, "greedy"), other(server);
  modest.send("one"); // Neither reads.
  EXPECT_EQ(other.ask("echo here"), "here");
  greedy.send("forty");
  Closed first;
  for (std::optional<Closed> closed; !closed;) {
    EXPECT_EQ(other.ask("echo here"), "here"); // Turns go on.
    if (server.closed.size() > 0)
      closed = server.closed.pop(), first = *closed;
  }
  EXPECT_EQ(first, (Closed{"greedy", 1013, "the server is short of memory"}));
  EXPECT_EQ(server.closed.size(), 0u) << "the modest one stays";
  Log::instance().waitFor("memory is short");
}
