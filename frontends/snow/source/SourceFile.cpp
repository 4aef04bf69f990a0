//===- SourceFile.cpp - Text of a program and places in it ----------------===//

#include "frontends/snow/source/SourceFile.h"
#include <algorithm>

using namespace snow;

SourceFile::SourceFile(uint32_t number, std::string name, std::string text)
    : theNumber(number), theName(std::move(name)), theText(std::move(text)) {
  lineStarts.push_back(0);
  for (size_t i = 0, size = theText.size(); i != size; ++i) {
    bool isEnd =
        theText[i] == '\n' ||
        (theText[i] == '\r' && (i + 1 == size || theText[i + 1] != '\n'));
    if (isEnd)
      lineStarts.push_back(i + 1);
  }
}

unsigned SourceFile::line(uint32_t offset) const {
  return std::upper_bound(lineStarts.begin(), lineStarts.end(), offset) -
         lineStarts.begin();
}

Position SourceFile::position(uint32_t offset) const {
  offset = std::min<size_t>(offset, theText.size());
  Position result;
  result.line = line(offset);
  // Bytes that continue a code point do not count.
  for (uint32_t i = lineStart(result.line); i < offset; ++i)
    result.column += (theText[i] & 0xC0) != 0x80;
  return result;
}

llvm::StringRef SourceFile::lineText(unsigned line) const {
  uint32_t end = line == numLines() ? theText.size() : lineStart(line + 1);
  return text().slice(lineStart(line), end).rtrim("\r\n");
}

const SourceFile &SourceFiles::add(std::string name, std::string text) {
  files.push_back(std::make_unique<SourceFile>(files.size(), std::move(name),
                                               std::move(text)));
  return *files.back();
}
