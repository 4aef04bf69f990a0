//===- Certificates.h - which certificate a client is shown -----*- C++ -*-===//
//
// A server has a default certificate. Others are chosen by the name that the
// client asks for (SNI, RFC 6066 section 3); they belong to the process, as
// rooms and pages do, so every server knows them. They are replaced while
// handshakes go on.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_NET_CERTIFICATES_H
#define PLUMB_RUNTIME_NET_CERTIFICATES_H

#include "runtime/base/SeededHash.h"
#include "runtime/net/Tls.h"

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::rt::net {

class Certificates;

/// A server's default certificate while it serves.
class ServerCertificate {
public:
  ~ServerCertificate();
  ServerCertificate(const ServerCertificate &) = delete;
  ServerCertificate &operator=(const ServerCertificate &) = delete;
  /// For a connection that begins now; another after a reload. Any thread.
  TlsContext context() const;

private:
  friend class Certificates;
  ServerCertificate(TlsFiles files, TlsContext context);
  const TlsFiles files;
  TlsContext now; // guarded by Certificates::lock
};

/// What fails says why in the log, in one line a certificate that is bad.
class Certificates {
public:
  static Certificates &instance();

  /// Null when the files are bad.
  std::unique_ptr<ServerCertificate> open(const TlsFiles &files);

  enum class Outcome { Good, Invalid, TooMany, Bad };
  /// For clients that ask for `serverName`: a host name, or "*." and one for
  /// all names with one label more. An exact name goes before a "*.". Replaces
  /// what the name had; when the files are bad that stays.
  Outcome add(std::string_view serverName, const TlsFiles &files);
  /// Clients that ask for `serverName` are shown what those of an unknown name
  /// are. Good also when it has none; else Invalid.
  Outcome remove(std::string_view serverName);
  static constexpr size_t maxNames = 10000;

  /// Reads all files again and checks them, then replaces at once the
  /// certificates whose files are good. The others stay as they are, each with
  /// a line in the log that names it, and the answer is false.
  bool reload();

  /// Null for a name of which nothing is known.
  TlsContext find(std::string_view serverName) const;

private:
  friend class ServerCertificate;
  struct Named {
    TlsFiles files;
    TlsContext context;
  };

  std::mutex changing;     ///< one change at a time; before `lock`
  mutable std::mutex lock; ///< never held while files are read
  std::vector<ServerCertificate *> servers; // guarded by lock
  base::TextMap<Named> named;               // guarded by lock
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_CERTIFICATES_H
