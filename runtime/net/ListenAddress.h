//===- ListenAddress.h - where a server listens -----------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_NET_LISTENADDRESS_H
#define PLUMB_RUNTIME_NET_LISTENADDRESS_H

#include "runtime/net/Address.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::rt::net {

/// A place to listen at, as an operator writes it.
struct ListenAddress {
  enum class Kind : uint8_t { Tcp, Unix, Inherited };
  Kind kind = Kind::Tcp;
  bool tls = false;
  Address address{}; ///< of Tcp
  /// Of Unix: a path, or "@" and an abstract name (unix(7)). Of Inherited: as
  /// InheritedSockets::find() takes it.
  std::string name{};

  /// "unix:PATH", "unix:@NAME" or "fd:NAME", which have no port, or an address
  /// for `port`.
  static std::optional<ListenAddress> parse(std::string_view text,
                                            uint16_t port);
  /// None or several with commas between, each perhaps with "tls:" in front:
  /// the same, but addresses with their ports ("127.0.0.1:8080",
  /// "[::1]:8080"), or a port alone, which is one of `bind` if that is an
  /// address, else of 0.0.0.0. None when an item is no such thing; `wrong` is
  /// then that item.
  static std::optional<std::vector<ListenAddress>>
  parseList(std::string_view text, std::string_view bind, std::string &wrong);

  /// As it is written.
  std::string text() const;
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_LISTENADDRESS_H
