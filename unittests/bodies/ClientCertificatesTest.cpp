//===- ClientCertificatesTest.cpp - clients that prove who they are -------===//

#include "../net/Authority.h"
#include "AdminSupport.h"
#include "TlsSupport.h"

#include <filesystem>
#include <fstream>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>

using namespace plumb::test;

namespace {
/// By the version of TLS.
class ClientCertificates : public testing::TestWithParam<TlsVersion> {
protected:
  Authority authority{"authority"}, stranger{"stranger"}, impostor{"authority"};
  CertificateFiles files{{.serial = 1}};

  TlsWish wish(const Authority::Issued &own = {}) const {
    return {
        .version = GetParam(), .certificate = own.certificate, .key = own.key};
  }
  /// OpenSSL's reason, which is the alert that the client got; 0 when served.
  int refusal(TlsServer &server, const TlsWish &wish) {
    TlsClient client(server.port, wish);
    return client.served() ? 0 : client.error;
  }
  /// What a client without a certificate hears (RFC 8446 section 4.4.2.4, RFC
  /// 5246 section 7.4.6).
  const int needsOne = GetParam() == TLS1_3_VERSION
                           ? SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED
                           : SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE;
  Environment required{"PLUMB_WS_CLIENT_CA", authority.file()};
};
} // namespace

INSTANTIATE_TEST_SUITE_P(All, ClientCertificates,
                         testing::Values(TlsVersion{TLS1_2_VERSION},
                                         TlsVersion{TLS1_3_VERSION}),
                         versionName);

TEST_P(ClientCertificates, OnlyWhoHasAGoodOneIsServed) {
  TlsServer server(files, 2);
  EXPECT_EQ(refusal(server, wish(authority.issue({.serial = 10}))), 0);
  // Several times: an alert must not be lost to what the client has sent since.
  for (int i = 0; i < 20; ++i)
    ASSERT_EQ(refusal(server, wish()), needsOne) << i;
  EXPECT_EQ(refusal(server, wish(stranger.issue({.serial = 11}))),
            SSL_R_TLSV1_ALERT_UNKNOWN_CA);
  EXPECT_EQ(refusal(server, wish(impostor.issue({.serial = 11}))),
            SSL_R_TLSV1_ALERT_DECRYPT_ERROR)
      << "the name is right, the signature is not";
  EXPECT_EQ(refusal(server, wish(authority.issue({.serial = 16}))), 0);
}

/// A reset would take the alert from a client whose kernel drops what it has
/// not read yet; so the stream ends in order, whatever the client has sent.
TEST_P(ClientCertificates, ARefusalIsNoReset) {
  TlsServer server(files);
  for (int i = 0; i < 20; ++i) {
    TlsClient client(server.port, wish());
    EXPECT_FALSE(client.served());
    char byte;
    ASSERT_EQ(::recv(SSL_get_fd(client.ssl()), &byte, 1, 0), 0) << i;
  }
}

TEST_P(ClientCertificates, AreOptionalIfToldSo) {
  Environment optional("PLUMB_WS_CLIENT_CERTIFICATES", "optional");
  TlsServer server(files);
  EXPECT_EQ(refusal(server, wish()), 0);
  EXPECT_EQ(TlsClient(server.port, wish()).echo("part subject"), "");
  EXPECT_EQ(TlsClient(server.port, wish(authority.issue({.serial = 10})))
                .echo("part serial"),
            "0A");
  EXPECT_EQ(refusal(server, wish(stranger.issue({.serial = 11}))),
            SSL_R_TLSV1_ALERT_UNKNOWN_CA)
      << "a bad one is worse than none";
}

TEST_P(ClientCertificates, TellWhoItIs) {
  TlsServer server(files, 2);
  TlsClient client(server.port,
                   wish(authority.issue(
                       {.serial = 4711,
                        .commonName = "ada,CN=root\n\xC3\xA9",
                        .names = "DNS:a.example,email:ada@a.example,"
                                 "URI:spiffe://a.example/x,DNS:b.example"})));
  auto part = [&](const std::string &name) {
    return client.echo("part " + name);
  };
  EXPECT_EQ(part("subject"), "CN=ada\\,CN=root\\0A\xC3\xA9,O=Example");
  EXPECT_EQ(part("issuer"), "CN=authority,O=Example");
  EXPECT_EQ(part("common_name"), "ada,CN=root\n\xC3\xA9");
  EXPECT_EQ(part("dns"), "a.example\nb.example");
  EXPECT_EQ(part("email"), "ada@a.example");
  EXPECT_EQ(part("uri"), "spiffe://a.example/x");
  EXPECT_EQ(part("serial"), "1267");
  EXPECT_TRUE(part("pem").starts_with("-----BEGIN CERTIFICATE-----\n"));
  unsigned char digest[32];
  unsigned size = sizeof digest;
  X509_digest(SSL_get_certificate(client.ssl()), EVP_sha256(), digest, &size);
  std::string hex;
  for (unsigned char byte : digest) {
    char two[3];
    std::snprintf(two, sizeof two, "%02x", byte);
    hex += two;
  }
  EXPECT_EQ(part("fingerprint"), hex);
  EXPECT_EQ(part("sbject"), "");
  Log::instance().waitFor("a client's certificate has no part 'sbject'; there "
                          "are subject, issuer, common_name, dns, email, uri, "
                          "serial, fingerprint, pem");
}

/// A resumed session is not verified again, so it must be one that was verified
/// by the same rules.
TEST_P(ClientCertificates, ASessionIsOfItsRules) {
  auto resumable = [&](TlsServer &server, TlsWish wish) {
    TlsClient client(server.port, wish);
    EXPECT_TRUE(client.served());
    EXPECT_TRUE(client.session());
    return client.session();
  };
  auto next = [&](TlsServer &server, TlsWish wish,
                  const std::shared_ptr<SSL_SESSION> &session) {
    wish.session = session.get();
    auto client = std::make_unique<TlsClient>(server.port, wish);
    client->served();
    return client;
  };
  Authority::Issued ada = authority.issue({.serial = 10});
  TlsServer server(files, 2);
  // Its own are good, and still tell who it is.
  auto session = resumable(server, wish(ada));
  auto again = next(server, wish(ada), session);
  EXPECT_TRUE(again->resumed());
  EXPECT_EQ(again->echo("part serial"), "0A");
  {
    // Of a server of the process that asked for nothing.
    ::unsetenv("PLUMB_WS_CLIENT_CA");
    TlsServer open(files);
    auto unverified = resumable(open, wish());
    auto client = next(server, wish(), unverified);
    EXPECT_EQ(client->error, needsOne);
    EXPECT_TRUE(next(open, wish(), unverified)->resumed());
  }
}

/// They are asked for whatever name the client asks for.
TEST_P(ClientCertificates, HoldForEveryServerName) {
  CertificateFiles named({.serial = 2, .host = "mutual.example"});
  ASSERT_EQ(plumb_ws_certificate(Text("mutual.example"),
                                 Text(named.certificate), Text(named.key)),
            0);
  TlsServer server(files);
  TlsWish without = wish(), with = wish(authority.issue({.serial = 10}));
  without.name = with.name = "mutual.example";
  EXPECT_EQ(refusal(server, without), needsOne);
  TlsClient client(server.port, with);
  EXPECT_EQ(client.serial(), 2);
  EXPECT_EQ(client.echo("part serial"), "0A");
  std::shared_ptr<SSL_SESSION> session = client.session();
  ASSERT_TRUE(session);
  with.session = session.get();
  TlsClient again(server.port, with);
  EXPECT_TRUE(again.resumed());
  EXPECT_EQ(again.echo("part serial"), "0A");
  TlsWish foreign = wish(stranger.issue({.serial = 11}));
  foreign.name = "mutual.example";
  EXPECT_EQ(refusal(server, foreign), SSL_R_TLSV1_ALERT_UNKNOWN_CA);
  ASSERT_EQ(plumb_ws_certificate(Text("mutual.example"), Text(""), Text("")),
            0);
}

TEST_P(ClientCertificates, AReloadReadsTheAuthoritiesToo) {
  TlsServer server(files);
  TlsWish ada = wish(authority.issue({.serial = 10})),
          eve = wish(authority.issue({.serial = 11}));
  TlsClient before(server.port, eve);
  EXPECT_TRUE(before.served());
  authority.revoke({11});
  EXPECT_EQ(plumb_ws_reload_certificates(), 0);
  EXPECT_EQ(refusal(server, ada), 0);
  EXPECT_EQ(refusal(server, eve), SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED);
  eve.session = before.session().get();
  EXPECT_EQ(refusal(server, eve), SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED)
      << "nor by her session";
  EXPECT_EQ(before.echo("x"), "x") << "what is open stays open";
  // A bad file changes nothing.
  std::ofstream(authority.file()) << "nothing";
  EXPECT_EQ(plumb_ws_reload_certificates(), PLUMB_WS_ERR_CERTIFICATE);
  std::string line = Log::instance().waitFor("cannot use the client_ca file '");
  EXPECT_NE(line.find("no certificate or crl found"), std::string::npos)
      << line;
  EXPECT_NE(line.find("the server's old certificate stays"), std::string::npos);
  EXPECT_EQ(refusal(server, ada), 0);
  EXPECT_EQ(refusal(server, wish()), needsOne);
}

/// What is resumed is not older than what would be begun.
TEST_P(ClientCertificates, ASessionEndsWithTheCertificate) {
  TlsServer server(files);
  time_t end = ::time(nullptr) + 4;
  TlsWish ada = wish(authority.issue({.serial = 10, .validTo = 4}));
  TlsClient first(server.port, ada);
  ASSERT_TRUE(first.served());
  while (::time(nullptr) <= end + 1)
    ::poll(nullptr, 0, 100);
  ada.session = first.session().get();
  EXPECT_EQ(refusal(server, ada), SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED);
}

/// Nobody knows yet who he is.
TEST_P(ClientCertificates, AChainHasALimit) {
  TlsServer server(files);
  Authority::Issued ada = authority.issue({.serial = 10});
  auto append = [&](int times) {
    std::ofstream out(ada.certificate, std::ios::app);
    for (int i = 0; i < times; ++i)
      out << authority.pem();
  };
  append(20); // What is needless is let be.
  EXPECT_EQ(refusal(server, wish(ada)), 0);
  append(100);
  EXPECT_NE(refusal(server, wish(ada)), 0);
}

/// The file may have an authority below a root alone, or one certificate.
TEST_P(ClientCertificates, AnyCertificateMayBeTheAnchor) {
  Authority below("below", &authority);
  CertificateFiles pinned({.serial = 15});
  std::ifstream own(pinned.certificate);
  std::ofstream(authority.file())
      << below.pem() << std::string(std::istreambuf_iterator<char>(own), {});
  TlsServer server(files);
  EXPECT_EQ(refusal(server, wish(below.issue({.serial = 10}))), 0);
  EXPECT_EQ(refusal(server, wish({pinned.certificate, pinned.key})), 0);
  EXPECT_EQ(refusal(server, wish(authority.issue({.serial = 11}))),
            SSL_R_TLSV1_ALERT_UNKNOWN_CA);
}

TEST(ClientAuthorities, BadFiles) {
  Log &log = Log::instance();
  {
    Environment file("PLUMB_WS_CLIENT_CA", "/nonexistent/ca.pem");
    EXPECT_EQ(serveTls(ownCertificate()), PLUMB_WS_ERR_CERTIFICATE);
    log.waitFor("cannot read the client_ca file '/nonexistent/ca.pem': No such "
                "file or directory");
  }
  const CertificateFiles &own = ownCertificate();
  Environment file("PLUMB_WS_CLIENT_CA", own.key);
  EXPECT_EQ(serveTls(ownCertificate()), PLUMB_WS_ERR_CERTIFICATE);
  log.waitFor("cannot use the client_ca file '" + own.key + "': no ");
}

TEST(ClientAuthorities, WithoutTls) {
  Log &log = Log::instance();
  Environment file("PLUMB_WS_CLIENT_CA", ownCertificate().certificate);
  EXPECT_EQ(serve(0), PLUMB_ERR_INVALID_ARGUMENT);
  log.waitFor(
      "the option client_ca is set, but the program serves without TLS");
  Environment listen("PLUMB_WS_LISTEN", "127.0.0.1:0");
  Server server(Config{true, 1});
  log.waitFor("warning: who connects to ws://127.0.0.1:");
}

TEST(ClientAuthorities, OptionalForNobody) {
  Environment optional("PLUMB_WS_CLIENT_CERTIFICATES", "optional"),
      bind("PLUMB_WS_BIND", "x");
  EXPECT_EQ(serveTls(ownCertificate()), PLUMB_ERR_INVALID_ARGUMENT);
  Log::instance().waitFor("client_certificates is set, but client_ca is empty");
}

TEST(ClientAuthorities, RefusalsAreCounted) {
  Authority authority("authority");
  Environment file("PLUMB_WS_CLIENT_CA", authority.file());
  Watched watched(Config{true, 1});
  TlsClient without(watched.server.port);
  EXPECT_FALSE(without.served());
  watched.admin.expect(
      {{"plumb_handshake_failures_total{reason=\"client_certificate\"}", 1},
       {"plumb_handshake_failures_total{reason=\"tls\"}", 0}});
}
