//===- CertificatesTest.cpp - server names and reloading ------------------===//

#include "TlsSupport.h"

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>

using namespace plumb::test;

namespace {
int64_t certificate(const std::string &name, const CertificateFiles &files) {
  return plumb_ws_certificate(Text(name), Text(files.certificate),
                              Text(files.key));
}
long shown(TlsServer &server, const std::string &name = "") {
  return TlsClient(server.port, {.name = name}).serial();
}
} // namespace

//===----------------------------------------------------------------------===//
// Server names
//===----------------------------------------------------------------------===//

TEST(ServerNames, ChooseTheCertificate) {
  CertificateFiles own({.serial = 1});
  CertificateFiles exact({.serial = 2, .host = "chat.example.org"});
  CertificateFiles wild({.serial = 3, .host = "*.example.org", .rsa = true});
  CertificateFiles late({.serial = 4, .host = "late.example.net"});
  ASSERT_EQ(certificate("Chat.Example.ORG", exact), 0) << "before serving";
  TlsServer server(own, 2);
  ASSERT_EQ(certificate("*.example.org", wild), 0) << "while serving";
  struct {
    const char *name;
    long serial;
  } cases[] = {{"", 1},
               {"chat.example.org", 2},
               {"CHAT.example.org", 2},
               {"other.example.org", 3},
               {"*.example.org", 3}, // Is a name with one label more.
               {"a.b.example.org", 1},
               {"example.org", 1},
               {"xexample.org", 1},
               {"late.example.net", 1},
               {"org", 1}};
  for (int version : {TLS1_2_VERSION, TLS1_3_VERSION})
    for (const auto &wanted : cases) {
      TlsClient client(server.port, {.name = wanted.name, .version = version});
      EXPECT_EQ(client.serial(), wanted.serial) << wanted.name;
      EXPECT_EQ(client.echo("x"), "x") << wanted.name;
    }
  TlsClient before(server.port, {.name = "late.example.net"});
  EXPECT_EQ(certificate("late.example.net", late), 0);
  EXPECT_EQ(shown(server, "late.example.net"), 4);
  EXPECT_EQ(before.echo("still here"), "still here");
  // Protocols are agreed on as with the server's own.
  EXPECT_EQ(TlsClient(server.port, {.name = "chat.example.org",
                                    .protocols = {"h2", "http/1.1"}})
                .protocol(),
            "http/1.1");
  EXPECT_FALSE(
      TlsClient(server.port, {.name = "chat.example.org", .protocols = {"h2"}})
          .connected);
}

TEST(ServerNames, WrongOnes) {
  CertificateFiles files({.serial = 1});
  for (const char *name :
       {"", ".", "*", "*.", "a..b", "a.", ".a", "*.*.a", "a.*.b", "x*.example",
        "-a.example", "a-.example", "127.0.0.1", "::1", "ex ample", "a/b",
        "größe.example"})
    EXPECT_EQ(certificate(name, files), PLUMB_ERR_INVALID_ARGUMENT) << name;
  EXPECT_EQ(certificate(std::string(64, 'a') + ".example", files),
            PLUMB_ERR_INVALID_ARGUMENT);
  std::string longName = "a";
  while (longName.size() <= 253)
    longName += ".a";
  EXPECT_EQ(certificate(longName, files), PLUMB_ERR_INVALID_ARGUMENT);
  Log::instance().waitFor("'a..b' is none");
  EXPECT_EQ(certificate("xn--gre-6ka8l.example", files), 0);
}

TEST(ServerNames, BadFilesKeepTheOldCertificate) {
  CertificateFiles own({.serial = 1});
  CertificateFiles good({.serial = 2, .host = "kept.example"});
  CertificateFiles other({.serial = 3, .host = "kept.example"});
  TlsServer server(own);
  ASSERT_EQ(certificate("kept.example", good), 0);
  EXPECT_EQ(plumb_ws_certificate(Text("kept.example"), Text(other.certificate),
                                 Text(good.key)),
            PLUMB_WS_ERR_CERTIFICATE);
  Log::instance().waitFor("'" + good.key + "' does not belong to");
  EXPECT_EQ(shown(server, "kept.example"), 2);
  EXPECT_EQ(certificate("kept.example", other), 0);
  EXPECT_EQ(shown(server, "kept.example"), 3);
}

TEST(ServerNames, CanBeForgotten) {
  CertificateFiles own({.serial = 1});
  CertificateFiles exact({.serial = 2, .host = "gone.example"});
  CertificateFiles wild({.serial = 3, .host = "*.gone.example"});
  TlsServer server(own, 2);
  ASSERT_EQ(certificate("gone.example", exact), 0);
  ASSERT_EQ(certificate("*.gone.example", wild), 0);
  auto forget = [](const char *name, const char *certificate = "",
                   const char *key = "") {
    return plumb_ws_certificate(Text(name), Text(certificate), Text(key));
  };
  // One path alone is a mistake.
  EXPECT_EQ(forget("gone.example", exact.certificate.c_str()),
            PLUMB_WS_ERR_CERTIFICATE);
  EXPECT_EQ(forget("gone.example", "", exact.key.c_str()),
            PLUMB_WS_ERR_CERTIFICATE);
  TlsClient before(server.port, {.name = "gone.example"});
  EXPECT_EQ(before.serial(), 2);
  EXPECT_EQ(forget("Gone.Example"), 0);
  EXPECT_EQ(shown(server, "gone.example"), 1);
  EXPECT_EQ(shown(server, "a.gone.example"), 3) << "another name";
  EXPECT_EQ(before.echo("still here"), "still here");
  EXPECT_EQ(forget("*.gone.example"), 0);
  EXPECT_EQ(shown(server, "a.gone.example"), 1);
  // Its files may go now.
  std::filesystem::remove(exact.certificate);
  EXPECT_EQ(plumb_ws_reload_certificates(), 0);
  EXPECT_EQ(forget("never.example"), 0);
  EXPECT_EQ(forget("a..b"), PLUMB_ERR_INVALID_ARGUMENT);
  EXPECT_EQ(certificate("gone.example", wild), 0) << "and come again";
  EXPECT_EQ(shown(server, "gone.example"), 3);
}

TEST(ServerNames, DoubtsAreWarnings) {
  constexpr long day = 24 * 3600;
  auto warned = [](const CertificateFiles &files, const char *name,
                   const std::string &what) {
    EXPECT_EQ(certificate(name, files), 0);
    std::string line = Log::instance().waitFor("warning: ");
    EXPECT_NE(line.find(files.certificate + "' " + what), std::string::npos)
        << line;
  };
  warned(CertificateFiles({.host = "old.example", .validTo = -60}),
         "old.example", "expired at ");
  warned(CertificateFiles({.host = "new.example", .validFrom = 60}),
         "new.example", "is not valid before ");
  warned(CertificateFiles({.host = "soon.example",
                           .validFrom = -80 * day,
                           .validTo = 10 * day}),
         "soon.example", "expires at ");
  warned(CertificateFiles({.host = "a.example"}), "b.example",
         "is not for 'b.example'");
  // Of short life, but not at its end; and one for a wildcard.
  Log::instance().clear();
  EXPECT_EQ(
      certificate("short.example", CertificateFiles({.host = "short.example",
                                                     .validTo = 6 * day})),
      0);
  EXPECT_EQ(certificate("*.short.example",
                        CertificateFiles({.host = "*.short.example"})),
            0);
  warned(CertificateFiles({.host = "*.short.example"}), "short.example",
         "is not for 'short.example'");
}

//===----------------------------------------------------------------------===//
// Reloading
//===----------------------------------------------------------------------===//

TEST(Reload, ReplacesAll) {
  CertificateFiles own({.serial = 1});
  CertificateFiles named({.serial = 2, .host = "again.example"});
  TlsServer server(own, 2), another(own);
  ASSERT_EQ(certificate("again.example", named), 0);
  TlsClient before(server.port);
  own.write({.serial = 11});
  named.write({.serial = 12, .host = "again.example", .rsa = true});
  EXPECT_EQ(shown(server), 1) << "nothing is read before it is asked for";
  EXPECT_EQ(plumb_ws_reload_certificates(), 0);
  EXPECT_EQ(shown(server), 11);
  EXPECT_EQ(shown(another), 11);
  EXPECT_EQ(shown(server, "again.example"), 12);
  EXPECT_EQ(before.echo("as before"), "as before");
}

TEST(Reload, OneBadKeepsItsOwn) {
  CertificateFiles own({.serial = 1}), spare({.serial = 9});
  CertificateFiles named({.serial = 2, .host = "bad.example"});
  CertificateFiles other({.serial = 3, .host = "good.example"});
  TlsServer server(own);
  ASSERT_EQ(certificate("bad.example", named), 0);
  ASSERT_EQ(certificate("good.example", other), 0);
  own.write({.serial = 11});
  other.write({.serial = 13, .host = "good.example"});
  std::filesystem::copy_file(spare.key, named.key,
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(plumb_ws_reload_certificates(), PLUMB_WS_ERR_CERTIFICATE);
  std::string line = Log::instance().waitFor("error: ");
  EXPECT_NE(line.find("'" + named.key + "' does not belong to"),
            std::string::npos)
      << line;
  EXPECT_NE(line.find("the old certificate of 'bad.example' stays"),
            std::string::npos)
      << line;
  Log::instance().waitFor("read the certificates again (2 of 3)");
  EXPECT_EQ(shown(server), 11) << "good ones are replaced";
  EXPECT_EQ(shown(server, "good.example"), 13);
  EXPECT_EQ(shown(server, "bad.example"), 2);
  // Half written, and gone.
  std::ofstream(named.certificate) << "-----BEGIN CERTIFICATE-----\nMIIB";
  EXPECT_EQ(plumb_ws_reload_certificates(), PLUMB_WS_ERR_CERTIFICATE);
  Log::instance().waitFor("cannot use the certificate file '" +
                          named.certificate);
  std::filesystem::remove(named.certificate);
  EXPECT_EQ(plumb_ws_reload_certificates(), PLUMB_WS_ERR_CERTIFICATE);
  Log::instance().waitFor("cannot read the certificate file '" +
                          named.certificate);
  EXPECT_EQ(shown(server, "bad.example"), 2);
  named.write({.serial = 12, .host = "bad.example"});
  EXPECT_EQ(plumb_ws_reload_certificates(), 0);
  EXPECT_EQ(shown(server, "bad.example"), 12);
  // Nor does the server's own keep the names back.
  std::filesystem::remove(own.key);
  named.write({.serial = 22, .host = "bad.example"});
  EXPECT_EQ(plumb_ws_reload_certificates(), PLUMB_WS_ERR_CERTIFICATE);
  line = Log::instance().waitFor("error: ");
  EXPECT_NE(line.find("the server's old certificate stays"), std::string::npos)
      << line;
  EXPECT_EQ(shown(server), 11);
  EXPECT_EQ(shown(server, "bad.example"), 22);
}

TEST(Reload, NothingToRead) { EXPECT_EQ(plumb_ws_reload_certificates(), 0); }

TEST(Reload, Hangup) {
  struct sigaction before, after;
  ::sigaction(SIGHUP, nullptr, &before);
  {
    CertificateFiles own({.serial = 1}), spare({.serial = 9});
    TlsServer server(own, 3);
    TlsClient old(server.port);
    for (long serial : {2, 3, 4}) {
      own.write({.serial = serial});
      ::kill(::getpid(), SIGHUP);
      Log::instance().waitFor("read the certificates again (1)");
      EXPECT_EQ(shown(server), serial);
    }
    std::filesystem::copy_file(
        spare.key, own.key, std::filesystem::copy_options::overwrite_existing);
    ::kill(::getpid(), SIGHUP);
    Log::instance().waitFor("the server's old certificate stays");
    EXPECT_EQ(shown(server), 4);
    EXPECT_EQ(old.echo("old"), "old");
  }
  ::sigaction(SIGHUP, nullptr, &after);
  EXPECT_EQ(before.sa_handler, after.sa_handler);
}

TEST(Reload, HangupOfANohup) {
  ::signal(SIGHUP, SIG_IGN);
  {
    CertificateFiles own({.serial = 1});
    TlsServer server(own);
    own.write({.serial = 2});
    ::kill(::getpid(), SIGHUP);
    Log::instance().waitFor("read the certificates again (1)");
    EXPECT_EQ(shown(server), 2);
  }
  EXPECT_EQ(::signal(SIGHUP, SIG_DFL), SIG_IGN);
}

static std::atomic<int> ownHangups{0};
TEST(Reload, HangupThatTheProgramHandles) {
  ::signal(SIGHUP, [](int) { ++ownHangups; });
  {
    CertificateFiles own({.serial = 1});
    TlsServer server(own);
    ::raise(SIGHUP);
    EXPECT_EQ(ownHangups, 1);
  }
  ::signal(SIGHUP, SIG_DFL);
}

TEST(Reload, PlainServerLeavesHangupAlone) {
  Server server(Config{false, 1});
  struct sigaction now;
  ::sigaction(SIGHUP, nullptr, &now);
  EXPECT_EQ(now.sa_handler, SIG_DFL);
}

/// Handshakes, resumption, echoes, additions and reloads all at once; under
/// ThreadSanitizer this is the test of it. Each client sees a whole pair.
TEST(Reload, UnderTraffic) {
  CertificateFiles own({.serial = 1});
  CertificateFiles named({.serial = 1, .host = "busy.example"});
  TlsServer server(own, 3);
  ASSERT_EQ(certificate("busy.example", named), 0);
  std::atomic<bool> done{false};
  std::atomic<int> handshakes{0}, failures{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i)
    clients.emplace_back([&, i] {
      TlsClient lasting(server.port);
      std::shared_ptr<SSL_SESSION> session;
      for (int n = 0; !done; ++n) {
        TlsClient next(server.port, {.name = i % 2 ? "busy.example" : "",
                                     .session = session.get()});
        failures += !next.connected || next.echo("new") != "new" ||
                    lasting.echo("old") != "old";
        session = n % 2 ? next.session() : nullptr;
        ++handshakes;
      }
    });
  int last = 0;
  for (long serial = 2; serial < 20; ++serial) {
    // No client is served by a pair that is only half written.
    own.write({.serial = serial});
    named.write({.serial = serial, .host = "busy.example"});
    if (serial % 3 == 0)
      ::kill(::getpid(), SIGHUP);
    else
      EXPECT_EQ(plumb_ws_reload_certificates(), 0);
    EXPECT_EQ(certificate("busy.example", named), 0);
    while (handshakes < last + 4)
      std::this_thread::yield();
    last = handshakes;
  }
  done = true;
  for (std::thread &client : clients)
    client.join();
  EXPECT_EQ(failures, 0);
}
