//===- ParseString.cpp - Strings and what stands in them ------------------===//

#include "frontends/snow/syntax/Literals.h"
#include "frontends/snow/syntax/ParserImpl.h"

using namespace snow;
using namespace snow::syntax;

const Expr *Parser::parseString() {
  Nesting nesting(*this);
  if (!nesting)
    return error(stream.span());
  Span open = stream.span();
  stream.advance();
  Brackets inside(*this);
  List<InterpolationExpr::Part> parts;
  bool hasExpression = false;
  while (!recovering && !stream.atEnd() && !take(TK::StringClose)) {
    Span span = stream.span();
    if (at(TK::StringText)) {
      StringRef text = stream.text();
      parts.push_back({text.contains('\\')
                           ? module->copy(StringRef(readEscapes(text)))
                           : text,
                       nullptr, span});
      stream.advance();
      continue;
    }
    stream.advance(); // `${`
    hasExpression = true;
    if (at(TK::InterpolationClose)) {
      report(Code::UnexpectedToken, span.to(stream.span()),
             "an expression is missing between `${` and `}`")
          .setHelp("write `\\${` for the two characters themselves");
      stream.advance();
      continue;
    }
    const Expr *expr = parseExpr();
    if (recovering || !take(TK::InterpolationClose)) {
      if (!recovering)
        unexpected("`}` after the expression");
      // The rest of the string is well known.
      unsigned depth = 1;
      while (!stream.atEnd() && depth != 0) {
        depth += at(TK::InterpolationOpen);
        depth -= at(TK::InterpolationClose);
        stream.advance();
      }
      recovering = gaveUp;
    }
    parts.push_back({StringRef(), expr, from(span)});
  }
  Span span = from(open);
  if (hasExpression)
    return make<InterpolationExpr>(span, keep(parts));
  return make<TextExpr>(Expr::Kind::String, span,
                        parts.empty() ? StringRef() : parts[0].text);
}
