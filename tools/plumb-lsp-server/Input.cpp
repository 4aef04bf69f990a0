//===- Input.cpp - Messages from the client -------------------------------===//

#include "tools/plumb-lsp-server/Input.h"
#include "command-line/Tool.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::lspserver;

static constexpr size_t maxHeader = 4096;
static constexpr uint64_t maxMessage = 64 << 20;
static constexpr unsigned maxDepth = 100;

/// A line without its end; the rest of one that is too long is dropped.
static bool readLine(std::FILE *file, std::string &line) {
  line.clear();
  for (int c; (c = std::getc(file)) != EOF;) {
    if (c == '\n')
      return true;
    if (line.size() < maxHeader)
      line += char(c);
  }
  return false;
}

static bool isTooDeep(StringRef json) {
  unsigned depth = 0;
  bool inString = false;
  for (size_t i = 0; i < json.size(); ++i) {
    char c = json[i];
    if (inString) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        inString = false;
    } else if (c == '"') {
      inString = true;
    } else if (c == '[' || c == '{') {
      if (++depth > maxDepth)
        return true;
    } else if ((c == ']' || c == '}') && depth) {
      --depth;
    }
  }
  return false;
}

/// Why the text is no message; empty when it is one.
static std::string whyNotMessage(StringRef text) {
  if (isTooDeep(text))
    return "it is nested deeper than " + std::to_string(maxDepth);
  Expected<json::Value> value = json::parse(text);
  if (!value)
    return toString(value.takeError());
  const json::Object *object = value->getAsObject();
  if (!object || object->getString("jsonrpc") != "2.0")
    return "it is not an object with \"jsonrpc\": \"2.0\"";
  const json::Value *id = object->get("id");
  if (id && !id->getAsInteger() && !id->getAsString())
    return "its \"id\" is neither a number nor a string";
  if (!object->getString("method") && !id)
    return "it has neither \"method\" nor \"id\"";
  return "";
}

LogicalResult Input::readStandardMessage(std::string &json) {
  uint64_t length = 0;
  std::string line;
  while (true) {
    if (!readLine(file, line))
      return failure();
    StringRef header = StringRef(line).trim();
    if (header.empty())
      break;
    if (header.consume_front_insensitive("content-length:") &&
        header.trim().getAsInteger(10, length))
      length = 0;
  }
  if (length == 0 || length > maxMessage) {
    toolError("a message was skipped: its header needs a Content-Length from 1 "
              "to " +
              Twine(maxMessage));
    return failure();
  }
  json.resize(length);
  if (std::fread(json.data(), 1, length, file) != length)
    return failure();
  std::string why = whyNotMessage(json);
  if (why.empty())
    return success();
  toolError("a message was skipped: " + why);
  return failure();
}
