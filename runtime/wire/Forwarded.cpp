//===- Forwarded.cpp - what proxies say about a request, RFC 7239 ---------===//

#include "runtime/wire/Forwarded.h"
#include "runtime/wire/Authority.h"
#include "runtime/wire/FieldReader.h"
#include "runtime/wire/ForwardedNode.h"

#include <algorithm>
#include <vector>

using namespace plumb::rt::wire;

namespace {

/// One hop of RFC 7239 section 4, its values without quotes.
struct Element {
  std::optional<std::string> from, host, scheme;
};

class ForwardedReader : public FieldReader {
public:
  using FieldReader::FieldReader;

  /// False when it is malformed.
  bool elements(std::vector<Element> &out) {
    while (!atEnd()) {
      Element element;
      names.clear();
      do {
        skipBlanks();
        std::string_view name = token();
        if (!name.empty() && !pair(name, element))
          return false;
      } while (take(';'));
      if (!names.empty())
        out.push_back(std::move(element));
      if (!atEnd() && !take(','))
        return false;
    }
    return true;
  }

private:
  bool pair(std::string_view name, Element &element) {
    std::string value, lowered = toLower(name);
    if (text.empty() || text[0] != '=')
      return false;
    text.remove_prefix(1);
    if (!readValue(value))
      return false;
    if (lowered == "for")
      element.from = std::move(value);
    else if (lowered == "host")
      element.host = std::move(value);
    else if (lowered == "proto")
      element.scheme = std::move(value);
    if (std::find(names.begin(), names.end(), lowered) != names.end())
      return false;
    names.push_back(std::move(lowered));
    return true;
  }

  bool readValue(std::string &value) {
    if (!text.starts_with('"')) {
      value = token();
      return !value.empty();
    }
    for (size_t at = 1; at < text.size(); ++at) {
      if (text[at] == '"') {
        text.remove_prefix(at + 1);
        return true;
      }
      if (text[at] == '\\')
        ++at;
      if (at == text.size())
        return false;
      value += text[at];
    }
    return false;
  }

  std::vector<std::string> names; ///< of the element; each may be there once
};

} // namespace

ForwardedRequest plumb::rt::wire::readForwarded(const Request &request,
                                                const Trusts &trusts) {
  ForwardedRequest result;
  std::string field = request.header("Forwarded");
  std::vector<Element> elements;
  if (!ForwardedReader(field).elements(elements)) {
    result.wrong = "the header Forwarded is malformed";
    return result;
  }
  for (size_t at = elements.size(); at-- != 0;) {
    Element &element = elements[at];
    ForwardedNode node{std::nullopt, true};
    if (element.from)
      node = ForwardedNode::parse(*element.from, false);
    result.client = node.endpoint;
    result.secure.reset();
    if (element.scheme)
      result.secure = isSecureScheme(*element.scheme);
    if (!node.wellFormed || (element.scheme && !result.secure)) {
      result.wrong = node.wellFormed
                         ? "the proto in Forwarded is neither http nor https"
                         : "the for in Forwarded is no address";
      return result;
    }
    result.host = std::move(element.host).value_or("");
    if (!parseAuthority(result.host)) {
      result.wrong = "the host in Forwarded is no host";
      return result;
    }
    if (!node.endpoint || !trusts(*node.endpoint))
      break;
  }
  return result;
}
