//===- Client.h - a WebSocket client with another codec ---------*- C++ -*-===//
#ifndef PLUMB_UNITTESTS_ABI_CLIENT_H
#define PLUMB_UNITTESTS_ABI_CLIENT_H

#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace plumb::test {

class Server;

/// A client over TCP or TLS. Throws boost::system::system_error where a test
/// does not ask for the error.
class Client {
public:
  /// Connects and upgrades; `target` gets "name=..." added to its query.
  Client(Server &server, const std::string &name = "",
         std::string target = "/");
  ~Client();
  /// Connects without the upgrade.
  static std::unique_ptr<Client> raw(Server &server);

  void send(const std::string &message, bool binary = false);
  std::string read();
  /// Of the message that was read last.
  bool gotBinary();
  /// Sends, then reads one message.
  std::string ask(const std::string &message) {
    send(message);
    return read();
  }
  /// After this, all that the server had to send before has been read.
  void sync();
  /// Reads until the connection is closed; the close code (0: without a close
  /// frame), and the reason.
  std::pair<int, std::string> readClose();
  void close(int code, const std::string &reason);
  /// Ends the TCP connection without a word.
  void drop();
  void onPing(std::function<void()> function);

  void writeRaw(const std::string &bytes);
  /// Until the other side ends the stream, or `until` has arrived.
  std::string readRaw(const std::string &until = "");
  std::string address();
  /// The 101 response, or what was sent in its place.
  int status = 0;

private:
  struct Impl;
  Client();
  std::unique_ptr<Impl> impl;
};

} // namespace plumb::test

#endif // PLUMB_UNITTESTS_ABI_CLIENT_H
