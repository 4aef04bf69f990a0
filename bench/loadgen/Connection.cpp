//===- Connection.cpp - One client of the load generator ------------------===//

#include "bench/loadgen/Connection.h"

#include "bench/common/AcceptKey.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

using namespace plumb::bench;

[[noreturn]] static void failed(const char *what) {
  throw ConnectionError(std::string(what) + ": " + strerror(errno));
}

Connection::~Connection() {
  if (fd >= 0)
    close(fd);
}

Connection::Connection(Connection &&other) noexcept
    : fd(std::exchange(other.fd, -1)), maskState(other.maskState),
      unsent(std::move(other.unsent)), unread(std::move(other.unread)) {}

static void bindOwnAddress(int fd, unsigned index) {
  // About 28,000 ports an address: take the next one well before.
  constexpr unsigned perAddress = 16000;
  int on = 1;
  setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  sockaddr_in own{};
  own.sin_family = AF_INET;
  own.sin_addr.s_addr = htonl(0x7f000101u + index / perAddress);
  if (bind(fd, reinterpret_cast<sockaddr *>(&own), sizeof own) < 0)
    failed("bind");
}

void Connection::open(const std::string &host, uint16_t port, unsigned index,
                      double timeout) {
  maskState = index * 2654435761u + 1;
  fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0)
    failed("socket");
  int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  timeval limit{time_t(timeout),
                suseconds_t((timeout - time_t(timeout)) * 1e6)};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  if (inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1)
    throw ConnectionError("not an IPv4 address: " + host);
  if (host.starts_with("127."))
    bindOwnAddress(fd, index);
  if (connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) < 0)
    failed("connect");

  const std::string key = "dGhlIHNhbXBsZSBub25jZQ==";
  std::string request = "GET / HTTP/1.1\r\nHost: " + host + ":" +
                        std::to_string(port) +
                        "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Key: " +
                        key + "\r\nSec-WebSocket-Version: 13\r\n\r\n";
  if (send(fd, request.data(), request.size(), MSG_NOSIGNAL) !=
      ssize_t(request.size()))
    failed("send");
  std::string answer;
  size_t blank;
  while ((blank = answer.find("\r\n\r\n")) == answer.npos) {
    char part[2048];
    ssize_t got = recv(fd, part, sizeof part, 0);
    if (got < 0)
      failed("recv of the handshake's answer");
    if (got == 0 || answer.size() > 16384)
      throw ConnectionError("the server closed during the handshake");
    answer.append(part, size_t(got));
  }
  if (!answer.starts_with("HTTP/1.1 101 "))
    throw ConnectionError("the server refused: " +
                          answer.substr(0, answer.find('\r')));
  if (answer.find(acceptKey(key)) >= blank)
    throw ConnectionError("the server's Sec-WebSocket-Accept is wrong");
  unread = answer.substr(blank + 4);
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

void Connection::queueText(std::string_view first, std::string_view second) {
  maskState = maskState * 1664525u + 1013904223u;
  appendClientFrame(unsent, Text, maskState, first, second);
}

bool Connection::flush() {
  if (unsent.empty())
    return true;
  ssize_t sent = send(fd, unsent.data(), unsent.size(), MSG_NOSIGNAL);
  if (sent < 0) {
    if (errno != EAGAIN && errno != EINTR)
      failed("send");
    return false;
  }
  unsent.erase(0, size_t(sent));
  return unsent.empty();
}

size_t Connection::readSome(std::vector<char> &buffer) {
  if (unread.size() + (1 << 16) > buffer.size())
    buffer.resize(unread.size() * 2 + (1 << 16));
  memcpy(buffer.data(), unread.data(), unread.size());
  ssize_t got =
      recv(fd, buffer.data() + unread.size(), buffer.size() - unread.size(), 0);
  if (got == 0)
    throw ConnectionError("the server closed the connection");
  if (got < 0) {
    if (errno != EAGAIN && errno != EINTR)
      failed("recv");
    got = 0;
  }
  return unread.size() + size_t(got);
}

bool Connection::control(const FrameHeader &header, std::string_view payload) {
  if (header.masked || header.reserved || !header.fin)
    throw ConnectionError("a frame that this client did not ask for");
  switch (header.opcode) {
  case Ping:
    maskState = maskState * 1664525u + 1013904223u;
    appendClientFrame(unsent, Pong, maskState, payload, {});
    return true;
  case Pong:
    return false;
  case Close: {
    unsigned code = 1005;
    if (payload.size() >= 2)
      code = unsigned(uint8_t(payload[0])) << 8 | uint8_t(payload[1]);
    throw ConnectionError("the server sent close " + std::to_string(code));
  }
  default:
    throw ConnectionError("a frame of opcode " + std::to_string(header.opcode));
  }
}
