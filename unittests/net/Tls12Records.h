//===- Tls12Records.h - records of TLS 1.2 by hand --------------*- C++ -*-===//
#ifndef PLUMB_UNITTESTS_NET_TLS12RECORDS_H
#define PLUMB_UNITTESTS_NET_TLS12RECORDS_H

#include <cstdint>
#include <openssl/ssl.h>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::test {

enum class Record : uint8_t { None, Alert = 21, Handshake = 22, Data = 23 };

/// What a client says behind a handshake that OpenSSL has made, record by
/// record (RFC 5246 section 6, RFC 5288): also what OpenSSL would not say, or
/// not go on after. With ECDHE-*-AES128-GCM-SHA256 only.
class Tls12Records {
public:
  /// `client` has connected and sent no data.
  explicit Tls12Records(const SSL *client);

  std::string seal(Record type, std::string_view content);
  /// A ClientHello, as for a renegotiation.
  std::string clientHello();

  struct Opened {
    Record type;
    std::string content;
  };
  /// The whole records of `bytes`, which are taken off; what is left is the
  /// beginning of one. A record that was not made for this connection, or not
  /// in this order, sets `damaged`.
  std::vector<Opened> open(std::string &bytes);
  bool damaged = false;

private:
  std::string crypt(bool encrypt, Record type, uint64_t number,
                    std::string_view nonce, std::string_view in);

  std::string clientKey, serverKey, clientSalt, serverSalt;
  uint64_t sealed = 1, opened = 1; ///< both have sent Finished
};

} // namespace plumb::test

#endif // PLUMB_UNITTESTS_NET_TLS12RECORDS_H
