//===- FuzzForwarded.cpp - any bytes as what proxies say ------------------===//
//
// Lines of the input are lines of Forwarded, and of X-Forwarded-For. A second
// reader of RFC 7239, by regular expressions, says what must come out.
//
//===----------------------------------------------------------------------===//

#include "Require.h"

#include "runtime/wire/Authority.h"
#include "runtime/wire/Forwarded.h"
#include "runtime/wire/RequestReader.h"

#include <map>
#include <regex>
#include <string>
#include <vector>

using namespace plumb::rt::wire;

namespace {

const std::string token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
using Element = std::map<std::string, std::string>;

std::string lowered(std::string text) {
  for (char &c : text)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

/// None when it is malformed.
std::optional<std::vector<Element>> parse(const std::string &text) {
  static const std::regex piece("[ \t]+|,|;|(" + token + ")=(?:(" + token +
                                ")|\"((?:[^\"\\\\]|\\\\[\\s\\S])*)\")");
  std::vector<Element> elements(1);
  bool separated = true;
  std::smatch found;
  for (auto at = text.begin(); at != text.end(); at = found[0].second) {
    if (!std::regex_search(at, text.end(), found, piece,
                           std::regex_constants::match_continuous))
      return std::nullopt;
    if (found[0] == ",")
      elements.emplace_back();
    if (found[0] == "," || found[0] == ";")
      separated = true;
    if (!found[1].matched)
      continue;
    std::string value =
        found[2].matched
            ? found[2].str()
            : std::regex_replace(found[3].str(), std::regex("\\\\([\\s\\S])"),
                                 "$1");
    if (!separated ||
        !elements.back().emplace(lowered(found[1].str()), value).second)
      return std::nullopt;
    separated = false;
  }
  std::erase_if(elements,
                [](const Element &element) { return element.empty(); });
  return elements;
}

/// What `for` names; wrong when it names nothing.
struct Node {
  bool wrong = true;
  std::optional<Endpoint> endpoint;
};
Node nodeOf(const std::string &text) {
  static const std::regex shape(
      "(?:([0-9.]+)|\\[([0-9A-Fa-f:.]+)\\]|([Uu][Nn][Kk][Nn][Oo][Ww][Nn]|"
      "_[0-9A-Za-z._-]+))(?::(?:([0-9]{1,5})|_[0-9A-Za-z._-]+))?");
  std::smatch found;
  if (!std::regex_match(text, found, shape))
    return {};
  unsigned port = found[4].matched ? std::stoul(found[4].str()) : 0;
  if (port > 65535)
    return {};
  Node node{false, std::nullopt};
  if (found[1].matched)
    node.endpoint = Endpoint::parseV4(found[1].str(), uint16_t(port));
  if (found[2].matched)
    node.endpoint = Endpoint::parseV6(found[2].str(), uint16_t(port));
  node.wrong = !found[3].matched && !node.endpoint;
  return node;
}

bool isProxy(const Endpoint &endpoint) {
  return !endpoint.isV6 && endpoint.bytes[0] == 10;
}

void checkForwarded(const Request &request) {
  ForwardedRequest read = readForwarded(request, isProxy);
  auto elements = parse(request.header("Forwarded"));
  if (!elements) {
    REQUIRE(read.wrong);
    return;
  }
  while (!elements->empty()) {
    Element last = elements->back();
    elements->pop_back();
    Node node = last.contains("for") ? nodeOf(last["for"]) : Node{false, {}};
    bool hasProto = last.contains("proto");
    std::string proto = lowered(last["proto"]);
    bool secure = proto == "https" || proto == "wss";
    if (node.wrong ||
        (hasProto && !secure && proto != "http" && proto != "ws")) {
      REQUIRE(read.wrong);
      return;
    }
    if (node.endpoint && isProxy(*node.endpoint) && !elements->empty() &&
        parseAuthority(last["host"]))
      continue;
    if (!parseAuthority(last["host"])) {
      REQUIRE(read.wrong);
      return;
    }
    REQUIRE(!read.wrong);
    REQUIRE(read.client == node.endpoint);
    REQUIRE(read.host == last["host"]);
    REQUIRE(read.secure.has_value() == hasProto);
    REQUIRE(!read.secure || *read.secure == secure);
    return;
  }
  REQUIRE(!read.wrong && !read.client);
}

/// What is found last in a list that has no quotes.
void checkXForwarded(const Request &request) {
  ForwardedRequest read = readXForwarded(request, isProxy);
  std::string list = request.header("X-Forwarded-For");
  std::vector<std::string> items;
  static const std::regex item("[^,]*[^, \t][^,]*");
  for (std::sregex_iterator at(list.begin(), list.end(), item), end; at != end;
       ++at)
    items.push_back(
        std::regex_replace(at->str(), std::regex("^[ \t]+|[ \t]+$"), ""));
  while (!items.empty()) {
    std::string text = items.back();
    items.pop_back();
    Node node = nodeOf(text);
    if (auto bare = Endpoint::parseV6(text, 0))
      node = {false, bare};
    if (node.wrong) {
      REQUIRE(read.wrong);
      return;
    }
    if (node.endpoint && isProxy(*node.endpoint) && !items.empty())
      continue;
    REQUIRE(!read.wrong && read.client == node.endpoint);
    return;
  }
  REQUIRE(!read.wrong && !read.client);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string head = "GET / HTTP/1.1\r\nHost: x\r\n";
  std::string lines(reinterpret_cast<const char *>(data), size);
  for (size_t at = 0; at <= lines.size();) {
    size_t end = std::min(lines.find('\n', at), lines.size());
    for (const char *name : {"Forwarded: ", "X-Forwarded-For: "})
      head += name + lines.substr(at, end - at) + "\r\n";
    at = end + 1;
  }
  head += "\r\n";
  RequestReader reader;
  reader.feed({reinterpret_cast<const uint8_t *>(head.data()), head.size()},
              Limits());
  if (reader.state() != RequestReader::State::Done)
    return 0;
  Request request = reader.take();
  checkForwarded(request);
  checkXForwarded(request);
  return 0;
}
