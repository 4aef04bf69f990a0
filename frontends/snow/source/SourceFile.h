//===- SourceFile.h - Text of a program and places in it --------*- C++ -*-===//

#ifndef SNOW_SOURCE_SOURCEFILE_H
#define SNOW_SOURCE_SOURCEFILE_H

#include "frontends/snow/source/Span.h"
#include "llvm/ADT/StringRef.h"
#include <memory>
#include <string>
#include <vector>

namespace snow {

/// A line and a column, both from 1; columns count code points.
struct Position {
  unsigned line = 1;
  unsigned column = 1;
};

/// The text of a file, which does not change. It may be any bytes: the lexer
/// says where it is not UTF-8.
class SourceFile {
public:
  /// `name` is how messages call the file: as the user wrote its path, or
  /// "<stdin>". A text has less than 4 GiB.
  SourceFile(uint32_t number, std::string name, std::string text);

  uint32_t number() const { return theNumber; }
  llvm::StringRef name() const { return theName; }
  llvm::StringRef text() const { return theText; }

  /// Of a byte; an offset behind the end is taken as the end.
  Position position(uint32_t offset) const;
  unsigned line(uint32_t offset) const;
  unsigned numLines() const { return lineStarts.size(); }
  /// The text of a line (from 1), without its end.
  llvm::StringRef lineText(unsigned line) const;
  uint32_t lineStart(unsigned line) const { return lineStarts[line - 1]; }

private:
  uint32_t theNumber;
  std::string theName, theText;
  std::vector<uint32_t> lineStarts;
};

/// The files of a program by number. Files stay where they are.
class SourceFiles {
public:
  const SourceFile &add(std::string name, std::string text);
  const SourceFile &operator[](uint32_t number) const { return *files[number]; }
  size_t size() const { return files.size(); }

  llvm::StringRef text(Span span) const {
    return files[span.file]->text().slice(span.begin, span.end);
  }
  Position begin(Span span) const {
    return files[span.file]->position(span.begin);
  }

private:
  std::vector<std::unique_ptr<SourceFile>> files;
};

} // namespace snow

#endif // SNOW_SOURCE_SOURCEFILE_H
