//===- ParseData.cpp - Structs, sum types, aliases ------------------------===//

#include "frontends/snow/syntax/ParserImpl.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/Twine.h"

using namespace snow;
using namespace snow::syntax;

static bool isSchemaWord(StringRef word) {
  return llvm::StringSwitch<bool>(word)
      .Cases({"table", "primary_key", "timestamps", "belongs_to", "has_many",
              "has_one"},
             true)
      .Default(false);
}

const Item *Parser::parseStruct() {
  auto *item = make<StructItem>();
  Span begin = stream.span();
  Opener open = opener(begin, "`struct`");
  stream.advance();
  item->name = parseCapitalName("the name of a struct");
  item->typeParameters = parseTypeParameters();
  open.span = from(begin);
  if (!openBlock(open, "after the name of the struct"))
    return item;
  llvm::SaveAndRestore inBlock(significant, true);
  List<Field> fields;
  List<SchemaEntry> schema;
  while (!gaveUp) {
    while (take(TK::Semicolon) || take(TK::Comma))
      ;
    if (closesBlock(open) || startsItem())
      break;
    TK next = stream.kind(1);
    if (at(TK::Name) && isSchemaWord(stream.text()) && next != TK::ColonColon &&
        next != TK::Colon)
      schema.push_back(parseSchemaEntry());
    else if (std::optional<Field> field = parseField())
      fields.push_back(*field);
    if (!recovering && !atSeparator() && !at(TK::Comma) && !closesBlock(open))
      unexpected("the end of the line after the field");
    if (recovering && !gaveUp) {
      skipStatement();
      recovering = false;
    }
  }
  closeBlock(open);
  item->fields = keep(fields);
  item->schema = keep(schema);
  item->deriving = parseDeriving();
  return item;
}

/// `name :: Type` of a struct.
std::optional<Field> Parser::parseField() {
  Field field;
  Span begin = stream.span();
  field.doc = stream.itemDoc(*module);
  if (startsDefinition() || at(TK::Keyword_fn) || at(TK::Keyword_def)) {
    fail(Code::WrongPlace, begin, "a struct has only fields")
        .setHelp("functions that take the struct stand beside it in the file");
    return std::nullopt;
  }
  // `let x`, `x = 1`
  if (at(TK::Keyword_let)) {
    report(Code::UnexpectedToken, begin, "a field is written `name :: Type`")
        .setFix("delete `let`", begin.to(stream.span(1).before()), "");
    stream.advance();
  }
  field.name = parseLowerName("a field");
  if (!recovering && at(TK::Colon)) {
    report(Code::OtherLanguage, stream.span(),
           "the type of a field stands after `::`")
        .setFix("write `::`", stream.span(),
                stream.touchesLast() ? " ::" : "::");
    stream.advance();
  } else if (!recovering && at(TK::Atom)) {
    Span colon = stream.span();
    colon.end = colon.begin + 1;
    report(Code::OtherLanguage, colon, "the type of a field stands after `::`")
        .setFix("write `::`", colon, ":: ");
    stream.split(1, TK::Name);
  } else if (!recovering && at(TK::Name) && thisName().isCapitalised() &&
             !atLineBreak()) {
    report(Code::UnexpectedToken, stream.span(),
           "`::` stands between the name and the type of a field")
        .setFix("write `::`", stream.span().before(), ":: ");
  } else {
    expect(TK::ColonColon, "and a type after the name of the field");
  }
  field.type = parseTypeExpr();
  if (!recovering && at(TK::Equal))
    fail(Code::OtherLanguage, stream.span(), "a field has no default value")
        .setHelp("make a function that gives the struct with its usual values");
  field.span = from(begin);
  return field;
}

SchemaEntry Parser::parseSchemaEntry() {
  SchemaEntry entry;
  entry.keyword = thisName();
  stream.advance();
  List<const Expr *> arguments;
  if (!atSeparator() && !at(TK::Keyword_end))
    do
      arguments.push_back(parseExpr());
    while (!recovering && take(TK::Comma));
  entry.arguments = keep(arguments);
  entry.span = from(entry.keyword.span);
  return entry;
}

/// `type Name do … end` or `type Name = …`.
const Item *Parser::parseType() {
  Span begin = stream.span();
  stream.advance();
  Name name = parseCapitalName("the name of a type");
  ArrayRef<Name> typeParameters = parseTypeParameters();
  if (!recovering && at(TK::Equal)) {
    auto *item = make<AliasItem>();
    item->name = name;
    item->typeParameters = typeParameters;
    stream.advance();
    if (at(TK::Bar))
      fail(Code::OtherLanguage, stream.span(), "a type is not made by `|`")
          .setHelp("a type of several cases is `type Name do`, a line for each "
                   "case, and `end`");
    item->type = parseTypeExpr();
    return item;
  }
  auto *item = make<SumTypeItem>();
  item->name = name;
  item->typeParameters = typeParameters;
  item->span = from(begin);
  parseSumType(*item);
  return item;
}

void Parser::parseSumType(SumTypeItem &item) {
  Opener open = opener(item.span, "`type`");
  if (!openBlock(open, "or `=` after the name of the type"))
    return;
  llvm::SaveAndRestore inBlock(significant, true);
  List<ConstructorSyntax> constructors;
  while (!gaveUp) {
    while (take(TK::Semicolon) || take(TK::Comma))
      ;
    if (!at(TK::Bar) && (closesBlock(open) || startsItem()))
      break;
    if (at(TK::Bar)) {
      report(Code::OtherLanguage, stream.span(),
             "a case stands on its line without `|`")
          .setFix("delete it", stream.span().to(stream.span(1).before()), "");
      stream.advance();
    }
    constructors.push_back(parseConstructor());
    if (!recovering && !atSeparator() && !at(TK::Comma) && !at(TK::Bar) &&
        !closesBlock(open))
      unexpected("the end of the line after the constructor");
    if (recovering && !gaveUp) {
      skipStatement();
      recovering = false;
    }
  }
  closeBlock(open);
  item.constructors = keep(constructors);
  item.deriving = parseDeriving();
}

ConstructorSyntax Parser::parseConstructor() {
  ConstructorSyntax constructor;
  Span begin = stream.span();
  constructor.doc = stream.itemDoc(*module);
  constructor.name = parseCapitalName("a constructor");
  Span open = stream.span();
  if (!recovering && !atLineBreak() && take(TK::ParenOpen)) {
    constructor.fields = parseList<Field>(open, TK::ParenClose, [&] {
      Field field;
      Span begin = stream.span();
      bool hasName = at(TK::Name) && (stream.kind(1) == TK::ColonColon ||
                                      stream.kind(1) == TK::Colon);
      if (hasName) {
        field.name = parseLowerName("a field");
        if (at(TK::Colon))
          report(Code::OtherLanguage, stream.span(),
                 "the type of a field stands after `::`")
              .setFix("write `::`", stream.span(), " ::");
        stream.advance();
      }
      field.type = parseTypeExpr();
      field.span = from(begin);
      return field;
    });
  } else if (!recovering && at(TK::BraceOpen) && !atLineBreak()) {
    fail(Code::OtherLanguage, open,
         "the fields of a constructor stand in `( )`")
        .setHelp("`" + constructor.name.text.str() + "(name :: Type, …)`");
  }
  constructor.span = from(begin);
  return constructor;
}

Deriving Parser::parseDeriving() {
  Deriving deriving;
  if (recovering || !atName("deriving"))
    return deriving;
  Span begin = stream.span();
  stream.advance();
  Span open = stream.span();
  deriving.isWritten = true;
  if (!take(TK::ParenOpen)) {
    Diagnostic &diagnostic = unexpected("`(` after `deriving`");
    if (&diagnostic != &scratch)
      diagnostic.setHelp("`deriving(Eq, Display)`");
    return deriving;
  }
  deriving.traits = parseList<Name>(open, TK::ParenClose, [&] {
    return parseName("the name of an interface");
  });
  deriving.span = from(begin);
  return deriving;
}
