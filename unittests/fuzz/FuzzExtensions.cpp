//===- FuzzExtensions.cpp - any bytes as offers of extensions -------------===//
//
// Lines of the input are lines of Sec-WebSocket-Extensions. A second reader,
// which takes the header apart in another way, says what must come out.
//
//===----------------------------------------------------------------------===//

#include "Require.h"

#include "runtime/base/Utf8.h"
#include "runtime/wire/Extensions.h"
#include "runtime/wire/Handshake.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

using namespace plumb::rt::wire;
using namespace plumb::rt::base;

namespace {

struct Parameter {
  std::string name, value;
  bool hasValue;
};
struct Extension {
  std::string name;
  std::vector<Parameter> parameters;
};
struct Header {
  bool wellFormed = true;
  std::vector<Extension> extensions;
};

/// What the text consists of: 't' a token, 'q' a quoted string whose content
/// is one, ',' ';' '=', 'x' anything else.
struct Lexeme {
  char kind;
  std::string text;
};
std::vector<Lexeme> lex(std::string_view text) {
  static const std::string token = "!#$%&'*+-.^_`|~0123456789"
                                   "abcdefghijklmnopqrstuvwxyz"
                                   "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::vector<Lexeme> out;
  for (size_t at = 0; at != text.size();) {
    char c = text[at];
    if (size_t end = text.find_first_not_of(token, at); end != at) {
      end = std::min(end, text.size());
      out.push_back({'t', std::string(text.substr(at, end - at))});
      at = end;
    } else if (c == '"') {
      Lexeme quoted{'q', ""};
      for (++at; at != text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\')
          ++at;
        if (at == text.size())
          break;
        quoted.text += text[at];
      }
      bool valid = at != text.size() && !quoted.text.empty() &&
                   quoted.text.find_first_not_of(token) == std::string::npos;
      out.push_back(valid ? quoted : Lexeme{'x', ""});
      at += at != text.size();
    } else if (c == ' ' || c == '\t') {
      // Tells two tokens apart; is nothing itself.
      ++at;
    } else {
      out.push_back({c == ',' || c == ';' || c == '=' ? c : 'x', ""});
      ++at;
    }
  }
  return out;
}

/// RFC 6455 section 9.1, on lexemes.
Header parse(std::string_view text) {
  const Header malformed{false, {}};
  std::vector<Lexeme> lexemes = lex(text);
  lexemes.push_back({',', ""});
  Header header;
  std::string shape; // of one element
  Extension element;
  for (const Lexeme &lexeme : lexemes) {
    if (lexeme.kind != ',') {
      shape += lexeme.kind;
      if (lexeme.kind == 't' && shape.size() == 1)
        element.name = lexeme.text;
      else if (lexeme.kind == 't' && shape.ends_with(";t"))
        element.parameters.push_back({lexeme.text, "", false});
      else if (shape.ends_with("=t") || shape.ends_with("=q")) {
        if (element.parameters.empty())
          return malformed;
        element.parameters.back().value = lexeme.text;
        element.parameters.back().hasValue = true;
      }
      continue;
    }
    if (!shape.empty()) {
      // token *( ";" token [ "=" ( token / quoted ) ] )
      std::string expected = "t";
      for (const Parameter &parameter : element.parameters) {
        expected += ";t";
        if (parameter.hasValue)
          expected +=
              shape.substr(0, expected.size() + 2).ends_with("q") ? "=q" : "=t";
      }
      if (shape != expected)
        return malformed;
      header.extensions.push_back(element);
    }
    shape.clear();
    element = {};
  }
  return header.extensions.empty() ? malformed : header;
}

/// RFC 7692 section 7.1.2: 0 when it is no number of bits.
unsigned windowBits(const Parameter &parameter) {
  for (unsigned bits = 8; bits <= 15; ++bits)
    if (parameter.hasValue && parameter.value == std::to_string(bits))
      return bits;
  return 0;
}

/// An offer of permessage-deflate that RFC 7692 section 7.1 lets a server
/// accept.
bool acceptable(const Extension &offer) {
  std::map<std::string, unsigned> seen;
  for (const Parameter &parameter : offer.parameters) {
    if (++seen[parameter.name] > 1)
      return false;
    if (parameter.name == "server_no_context_takeover" ||
        parameter.name == "client_no_context_takeover") {
      if (parameter.hasValue)
        return false;
    } else if (parameter.name == "server_max_window_bits") {
      if (!windowBits(parameter))
        return false;
    } else if (parameter.name != "client_max_window_bits" ||
               (parameter.hasValue && !windowBits(parameter))) {
      return false;
    }
  }
  return offer.name == "permessage-deflate";
}

/// What a client that made this offer checks of the answer.
void checkAnswer(const Extension &offer, const Deflate &agreed) {
  Header header = parse(agreed.answer());
  REQUIRE(header.wellFormed && header.extensions.size() == 1);
  const Extension &answer = header.extensions[0];
  REQUIRE(acceptable(answer));
  bool serverForgets = false, clientForgets = false, clientCan = false,
       clientNamed = false, asksUs = false;
  unsigned answered = 15, offered = 15, client = 15;
  for (const Parameter &parameter : offer.parameters) {
    if (parameter.name == "server_max_window_bits")
      offered = windowBits(parameter);
    if (parameter.name == "client_max_window_bits" && parameter.hasValue)
      client = windowBits(parameter);
    asksUs |= parameter.name == "server_no_context_takeover";
    clientCan |= parameter.name == "client_no_context_takeover";
  }
  bool named = false;
  for (const Parameter &parameter : answer.parameters) {
    // Nothing is asked of a client that it has not said it can do.
    if (parameter.name == "client_max_window_bits") {
      clientNamed = true;
      REQUIRE(windowBits(parameter) == client);
    }
    serverForgets |= parameter.name == "server_no_context_takeover";
    clientForgets |= parameter.name == "client_no_context_takeover";
    if (parameter.name == "server_max_window_bits") {
      named = true;
      answered = windowBits(parameter);
    }
  }
  REQUIRE(serverForgets == asksUs && clientForgets == clientCan);
  REQUIRE(clientNamed == (!clientCan && client < 15));
  REQUIRE(agreed.context() == (clientCan ? 0 : size_t(1) << client));
  REQUIRE(answered == offered && agreed.windowBits == offered);
  REQUIRE(named == agreed.namesWindow);
  REQUIRE(agreed.takes(size_t(1) << offered));
  REQUIRE(agreed.takes((size_t(1) << offered) + 1) == (offered == 15));
}

/// Reads a header from a block of just its size.
Offers read(std::string_view text) {
  auto block = std::make_unique<char[]>(text.size());
  text.copy(block.get(), text.size());
  return readOffers({block.get(), text.size()});
}

void check(std::string_view text) {
  Offers offers = read(text);
  Header header = parse(text);
  REQUIRE(offers.wellFormed == header.wellFormed);
  const Extension *first = nullptr;
  for (const Extension &extension : header.extensions)
    if (!first && acceptable(extension))
      first = &extension;
  REQUIRE(offers.deflate.has_value() == (first != nullptr));
  if (first)
    checkAnswer(*first, *offers.deflate);

  // A good offer behind it is heard if there was none, and only then.
  Offers more =
      read(std::string(text) + ", permessage-deflate;server_max_window_bits=9");
  REQUIRE(more.wellFormed ==
          (offers.wellFormed || text.find_first_not_of(" \t,") == text.npos));
  if (more.wellFormed)
    REQUIRE(more.deflate && more.deflate->windowBits ==
                                (first ? offers.deflate->windowBits : 9));
}

/// The lines as the headers of a request: what its handshake would read.
std::string joined(std::string_view lines) {
  std::string head = "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                     "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  for (size_t at = 0; at <= lines.size();) {
    size_t end = std::min(lines.find('\n', at), lines.size());
    head += "sec-websocket-Extensions: ";
    head += lines.substr(at, end - at);
    head += "\r\n";
    at = end + 1;
  }
  head += "\r\n";
  RequestReader reader;
  reader.feed(asBytes(head), Limits());
  if (reader.state() != RequestReader::State::Done)
    return "";
  Request request = reader.take();
  std::string text = request.header("Sec-WebSocket-Extensions");
  Offers offers = readOffers(text);
  if (offers.deflate) {
    // The answer is one line of the response, as it is.
    std::string answer = offers.deflate->answer();
    HeaderField field{"Sec-WebSocket-Extensions", answer};
    std::string response = upgradeResponse(request, {&field, 1});
    REQUIRE(response.find("\r\nSec-WebSocket-Extensions: " + answer + "\r\n") !=
            response.npos);
  }
  return text;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string_view text(reinterpret_cast<const char *>(data), size);
  check(text);
  check(joined(text));
  return 0;
}
