//===- AdminTest.cpp - the admin port: health and HTTP
//---------------------===//

#include "AdminSupport.h"

#include <sys/socket.h>

using namespace plumb::test;

namespace {
/// Sockets of this process that listen.
int listening() {
  int count = 0;
  for (int fd = 0; fd < 1024; ++fd) {
    int value = 0;
    socklen_t size = sizeof value;
    if (::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &value, &size) == 0)
      count += value;
  }
  return count;
}

class Admin : public testing::TestWithParam<Config> {};
} // namespace

INSTANTIATE_TEST_SUITE_P(All, Admin, PLUMB_ALL_CONFIGS, nameOf);

TEST(AdminPort, OffUnlessAskedFor) {
  int before = listening();
  Server server;
  EXPECT_EQ(listening(), before + 1);
}

TEST(AdminPort, OneSocketWhenAskedFor) {
  int before = listening();
  Watched watched(Config{false, 3});
  EXPECT_EQ(listening(), before + 4);
}

//===----------------------------------------------------------------------===//
// Health
//===----------------------------------------------------------------------===//

TEST_P(Admin, StuckShardIsNamedUntilItTurnsAgain) {
  Environment timeout("PLUMB_WS_HEALTH_TIMEOUT_MS", "100"),
      port("PLUMB_WS_ADMIN_PORT", "0");
  Channel<bool> go;
  Channel<uint64_t> blocked;
  Server server(GetParam(), false);
  server.onMessage = [&](plumb_ws_conn conn, std::string) {
    blocked.push(reinterpret_cast<uint64_t>(conn) & 1023);
    go.pop();
  };
  server.start();
  AdminServer admin(server);
  auto is = [](int status) {
    return [=](const HttpAnswer &answer) { return answer.status == status; };
  };
  admin.until("/healthz", is(200));
  Client client(server);
  client.send("block");
  std::optional<uint64_t> shard = blocked.pop();
  ASSERT_TRUE(shard);
  std::string stuck =
      "shard " + std::to_string(*shard) + " is stuck in a callback\n";
  admin.until("/healthz", [&](const HttpAnswer &answer) {
    return answer.status == 503 && answer.body == stuck;
  });
  admin.until("/readyz", is(503));
  EXPECT_EQ(admin.get("/metrics").status, 200);
  go.push(true);
  EXPECT_EQ(admin.until("/healthz", is(200)).body, "ok\n");
  admin.until("/readyz", is(200));
}

TEST(AdminHealth, FullIsNotReady) {
  Environment maxConnections("PLUMB_WS_MAX_CONNECTIONS", "1");
  Watched watched;
  auto ready = [](const HttpAnswer &answer) { return answer.status == 200; };
  auto full = [](const HttpAnswer &answer) {
    return answer.status == 503 && answer.body.starts_with("full");
  };
  watched.admin.until("/readyz", ready);
  {
    Client only(watched.server);
    watched.admin.until("/readyz", full);
    EXPECT_EQ(watched.admin.get("/healthz").status, 200);
    EXPECT_EQ(Client(watched.server).status, 503);
    watched.admin.expect({{failures("full"), 1}, {"plumb_connections", 1}});
    only.drop();
  }
  watched.admin.until("/readyz", ready);
}

TEST(AdminHealth, DrainingIsNotReadyButHealthy) {
  Environment timeout("PLUMB_WS_CLOSE_TIMEOUT_MS", "60000"),
      drain("PLUMB_WS_DRAIN_TIMEOUT_MS", "60000");
  Watched watched;
  {
    // Upgraded, but never answers a close frame.
    Socket mute(watched.server.port);
    mute.write(upgradeRequest);
    watched.admin.expect({{"plumb_connections", 1}});
    EXPECT_EQ(plumb_ws_stop(), 0);
    watched.admin.until("/readyz", [](const HttpAnswer &answer) {
      return answer.status == 503 && answer.body.starts_with("draining");
    });
    EXPECT_EQ(watched.admin.get("/healthz").status, 200);
  }
  EXPECT_EQ(watched.server.join(), 0);
}

//===----------------------------------------------------------------------===//
// HTTP
//===----------------------------------------------------------------------===//

TEST(AdminHttp, PathsMethodsAndForms) {
  Watched watched;
  AdminServer &admin = watched.admin;
  HttpAnswer index = admin.get("/");
  EXPECT_EQ(index.status, 200);
  for (const char *path : {"/healthz", "/readyz", "/metrics"})
    EXPECT_NE(index.body.find(path), std::string::npos);
  EXPECT_EQ(admin.get("/nothing").status, 404);
  HttpAnswer post = admin.get("/metrics", "", "POST");
  EXPECT_EQ(post.status, 405);
  EXPECT_NE(post.head.find("Allow: GET, HEAD, OPTIONS\r\n"), std::string::npos);
  HttpAnswer head = admin.get("/healthz", "", "HEAD");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  EXPECT_NE(head.head.find("Content-Length: 3\r\n"), std::string::npos);
  EXPECT_EQ(admin.request("rubbish\r\n\r\n").status, 400);
  EXPECT_EQ(admin.get("/", "X: " + std::string(9000, 'x') + "\r\n").status,
            431);

  HttpAnswer plain = admin.get("/metrics");
  EXPECT_NE(plain.head.find(
                "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"),
            std::string::npos);
  HttpAnswer open = admin.get(
      "/metrics", "Accept: application/openmetrics-text;version=1.0.0;q=0.5,"
                  "text/plain;version=0.0.4;q=0.3\r\n");
  EXPECT_NE(open.head.find("application/openmetrics-text; version=1.0.0"),
            std::string::npos);
  EXPECT_TRUE(open.body.ends_with("# EOF\n"));
  for (const char *accept :
       {"application/openmetrics-text;q=0", "*/*", "text/plain",
        "application/openmetrics-text;q=0.4, text/plain",
        "application/openmetrics-text;version=0.0.1, text/plain;q=0.5"})
    EXPECT_FALSE(
        admin.get("/metrics", "Accept: " + std::string(accept) + "\r\n")
            .body.ends_with("# EOF\n"))
        << accept;
  EXPECT_NE(plain.head.find("\r\nDate: "), std::string::npos);

  // The rules of requests are those of the other port.
  EXPECT_EQ(admin.get("foo").status, 400);
  EXPECT_EQ(admin.get("/healthz", "Host: y\r\n").status, 400);
  EXPECT_EQ(admin.get("/healthz", "Transfer-Encoding: xchunked\r\n").status,
            400);
  EXPECT_EQ(admin.get("https://x/healthz").status, 421);
  EXPECT_EQ(admin.get("http://x/healthz").status, 200);
  EXPECT_EQ(admin.get("/healthz", "", "FOO").status, 501);
  EXPECT_EQ(admin.get("*", "", "OPTIONS").status, 200);
}

TEST(AdminHttp, ThoseWhoSayNothingTakeNoPlaceForEver) {
  Watched watched;
  std::vector<Socket> silent;
  for (int i = 0; i < 40; ++i)
    silent.emplace_back(watched.admin.port);
  EXPECT_EQ(watched.admin.get("/healthz").status, 200);
  EXPECT_EQ(silent.front().readAll(), "") << "the oldest had to go";
}

TEST(AdminHttp, AddressInUseAndNoAddress) {
  Watched watched;
  auto connect = [](plumb_ws_conn, void *) { return true; };
  auto message = [](plumb_ws_conn, const plumb_str *, void *) {};
  auto close = [](plumb_ws_conn, int64_t, const plumb_str *, void *) {};
  auto serve = [&] {
    return plumb_ws_serve(0, connect, nullptr, message, nullptr, close, nullptr,
                          nullptr, nullptr, nullptr, nullptr,
                          Text(std::string()));
  };
  {
    Environment same("PLUMB_WS_ADMIN_PORT", std::to_string(watched.admin.port));
    EXPECT_EQ(serve(), PLUMB_WS_ERR_ADDRESS_IN_USE);
  }
  Environment port("PLUMB_WS_ADMIN_PORT", "0"),
      bind("PLUMB_WS_ADMIN_BIND", "nowhere");
  EXPECT_EQ(serve(), PLUMB_ERR_INVALID_ARGUMENT);
}

//===----------------------------------------------------------------------===//
// The reader of the tests
//===----------------------------------------------------------------------===//

TEST(PrometheusText, RefusesWhatIsWrong) {
  const std::string good = "# HELP a_total x\n# TYPE a_total counter\n"
                           "a_total 1\n";
  EXPECT_EQ(Exposition(good).wrong, "");
  const std::string histogram = "# HELP h x\n# TYPE h histogram\n";
  for (const std::string &text :
       {good + "a_total 1\n", good + good, good + "b 1\n", good + "a_total{",
        std::string("# HELP a x\n# TYPE a counter\na 1\n"),
        std::string("# TYPE a gauge\na 1\n"), std::string("a 1\n"),
        std::string("# HELP a x\n# TYPE a gauge\na{b=\"\\x\"} 1\n"),
        std::string("# HELP a x\n# TYPE a gauge\na one\n"),
        histogram + "h_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 1\n",
        histogram + "h_bucket{le=\"1\"} 2\nh_sum 1\nh_count 2\n",
        histogram + "h_bucket{le=\"+Inf\"} 2\nh_count 2\n",
        histogram + "h_bucket{le=\"+Inf\"} 2\nh_sum 1\nh_count 3\n"})
    EXPECT_NE(Exposition(text).wrong, "") << text;
}
