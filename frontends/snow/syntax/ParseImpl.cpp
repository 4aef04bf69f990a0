//===- ParseImpl.cpp - Interfaces and impls -------------------------------===//

#include "frontends/snow/syntax/ParserImpl.h"

using namespace snow;
using namespace snow::syntax;

AssociatedType Parser::parseAssociatedType(bool inImpl) {
  Span begin = stream.span();
  stream.advance();
  Name name = parseCapitalName("the name of a type");
  const TypeExpr *type = nullptr;
  if (inImpl) {
    expect(TK::Equal, "and the type");
    type = parseTypeExpr();
  }
  return {name, type, from(begin)};
}

template <typename Members>
void Parser::parseMembers(Members &item, Opener &open, bool inImpl) {
  List<AssociatedType> types;
  List<const FunctionItem *> methods;
  llvm::SaveAndRestore inBlock(significant, true);
  while (!gaveUp) {
    while (take(TK::Semicolon))
      ;
    if (inImpl && at(TK::Keyword_pub)) {
      report(Code::WrongPlace, stream.span(),
             "`pub` does not stand in an `impl`: impls are seen everywhere")
          .setFix("delete it", stream.span().to(stream.span(1).before()), "");
      stream.advance();
    }
    if (at(TK::Keyword_type)) {
      types.push_back(parseAssociatedType(inImpl));
    } else if (at(TK::Keyword_fn) || at(TK::Keyword_def)) {
      if (strictIndent && stream.indentOf(stream.span()) <= open.indent)
        break;
      methods.push_back(parseFunction(/*inInterface=*/!inImpl));
    } else if (closesBlock(open) || startsItem()) {
      break;
    } else {
      unexpected(inImpl ? "`fn` or `type` in an `impl`"
                        : "`fn` or `type` in an interface");
    }
    if (recovering && !gaveUp) {
      stream.advance();
      skipStatement();
      recovering = false;
    }
  }
  closeBlock(open);
  item.types = keep(types);
  item.methods = keep(methods);
}

const Item *Parser::parseInterface() {
  auto *item = make<InterfaceItem>();
  Span begin = stream.span();
  Opener open = opener(begin, "`interface`");
  stream.advance();
  item->name = parseCapitalName("the name of an interface");
  item->typeParameters = parseTypeParameters();
  open.span = from(begin);
  if (openBlock(open, "after the name of the interface"))
    parseMembers(*item, open, /*inImpl=*/false);
  return item;
}

const Item *Parser::parseImpl() {
  auto *item = make<ImplItem>();
  Span begin = stream.span();
  Opener open = opener(begin, "`impl`");
  stream.advance();
  item->trait = parsePath("an interface");
  Span less = stream.span();
  if (!recovering && take(TK::Less))
    item->traitArguments = parseTypeArguments(less);
  if (!recovering && at(TK::Keyword_do)) {
    std::string type = item->trait.last().text.str();
    report(Code::OtherLanguage, from(begin),
           "`impl` is of an interface, for a type")
        .setHelp("`impl Interface for " + type +
                 " do`; functions that take a `" + type +
                 "` need no `impl`, they stand in the file");
    item->target = make<ErrorType>(stream.span().before());
  } else {
    expect(TK::Keyword_for, "and the type after the interface");
    item->target = parseTypeExpr();
  }
  item->bounds = parseBounds();
  item->head = open.span = from(begin);
  if (openBlock(open, "after the type"))
    parseMembers(*item, open, /*inImpl=*/true);
  return item;
}
