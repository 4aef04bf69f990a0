//===- JsonView.cpp - JSON that is too large to be parsed -----------------===//

#include "tools/plumb-abi/readers/JsonView.h"
#include "llvm/Support/JSON.h"

using namespace llvm;
using namespace plumb::abi;

/// After the string that begins at `at`.
static size_t skipString(StringRef text, size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == '"')
      return at + 1;
  }
  return text.size();
}

static size_t skipSpace(StringRef text, size_t at) {
  return std::min(text.find_first_not_of(" \n\r\t", at), text.size());
}

/// After the value that begins at `at`.
static size_t skipValue(StringRef text, size_t at) {
  unsigned depth = 0;
  while (at < text.size()) {
    switch (text[at]) {
    case '"':
      at = skipString(text, at);
      break;
    case '{':
    case '[':
      ++depth;
      ++at;
      break;
    case '}':
    case ']':
      if (!depth)
        return at; // what held a number or a word
      --depth;
      ++at;
      break;
    case ',':
      if (!depth)
        return at;
      [[fallthrough]];
    default:
      ++at;
      continue;
    }
    if (!depth)
      return at;
  }
  return text.size();
}

void JsonView::members(
    function_ref<bool(StringRef key, JsonView value)> visit) const {
  if (!isObject())
    return;
  for (size_t at = skipSpace(text, 1); at < text.size() && text[at] == '"';) {
    size_t end = skipString(text, at);
    StringRef key = text.slice(at + 1, end - 1);
    at = skipSpace(text, skipSpace(text, end) + 1); // after the colon
    if (!visit(key, JsonView(text.substr(at))))
      return;
    at = skipSpace(text, skipValue(text, at));
    if (at < text.size() && text[at] == ',')
      at = skipSpace(text, at + 1);
  }
}

void JsonView::elements(function_ref<void(JsonView)> visit) const {
  if (!text.starts_with("["))
    return;
  size_t at = skipSpace(text, 1);
  while (at < text.size() && text[at] != ']') {
    visit(JsonView(text.substr(at)));
    at = skipSpace(text, skipValue(text, at));
    if (at < text.size() && text[at] == ',')
      at = skipSpace(text, at + 1);
  }
}

std::optional<JsonView> JsonView::get(StringRef wanted) const {
  std::optional<JsonView> found;
  members([&](StringRef key, JsonView value) {
    if (key == wanted)
      found = value;
    return !found;
  });
  return found;
}

StringRef JsonView::getText() const {
  return text.take_front(skipValue(text, 0));
}

std::string JsonView::asString() const {
  if (!text.starts_with("\""))
    return "";
  StringRef quoted = getText();
  if (!quoted.contains('\\'))
    return quoted.drop_front().drop_back().str();
  Expected<json::Value> parsed = json::parse(quoted);
  if (!parsed) {
    consumeError(parsed.takeError());
    return "";
  }
  return parsed->getAsString().value_or("").str();
}

std::optional<uint64_t> JsonView::asInteger() const {
  uint64_t number;
  StringRef rest = text;
  if (rest.consumeInteger(10, number))
    return std::nullopt;
  return number;
}
