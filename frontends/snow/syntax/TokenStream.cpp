//===- TokenStream.cpp - What the parser sees of the tokens ---------------===//

#include "frontends/snow/syntax/TokenStream.h"
#include "frontends/snow/source/SourceFile.h"
#include "llvm/ADT/StringExtras.h"

using namespace snow;
using namespace snow::syntax;

TokenStream::TokenStream(const SourceFile &file, ArrayRef<Token> all)
    : file(file), all(all) {
  for (size_t i = 0; i != all.size(); ++i)
    if (!isTrivia(all[i].kind)) {
      tokens.push_back(all[i]);
      numbers.push_back(i);
    }
}

unsigned TokenStream::indentOf(Span place) const {
  StringRef line = file.lineText(file.line(place.begin));
  return line.size() - line.ltrim(" \t").size();
}

/// The text of a documentation line without its sign and one blank.
static StringRef docLine(StringRef text) {
  text = text.drop_front(text.starts_with("##!") ? 3 : 2);
  text.consume_front(" ");
  return text.rtrim();
}

static Documentation join(llvm::SmallVectorImpl<StringRef> &lines,
                          Module &module) {
  return lines.empty() ? Documentation() : module.copy(llvm::join(lines, "\n"));
}

Documentation TokenStream::itemDoc(Module &module) const {
  llvm::SmallVector<StringRef> lines;
  for (size_t i = numbers[position]; i-- != 0 && isTrivia(all[i].kind);)
    if (all[i].kind == TokenKind::ItemDoc)
      lines.push_back(docLine(file.text().slice(all[i].begin, all[i].end)));
  std::reverse(lines.begin(), lines.end());
  return join(lines, module);
}

Documentation TokenStream::moduleDoc(Module &module) const {
  llvm::SmallVector<StringRef> lines;
  for (const Token &token : all)
    if (token.kind == TokenKind::ModuleDoc)
      lines.push_back(docLine(file.text().slice(token.begin, token.end)));
  return join(lines, module);
}
