//===- ParseNames.cpp - Names, paths, struct literals ---------------------===//

#include "frontends/snow/syntax/ParserImpl.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"

using namespace snow;
using namespace snow::syntax;

/// `what` as in "expected a name of a field"; an empty name where there is
/// none.
Name Parser::parseName(StringRef what) {
  if (recovering)
    return {StringRef(), stream.span().before()};
  if (at(TK::Name)) {
    Name name = thisName();
    stream.advance();
    return name;
  }
  if (isKeyword(stream.kind()) && !at(TK::Keyword_do) && !at(TK::Keyword_end)) {
    Name name = thisName();
    std::string word = name.text.str();
    report(Code::ReservedWord, name.span,
           "`" + word + "` is a reserved word and cannot be " + what.str())
        .setHelp("choose another name, such as `" + word + "_`");
    reportedWords.push_back(name.text);
    stream.advance();
    return name;
  }
  unexpected(what);
  return {StringRef(), stream.span().before()};
}

Name Parser::parseLowerName(StringRef what) {
  Name name = parseName(what);
  if (name.isCapitalised()) {
    std::string lower = name.text.str();
    for (size_t i = 0; i < lower.size() && llvm::isUpper(lower[i]); ++i)
      lower[i] = llvm::toLower(lower[i]);
    report(Code::NameSpelling, name.span,
           what.str() + " starts with a small letter")
        .setHelp("write `" + lower +
                 "`; capitals are for types, constructors and "
                 "modules");
  }
  return name;
}

Name Parser::parseCapitalName(StringRef what) {
  Name name = parseName(what);
  if (name && !name.isCapitalised() && wordKind(name.text) == TK::Name) {
    std::string capital = name.text.ltrim('_').str();
    if (!capital.empty())
      capital[0] = llvm::toUpper(capital[0]);
    report(Code::NameSpelling, name.span, what.str() + " starts with a capital")
        .setHelp("write `" + capital + "`");
  }
  return name;
}

/// Of modules and types.
Path Parser::parsePath(StringRef what) {
  List<Name> parts;
  Span begin = stream.span();
  parts.push_back(parseName(what));
  while (!recovering && at(TK::Dot) && !atLineBreak()) {
    stream.advance();
    parts.push_back(parseName("a name after `.`"));
  }
  return {keep(parts), from(begin)};
}

/// A name, or `Path { field: … }`.
const Expr *Parser::parseNameOrStruct() {
  Name name = thisName();
  if (!name.isCapitalised()) {
    stream.advance();
    return make<NameExpr>(name);
  }
  // `A.B {`: looked for ahead, as `A.B.c` is a chain of members.
  size_t ahead = 1;
  while (stream.kind(ahead) == TK::Dot && stream.kind(ahead + 1) == TK::Name &&
         !stream.peek(ahead).startsLine)
    ahead += 2;
  bool isBrace = stream.kind(ahead) == TK::BraceOpen &&
                 !(significant && stream.peek(ahead).startsLine);
  bool hasFields = stream.kind(ahead + 1) == TK::BraceClose ||
                   ((stream.kind(ahead + 1) == TK::Name ||
                     isKeyword(stream.kind(ahead + 1))) &&
                    (stream.kind(ahead + 2) == TK::Colon ||
                     stream.kind(ahead + 2) == TK::Equal));
  if (!isBrace || !hasFields) {
    stream.advance();
    return make<NameExpr>(name);
  }
  return parseStructLiteral(parsePath("a type"));
}

const Expr *Parser::parseStructLiteral(Path path) {
  Span open = stream.span();
  stream.advance();
  ArrayRef<FieldValue> fields = parseFieldValues(open);
  return make<StructLiteralExpr>(from(path.span), path, fields, from(open));
}

/// Up to the `}`, which is taken. Commas may be left out at a line end.
ArrayRef<FieldValue> Parser::parseFieldValues(Span open) {
  Brackets inside(*this);
  List<FieldValue> fields;
  while (!recovering && !take(TK::BraceClose)) {
    if (!at(TK::Name) && !isKeyword(stream.kind())) {
      unclosedBracket(open, "}");
      break;
    }
    Name name = parseName("a field");
    if (at(TK::Equal) || at(TK::FatArrow) || at(TK::ColonColon)) {
      report(Code::OtherLanguage, stream.span(),
             "the value of a field stands after `:`")
          .setFix("write `:`", stream.span(), ":");
      stream.advance();
    } else {
      expect(TK::Colon, "after the field's name");
    }
    fields.push_back({name, parseExpr()});
    if (!recovering)
      take(TK::Comma);
  }
  return keep(fields);
}
