//===- ParseItem.cpp - A file and its imports -----------------------------===//

#include "frontends/snow/syntax/ParserImpl.h"
#include "llvm/ADT/Twine.h"

using namespace snow;
using namespace snow::syntax;

/// Words that only an item starts with (an `fn` may stand in a block).
bool Parser::startsItem() const {
  switch (stream.kind()) {
  case TK::Keyword_pub:
  case TK::Keyword_struct:
  case TK::Keyword_interface:
  case TK::Keyword_impl:
  case TK::Keyword_actor:
  case TK::Keyword_service:
  case TK::Keyword_supervisor:
  case TK::Keyword_import:
  case TK::Keyword_module:
    return true;
  case TK::Keyword_type:
    return stream.kind(1) == TK::Name;
  case TK::Keyword_fn:
  case TK::Keyword_def:
    return startsDefinition();
  case TK::Name:
    return stream.text() == "from" && stream.kind(1) == TK::Name &&
           !stream.peek(1).startsLine;
  default:
    return false;
  }
}

void Parser::parseItems(List<const Item *> &items) {
  while (true) {
    while (take(TK::Semicolon))
      ;
    if (stream.atEnd())
      return;
    size_t before = startToken = stream.index();
    if (at(TK::Keyword_end)) {
      reportSurplusEnd();
      stream.advance();
      continue;
    }
    outdentedEnd.reset();
    indentedEnd.reset();
    blocksAreBroken = false;
    reportedWords.clear();
    const Item *item = parseItem();
    if (item)
      items.push_back(item);
    if (!recovering && !stream.atEnd() && !atSeparator() &&
        !at(TK::Keyword_end)) {
      auto *statement = llvm::dyn_cast_or_null<StatementItem>(item);
      reportRestOfLine(statement ? statement->statement
                                 : error(stream.last().after()));
    }
    if (recovering && !gaveUp) {
      skipItem();
      recovering = false;
      blocksAreBroken = true; // Its `end` may be left.
    }
    if (stream.index() == before)
      stream.advance();
  }
}

/// To something at the start of a line that an item may start with.
void Parser::skipItem() {
  bool first = true;
  for (; !stream.atEnd(); stream.advance(), first = false) {
    if (first && !stream.peek().startsLine)
      continue;
    if (stream.peek().startsLine &&
        (startsItem() || at(TK::Keyword_let) || at(TK::Keyword_end)) &&
        stream.indentOf(stream.span()) == 0)
      return;
  }
}

const Item *Parser::parseItem() {
  Documentation doc = stream.itemDoc(*module);
  readWordOfOtherLanguage();
  Span begin = stream.span();
  const Item *item;
  if (take(TK::Keyword_pub))
    item = parseItemAfterPub(begin);
  else
    item = parseItemAfterPub(begin.before());
  if (item) {
    // A node that nobody else has seen.
    auto *own = const_cast<Item *>(item);
    own->span = from(begin);
    own->doc = doc;
  }
  return item;
}

/// `pub` is empty where it is not written.
const Item *Parser::parseItemAfterPub(Span pub) {
  bool isPublic = !pub.isEmpty();
  if (isPublic)
    readWordOfOtherLanguage();
  auto noPub = [&](StringRef what) {
    if (isPublic)
      report(Code::WrongPlace, pub, "`pub` does not stand before " + what.str())
          .setFix("delete it", pub.to(stream.span().before()), "");
    return true;
  };
  const Item *item = nullptr;
  switch (stream.kind()) {
  case TK::Keyword_fn:
  case TK::Keyword_def: {
    bool isClosure = stream.kind(1) == TK::ParenOpen ||
                     stream.kind(1) == TK::Arrow ||
                     (!startsDefinition() && stream.kind(2) == TK::Arrow);
    if (isClosure && !isPublic)
      return parseStatementItem();
    item = parseFunction();
    break;
  }
  case TK::Keyword_struct:
    item = parseStruct();
    break;
  case TK::Keyword_type:
    item = parseType();
    break;
  case TK::Keyword_supervisor:
    item = parseSupervisor();
    break;
  case TK::Keyword_actor:
    noPub("`actor`: actors can always be used by other modules");
    item = parseActor();
    break;
  case TK::Keyword_service:
    noPub("`service`: services can always be used by other modules");
    item = parseService();
    break;
  case TK::Keyword_import:
    noPub("`import`");
    return parseImport();
  case TK::Keyword_interface:
    // The original takes it; it says nothing.
    item = parseInterface();
    break;
  case TK::Keyword_impl:
    noPub("`impl`: impls are seen everywhere");
    return parseImpl();
  case TK::Keyword_module:
    return parseModuleBlock();
  case TK::Keyword_trait:
    fail(Code::OtherLanguage, stream.span(), "a trait is an `interface`")
        .setFix("write `interface`", stream.span(), "interface");
    return nullptr;
  case TK::Name:
    if (startsItem()) {
      noPub("an import");
      return parseFrom();
    }
    [[fallthrough]];
  default:
    if (!isPublic)
      return parseStatementItem();
    if (at(TK::Keyword_let)) {
      noPub("`let`: a constant belongs to its file");
      return parseStatementItem();
    }
    unexpected("`fn`, `struct`, `type` or `supervisor` after `pub`");
    return nullptr;
  }
  const_cast<Item *>(item)->isPublic = isPublic;
  return item;
}

const Item *Parser::parseStatementItem() {
  auto *item = make<StatementItem>();
  item->statement = parseStatement();
  return item;
}

const Item *Parser::parseImport() {
  auto *item = make<ImportItem>();
  stream.advance();
  item->path = parsePath("the name of a module");
  for (const Name &part : item->path.parts)
    if (part && !part.isCapitalised()) {
      report(Code::NameSpelling, part.span,
             "the name of a module starts with a capital")
          .setHelp("the file `math/linear_algebra.snow` is the module "
                   "`Math.LinearAlgebra`");
      break;
    }
  if (!recovering && atName("as") && !atLineBreak()) {
    fail(Code::OtherLanguage, stream.span(), "an import has no other name")
        .setHelp("a module is used by the last part of its name");
  }
  if (!recovering && at(TK::BraceOpen))
    fail(Code::OtherLanguage, stream.span(), "names are imported by `from`")
        .setHelp("`from Module import name, Type`");
  return item;
}

const Item *Parser::parseFrom() {
  auto *item = make<ImportItem>();
  item->isFrom = true;
  stream.advance();
  item->path = parsePath("the name of a module");
  expect(TK::Keyword_import, "after the module");
  if (recovering)
    return item;
  List<Name> names;
  if (at(TK::Star)) {
    std::string last = item->path.last().text.str();
    fail(Code::OtherLanguage, stream.span(), "an import names what it imports")
        .setHelp("without `from`, `import` makes the whole module usable as `" +
                 last + ".name`");
    return item;
  }
  if (at(TK::ParenOpen) || at(TK::BraceOpen)) {
    fail(Code::OtherLanguage, stream.span(),
         "the names of an import stand without brackets")
        .setHelp("`from Module import name, Type`");
    return item;
  }
  do {
    // Any word: it is asked for after a dot, too.
    if (!at(TK::Name) && !isKeyword(stream.kind())) {
      unexpected("a name to import");
      break;
    }
    names.push_back(thisName());
    stream.advance();
    if (atName("as") && !atLineBreak())
      fail(Code::OtherLanguage, stream.span(), "an import has no other name")
          .setHelp("write `let` or a function of the other name");
  } while (!recovering && take(TK::Comma));
  item->names = keep(names);
  return item;
}

const Item *Parser::parseModuleBlock() {
  Span keyword = stream.span();
  fail(Code::ModuleBlock, keyword, "a module is a file, not a block")
      .setHelp(
          "put what belongs to the module into a file of its name, such as "
          "`geometry.snow` for `Geometry`, and write `import Geometry` here");
  stream.advance();
  recovering = false;
  if (skipTo(TK::Keyword_do)) {
    // As if its contents stood in the file, so that their mistakes are found.
    stream.advance();
    while (!stream.atEnd() && !at(TK::Keyword_end)) {
      size_t before = stream.index();
      while (take(TK::Semicolon))
        ;
      parseItem();
      if (recovering && !gaveUp) {
        skipStatement();
        recovering = false;
      }
      if (stream.index() == before)
        stream.advance();
    }
    take(TK::Keyword_end);
  }
  return nullptr;
}
