//===- TlsAttackTest.cpp - what one TLS client can do to another ----------===//
//
// Attacker and victim are on one shard. Before a victim speaks the attacker's
// bytes have been read: it has heard the answer, or the end.
//
//===----------------------------------------------------------------------===//

#include "../net/Tls12Records.h"
#include "TlsSupport.h"

#include <csignal>
#include <sys/socket.h>

using namespace plumb::test;

namespace {
std::string request() {
  return "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
         "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
}

/// A text with a masking key of zeros.
std::string frame(const std::string &text) {
  return std::string{'\x81', static_cast<char>(0x80 | text.size()), 0, 0, 0,
                     0} +
         text;
}

/// A client of TLS 1.2 that writes its records itself.
class RawAttacker {
public:
  explicit RawAttacker(uint16_t port)
      : client(port, {.version = TLS1_2_VERSION}), records(client.ssl()) {}
  void send(const std::string &bytes) {
    EXPECT_EQ(::send(fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  }
  /// The next record; its type is None at the end.
  Tls12Records::Opened next() {
    while (true) {
      for (Tls12Records::Opened &record : records.open(received))
        opened.push_back(std::move(record));
      if (!opened.empty())
        break;
      char buffer[4096];
      ssize_t size = ::recv(fd(), buffer, sizeof buffer, 0);
      if (size <= 0)
        return {};
      received.append(buffer, static_cast<size_t>(size));
    }
    Tls12Records::Opened first = std::move(opened.front());
    opened.erase(opened.begin());
    return first;
  }
  TlsClient client;
  Tls12Records records;

private:
  int fd() const { return SSL_get_fd(client.ssl()); }
  std::string received;
  std::vector<Tls12Records::Opened> opened;
};
} // namespace

TEST(TlsAttack, RenegotiationBesideARequest) {
  CertificateFiles files({.serial = 1});
  TlsServer server(files);
  TlsClient victim(server.port);
  EXPECT_EQ(victim.echo("before"), "before");
  for (int i = 0; i < 5; ++i) {
    RawAttacker attacker(server.port);
    attacker.send(attacker.records.clientHello() +
                  attacker.records.seal(Record::Data, "GET / HT"));
    Tls12Records::Opened answer = attacker.next();
    EXPECT_EQ(answer.type, Record::Alert);
    EXPECT_EQ(answer.content, "\1\x64") << "warning, no_renegotiation";
    EXPECT_EQ(victim.echo("after"), "after");
    EXPECT_FALSE(attacker.records.damaged);
  }
}

TEST(TlsAttack, RenegotiationBesideAMessage) {
  CertificateFiles files({.serial = 1});
  TlsServer server(files);
  TlsClient victim(server.port);
  RawAttacker attacker(server.port);
  attacker.send(attacker.records.seal(Record::Data, request()));
  EXPECT_TRUE(attacker.next().content.starts_with("HTTP/1.1 101 "));
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(victim.echo("before"), "before");
    attacker.send(attacker.records.clientHello() +
                  attacker.records.seal(Record::Data, frame("mine")));
    EXPECT_EQ(attacker.next().type, Record::Alert);
    EXPECT_EQ(attacker.next().content, "\x81\x04mine");
    EXPECT_EQ(victim.echo("after"), "after");
  }
  EXPECT_FALSE(attacker.records.damaged);
}

TEST(TlsAttack, KeyUpdatesBesideMessages) {
  CertificateFiles files({.serial = 1});
  TlsServer server(files);
  TlsClient victim(server.port), attacker(server.port);
  ASSERT_EQ(SSL_version(attacker.ssl()), TLS1_3_VERSION);
  EXPECT_EQ(attacker.echo("hello"), "hello");
  for (int i = 0; i < 20; ++i) {
    SSL_key_update(attacker.ssl(), SSL_KEY_UPDATE_REQUESTED);
    EXPECT_EQ(attacker.echo("mine"), "mine");
    EXPECT_EQ(victim.echo("yours"), "yours");
  }
}

TEST(TlsAttack, KeyUpdatesCountAsPings) {
  CertificateFiles files({.serial = 1});
  Environment rate("PLUMB_WS_MAX_PING_RATE", "100");
  TlsServer server(files);
  TlsClient victim(server.port), attacker(server.port);
  EXPECT_EQ(attacker.echo("hello"), "hello");
  // Each with a message, so it is not the limit for those in a row.
  std::string heard;
  for (int i = 0; i < 10000 && heard != "\x88"; ++i) {
    SSL_key_update(attacker.ssl(), SSL_KEY_UPDATE_REQUESTED);
    std::string text = frame("x");
    SSL_write(attacker.ssl(), text.data(), static_cast<int>(text.size()));
    char answer[200];
    int size = SSL_read(attacker.ssl(), answer, sizeof answer);
    ASSERT_GT(size, 0);
    heard.assign(answer, 1);
    if (heard == "\x88") {
      EXPECT_EQ(std::string(answer + 2, 2), "\x03\xf0");
      EXPECT_EQ(std::string(answer + 4, static_cast<size_t>(size) - 4),
                "too many TLS messages a second");
    }
  }
  EXPECT_EQ(heard, "\x88");
  EXPECT_EQ(victim.echo("yours"), "yours");
}

TEST(TlsAttack, NothingButKeyUpdates) {
  CertificateFiles files({.serial = 1});
  TlsServer server(files);
  TlsClient victim(server.port), attacker(server.port);
  EXPECT_EQ(attacker.echo("hello"), "hello");
  // It takes no answer, and is cut all the same; OpenSSL writes to the end.
  std::signal(SIGPIPE, SIG_IGN);
  int updates = 0;
  while (updates < 1000000 &&
         SSL_key_update(attacker.ssl(), SSL_KEY_UPDATE_REQUESTED) == 1 &&
         SSL_do_handshake(attacker.ssl()) == 1)
    ++updates;
  EXPECT_LT(updates, 1000000);
  EXPECT_EQ(victim.echo("yours"), "yours");
}
