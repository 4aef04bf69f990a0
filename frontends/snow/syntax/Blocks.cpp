//===- Blocks.cpp - `do` and the `end` that belongs to it -----------------===//

#include "frontends/snow/syntax/ParserImpl.h"
#include "llvm/ADT/Twine.h"

using namespace snow;
using namespace snow::syntax;

Opener Parser::opener(Span span, StringRef what) {
  return {span, what, stream.indentOf(span)};
}

/// Takes the `do`. Where it is missing, says so and goes on as if it were
/// there; false when there is no block to go on with.
bool Parser::openBlock(Opener &opener, const llvm::Twine &after) {
  if (gaveUp)
    return false;
  if (!recovering && take(TK::Keyword_do))
    return true;
  if (!recovering && at(TK::BraceOpen)) {
    Span brace = stream.span();
    if (!braces) {
      Diagnostic &diagnostic = report(Code::OtherLanguage, brace,
                                      "a block is `do … end`, not `{ … }`");
      diagnostic.fix.title = "write `do` and `end`";
      if (&diagnostic != &scratch)
        braces = &diagnostic;
    }
    if (braces)
      braces->fix.edits.push_back({brace, "do"});
    stream.advance();
    opener.close = TK::BraceClose;
    return true;
  }
  if (!recovering) {
    static const StringRef others[] = {"then", "begin"};
    bool isOther = at(TK::Colon) ||
                   (at(TK::Name) && llvm::is_contained(others, stream.text()));
    if (isOther) {
      std::string word = stream.text().str();
      report(Code::OtherLanguage, stream.span(),
             ("expected `do` " + after + ", found `" + word + "`").str())
          .setFix("write `do`", stream.span(),
                  stream.touchesLast() ? " do" : "do");
      stream.advance();
      take(TK::Keyword_do);
      return true;
    }
    Diagnostic &diagnostic = unexpected("`do` " + after);
    if (atLineBreak() && &diagnostic != &scratch)
      diagnostic.setFix("write `do`", stream.last().after(), " do");
  }
  if (skipTo(TK::Keyword_do)) {
    stream.advance();
    return true;
  }
  if (stream.atEnd()) {
    recovering = true;
    return false;
  }
  // The rest of the line is lost; what follows is most likely the block.
  if (!stream.peek().startsLine)
    skipStatement();
  recovering = false;
  return true;
}

/// Whether the block ends before this token.
bool Parser::closesBlock(const Opener &opener) const {
  switch (stream.kind()) {
  case TK::EndOfFile:
  case TK::Keyword_end:
  case TK::Keyword_else:
  case TK::Bar:
    return true;
  case TK::ParenClose:
  case TK::BracketClose:
  case TK::InterpolationClose:
    return brackets != 0;
  case TK::BraceClose:
    return brackets != 0 || opener.close == TK::BraceClose;
  default:
    return false;
  }
}

/// Takes the `end`; its place, or an empty one.
Span Parser::closeBlock(const Opener &opener) {
  if (gaveUp || recovering)
    return stream.last().after();
  Span span = stream.span();
  if (take(opener.close)) {
    if (opener.close == TK::BraceClose && braces)
      braces->fix.edits.push_back({span, at(TK::Keyword_else) ? "" : "end"});
    if (opener.close == TK::Keyword_end &&
        stream.source()
            .lineText(stream.source().line(span.begin))
            .ltrim()
            .starts_with("end")) {
      unsigned indent = stream.indentOf(span);
      if (indent < opener.indent && !outdentedEnd)
        outdentedEnd = {opener, span};
      if (indent > opener.indent && !indentedEnd)
        indentedEnd = {opener, span};
    }
    return span;
  }
  reportMissingEnd(opener);
  return stream.last().after();
}

void Parser::reportMissingEnd(const Opener &opener) {
  sawOpenEnd |= stream.atEnd();
  blocksAreBroken = true;
  // What is around it lacks nothing but for this.
  if (std::exchange(missingEndAt, stream.index()) == stream.index()) {
    recovering = true;
    return;
  }
  if (opener.close == TK::BraceClose)
    return; // The braces are reported.
  const Opener &guilty = outdentedEnd ? outdentedEnd->opener : opener;
  std::string indent(guilty.indent, ' ');
  Diagnostic &diagnostic =
      fail(Code::MissingEnd, guilty.span,
           "this " + guilty.what.str() + " has no `end`", "opened here");
  if (outdentedEnd) {
    diagnostic.label(outdentedEnd->end,
                     "this `end` closes it, but its "
                     "indentation is that of something around it");
    Span line = outdentedEnd->end;
    line.begin = line.end =
        stream.source().lineStart(stream.source().line(line.begin));
    diagnostic.setFix("write `end`", line, indent + "end\n");
    return;
  }
  diagnostic.label(stream.last().after(), "`end` is missing after this");
  bool isOneLine = !stream.peek().startsLine && !stream.atEnd();
  diagnostic.setFix("write `end`", stream.last().after(),
                    isOneLine ? " end" : "\n" + indent + "end");
}

void Parser::reportSurplusEnd() {
  Span span = stream.span();
  if (std::exchange(blocksAreBroken, false))
    return;
  Diagnostic &diagnostic =
      report(Code::MissingEnd, span, "this `end` closes nothing");
  if (indentedEnd)
    diagnostic.label(indentedEnd->end,
                     "this one has closed the " +
                         indentedEnd->opener.what.str() +
                         ", which its indentation does not fit");
  diagnostic.setFix("delete it", span, "");
}

/// `elif` and the like where an `else` may stand.
bool Parser::atElseIfOfOthers() const {
  return at(TK::Name) && stream.peek().startsLine &&
         (stream.text() == "elif" || stream.text() == "elsif" ||
          stream.text() == "elseif") &&
         stream.kind(1) != TK::Equal && stream.kind(1) != TK::Dot &&
         !stream.peek(1).startsLine;
}
