//===- Parser.cpp - Reads a file into a syntax tree -----------------------===//

#include "frontends/snow/syntax/Parser.h"
#include "frontends/snow/syntax/Lexer.h"
#include "frontends/snow/syntax/ParserImpl.h"
#include "llvm/ADT/STLExtras.h"

using namespace snow;
using namespace snow::syntax;

Parser::Parser(const SourceFile &file, ArrayRef<Token> tokens,
               uint32_t doubtfulFrom, bool strictIndent,
               Diagnostics &diagnostics)
    : stream(file, tokens), diagnostics(diagnostics),
      doubtfulFrom(doubtfulFrom), strictIndent(strictIndent) {
  module->file = file.number();
}

std::unique_ptr<Module> Parser::run() {
  module->doc = stream.moduleDoc(*module);
  List<const Item *> items;
  parseItems(items);
  module->items = keep(items);
  return std::move(module);
}

static std::unique_ptr<Module> parseOnce(const SourceFile &file,
                                         Diagnostics &diagnostics) {
  Diagnostics ofLexer;
  Tokens tokens = lex(file, ofLexer);
  Diagnostics found = ofLexer;
  Parser parser(file, tokens.all, tokens.doubtfulFrom, false, found);
  std::unique_ptr<Module> module = parser.run();
  if (parser.wantsStrictIndent()) {
    found = std::move(ofLexer);
    Parser strict(file, tokens.all, tokens.doubtfulFrom, true, found);
    module = strict.run();
  }
  diagnostics.take(std::move(found));
  return module;
}

static std::string applied(const Fix &fix, StringRef text) {
  std::vector<Edit> edits = fix.edits;
  // Few, and in order but for the last ones.
  for (size_t i = 1; i < edits.size(); ++i)
    for (size_t k = i; k != 0 && edits[k].span.begin < edits[k - 1].span.begin;
         --k)
      std::swap(edits[k], edits[k - 1]);
  std::string result;
  size_t position = 0;
  for (const Edit &edit : edits) {
    result += text.slice(position, edit.span.begin);
    result += edit.text;
    position = std::max<size_t>(position, edit.span.end);
  }
  result += text.substr(position);
  return result;
}

/// Leaves only the fixes after which there is less to say.
static void dropBadFixes(const SourceFile &file, Diagnostics &found) {
  size_t errors = found.sorted().size();
  unsigned tries = 10; // Each reads the file again.
  found.forEach([&](Diagnostic &diagnostic) {
    if (!diagnostic.fix.exists())
      return;
    bool isGood = false;
    if (tries != 0) {
      --tries;
      SourceFile changed(file.number(), "",
                         applied(diagnostic.fix, file.text()));
      Diagnostics left;
      parseOnce(changed, left);
      isGood = left.sorted().size() < errors;
    }
    if (!isGood)
      diagnostic.fix = {};
  });
}

std::unique_ptr<Module> snow::syntax::parse(const SourceFile &file,
                                            Diagnostics &diagnostics) {
  Diagnostics found;
  std::unique_ptr<Module> module = parseOnce(file, found);
  dropBadFixes(file, found);
  diagnostics.take(std::move(found));
  return module;
}
