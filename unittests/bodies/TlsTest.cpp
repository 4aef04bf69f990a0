//===- TlsTest.cpp - what a TLS server agrees to --------------------------===//

#include "TlsSupport.h"

#include <openssl/sslerr.h>

using namespace plumb::test;

TEST(Tls, Versions) {
  CertificateFiles files({.serial = 1});
  TlsServer server(files);
  for (int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(server.port, {.version = version});
    EXPECT_TRUE(client.connected) << SSL_get_version(client.ssl());
    EXPECT_EQ(client.echo("hello"), "hello");
  }
  for (int version : {TLS1_VERSION, TLS1_1_VERSION})
    EXPECT_FALSE(TlsClient(server.port, {.version = version}).connected);
}

TEST(Tls, CiphersOfTls12) {
  CertificateFiles ecdsa({.serial = 1}), rsa({.serial = 2, .rsa = true});
  TlsServer one(ecdsa), two(rsa);
  auto cipher = [](TlsServer &server, const std::string &offered) {
    TlsClient client(server.port,
                     {.version = TLS1_2_VERSION, .ciphers = offered});
    return client.connected ? std::string(SSL_get_cipher(client.ssl())) : "";
  };
  // Forward secrecy with authenticated encryption, and 128 bits are enough.
  EXPECT_EQ(cipher(one, "DEFAULT"), "ECDHE-ECDSA-AES128-GCM-SHA256");
  EXPECT_EQ(cipher(two, "DEFAULT"), "ECDHE-RSA-AES128-GCM-SHA256");
  EXPECT_EQ(cipher(two, "ECDHE-RSA-AES256-GCM-SHA384"),
            "ECDHE-RSA-AES256-GCM-SHA384");
  EXPECT_EQ(cipher(one, "ECDHE-ECDSA-CHACHA20-POLY1305:"
                        "ECDHE-ECDSA-AES128-GCM-SHA256"),
            "ECDHE-ECDSA-CHACHA20-POLY1305")
      << "a client without AES in hardware";
  for (const char *weak :
       {"AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA", "ECDHE-RSA-AES256-SHA384",
        "DHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-NULL-SHA", "ADH-AES128-SHA"})
    EXPECT_EQ(cipher(two, weak), "") << weak;
}

TEST(Tls, SuitesAndGroupsOfTls13) {
  CertificateFiles files({.serial = 1});
  TlsServer server(files);
  EXPECT_STREQ(SSL_get_cipher(TlsClient(server.port).ssl()),
               "TLS_AES_128_GCM_SHA256");
  for (const char *group : {"X25519", "P-256", "P-384"})
    EXPECT_TRUE(TlsClient(server.port, {.groups = group}).connected) << group;
  EXPECT_FALSE(TlsClient(server.port, {.groups = "P-521"}).connected);
}

TEST(Tls, ApplicationProtocol) {
  CertificateFiles files({.serial = 1});
  TlsServer server(files);
  EXPECT_EQ(TlsClient(server.port, {.protocols = {"http/1.1"}}).protocol(),
            "http/1.1");
  TlsClient both(server.port, {.protocols = {"h2", "http/1.1"}});
  EXPECT_EQ(both.protocol(), "http/1.1");
  EXPECT_EQ(both.echo("x"), "x");
  TlsClient none(server.port);
  EXPECT_EQ(none.protocol(), "");
  EXPECT_EQ(none.echo("x"), "x");
  for (int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient other(server.port, {.version = version, .protocols = {"h2"}});
    EXPECT_FALSE(other.connected);
    EXPECT_EQ(other.error, SSL_R_TLSV1_ALERT_NO_APPLICATION_PROTOCOL);
  }
}

TEST(Tls, NoRenegotiation) {
  CertificateFiles files({.serial = 1});
  TlsServer server(files);
  TlsClient client(server.port, {.version = TLS1_2_VERSION});
  EXPECT_EQ(client.echo("before"), "before");
  EXPECT_EQ(SSL_get_secure_renegotiation_support(client.ssl()), 1)
      << "RFC 5746";
  SSL_renegotiate(client.ssl());
  EXPECT_NE(SSL_do_handshake(client.ssl()), 1);
}

//===----------------------------------------------------------------------===//
// Session tickets
//===----------------------------------------------------------------------===//

namespace {
class Tickets : public testing::TestWithParam<TlsVersion> {};
} // namespace
INSTANTIATE_TEST_SUITE_P(All, Tickets,
                         testing::Values(TlsVersion{TLS1_2_VERSION},
                                         TlsVersion{TLS1_3_VERSION}),
                         versionName);

TEST_P(Tickets, AnyShardResumes) {
  CertificateFiles files({.serial = 1});
  TlsServer server(files, 3);
  TlsClient first(server.port, {.version = GetParam()});
  EXPECT_EQ(first.echo("x"), "x"); // Behind the tickets of TLS 1.3.
  EXPECT_FALSE(first.resumed());
  EXPECT_EQ(first.tickets(), 1);
  ASSERT_TRUE(first.session());
  EXPECT_EQ(SSL_SESSION_get_max_early_data(first.session().get()), 0u);
  // The kernel spreads these over the shards. Tickets of TLS 1.3 are for one
  // use, so there is another each time.
  std::shared_ptr<SSL_SESSION> session = first.session();
  for (int i = 0; i < 12; ++i) {
    TlsClient next(server.port,
                   {.session = session.get(), .version = GetParam()});
    EXPECT_TRUE(next.resumed()) << i;
    EXPECT_EQ(next.echo("y"), "y");
    EXPECT_EQ(next.tickets(), GetParam() == TLS1_3_VERSION);
    if (next.session())
      session = next.session();
  }
}

TEST_P(Tickets, OutliveAReload) {
  CertificateFiles files({.serial = 1});
  TlsServer server(files);
  TlsClient first(server.port, {.version = GetParam()});
  first.echo("x");
  files.write({.serial = 2});
  EXPECT_EQ(plumb_ws_reload_certificates(), 0);
  TlsClient next(server.port,
                 {.session = first.session().get(), .version = GetParam()});
  EXPECT_TRUE(next.resumed());
  EXPECT_EQ(TlsClient(server.port).serial(), 2);
}

TEST_P(Tickets, OfANamedCertificate) {
  CertificateFiles files({.serial = 1});
  CertificateFiles other({.serial = 2, .host = "tickets.example"});
  TlsServer server(files);
  ASSERT_EQ(plumb_ws_certificate(Text("tickets.example"),
                                 Text(other.certificate), Text(other.key)),
            0);
  TlsWish wish{.name = "tickets.example", .version = GetParam()};
  TlsClient first(server.port, wish);
  EXPECT_EQ(first.serial(), 2);
  first.echo("x");
  ASSERT_TRUE(first.session());
  std::shared_ptr<SSL_SESSION> session = first.session();
  for (int i = 0; i < 3; ++i) { // Each with the ticket of the one before.
    wish.session = session.get();
    TlsClient next(server.port, wish);
    EXPECT_TRUE(next.resumed()) << i;
    EXPECT_EQ(next.echo("y"), "y");
    if (next.session())
      session = next.session();
  }
}

TEST_P(Tickets, GarbageIsAWholeHandshake) {
  CertificateFiles files({.serial = 1});
  TlsServer server(files);
  TlsClient first(server.port, {.version = GetParam()});
  first.echo("x");
  const unsigned char *ticket = nullptr;
  size_t size = 0;
  SSL_SESSION_get0_ticket(first.session().get(), &ticket, &size);
  ASSERT_GT(size, 64u);
  // Its key's name, its contents, its digest.
  for (size_t at : {size_t(0), size / 2, size - 1}) {
    auto *bytes = const_cast<unsigned char *>(ticket);
    bytes[at] ^= 1;
    TlsClient next(server.port,
                   {.session = first.session().get(), .version = GetParam()});
    bytes[at] ^= 1;
    EXPECT_TRUE(next.connected) << at;
    EXPECT_FALSE(next.resumed()) << at;
  }
}
