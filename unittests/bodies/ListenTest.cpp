//===- ListenTest.cpp - where a server listens ----------------------------===//

#include "AdminSupport.h"
#include "Loopback.h"
#include "Support.h"

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace plumb::test;
namespace fs = std::filesystem;

namespace {
constexpr Config unixOnly{false, 2, false, true};

std::string tempPath(const std::string &name) {
  return (fs::temp_directory_path() /
          ("plumb-listen-" + std::to_string(::getpid()) + "-" + name))
      .string();
}

/// Another place of a server, for clients.
struct Place : Server {
  explicit Place(Config config) : Server(config, false) {}
};

/// Of the next line that says where a server listens.
uint16_t nextPort() {
  std::string line = Log::instance().waitFor("listening on ");
  return static_cast<uint16_t>(std::atoi(line.c_str() + line.rfind(':') + 1));
}

int statusWith(Server &place, const std::string &origin) {
  place.route.fields = {{"Origin", origin}};
  int status = Client(place).status;
  place.route.fields.clear();
  return status;
}

class Listen : public testing::TestWithParam<unsigned> {};
} // namespace

INSTANTIATE_TEST_SUITE_P(Shards, Listen, testing::Values(1u, 3u),
                         [](const auto &info) {
                           return info.param == 1 ? "One" : "Three";
                         });

/// One program, one set of rooms, four ways in; each knows if it has TLS.
TEST_P(Listen, AtSeveralPlaces) {
  Place plain({}), secure({true}), local(unixOnly), localSecure({true});
  local.path = tempPath("local");
  localSecure.config.isUnix = true;
  localSecure.path = tempPath("secure");
  Environment listen("PLUMB_WS_LISTEN",
                     "127.0.0.1:0, tls:127.0.0.1:0,unix:" + local.path +
                         ",tls:unix:" + localSecure.path);
  Server server(Config{true, GetParam()});
  plain.port = nextPort();
  secure.port = nextPort();
  Log::instance().waitFor("listening on unix:" + local.path + " (");
  Log::instance().waitFor("listening on tls:unix:" + localSecure.path + " (");
  std::vector<std::unique_ptr<Client>> members;
  for (Server *place : std::initializer_list<Server *>{&server, &plain, &secure,
                                                       &local, &localSecure}) {
    members.push_back(std::make_unique<Client>(*place));
    EXPECT_EQ(members.back()->ask("address"), members.back()->address());
    EXPECT_EQ(members.back()->ask("join all"), "0");
  }
  EXPECT_EQ(members[0]->ask("count all"), "5");
  EXPECT_EQ(members[3]->ask("others all hello"), "0");
  for (size_t i : {0, 1, 2, 4})
    EXPECT_EQ(members[i]->read(), "hello");
  // A page's origin has the scheme of the place that it came through.
  for (Server *place : std::initializer_list<Server *>{&server, &plain, &secure,
                                                       &local, &localSecure}) {
    bool tls = place->config.tls;
    EXPECT_EQ(statusWith(*place, "https://localhost"), tls ? 101 : 403);
    EXPECT_EQ(statusWith(*place, "http://localhost"), tls ? 403 : 101);
  }
  std::thread stopper([&] { EXPECT_EQ(server.stop(), 0); });
  for (auto &member : members)
    EXPECT_EQ(member->readClose().first, 1001);
  stopper.join();
  EXPECT_FALSE(fs::exists(local.path));
  EXPECT_FALSE(fs::exists(localSecure.path));
}

TEST(ListenErrors, Lists) {
  for (const char *wrong : {"nowhere", "127.0.0.1", "unix:", "fd:", ""}) {
    Environment listen("PLUMB_WS_LISTEN", std::string("127.0.0.1:0,") + wrong);
    EXPECT_EQ(serve(0), PLUMB_ERR_INVALID_ARGUMENT);
    Log::instance().waitFor("the option listen has '" + std::string(wrong) +
                            "', but it must be a list of ports,");
  }
  Environment listen("PLUMB_WS_LISTEN", "tls:127.0.0.1:0");
  EXPECT_EQ(serve(0), PLUMB_ERR_INVALID_ARGUMENT);
  Log::instance().waitFor("the option listen has 'tls:127.0.0.1:0', but the "
                          "program serves without a certificate");
}

TEST(ListenErrors, AllOrNone) {
  Environment bind("PLUMB_WS_BIND", "127.0.0.1");
  std::string path = tempPath("all");
  Server other;
  {
    Environment listen("PLUMB_WS_LISTEN", "unix:" + path + ",127.0.0.1:" +
                                              std::to_string(other.port));
    EXPECT_EQ(serve(0), PLUMB_WS_ERR_ADDRESS_IN_USE);
    Log::instance().waitFor("cannot listen on port " +
                            std::to_string(other.port) + ": address already");
  }
  EXPECT_FALSE(fs::exists(path));
  Environment listen("PLUMB_WS_LISTEN", "192.0.2.1:0");
  EXPECT_EQ(serve(0), PLUMB_WS_ERR_BIND);
  Log::instance().waitFor("this machine has no address '192.0.2.1'; set "
                          "PLUMB_WS_LISTEN to one that it has");
}

TEST(ListenErrors, UnixDomain) {
  Log &log = Log::instance();
  auto refused = [&](const std::string &path, int64_t status,
                     const std::string &why) {
    log.clear();
    Environment bind("PLUMB_WS_BIND", "unix:" + path);
    EXPECT_EQ(serve(0), status);
    EXPECT_NE(log.waitFor("plumb: error: cannot listen on 'unix:" + path + "'")
                  .find(why),
              std::string::npos);
  };
  {
    Server running(unixOnly);
    refused(running.path, PLUMB_WS_ERR_ADDRESS_IN_USE,
            "another program listens on it");
    EXPECT_EQ(Client(running).ask("echo undisturbed"), "undisturbed");
  }
  std::string path = tempPath("file");
  std::ofstream(path) << "precious";
  refused(path, PLUMB_WS_ERR_BIND, "there is a file that is no socket");
  EXPECT_EQ(fs::file_size(path), 8u);
  fs::remove(path);
  refused(path + "/s", PLUMB_WS_ERR_BIND, "its folder is not there");
  refused("/" + std::string(107, 'x'), PLUMB_WS_ERR_BIND,
          "its name is longer than 107 bytes");
}

TEST(ListenErrors, UnixMode) {
  Log &log = Log::instance();
  std::string path = tempPath("mode");
  for (const char *wrong : {"", "0888", "1777", "rw", "0666 "}) {
    Environment bind("PLUMB_WS_BIND", "unix:" + path),
        mode("PLUMB_WS_UNIX_MODE", wrong);
    EXPECT_EQ(serve(0), PLUMB_ERR_INVALID_ARGUMENT);
    log.waitFor("the option unix_mode is '" + std::string(wrong) + "'");
    EXPECT_FALSE(fs::exists(path));
  }
  // Where no such socket is asked for, too.
  Environment mode("PLUMB_WS_UNIX_MODE", "66O");
  EXPECT_EQ(serve(0), PLUMB_ERR_INVALID_ARGUMENT);
  log.waitFor("the option unix_mode is '66O'");
}

TEST(ListenErrors, InheritedThatAreNot) {
  Environment bind("PLUMB_WS_BIND", "fd:http");
  EXPECT_EQ(serve(0), PLUMB_WS_ERR_BIND);
  Log::instance().waitFor("cannot listen on 'fd:http': the program was started "
                          "without sockets (LISTEN_FDS)");
}

TEST(UnixDomain, HasTheModeOfTheOption) {
  auto modeOf = [](const Server &server) {
    struct stat now = {};
    EXPECT_EQ(::stat(server.path.c_str(), &now), 0);
    return now.st_mode & 0777;
  };
  mode_t before = ::umask(0077);
  {
    Server server(unixOnly);
    EXPECT_EQ(modeOf(server), 0666u);
  }
  {
    Environment mode("PLUMB_WS_UNIX_MODE", "0660");
    Server server(unixOnly);
    EXPECT_EQ(modeOf(server), 0660u);
  }
  ::umask(before);
}

/// A file without its program, as a crash leaves it.
TEST(UnixDomain, ReplacesWhatACrashLeft) {
  Server server(unixOnly, false);
  server.start();
  std::string kept = server.path + "-kept";
  fs::rename(server.path, kept);
  EXPECT_EQ(server.stop(), 0);
  fs::rename(kept, server.path);
  server.start();
  EXPECT_EQ(Client(server).ask("echo here"), "here");
}

/// Who has no address shares no limit with others who have none.
TEST(UnixDomain, HasNoLimitByAddress) {
  Environment limit("PLUMB_WS_MAX_CONNECTIONS_PER_ADDRESS", "1");
  Server server(unixOnly);
  Client one(server), two(server), three(server);
  EXPECT_EQ(three.ask("address"), "unix");
}

TEST(UnixDomain, ATrustedProxyTellsWhoseItIs) {
  Environment limit("PLUMB_WS_MAX_CONNECTIONS_PER_ADDRESS", "1"),
      trusted("PLUMB_WS_TRUSTED_PROXIES", "unix");
  auto as = [](Server &server, const std::string &client) {
    server.route.fields = {{"X-Forwarded-For", client}};
    return std::make_unique<Client>(server);
  };
  {
    Environment headers("PLUMB_WS_FORWARDED_HEADERS", "x_forwarded");
    Server server(unixOnly);
    auto one = as(server, "192.0.2.1");
    EXPECT_EQ(one->ask("address"), "192.0.2.1:0");
    EXPECT_EQ(as(server, "192.0.2.1")->status, 429);
    EXPECT_EQ(as(server, "192.0.2.2")->ask("address"), "192.0.2.2:0");
  }
  Environment protocol("PLUMB_WS_PROXY_PROTOCOL", "on");
  Server server(unixOnly);
  server.route.preface = "PROXY TCP4 192.0.2.3 192.0.2.9 4711 80\r\n";
  Client one(server);
  EXPECT_EQ(one.ask("address"), "192.0.2.3:4711");
  EXPECT_EQ(Client(server).status, 429);
}

TEST(UnixDomain, TheAdminPortCanBeOne) {
  std::string path = tempPath("admin");
  Environment port("PLUMB_WS_ADMIN_PORT", "0"),
      bind("PLUMB_WS_ADMIN_BIND", "unix:" + path);
  Server server({}, false);
  server.start();
  Log::instance().waitFor("admin on unix:" + path);
  Place admin(unixOnly);
  admin.path = path;
  auto client = Client::raw(admin);
  client->writeRaw("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(client->readRaw().ends_with("\r\n\r\nok\n"));
}

/// Its file goes when it begins to stop, so that another can take the place
/// while its connections are still closed one by one.
TEST(UnixDomain, ASuccessorMayStartDuringTheDrain) {
  Environment window("PLUMB_WS_DRAIN_WINDOW_MS", "3600000"),
      timeout("PLUMB_WS_DRAIN_TIMEOUT_MS", "3600000");
  Server server({false, 1, false, true});
  Client first(server), second(server);
  ::plumb_ws_stop();
  Log::instance().waitFor("plumb: stopping");
  EXPECT_FALSE(fs::exists(server.path));
  EXPECT_EQ(first.readClose().first, 1001);
  Server successor({false, 1, false, true}, false);
  successor.path = server.path;
  successor.start();
  EXPECT_EQ(Client(successor).ask("echo new"), "new");
  EXPECT_EQ(second.ask("echo old"), "old");
  ::kill(::getpid(), SIGINT);
  EXPECT_EQ(second.readClose().first, 1001);
  EXPECT_EQ(server.join(), 0);
}
