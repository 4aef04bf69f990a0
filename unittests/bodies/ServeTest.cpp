//===- ServeTest.cpp - starting and stopping ------------------------------===//

#include "Support.h"

#include <csignal>
#include <fstream>

using namespace plumb::test;

namespace {
class Serve : public testing::TestWithParam<Config> {};
std::string write(const std::string &path, const std::string &content) {
  std::ofstream(path) << content;
  return path;
}
} // namespace

INSTANTIATE_TEST_SUITE_P(All, Serve, PLUMB_ALL_CONFIGS, nameOf);

TEST_P(Serve, PortInUse) {
  Server server(GetParam());
  Log::instance().clear();
  EXPECT_EQ(serve(server.port), PLUMB_WS_ERR_ADDRESS_IN_USE);
  Log::instance().waitFor("plumb: error: cannot listen on port " +
                          std::to_string(server.port) +
                          ": address already in use; stop the other program "
                          "or choose another port");
}

TEST_P(Serve, StopSaysGoodbyeAndServesAgain) {
  for (int round = 0; round < 3; ++round) {
    Server server(GetParam());
    Client a(server, "a"), b(server, "b");
    a.ask("join r");
    auto idle = Client::raw(server); // Has not asked for anything.
    std::thread stopper([&] { EXPECT_EQ(server.stop(), 0); });
    EXPECT_EQ(a.readClose().first, 1001);
    EXPECT_EQ(b.readClose().first, 1001);
    stopper.join();
    EXPECT_EQ(server.closed.pop()->code, 1001);
    EXPECT_EQ(server.closed.pop()->code, 1001);
    EXPECT_EQ(server.closed.size(), 0u);
    EXPECT_EQ(plumb_ws_member_count(Text("r")), 0);
  }
}

TEST_P(Serve, StopFromACallback) {
  Server server(GetParam(), false);
  server.onMessage = [](plumb_ws_conn conn, std::string) {
    plumb_ws_send(conn, Text("stopping"));
    EXPECT_EQ(plumb_ws_stop(), 0);
  };
  server.start();
  Client a(server);
  a.send("go");
  EXPECT_EQ(a.read(), "stopping");
  EXPECT_EQ(a.readClose().first, 1001);
  EXPECT_EQ(server.join(), 0);
}

TEST_P(Serve, SignalStopsAndHandlersComeBack) {
  struct sigaction before, after;
  ::sigaction(SIGINT, nullptr, &before);
  for (int signal : {SIGINT, SIGTERM}) {
    Server server(GetParam());
    Client a(server);
    ::kill(::getpid(), signal);
    EXPECT_EQ(a.readClose().first, 1001);
    EXPECT_EQ(server.join(), 0);
  }
  ::sigaction(SIGINT, nullptr, &after);
  EXPECT_EQ(before.sa_handler, after.sa_handler);
}

TEST_P(Serve, TwoServersShareRooms) {
  Server one(GetParam());
  Server two(Config{!GetParam().tls, 1});
  Client a(one), b(two);
  a.ask("join both");
  b.ask("join both");
  EXPECT_EQ(a.ask("count both"), "2");
  EXPECT_EQ(a.ask("others both across"), "0");
  EXPECT_EQ(b.read(), "across");
}

TEST_P(Serve, NotFromACallback) {
  Server server(GetParam(), false);
  server.onMessage = [](plumb_ws_conn conn, std::string) {
    plumb_ws_send(conn, Text(std::to_string(serve(0))));
  };
  server.start();
  Client a(server);
  EXPECT_EQ(a.ask("go"), std::to_string(PLUMB_ERR_INVALID_ARGUMENT));
}

TEST(ServeErrors, Port) {
  EXPECT_EQ(serve(-1), PLUMB_ERR_INVALID_ARGUMENT);
  EXPECT_EQ(serve(65536), PLUMB_ERR_INVALID_ARGUMENT);
}

TEST(ServeErrors, Bind) {
  {
    Environment bind("PLUMB_WS_BIND", "nonsense");
    EXPECT_EQ(serve(0), PLUMB_ERR_INVALID_ARGUMENT);
    Log::instance().waitFor("cannot listen on 'nonsense': PLUMB_WS_BIND must");
  }
  Environment bind("PLUMB_WS_BIND", "192.0.2.1");
  EXPECT_EQ(serve(0), PLUMB_WS_ERR_BIND);
  Log::instance().waitFor("this machine has no address '192.0.2.1'");
}

TEST(ServeErrors, Options) {
  struct {
    const char *name, *value, *range;
  } cases[] = {{"PLUMB_WS_SHARDS", "0", "from 1 to 256"},
               {"PLUMB_WS_SHARDS", "two", "from 1 to 256"},
               {"PLUMB_WS_MAX_MESSAGE", "1k", "from 1 to"},
               {"PLUMB_WS_PING_INTERVAL_MS", "-1", "from 0 to"},
               {"PLUMB_WS_MAX_QUEUE_BYTES", "99999999999999999999", "from"},
               {"PLUMB_WS_MAX_CONNECTIONS", "", "from 1 to"},
               {"PLUMB_WS_PROXY_PROTOCOL", "v2", "one of off, on"},
               {"PLUMB_WS_FORWARDED_HEADERS", "both",
                "one of off, forwarded, x_forwarded"}};
  for (const auto &wrong : cases) {
    Environment variable(wrong.name, wrong.value);
    EXPECT_EQ(serve(0), PLUMB_ERR_INVALID_ARGUMENT) << wrong.name;
    std::string line = Log::instance().waitFor(std::string(wrong.name) +
                                               " is '" + wrong.value + "'");
    EXPECT_NE(line.find(wrong.range), std::string::npos) << line;
  }
}

/// What a compiler of another version, or a damaged one, could pass. All
/// mistakes are told.
TEST(ServeErrors, OptionsOfTheProgram) {
  using namespace std::string_literals;
  Log &log = Log::instance();
  log.clear();
  EXPECT_EQ(serve(0, "max_message=0\0bindd=::1\0shards=2x\0"s),
            PLUMB_ERR_INVALID_ARGUMENT);
  log.waitFor("plumb: error: option 'max_message' of the program is '0', but "
              "it must be a whole number from 1 to 1099511627776");
  log.waitFor("plumb: error: the program sets option 'bindd', which this "
              "runtime does not have: the program was compiled for another "
              "version");
  log.waitFor("plumb: error: option 'shards' of the program is '2x', but it "
              "must be a whole number from 1 to 256");
  for (const std::string &odd :
       {"shards=2"s, "shards\0"s, "\0"s, "shards=2\0x"s, "shards\0=2\0"s}) {
    log.clear();
    EXPECT_EQ(serve(0, odd), PLUMB_ERR_INVALID_ARGUMENT);
    log.waitFor("not of the form name=value");
  }
  // A value may have what a separator would be elsewhere.
  EXPECT_EQ(serve(0, "bind=a=b, c\0"s), PLUMB_ERR_INVALID_ARGUMENT);
  log.waitFor("cannot listen on 'a=b, c'");
  // What the environment says does not make a program good.
  Environment shards("PLUMB_WS_SHARDS", "1");
  EXPECT_EQ(serve(0, "shards=0\0"s), PLUMB_ERR_INVALID_ARGUMENT);
}

TEST_P(Serve, OptionsOfTheProgram) {
  using namespace std::string_literals;
  Server server(GetParam(), false);
  server.options = "max_message=100\0max_store_bytes=10\0"s;
  // An operator's word is the last one.
  Environment store("PLUMB_WS_MAX_STORE_BYTES", "84"); // 64 for the key.
  server.start();
  Client a(server);
  EXPECT_EQ(a.ask("put k " + std::string(19, 'x')), "0");
  EXPECT_EQ(a.ask("put l y"), std::to_string(PLUMB_WS_ERR_TOO_LARGE));
  EXPECT_EQ(a.ask("echo " + std::string(95, 'x')), std::string(95, 'x'));
  a.send("echo " + std::string(96, 'x'));
  EXPECT_EQ(a.readClose().first, 1009);
}

/// A server would start with these; only the address keeps it from that.
TEST(ServeWarnings, QueueSmallerThanAMessage) {
  using namespace std::string_literals;
  Environment bind("PLUMB_WS_BIND", "x");
  Log &log = Log::instance();
  log.clear();
  EXPECT_EQ(serve(0, "max_message=3000\0max_queue_bytes=3000\0"s),
            PLUMB_ERR_INVALID_ARGUMENT);
  EXPECT_NE(log.waitFor("plumb: ").find("cannot listen"), std::string::npos);
  EXPECT_EQ(serve(0, "max_message=3000\0max_queue_bytes=2000\0"s),
            PLUMB_ERR_INVALID_ARGUMENT);
  EXPECT_EQ(log.waitFor("plumb: "),
            "plumb: warning: max_queue_bytes is 2000, less than max_message, "
            "3000: a longest message that comes in cannot be sent on");
}

TEST(ServeWarnings, ProxiesThatAreNotBelieved) {
  using namespace std::string_literals;
  Environment bind("PLUMB_WS_BIND", "x");
  Log &log = Log::instance();
  log.clear();
  for (const std::string &told :
       {"proxy_protocol=on\0"s, "forwarded_headers=forwarded\0"s}) {
    EXPECT_EQ(serve(0, told), PLUMB_ERR_INVALID_ARGUMENT);
    EXPECT_EQ(log.waitFor("plumb: "),
              "plumb: warning: proxy_protocol or forwarded_headers is set, but "
              "trusted_proxies is empty: no proxy is believed");
    log.waitFor("cannot listen");
    EXPECT_EQ(serve(0, told + "trusted_proxies=::1\0"s),
              PLUMB_ERR_INVALID_ARGUMENT);
    EXPECT_NE(log.waitFor("plumb: ").find("cannot listen"), std::string::npos);
  }
  EXPECT_EQ(serve(0, "trusted_proxies=::1\0"s), PLUMB_ERR_INVALID_ARGUMENT);
  EXPECT_EQ(
      log.waitFor("plumb: "),
      "plumb: warning: trusted_proxies is set, but neither proxy_protocol "
      "nor forwarded_headers is: who a proxy's client is stays unknown");
}

TEST(ServeErrors, TrustedProxies) {
  for (const char *wrong : {"proxy.example", "10.0.0.1/8", ""}) {
    Environment option("PLUMB_WS_TRUSTED_PROXIES",
                       std::string("127.0.0.1,") + wrong);
    EXPECT_EQ(serve(0), PLUMB_ERR_INVALID_ARGUMENT);
    Log::instance().waitFor("the option trusted_proxies has '" +
                            std::string(wrong) +
                            "', but it must be a list of addresses and");
  }
}

TEST(ServeErrors, Certificates) {
  const CertificateFiles &own = ownCertificate();
  EXPECT_EQ(serveTls("/nonexistent/cert.pem", own.key),
            PLUMB_WS_ERR_CERTIFICATE);
  Log::instance().waitFor("cannot read the certificate file "
                          "'/nonexistent/cert.pem': No such file or directory");
  EXPECT_EQ(serveTls(own.certificate, "/nonexistent/key.pem"),
            PLUMB_WS_ERR_CERTIFICATE);
  Log::instance().waitFor("cannot read the private key file");

  CertificateFiles other{CertificateFiles::Of()};
  EXPECT_EQ(serveTls(own.certificate, other.key), PLUMB_WS_ERR_CERTIFICATE);
  std::string line = Log::instance().waitFor(other.key);
  EXPECT_NE(line.find("does not belong to"), std::string::npos) << line;

  std::string garbage = write(other.certificate, "this is no certificate");
  EXPECT_EQ(serveTls(garbage, own.key), PLUMB_WS_ERR_CERTIFICATE);
  Log::instance().waitFor("cannot use the certificate file '" + garbage +
                          "': no PEM block of that kind in it");
}

TEST(ServeTls, PlainClientDoesNoHarm) {
  Environment timeout("PLUMB_WS_CLOSE_TIMEOUT_MS", "50");
  Server server(Config{true, 1});
  Server plain(Config{false, 1}, false);
  plain.port = server.port;
  auto lost = Client::raw(plain); // Speaks HTTP to a TLS port.
  lost->writeRaw("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  lost->readRaw();
  Client a(server);
  EXPECT_EQ(a.ask("echo fine"), "fine");
  EXPECT_EQ(server.stop(), 0);
  plain.port = 0;
}
