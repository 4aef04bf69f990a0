//===- DraftNames.cpp - Names in a drafted family file --------------------===//

#include "tools/plumb-abi/drafting/DraftNames.h"
#include "model/TakenNames.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

std::string plumb::abi::snakeCase(StringRef name) {
  std::string result;
  for (size_t i = 0; i < name.size(); ++i) {
    char c = name[i];
    if (!isAlnum(c)) {
      if (!result.empty() && result.back() != '_')
        result += '_';
      continue;
    }
    bool isStart =
        isUpper(c) && i &&
        (isLower(name[i - 1]) || isDigit(name[i - 1]) ||
         (isUpper(name[i - 1]) && i + 1 < name.size() && isLower(name[i + 1])));
    if (isStart && result.back() != '_')
      result += '_';
    result += toLower(c);
  }
  while (!result.empty() && result.back() == '_')
    result.pop_back();
  return result;
}

std::string plumb::abi::camelCase(StringRef name) {
  std::string result;
  SmallVector<StringRef> words;
  std::string snake = snakeCase(name);
  StringRef(snake).split(words, '_', -1, /*KeepEmpty=*/false);
  for (StringRef word : words)
    result += toUpper(word.front()) + word.drop_front().str();
  return result;
}

std::string plumb::abi::inWords(StringRef name) {
  std::string words = snakeCase(name);
  llvm::replace(words, '_', ' ');
  if (!words.empty())
    words.front() = toUpper(words.front());
  return words;
}

std::string plumb::abi::safeName(StringRef name) {
  // A record may have these, but a reader would take them for the operation's.
  static const StringSet<> words = {"attrs",  "context", "loc",        "parent",
                                    "result", "results", "successors", "types"};
  std::string result = snakeCase(name);
  if (result.empty())
    result = "unnamed";
  if (isDigit(result.front()))
    result.insert(0, "n");
  // The others the checks of records refuse.
  if (words.contains(result) || model::isWordOfC(result) ||
      model::isTypeOfC(result) || model::looksReservedInC(result) ||
      model::isTakenInOperations(result))
    result += "_";
  return result;
}

std::string plumb::abi::uniqueName(StringSet<> &taken,
                                   const std::string &name) {
  std::string result = name;
  for (unsigned i = 2; !taken.insert(result).second; ++i)
    result =
        name + (StringRef(name).ends_with("_") ? "" : "_") + std::to_string(i);
  return result;
}

std::string plumb::abi::plainTypeName(StringRef name, StringRef prefix,
                                      bool keepsEnd) {
  name = name.rsplit("::").second.empty() ? name : name.rsplit("::").second;
  // "CURLcode" of functions curl_..., "GList" of g_...
  StringRef start = prefix.take_until([](char c) { return c == '_'; });
  if (!start.empty() && start.size() < name.size() &&
      prefix.size() == start.size() + 1 && name.starts_with(start.upper()) &&
      isAlpha(name[start.size()]))
    name = name.drop_front(start.size());
  std::string plain = snakeCase(name);
  StringRef rest = plain;
  std::string front = snakeCase(prefix) + "_";
  if (front.size() > 1 && rest.size() > front.size())
    rest.consume_front(front);
  for (StringRef end : {"_t", "_s", "_e", "_fn", "_func", "_cb"})
    if (rest.size() > end.size() && !keepsEnd && rest.consume_back(end))
      break;
  return rest.str();
}

std::string plumb::abi::escaped(StringRef text) {
  std::string result;
  for (char c : text) {
    if (c == '"' || c == '\\')
      result += '\\';
    // A line of text, whatever the other file had.
    result += isPrint(c) || static_cast<unsigned char>(c) >= 0x80 ? c : ' ';
  }
  return result;
}

std::string plumb::abi::comment(StringRef text) {
  std::string result = "//";
  size_t column = 2;
  SmallVector<StringRef> words;
  text.split(words, ' ');
  for (StringRef word : words) {
    if (column + 1 + word.size() > 80 && column > 8) {
      result += "\n//    ";
      column = 6;
    }
    result += " " + word.str();
    column += 1 + word.size();
  }
  return result + "\n";
}
