//===- ParseActor.cpp - Actors, services, supervisors ---------------------===//

#include "frontends/snow/syntax/ParserImpl.h"
#include "llvm/ADT/Twine.h"

using namespace snow;
using namespace snow::syntax;

const Item *Parser::parseActor() {
  auto *item = make<ActorItem>();
  Span begin = stream.span();
  Opener open = opener(begin, "`actor`");
  stream.advance();
  item->name = parseLowerName("the name of an actor");
  Span parentheses;
  if (!recovering && at(TK::ParenOpen))
    item->parameters = parseParameterList(parentheses);
  if (!recovering && at(TK::Arrow))
    fail(Code::UnexpectedToken, stream.span(), "an actor has no result")
        .setHelp("it tells others by `send(pid, message)`");
  item->head = open.span = from(begin);
  if (!openBlock(open, "after the head of the actor")) {
    item->body = make<BlockExpr>(begin, ArrayRef<const Expr *>());
    return item;
  }
  llvm::SaveAndRestore inBlock(significant, true);
  llvm::SaveAndRestore terminates(inActor, true);
  List<const Expr *> statements;
  while (!gaveUp) {
    const BlockExpr *part = parseBlock(open);
    statements.append(part->statements.begin(), part->statements.end());
    if (!at(TK::Keyword_terminate))
      break;
    Span keyword = stream.span();
    Opener inner = opener(keyword, "`terminate`");
    stream.advance();
    if (item->terminate)
      report(Code::UnexpectedToken, keyword,
             "an actor has only one `terminate`");
    if (openBlock(inner, "after `terminate`")) {
      item->terminate = parseBlock(inner);
      closeBlock(inner);
    }
  }
  closeBlock(open);
  Span span = statements.empty()
                  ? item->head.after()
                  : statements.front()->span.to(statements.back()->span);
  item->body = make<BlockExpr>(span, keep(statements));
  return item;
}

const Item *Parser::parseService() {
  auto *item = make<ServiceItem>();
  Span begin = stream.span();
  Opener open = opener(begin, "`service`");
  stream.advance();
  item->name = parseCapitalName("the name of a service");
  open.span = from(begin);
  if (!openBlock(open, "after the name of the service"))
    return item;
  llvm::SaveAndRestore inBlock(significant, true);
  List<const FunctionItem *> functions;
  List<Handler> handlers;
  while (!gaveUp) {
    while (take(TK::Semicolon))
      ;
    if (at(TK::Keyword_call) || at(TK::Keyword_cast))
      handlers.push_back(parseHandler());
    else if ((at(TK::Keyword_fn) || at(TK::Keyword_def)) &&
             !(strictIndent && stream.indentOf(stream.span()) <= open.indent))
      functions.push_back(parseFunction());
    else if (closesBlock(open) || startsItem())
      break;
    else
      unexpected("`fn init`, `call` or `cast` in a service");
    if (recovering && !gaveUp) {
      if (!stream.peek().startsLine ||
          (!at(TK::Keyword_call) && !at(TK::Keyword_cast)))
        skipStatement();
      recovering = false;
    }
  }
  closeBlock(open);
  item->functions = keep(functions);
  item->handlers = keep(handlers);
  return item;
}

Handler Parser::parseHandler() {
  Handler handler{};
  Span begin = stream.span();
  handler.doc = stream.itemDoc(*module);
  handler.isCall = at(TK::Keyword_call);
  StringRef word = handler.isCall ? "`call`" : "`cast`";
  Opener open = opener(begin, word);
  stream.advance();
  handler.name = parseCapitalName("the name of a message");
  Span parentheses;
  if (!recovering && at(TK::ParenOpen))
    handler.parameters = parseParameterList(parentheses);
  if (!recovering && (at(TK::Arrow) || at(TK::Colon))) {
    report(Code::UnexpectedToken, stream.span(),
           "the type of the reply stands after `::`")
        .setFix("write `::`", stream.span(),
                stream.touchesLast() ? " ::" : "::");
    stream.advance();
    handler.reply = parseTypeExpr();
  } else if (!recovering && at(TK::ColonColon)) {
    Span colons = stream.span();
    stream.advance();
    handler.reply = parseTypeExpr();
    if (!handler.isCall)
      report(Code::UnexpectedToken, colons, "a `cast` has no reply");
  }
  open.span = from(begin);
  handler.body = make<BlockExpr>(begin, ArrayRef<const Expr *>());
  if (openBlock(open, "after the head of the " + word)) {
    if (take(TK::Bar)) {
      handler.state = parseLowerName("the name of the state");
      expect(TK::Bar, "after the name of the state");
    } else if (take(TK::OrOr)) {
      // `||`: no name.
    }
    handler.body = parseBlock(open);
    closeBlock(open);
  }
  handler.span = from(begin);
  return handler;
}

/// `: word` after a setting's name; an atom is as good.
Name Parser::parseSetting(StringRef what) {
  expect(TK::Colon, "after the setting");
  if (!recovering && at(TK::Atom)) {
    Name name = thisName();
    name.text = name.text.drop_front();
    stream.advance();
    return name;
  }
  return parseName(what);
}

const Item *Parser::parseSupervisor() {
  auto *item = make<SupervisorItem>();
  Span begin = stream.span();
  Opener open = opener(begin, "`supervisor`");
  stream.advance();
  item->name = parseCapitalName("the name of a supervisor");
  if (!recovering && at(TK::ParenOpen))
    fail(Code::UnexpectedToken, stream.span(),
         "a supervisor has no parameters");
  open.span = from(begin);
  if (!openBlock(open, "after the name of the supervisor"))
    return item;
  llvm::SaveAndRestore inBlock(significant, true);
  List<ChildSpec> children;
  while (!gaveUp) {
    while (take(TK::Semicolon) || take(TK::Comma))
      ;
    if (closesBlock(open) || startsItem())
      break;
    StringRef word = stream.text();
    if (at(TK::Name) && word == "strategy") {
      stream.advance();
      item->strategy = parseSetting("a strategy");
    } else if (at(TK::Name) &&
               (word == "max_restarts" || word == "max_seconds")) {
      stream.advance();
      expect(TK::Colon, "after the setting");
      const Expr *value = parseExpr();
      (word == "max_restarts" ? item->maxRestarts : item->maxSeconds) = value;
    } else if (at(TK::Name) && word == "child") {
      children.push_back(parseChild());
    } else {
      unexpected("`strategy:`, `max_restarts:`, `max_seconds:` or `child`");
    }
    if (recovering && !gaveUp) {
      skipStatement();
      recovering = false;
    }
  }
  closeBlock(open);
  item->children = keep(children);
  return item;
}

ChildSpec Parser::parseChild() {
  ChildSpec child{};
  Span begin = stream.span();
  Opener open = opener(begin, "`child`");
  stream.advance();
  child.name = parseName("the name of a child");
  open.span = from(begin);
  if (openBlock(open, "after the name of the child")) {
    llvm::SaveAndRestore inBlock(significant, true);
    while (!gaveUp) {
      while (take(TK::Semicolon) || take(TK::Comma))
        ;
      if (closesBlock(open) || startsItem())
        break;
      StringRef word = stream.text();
      if (at(TK::Name) && word == "start") {
        stream.advance();
        expect(TK::Colon, "after the setting");
        child.start = parseExpr();
      } else if (at(TK::Name) && word == "restart") {
        stream.advance();
        child.restart = parseSetting("when to restart");
      } else if (at(TK::Name) && word == "shutdown") {
        stream.advance();
        expect(TK::Colon, "after the setting");
        child.shutdown = parseExpr();
      } else {
        unexpected("`start:`, `restart:` or `shutdown:` in a child");
      }
      if (recovering && !gaveUp) {
        skipStatement();
        recovering = false;
      }
    }
    closeBlock(open);
  }
  child.span = from(begin);
  return child;
}
