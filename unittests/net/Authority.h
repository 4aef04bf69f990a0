//===- Authority.h - who issues certificates, for tests ---------*- C++ -*-===//
#ifndef PLUMB_UNITTESTS_NET_AUTHORITY_H
#define PLUMB_UNITTESTS_NET_AUTHORITY_H

#include <memory>
#include <openssl/x509.h>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::test {

/// In a folder of its own, which goes with it.
class Authority {
public:
  struct Of {
    long serial = 1;
    std::string commonName = "ada";
    std::string names = {}; ///< as "DNS:a.example,URI:urn:x"
    long validFrom = -3600, validTo = 90 * 24 * 3600; ///< seconds from now
    bool forServers = false; ///< by its extended key usage, and for no client
  };
  struct Issued {
    std::string certificate, key; ///< paths
  };

  /// Of another's issue if there is `issuer`.
  explicit Authority(const std::string &name, Authority *issuer = nullptr);
  ~Authority();
  Authority(const Authority &) = delete;
  Authority &operator=(const Authority &) = delete;

  Issued issue(const Of &of);
  /// Its own certificate and, once there is one, its revocation list.
  const std::string &file() const { return path; }
  /// Writes the file with a list of these serial numbers.
  void revoke(const std::vector<long> &serials);
  /// The PEM text of its own certificate.
  std::string pem() const;

private:
  void write(std::string_view more = {});

  std::string folder, path;
  std::shared_ptr<EVP_PKEY> key;
  std::shared_ptr<X509> certificate;
};

} // namespace plumb::test

#endif // PLUMB_UNITTESTS_NET_AUTHORITY_H
