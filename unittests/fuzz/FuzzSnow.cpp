//===- FuzzSnow.cpp - any bytes as a Snow program -------------------------===//
//
// Tokens cover the file, places of messages lie in it, messages can be shown,
// and an offered fix leaves fewer messages.
//
//===----------------------------------------------------------------------===//

#include "Require.h"

#include "frontends/snow/source/Render.h"
#include "frontends/snow/syntax/Dump.h"
#include "frontends/snow/syntax/Lexer.h"
#include "frontends/snow/syntax/Parser.h"

using namespace snow;

static void requireCover(const SourceFile &file) {
  Diagnostics diagnostics;
  uint32_t position = 0;
  for (const syntax::Token &token : syntax::lex(file, diagnostics).all) {
    REQUIRE(token.begin == position);
    REQUIRE(token.end > token.begin ||
            token.kind == syntax::TokenKind::EndOfFile);
    position = token.end;
  }
  REQUIRE(position == file.text().size());
}

static void requireInside(const SourceFile &file, Span span) {
  REQUIRE(span.file == file.number() && span.begin <= span.end &&
          span.end <= file.text().size());
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  SourceFiles files;
  const SourceFile &file = files.add(
      "fuzz.snow", std::string(reinterpret_cast<const char *>(data), size));
  requireCover(file);
  Diagnostics diagnostics;
  auto module = syntax::parse(file, diagnostics);
  for (const Diagnostic &diagnostic : diagnostics.all()) {
    for (const Label &label : diagnostic.labels)
      requireInside(file, label.span);
    for (const Edit &edit : diagnostic.fix.edits)
      requireInside(file, edit.span);
    renderText(files, diagnostic, llvm::nulls());
    renderJson(files, diagnostic, llvm::nulls());
  }
  syntax::dump(file, *module, llvm::nulls());
  return 0;
}
