//===- Text.cpp - A document's text, its positions and words --------------===//

#include "tools/plumb-lsp-server/Text.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace llvm;
using namespace plumb::lspserver;

Text::Text(std::string content) : content(std::move(content)) { findLines(); }

void Text::findLines() {
  lineBegins.assign(1, 0);
  for (size_t i = 0; i < content.size(); ++i)
    if (content[i] == '\n' || (content[i] == '\r' && (i + 1 == content.size() ||
                                                      content[i + 1] != '\n')))
      lineBegins.push_back(i + 1);
}

StringRef Text::line(size_t number) const {
  size_t end =
      number + 1 < lineBegins.size() ? lineBegins[number + 1] : content.size();
  return StringRef(content).slice(lineBegins[number], end).rtrim("\r\n");
}

size_t Text::lineNumber(size_t offset) const {
  return upper_bound(lineBegins, offset) - lineBegins.begin() - 1;
}

/// Bytes and UTF-16 units of the character that begins with this byte.
static std::pair<unsigned, unsigned> sizeOf(unsigned char first) {
  return first < 0xC0   ? std::pair(1u, 1u)
         : first < 0xE0 ? std::pair(2u, 1u)
         : first < 0xF0 ? std::pair(3u, 1u)
                        : std::pair(4u, 2u);
}

size_t Text::offsetOf(lsp::Position position) const {
  if (position.line < 0)
    return 0;
  if (size_t(position.line) >= lineBegins.size())
    return content.size();
  StringRef text = line(position.line);
  int64_t units = 0;
  size_t column = 0;
  while (column < text.size() && units < position.character) {
    auto [bytes, width] = sizeOf(text[column]);
    column += bytes;
    units += width;
  }
  return lineBegins[position.line] + std::min(column, text.size());
}

lsp::Position Text::positionOf(size_t offset) const {
  offset = std::min(offset, content.size());
  size_t number = lineNumber(offset);
  StringRef text = line(number);
  size_t wanted = std::min(offset - lineBegins[number], text.size());
  int units = 0;
  for (size_t column = 0; column < wanted;) {
    auto [bytes, width] = sizeOf(text[column]);
    if (column + bytes > wanted)
      break;
    column += bytes;
    units += width;
  }
  return {int(number), units};
}

lsp::Range Text::rangeOf(size_t begin, size_t end) const {
  return {positionOf(begin), positionOf(std::max(begin, end))};
}

StringRef Text::lineAt(size_t offset, size_t &begin) const {
  size_t number = lineNumber(std::min(offset, content.size()));
  begin = lineBegins[number];
  return line(number);
}

void Text::change(const std::optional<lsp::Range> &range,
                  StringRef replacement) {
  if (range) {
    size_t begin = offsetOf(range->start);
    size_t end = std::max(begin, offsetOf(range->end));
    content.replace(begin, end - begin, replacement.data(), replacement.size());
  } else {
    content = replacement.str();
  }
  findLines();
}

static Word::Kind kindOf(char sigil) {
  switch (sigil) {
  case '@':
    return Word::Symbol;
  case '%':
    return Word::Value;
  case '^':
    return Word::Block;
  case '!':
    return Word::Type;
  case '#':
    return Word::Attr;
  default:
    return Word::Other;
  }
}

/// The end of the string whose quote is at `begin`.
static size_t endOfString(StringRef line, size_t begin) {
  for (size_t i = begin + 1; i < line.size(); ++i) {
    if (line[i] == '\\')
      ++i;
    else if (line[i] == '"')
      return i + 1;
  }
  return line.size();
}

std::vector<Word> plumb::lspserver::wordsOf(StringRef line) {
  auto isNamePart = [](char c) { return isAlnum(c) || is_contained("_$.", c); };
  std::vector<Word> words;
  for (size_t i = 0; i < line.size();) {
    size_t begin = i;
    if (isSpace(line[i])) {
      ++i;
      continue;
    }
    if (line.substr(i).starts_with("//")) {
      words.push_back({Word::Comment, line.substr(i), i, line.size(), i});
      break;
    }
    Word::Kind kind = kindOf(line[i]);
    if (kind != Word::Other)
      ++i;
    size_t textBegin = i;
    if (i < line.size() && line[i] == '"' &&
        (kind == Word::Symbol || kind == Word::Other)) {
      i = endOfString(line, i);
      size_t textEnd = i - (i > textBegin + 1 && line[i - 1] == '"');
      words.push_back({kind == Word::Symbol ? Word::Symbol : Word::String,
                       line.slice(textBegin + 1, textEnd), begin, i,
                       textBegin + 1});
      continue;
    }
    while (i < line.size() && isNamePart(line[i]))
      ++i;
    if (kind == Word::Other && i > begin)
      kind = Word::Name;
    i = std::max(i, begin + 1);
    words.push_back({kind, line.slice(textBegin, i), begin, i, textBegin});
  }
  return words;
}

std::optional<size_t> plumb::lspserver::wordAt(ArrayRef<Word> words,
                                               size_t column) {
  std::optional<size_t> found;
  for (auto [index, word] : enumerate(words)) {
    if (column < word.begin || column > word.end)
      continue;
    // Between two words a name has more to say than a bracket.
    if (!found || words[*found].kind == Word::Other)
      found = index;
  }
  return found;
}
