//===- Lexer.cpp - Divides a source file into tokens ----------------------===//

#include "frontends/snow/syntax/Lexer.h"
#include "frontends/snow/syntax/Characters.h"
#include "llvm/ADT/StringExtras.h"

using namespace snow;
using namespace snow::syntax;
using llvm::StringRef;

namespace {

bool isNameStart(char c) { return llvm::isAlpha(c) || c == '_'; }
bool isNamePart(char c) { return llvm::isAlnum(c) || c == '_'; }

class Lexer {
public:
  Lexer(const SourceFile &file, Diagnostics &diagnostics)
      : file(file), text(file.text()), diagnostics(diagnostics) {}

  Tokens run() {
    result.all.reserve(text.size() / 3 + 2);
    reportInvalidText(file, diagnostics);
    if (text.starts_with("\xEF\xBB\xBF"))
      add(TokenKind::Blank, 3);
    while (position < text.size())
      inString() ? lexInString() : lexToken();
    if (!open.empty())
      reportUnterminated();
    add(TokenKind::EndOfFile, 0);
    return std::move(result);
  }

private:
  /// What is open around the position: a string, or `${` in one.
  struct Open {
    bool isString;
    bool isTriple = false;
    unsigned braces = 0; ///< open `{` within `${`
    uint32_t begin = 0;
  };

  bool inString() const { return !open.empty() && open.back().isString; }
  StringRef rest() const { return text.substr(position); }
  char at(size_t offset) const {
    return position + offset < text.size() ? text[position + offset] : '\0';
  }
  Span span(uint32_t begin, uint32_t end) const {
    return {file.number(), begin, end};
  }

  void add(TokenKind kind, size_t size) {
    result.all.push_back(
        {kind, startsLine, position, uint32_t(position + size)});
    position += size;
    if (kind == TokenKind::Newline)
      startsLine = true;
    else if (!isTrivia(kind))
      startsLine = false;
  }

  void lexToken() {
    char c = text[position];
    if (c == ' ' || c == '\t')
      return add(TokenKind::Blank,
                 std::min(rest().find_first_not_of(" \t"), rest().size()));
    if (c == '\n' || c == '\r')
      return add(TokenKind::Newline, rest().starts_with("\r\n") ? 2 : 1);
    if (c == '#')
      return lexComment();
    if (c == '"')
      return openString();
    if (llvm::isDigit(c))
      return lexNumber();
    if (isNameStart(c))
      return lexName();
    if (c == ':' && isAtomStart())
      return add(TokenKind::Atom, 1 + nameSize(1));
    lexSign();
  }

  size_t nameSize(size_t offset) const {
    size_t end = offset;
    while (isNamePart(at(end)))
      ++end;
    return end - offset;
  }

  void lexName() {
    size_t size = nameSize(0);
    add(wordKind(rest().take_front(size)), size);
  }

  /// A colon that touches a name before it never starts an atom.
  bool isAtomStart() const {
    if (!llvm::isLower(at(1)) && at(1) != '_')
      return false;
    return position == 0 || !isNamePart(text[position - 1]);
  }

  void lexComment() {
    if (at(1) == '=')
      return lexBlockComment();
    size_t size = std::min(rest().find_first_of("\r\n"), rest().size());
    StringRef line = rest().take_front(size);
    // Lines of many `#` divide a file; they document nothing.
    TokenKind kind = line.starts_with("##!")   ? TokenKind::ModuleDoc
                     : line.starts_with("###") ? TokenKind::Comment
                     : line.starts_with("##")  ? TokenKind::ItemDoc
                                               : TokenKind::Comment;
    add(kind, size);
  }

  void lexBlockComment() {
    unsigned depth = 0;
    bool isOverLines = false;
    size_t end = 0;
    for (; position + end < text.size();) {
      char c = at(end);
      if (c == '#' && at(end + 1) == '=') {
        ++depth;
        end += 2;
      } else if (c == '=' && at(end + 1) == '#') {
        end += 2;
        if (--depth == 0)
          break;
      } else {
        isOverLines |= c == '\n' || c == '\r';
        ++end;
      }
    }
    if (depth != 0) {
      diagnostics
          .report(Code::Unterminated, span(position, position + 2),
                  "this comment has no end", "`#=` is not closed")
          .setHelp("write `=#` where the comment ends; inside it every further "
                   "`#=` needs an own `=#`");
      result.doubtfulFrom = position;
    }
    add(TokenKind::BlockComment, end);
    startsLine |= isOverLines;
  }

  // Whether the digits mean a number, and which, is seen by Literals.h.
  void lexNumber() {
    size_t end = nameSize(0);
    bool isDecimal = !(text[position] == '0' &&
                       StringRef("xXbBoO").contains(at(1)) && at(1));
    TokenKind kind = TokenKind::Integer;
    if (isDecimal) {
      bool hasExponent =
          rest().take_front(end).find_first_of("eE") != StringRef::npos;
      if (!hasExponent && at(end) == '.' && llvm::isDigit(at(end + 1)) &&
          !isAfterDot()) {
        kind = TokenKind::Float;
        end += 1 + nameSize(end + 1);
        hasExponent = StringRef("eE").contains(at(end - 1));
      } else {
        kind = hasExponent ? TokenKind::Float : kind;
        hasExponent = StringRef("eE").contains(at(end - 1));
      }
      // The sign of an exponent: `1e-5`.
      if (hasExponent && (at(end) == '-' || at(end) == '+') &&
          llvm::isDigit(at(end + 1)))
        end += 1 + nameSize(end + 1);
    }
    add(kind, end);
  }

  /// `pair.0.1` has no float in it.
  bool isAfterDot() const {
    return !result.all.empty() && result.all.back().kind == TokenKind::Dot;
  }

  void lexSign() {
    if (size_t size = foreignSize(rest()))
      return add(TokenKind::Foreign, size);
    char c = text[position];
    if (!open.empty()) {
      Open &interpolation = open.back();
      if (c == '}' && interpolation.braces == 0) {
        open.pop_back();
        return add(TokenKind::InterpolationClose, 1);
      }
      interpolation.braces += c == '{' || rest().starts_with("%{");
      interpolation.braces -= c == '}';
    }
#define SNOW_SIGN(name, sign)                                                  \
  if (rest().starts_with(sign))                                                \
    return add(TokenKind::name, sizeof(sign) - 1);
#include "frontends/snow/syntax/Tokens.def"
    lexUnknown();
  }

  void lexUnknown() {
    size_t size = characterSize(rest());
    if (size == 0 || text[position] == '\0')
      return add(TokenKind::Unknown, 1); // Reported for the whole file.
    // Letters of other scripts together are one mistake.
    bool isOneMistake = !isLookalike(rest().take_front(size)) && size > 1;
    size_t end = size;
    while (isOneMistake && (isNamePart(at(end)) || (at(end) & 0x80))) {
      size_t next = characterSize(rest().substr(end));
      if (next == 0 || isLookalike(rest().substr(end, next)))
        break;
      end += next;
    }
    reportUnknown(span(position, position + end), rest().take_front(size),
                  diagnostics);
    add(TokenKind::Unknown, end);
  }

  void openString() {
    bool isTriple = rest().starts_with("\"\"\"");
    open.push_back({true, isTriple, 0, position});
    add(TokenKind::StringOpen, isTriple ? 3 : 1);
  }

  void lexInString() {
    bool isTriple = open.back().isTriple;
    size_t end = 0;
    bool isOverLines = false;
    while (position + end < text.size()) {
      char c = at(end);
      if (c == '"' && (!isTriple || rest().substr(end).starts_with("\"\"\"")))
        break;
      if (c == '$' && at(end + 1) == '{')
        break;
      isOverLines |= c == '\n' || c == '\r';
      end += c == '\\' && position + end + 1 < text.size() ? 2 : 1;
    }
    if (isOverLines && !isTriple && firstOverLines == UINT32_MAX)
      firstOverLines = open.back().begin;
    if (end != 0)
      add(TokenKind::StringText, end);
    if (position == text.size())
      return;
    if (text[position] == '$') {
      open.push_back({false, false, 0, position});
      return add(TokenKind::InterpolationOpen, 2);
    }
    open.pop_back();
    add(TokenKind::StringClose, isTriple ? 3 : 1);
  }

  void reportUnterminated() {
    for (const Open &part : open)
      if (!part.isString) {
        diagnostics
            .report(Code::Unterminated, span(part.begin, part.begin + 2),
                    "this `${` has no `}`", "opened here")
            .setHelp("write `}` after the expression, or `\\${` for the two "
                     "characters themselves");
        result.doubtfulFrom = open.front().begin;
        return;
      }
    // A forgotten quote turns all later strings inside out: the first that runs
    // over a line end is more likely the one than the last.
    const Open &last = open.front();
    uint32_t begin =
        last.isTriple ? last.begin : std::min(firstOverLines, last.begin);
    Diagnostic &diagnostic = diagnostics.report(
        Code::Unterminated,
        span(begin, begin + (last.isTriple && begin == last.begin ? 3 : 1)),
        "this string has no closing quote", "opened here");
    if (begin != last.begin)
      diagnostic.label(span(last.begin, last.begin + 1),
                       "so this quote opens a string that never ends");
    diagnostic.setHelp(last.isTriple ? "write `\"\"\"` where the text ends"
                                     : "write `\"` where the text ends");
    result.doubtfulFrom = begin;
  }

  const SourceFile &file;
  StringRef text;
  Diagnostics &diagnostics;
  Tokens result;
  uint32_t position = 0;
  bool startsLine = true;
  std::vector<Open> open;
  uint32_t firstOverLines =
      UINT32_MAX; ///< a string over lines, not a triple one
};

} // namespace

Tokens snow::syntax::lex(const SourceFile &file, Diagnostics &diagnostics) {
  return Lexer(file, diagnostics).run();
}
