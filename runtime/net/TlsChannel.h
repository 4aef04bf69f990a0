//===- TlsChannel.h - between OpenSSL and a socket --------------*- C++ -*-===//
//
// OpenSSL by itself makes two system calls to read a record, one more to learn
// that there is none, and one to write each. Here a socket is received from
// once and sent to once, through two buffers that the connections of a thread
// are lent. Bytes in a buffer are those of the connection that it is lent to;
// whatever OpenSSL writes and whenever, it goes to that connection's socket or
// waits in that connection's own memory.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_NET_TLSCHANNEL_H
#define PLUMB_RUNTIME_NET_TLSCHANNEL_H

#include <cstddef>
#include <cstdint>
#include <memory>
#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <span>
#include <utility>
#include <vector>

namespace plumb::rt::net {

/// One for each TLS connection, owned by its SSL. The connection's thread only.
class TlsChannel {
public:
  /// Makes OpenSSL read and write through a new channel, which SSL_free()
  /// destroys. Throws std::bad_alloc.
  static TlsChannel &attach(SSL *ssl, int socket);
  SSL *ssl() const noexcept { return own; }

  enum class Sent : uint8_t { All, Waits, Failed };

  /// Around each call of OpenSSL that may write, which is nearly every call:
  /// SSL_read, too, answers alerts, renegotiations and key updates. When it
  /// ends, what was written has been sent or is the channel's own.
  class Call {
  public:
    explicit Call(TlsChannel &channel) noexcept;
    ~Call() {
      if (!isSealed)
        finish();
    }
    Call(const Call &) = delete;
    Call &operator=(const Call &) = delete;
    /// Sends what OpenSSL has written so far.
    Sent send() noexcept { return channel.send(); }
    /// The same, and the buffer is given back.
    Sent finish() noexcept;
    /// Instead of finish(): it stays where it is, out of reach of other
    /// channels. It goes out with the channel's next send, and must before
    /// unseal().
    void seal() noexcept;

  private:
    TlsChannel &channel;
    bool isSealed = false;
  };

  /// Sends what is sealed, or waits in the channel's own memory. Let OpenSSL
  /// encrypt no more while that Waits.
  Sent sendHeld() noexcept { return send(); }
  bool holdsOutput() const noexcept { return heldOutput != nullptr; }
  /// When no channel of the thread has sealed bytes.
  static void unseal() noexcept;
  /// How much a write may be that is sealed, and whether one of that size still
  /// can be.
  static constexpr size_t maxSealable = 8 * 1024;
  static bool canSeal() noexcept;

  /// Whether there is received input that OpenSSL has not taken.
  bool hasInput() const noexcept;
  /// Once it has received, OpenSSL is told to wait, so that a peer that sends
  /// without end has one receive a turn. This spares it being told.
  void turnIsOver() noexcept { received = false; }

  /// Hints to the caches: OpenSSL will write.
  void fetch() const noexcept;

  /// OpenSSL has given out data.
  void gaveData() noexcept { controlsInARow = 0; }
  /// Steps of OpenSSL's state machine (about three for a key update) and alerts
  /// since this was called last: work that the peer asks for beside its data.
  uint32_t takeControls() noexcept { return std::exchange(controls, 0); }

  /// How much OpenSSL should be given at once, so that it fits the buffer.
  static constexpr size_t slice = 32 * 1024;
  /// A peer that makes OpenSSL write more than this without taking it is cut:
  /// a slice with what is around its records, and hundreds of answers.
  static constexpr size_t maxHeldOutput = slice + 32 * 1024;
  /// Such steps with no data between; more are an attack. OpenSSL has a limit
  /// of 32 for empty records, and of 5 for alerts.
  static constexpr uint32_t maxControlsInARow = 96;

private:
  struct Buffers;

  TlsChannel(SSL *ssl, int socket) noexcept : own(ssl), socket(socket) {}
  static TlsChannel &of(const SSL *ssl) noexcept;
  static Buffers *buffers() noexcept;
  static const BIO_METHOD *method();
  static int onRead(BIO *bio, char *into, size_t size, size_t *got) noexcept;
  static int onWrite(BIO *bio, const char *bytes, size_t size,
                     size_t *put) noexcept;
  static long onControl(BIO *bio, int command, long, void *) noexcept;
  static void onInfo(const SSL *ssl, int where, int) noexcept;
  static int onDestroy(BIO *bio) noexcept;

  Sent send() noexcept;
  Sent sendSome(std::span<const uint8_t> bytes, size_t &done) noexcept;
  void keepOutput(std::span<const uint8_t> bytes) noexcept;
  void keepInput(std::span<const uint8_t> bytes) noexcept;
  void takeInputBuffer() noexcept;
  bool receive(BIO *bio) noexcept;

  SSL *own;
  std::span<const uint8_t> sealed; ///< of the thread's buffer
  int socket;
  uint32_t controls = 0, controlsInARow = 0; ///< see takeControls()
  bool established = false;                  ///< the handshake is over
  bool received = false; ///< and OpenSSL has not been told to wait since
  bool ended = false;    ///< the peer has finished
  bool lost = false;     ///< bytes of it were dropped; nothing goes on
  // Null when nothing is held: an idle connection has neither.
  std::unique_ptr<std::vector<uint8_t>> heldOutput; ///< not taken by the socket
  std::unique_ptr<std::vector<uint8_t>> heldInput;  ///< not taken by OpenSSL
};

} // namespace plumb::rt::net

#endif // PLUMB_RUNTIME_NET_TLSCHANNEL_H
