//===- Upgrade.cpp - The opening handshake, client's side -----------------===//

#include "bench/loadgen/Upgrade.h"

#include "bench/common/AcceptKey.h"

#include <strings.h>

#include <charconv>
#include <cstring>

using namespace plumb::bench;

static std::string makeKey(unsigned index) {
  unsigned char bytes[16] = "plumb-loadgen  ";
  memcpy(bytes + 12, &index, sizeof index);
  unsigned char text[32];
  int size = EVP_EncodeBlock(text, bytes, sizeof bytes);
  return std::string(reinterpret_cast<char *>(text), size_t(size));
}

static std::string request(const Options &options, const std::string &key) {
  std::string text = "GET / HTTP/1.1\r\nHost: " + options.host + ":" +
                     std::to_string(options.port) +
                     "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     "Sec-WebSocket-Key: " +
                     key + "\r\nSec-WebSocket-Version: 13\r\n";
  if (options.deflate == Deflate::NoContext)
    text += "Sec-WebSocket-Extensions: permessage-deflate; "
            "server_no_context_takeover; client_no_context_takeover\r\n";
  if (options.deflate == Deflate::Context)
    text += "Sec-WebSocket-Extensions: permessage-deflate\r\n";
  return text + "\r\n";
}

/// The value of field `name` in `head`, whose lines end with "\r\n".
static std::string field(const std::string &head, const char *name) {
  size_t size = strlen(name);
  for (size_t at = head.find("\r\n"); at != head.npos && at + 2 < head.size();
       at = head.find("\r\n", at + 2)) {
    const char *line = head.c_str() + at + 2;
    if (strncasecmp(line, name, size) != 0 || line[size] != ':')
      continue;
    const char *value = line + size + 1 + strspn(line + size + 1, " \t");
    return std::string(value, strcspn(value, "\r"));
  }
  return {};
}

static std::string readHead(Stream &stream, std::string &behind) {
  std::vector<char> buffer;
  for (size_t used = 0;;) {
    size_t before = used;
    try {
      used = stream.read(buffer, used);
    } catch (const ConnectionError &error) {
      throw ConnectionRefused(0, std::string("during the handshake: ") +
                                     error.what());
    }
    if (used == before)
      throw ConnectionError("no answer to the handshake in time");
    std::string_view text(buffer.data(), used);
    size_t blank = text.find("\r\n\r\n");
    if (blank != text.npos) {
      behind = text.substr(blank + 4);
      return std::string(text.substr(0, blank + 2));
    }
    if (used > 16384)
      throw ConnectionError("the answer to the handshake is too long");
  }
}

void plumb::bench::askForUpgrade(Stream &stream, const Options &options,
                                 unsigned index) {
  std::string text = request(options, makeKey(index));
  if (stream.write(text.data(), text.size()) != text.size())
    throw ConnectionError("the request could not be sent");
}

Upgraded plumb::bench::finishUpgrade(Stream &stream, const Options &options,
                                     unsigned index) {
  Upgraded result;
  std::string head = readHead(stream, result.unread);
  if (!head.starts_with("HTTP/1.1 101 ")) {
    int status = 0;
    if (head.starts_with("HTTP/1.1 "))
      std::from_chars(&head[9], head.data() + head.size(), status);
    throw ConnectionRefused(status, "the server refused: " +
                                        head.substr(0, head.find('\r')));
  }
  if (field(head, "Sec-WebSocket-Accept") != acceptKey(makeKey(index)))
    throw ConnectionError("the server's Sec-WebSocket-Accept is wrong");
  std::string extension = field(head, "Sec-WebSocket-Extensions");
  bool agreed = extension.starts_with("permessage-deflate");
  if (agreed != (options.deflate != Deflate::Off))
    throw ConnectionError(agreed ? "compression that was not offered"
                                 : "the server declined permessage-deflate");
  result.serverContext =
      agreed && extension.find("server_no_context_takeover") == extension.npos;
  if (result.serverContext && options.deflate == Deflate::NoContext)
    throw ConnectionError("the server keeps its context: " + extension);
  return result;
}
