//===- Certificates.cpp - which certificate a client is shown -------------===//

#include "runtime/net/Certificates.h"
#include "runtime/base/Ascii.h"
#include "runtime/base/Log.h"

#include <algorithm>
#include <exception>

namespace plumb::rt::net {

Certificates &Certificates::instance() {
  static Certificates &all = *new Certificates(); // Outlives the threads.
  return all;
}

/// Letters, digits, hyphens and underscores in labels of 1 to 63 (RFC 1034
/// section 3.1); no address, which SNI does not have. `name` is lower case.
static bool isHostName(std::string_view name) {
  if (name.empty() || name.size() > 253)
    return false;
  std::string_view label;
  while (true) {
    size_t dot = name.find('.');
    label = name.substr(0, dot);
    if (label.empty() || label.size() > 63 || label.front() == '-' ||
        label.back() == '-' ||
        label.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") !=
            std::string_view::npos)
      return false;
    if (dot == std::string_view::npos)
      break;
    name.remove_prefix(dot + 1);
  }
  return label.find_first_not_of("0123456789") != std::string_view::npos;
}

/// OpenSSL's servername callback: runs in the handshake, on a shard.
static int chooseCertificate(SSL *ssl, int *, void *) noexcept {
  const char *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
  if (!name)
    return SSL_TLSEXT_ERR_NOACK;
  try {
    TlsContext context = Certificates::instance().find(name);
    // Of an unknown name the client gets the default, and judges for itself.
    if (!context)
      return SSL_TLSEXT_ERR_NOACK;
    // A reload may replace it meanwhile.
    SSL_CTX *own = SSL_get_SSL_CTX(ssl);
    SSL_CTX_up_ref(own);
    TlsContext before(own, SSL_CTX_free);
    return SSL_set_SSL_CTX(ssl, context.get()) && keepAskingAs(own, ssl)
               ? SSL_TLSEXT_ERR_OK
               : SSL_TLSEXT_ERR_ALERT_FATAL;
  } catch (const std::exception &) { // Out of memory.
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
}

/// A handler may load what a peer has named; an owner has many certificates.
static base::LogGate gate(100);

/// Loads and tells what there is to tell.
static TlsContext load(const TlsFiles &files, std::string_view serverName,
                       const std::string &consequence) {
  TlsLoad loaded = loadTls(files, serverName);
  if (!loaded.context)
    base::log(gate, base::LogLevel::Error, loaded.error + consequence);
  for (const std::string &warning : loaded.warnings)
    base::log(gate, base::LogLevel::Warning, warning);
  return std::move(loaded.context);
}

static TlsContext loadDefault(const TlsFiles &files,
                              const std::string &consequence) {
  TlsContext context = load(files, {}, consequence);
  if (context)
    SSL_CTX_set_tlsext_servername_callback(context.get(), chooseCertificate);
  return context;
}

ServerCertificate::ServerCertificate(TlsFiles files, TlsContext context)
    : files(std::move(files)), now(std::move(context)) {}

ServerCertificate::~ServerCertificate() {
  Certificates &all = Certificates::instance();
  std::lock_guard change(all.changing);
  std::lock_guard guard(all.lock);
  std::erase(all.servers, this);
}

TlsContext ServerCertificate::context() const {
  std::lock_guard guard(Certificates::instance().lock);
  return now;
}

std::unique_ptr<ServerCertificate> Certificates::open(const TlsFiles &files) {
  std::lock_guard change(changing);
  TlsContext context = loadDefault(files, "");
  if (!context)
    return nullptr;
  std::unique_ptr<ServerCertificate> server(
      new ServerCertificate(files, std::move(context)));
  std::lock_guard guard(lock);
  servers.push_back(server.get());
  return server;
}

/// The key of `named` that a name stands for; empty, and told, when it is none.
static std::string keyOf(std::string_view serverName) {
  std::string name = base::toLower(serverName);
  std::string_view host = name;
  if (host.starts_with("*."))
    host.remove_prefix(2);
  if (isHostName(host))
    return name;
  base::log(gate, base::LogLevel::Error,
            "a certificate is for a host name or \"*.\" and a host name; '" +
                std::string(serverName.substr(0, 300)) + "' is none");
  return {};
}

Certificates::Outcome Certificates::add(std::string_view serverName,
                                        const TlsFiles &files) {
  std::string name = keyOf(serverName);
  if (name.empty())
    return Outcome::Invalid;
  std::lock_guard change(changing);
  {
    std::lock_guard guard(lock);
    if (named.size() >= maxNames && !named.contains(name))
      return Outcome::TooMany;
  }
  TlsContext context = load(files, name, "");
  if (!context)
    return Outcome::Bad;
  std::lock_guard guard(lock);
  // What is replaced is freed after the lock.
  std::swap(context, named[name].context);
  named[name].files = files;
  return Outcome::Good;
}

Certificates::Outcome Certificates::remove(std::string_view serverName) {
  std::string name = keyOf(serverName);
  if (name.empty())
    return Outcome::Invalid;
  std::lock_guard change(changing);
  std::lock_guard guard(lock);
  named.erase(name);
  return Outcome::Good;
}

TlsContext Certificates::find(std::string_view serverName) const {
  std::string name = base::toLower(serverName);
  std::lock_guard guard(lock);
  auto found = named.find(name);
  if (found == named.end()) {
    size_t dot = name.find('.');
    if (dot == std::string::npos || dot == 0)
      return nullptr;
    found = named.find("*" + name.substr(dot));
  }
  return found == named.end() ? nullptr : found->second.context;
}

bool Certificates::reload() {
  std::lock_guard change(changing);
  // Nothing is added, replaced or taken away meanwhile, so the two can be read
  // without the other lock.
  struct Fresh {
    TlsContext context; // What is replaced is freed after the lock.
    TlsContext &place;
  };
  std::vector<Fresh> good;
  for (ServerCertificate *server : servers)
    if (TlsContext context =
            loadDefault(server->files, "; the server's old certificate stays"))
      good.push_back({std::move(context), server->now});
  for (auto &[name, entry] : named)
    if (TlsContext context = load(
            entry.files, name, "; the old certificate of '" + name + "' stays"))
      good.push_back({std::move(context), entry.context});
  {
    std::lock_guard guard(lock);
    for (Fresh &fresh : good)
      std::swap(fresh.context, fresh.place);
  }
  size_t all = servers.size() + named.size();
  std::string count = std::to_string(good.size());
  if (good.size() != all)
    count += " of " + std::to_string(all);
  base::log(base::Ungated("who signals is the owner"), base::LogLevel::Info,
            "read the certificates again (" + count + ")");
  return good.size() == all;
}

} // namespace plumb::rt::net
