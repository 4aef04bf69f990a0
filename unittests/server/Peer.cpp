//===- Peer.cpp - the browser's side of a connection in memory ------------===//
//
// A codec of its own, of a few lines: the server's is what is tested.
//
//===----------------------------------------------------------------------===//

#include "World.h"

namespace plumb::test {

void Peer::askToUpgrade() {
  link->toServer += "GET /" + std::to_string(id) +
                    " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
}

/// RFC 6455 section 5.2, with a masking key of zeros.
void Peer::sendFrame(uint8_t opcode, std::string_view payload) {
  if (link->clientFinished || link->isReset || sentClose)
    return;
  std::string &to = link->toServer;
  to += static_cast<char>(0x80 | opcode);
  if (payload.size() < 126) {
    to += static_cast<char>(0x80 | payload.size());
  } else {
    to += static_cast<char>(0x80 | 127);
    for (int shift = 56; shift >= 0; shift -= 8)
      to += static_cast<char>(payload.size() >> shift);
  }
  to.append(4, '\0').append(payload);
}

void Peer::send(std::string_view text) { sendFrame(1, text); }

void Peer::close(uint16_t code) {
  char payload[] = {static_cast<char>(code >> 8), static_cast<char>(code)};
  sendFrame(8, {payload, 2});
  sentClose = true;
}

void Peer::reset() {
  link->isReset = true;
  isLost = true;
}

void Peer::read(size_t max) {
  std::string bytes = link->toClient.substr(0, max);
  link->toClient.erase(0, bytes.size());
  link->taken += bytes.size();
  take(bytes);
  if (link->toClient.empty() && link->serverFinished)
    sawEnd = true;
}

void Peer::take(std::string_view bytes) {
  input += bytes;
  if (!upgraded) {
    size_t end = input.find("\r\n\r\n");
    if (end == input.npos)
      return;
    upgraded = input.starts_with("HTTP/1.1 101 ");
    input.erase(0, end + 4);
  }
  size_t at = 0;
  auto byte = [&](size_t i) { return static_cast<uint8_t>(input[at + i]); };
  while (upgraded && input.size() - at >= 2) {
    uint64_t size = byte(1);
    size_t header = size < 126 ? 2 : size == 126 ? 4 : 10;
    if (input.size() - at < header)
      break;
    if (header > 2) {
      size = 0;
      for (size_t i = 2; i < header; ++i)
        size = size << 8 | byte(i);
    }
    if (input.size() - at < header + size)
      break;
    takeFrame(byte(0) & 15, input.substr(at + header, size));
    at += header + size;
  }
  input.erase(0, at);
}

void Peer::takeFrame(uint8_t opcode, std::string payload) {
  switch (opcode) {
  case 8:
    sawClose =
        payload.size() < 2
            ? 1005
            : static_cast<uint16_t>(static_cast<uint8_t>(payload[0]) << 8 |
                                    static_cast<uint8_t>(payload[1]));
    if (answers && !sentClose)
      close(*sawClose);
    break;
  case 9:
    ++pings;
    if (answers)
      sendFrame(10, payload);
    break;
  case 1:
    received.push_back(std::move(payload));
    break;
  default:
    break;
  }
}

} // namespace plumb::test
