//===- Client.h - whose a connection is -------------------------*- C++ -*-===//
//
// Behind a proxy that is trusted, what that says in front of the connection
// (the PROXY protocol) or in each request (Forwarded, X-Forwarded-*); else the
// socket's peer. And as whose the connection is counted. Its shard's thread.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_SERVER_CLIENT_H
#define PLUMB_RUNTIME_SERVER_CLIENT_H

#include "runtime/limits/Admission.h"
#include "runtime/metrics/Metrics.h"
#include "runtime/net/Address.h"
#include "runtime/server/Reception.h"
#include "runtime/wire/Forwarded.h"
#include "runtime/wire/ProxyHeader.h"

#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace plumb::rt::server {

class Client {
public:
  /// `peer` is the socket's, of the verdict that the reception has given.
  Client(Reception &reception, const net::Address &peer,
         limits::Admission::Verdict admission);
  Client(const Client &) = delete;
  Client &operator=(const Client &) = delete;

  /// As far as it is known: behind a proxy that is not believed, the proxy.
  /// Does not change while the program may ask for it.
  const net::Address &address() const noexcept { return known; }
  limits::Admission::Verdict admission() const noexcept { return verdict; }

  //===--- The PROXY protocol ---===//

  bool expectsHeader() const noexcept {
    return passedOn && passedOn->reader != nullptr;
  }
  enum class Header : uint8_t {
    NeedMore,
    Done,
    Failed,  ///< the log has been told why
    Crowded, ///< the address has too many, and too many wait to be told so
  };
  /// `seen` is what has come, of which so many bytes are the header's and are
  /// to be taken off the socket, unless it Failed.
  Header readHeader(std::span<const uint8_t> seen, size_t &bytes);

  //===--- Requests ---===//

  struct Refusal {
    unsigned status;
    std::string_view text; ///< static
    metrics::Series reason;
  };
  /// Finds out whose request it is, and why it is to be refused if it is.
  std::optional<Refusal> identify(const wire::Request &request);
  /// A proxy may use the connection for the next request of anybody.
  void requestIsOver() noexcept;
  /// Whether the client speaks TLS: with us, if `own`, or with the outermost
  /// proxy.
  bool isSecure(bool own) const noexcept;
  /// Host and port that the client has asked.
  std::string_view hostOf(const wire::Request &request) const noexcept;
  /// No request will come any more.
  void forgetProxy() noexcept { passedOn.reset(); }

  /// The connection is gone: it is counted no more.
  void leave() noexcept;

private:
  /// What the trusted proxy that the socket is from says of its client.
  struct PassedOn {
    /// Null once there is no PROXY header to come.
    std::unique_ptr<wire::ProxyHeaderReader> reader;
    net::Address sender; ///< the socket's peer, or the PROXY header's client
    std::optional<bool> secure;   ///< what the PROXY header says of TLS
    wire::ForwardedRequest asked; ///< what is said of the request
  };
  Header passOn(const wire::ProxyHeader &header);
  bool countAs(const net::Address &client);
  bool refuseLater();
  void tellOf(std::string_view why);
  void uncount() noexcept;

  Reception &reception;
  /// Null unless the socket is a trusted proxy's.
  std::unique_ptr<PassedOn> passedOn;
  net::Address known;
  limits::Admission::Verdict verdict;
  bool counted = false; ///< as one of its address
};

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_CLIENT_H
