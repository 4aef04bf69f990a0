//===- Stream.h - A client's socket, plain or TLS ---------------*- C++ -*-===//
//
// Connects from an address of its own and moves bytes. Blocking, with a limit
// on the time, until `goNonBlocking`. One thread.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_BENCH_LOADGEN_STREAM_H
#define PLUMB_BENCH_LOADGEN_STREAM_H

#include "bench/loadgen/Options.h"

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <vector>

typedef struct ssl_st SSL;
typedef struct ssl_ctx_st SSL_CTX;

namespace plumb::bench {

/// The server did not keep to RFC 6455, or went away.
struct ConnectionError : std::runtime_error {
  using runtime_error::runtime_error;
};

/// What all TLS connections of a run share. Throws ConnectionError when the
/// authority's file cannot be read.
class TlsContext {
public:
  explicit TlsContext(const Options &options);
  ~TlsContext();
  TlsContext(const TlsContext &) = delete;
  SSL_CTX *get() const { return context; }

private:
  SSL_CTX *context;
};

class Stream {
public:
  Stream() = default;
  ~Stream() { close(); }
  Stream(const Stream &) = delete;

  /// Connects; `tls` is null for a plain stream. `index` chooses the client's
  /// own address in 127/8. Throws ConnectionError.
  void open(const Options &options, const TlsContext *tls, unsigned index);
  void goNonBlocking();
  void close();
  /// Negative when it is not open.
  int descriptor() const { return fd; }

  /// Sends some of `data`; 0: not now. Throws ConnectionError.
  size_t write(const char *data, size_t size);
  /// Reads what there is behind the first `used` bytes of `buffer`, which
  /// grows; at most what one `recv` gives, or all that TLS has decrypted.
  /// Returns how many bytes of `buffer` are used now. Throws ConnectionError.
  size_t read(std::vector<char> &buffer, size_t used);

private:
  void startTls(const Options &options, const TlsContext &tls);
  size_t readTls(std::vector<char> &buffer, size_t used);

  int fd = -1;
  bool blocking = true;
  SSL *ssl = nullptr;
};

} // namespace plumb::bench

#endif // PLUMB_BENCH_LOADGEN_STREAM_H
