//===- Text.h - A document's text, its positions and words ------*- C++ -*-===//
//
// The protocol counts lines and UTF-16 units; the parser counts bytes.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_TOOLS_PLUMB_LSP_SERVER_TEXT_H
#define PLUMB_TOOLS_PLUMB_LSP_SERVER_TEXT_H

#include "llvm/Support/LSP/Protocol.h"
#include <optional>

namespace plumb::lspserver {

/// UTF-8 text with its lines, which end with "\n", "\r\n" or "\r".
class Text {
public:
  explicit Text(std::string content = "");

  llvm::StringRef str() const { return content; }

  /// Byte offset of a position; one behind the end of its line or of the text
  /// counts as the end.
  size_t offsetOf(llvm::lsp::Position position) const;
  /// Position of a byte offset; one within a character counts as its start.
  llvm::lsp::Position positionOf(size_t offset) const;
  llvm::lsp::Range rangeOf(size_t begin, size_t end) const;

  /// The line that holds the offset, without its end, and where it begins.
  llvm::StringRef lineAt(size_t offset, size_t &begin) const;

  /// Replaces the range, or everything when there is none.
  void change(const std::optional<llvm::lsp::Range> &range,
              llvm::StringRef replacement);

private:
  void findLines();
  llvm::StringRef line(size_t number) const;
  size_t lineNumber(size_t offset) const;

  std::string content;
  std::vector<size_t> lineBegins;
};

/// A word of a line of MLIR.
struct Word {
  enum Kind {
    Name,    ///< func.func
    String,  ///< "clock.now"
    Symbol,  ///< @main, @"Clock.now"
    Value,   ///< %0, %time
    Block,   ///< ^bb0
    Type,    ///< !intr.str
    Attr,    ///< #alias
    Comment, ///< to the end of the line
    Other    ///< a single character
  };
  Kind kind;
  /// Without quotes and without the character before a name; escapes are kept.
  llvm::StringRef text;
  /// Bytes of the line that the whole word takes.
  size_t begin, end;
  /// Bytes of the line where `text` begins.
  size_t textBegin;
};

/// The words of a line, without white space. A string without an end goes to
/// the end of the line. Any bytes will do.
std::vector<Word> wordsOf(llvm::StringRef line);

/// Index of the word that the column is in or just behind; none otherwise.
std::optional<size_t> wordAt(llvm::ArrayRef<Word> words, size_t column);

} // namespace plumb::lspserver

#endif // PLUMB_TOOLS_PLUMB_LSP_SERVER_TEXT_H
