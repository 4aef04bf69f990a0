//===- ParserImpl.h - Recursive descent over the tokens ---------*- C++ -*-===//
//
// Newlines: a token that starts a line ends a statement where `significant` is
// set: in blocks, and not inside brackets.
// Errors: `report` says something and the parser goes on as if it had been
// right; `fail` also sets `recovering`, in which every function returns at
// once, until a statement, arm or item takes up again behind what is wrong.
//
//===----------------------------------------------------------------------===//

#ifndef SNOW_SYNTAX_PARSERIMPL_H
#define SNOW_SYNTAX_PARSERIMPL_H

#include "frontends/snow/source/Diagnostic.h"
#include "frontends/snow/syntax/TokenStream.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/SaveAndRestore.h"
#include <optional>

namespace snow::syntax {

/// What an `end` will close.
struct Opener {
  Span span;      ///< what is underlined when it has no `end`
  StringRef what; ///< "`if`"
  unsigned indent;
  /// BraceClose where somebody wrote `{` for `do`.
  TokenKind close = TokenKind::Keyword_end;
};

class Parser {
public:
  /// In `strictIndent` a named `fn` that is not indented more than the block
  /// that it stands in shows that the block lacks its `end`.
  Parser(const SourceFile &file, ArrayRef<Token> tokens, uint32_t doubtfulFrom,
         bool strictIndent, Diagnostics &diagnostics);
  std::unique_ptr<Module> run();
  /// A block was open at the end of the file, and an `fn` in it looks like one
  /// of the file: another try with strictIndent gives better messages.
  bool wantsStrictIndent() const { return sawOutdentedFunction && sawOpenEnd; }

private:
  using TK = TokenKind;
  template <typename T> using List = llvm::SmallVector<T, 4>;

  // Recovery.cpp
  Diagnostic &report(Code code, Span span, std::string message,
                     std::string label = "");
  Diagnostic &fail(Code code, Span span, std::string message,
                   std::string label = "");
  /// "expected <expected>, found …" at this token.
  Diagnostic &unexpected(const llvm::Twine &expected);
  std::string found() const;
  Span place() const;
  bool expect(TK kind, const llvm::Twine &where);
  void skipStatement();
  bool skipTo(TK kind);
  void giveUp();
  bool reportForeign();
  Opener opener(Span span, StringRef what);
  bool openBlock(Opener &opener, const llvm::Twine &after);
  Span closeBlock(const Opener &opener);
  void reportMissingEnd(const Opener &opener);
  void reportSurplusEnd();
  bool closesBlock(const Opener &opener) const;
  bool atElseIfOfOthers() const;
  void unclosedBracket(Span open, StringRef close);

  // Items: ParseItem.cpp, ParseData.cpp, ParseActor.cpp
  void parseItems(List<const Item *> &items);
  const Item *parseItem();
  const Item *parseItemAfterPub(Span pub);
  const Item *parseStatementItem();
  bool startsItem() const;
  void skipItem();
  const Item *parseImport();
  const Item *parseFrom();
  const Item *parseModuleBlock();
  const Item *parseInterface();
  const Item *parseImpl();
  const Item *parseStruct();
  const Item *parseType();
  void parseSumType(SumTypeItem &item);
  bool parseFields(const Opener &opener, StructItem &item);
  std::optional<Field> parseField();
  SchemaEntry parseSchemaEntry();
  ConstructorSyntax parseConstructor();
  Deriving parseDeriving();
  AssociatedType parseAssociatedType(bool inImpl);
  /// The block of an interface or impl, which is open.
  template <typename Members>
  void parseMembers(Members &item, Opener &open, bool inImpl);
  const Item *parseActor();
  const Item *parseService();
  Handler parseHandler();
  const Item *parseSupervisor();
  ChildSpec parseChild();
  Name parseSetting(StringRef what);

  // Functions: ParseFunction.cpp, ParseClosure.cpp
  bool startsDefinition() const;
  const FunctionItem *parseFunction(bool inInterface = false);
  ArrayRef<Name> parseTypeParameters();
  ArrayRef<Parameter> parseParameterList(Span &parentheses);
  Parameter parseParameter();
  void parseAnnotation(const Pattern *&pattern, const TypeExpr *&type,
                       StringRef of);
  bool startsAnnotation(const Pattern *pattern) const;
  ArrayRef<Bound> parseBounds();
  const Expr *parseClosure();
  ArrayRef<Parameter> parseClosureParameters();
  const Expr *parseClosureBody(const Opener &opener);

  // Statements: ParseStatement.cpp, Mistakes.cpp
  const BlockExpr *parseBlock(const Opener &opener);
  const BlockExpr *parseStatements(const Opener &opener, Span start);
  const Expr *parseStatement();
  const Expr *parseLet();
  const Expr *parseReturn();
  bool readWordOfOtherLanguage();
  bool reportLineStart();
  const Expr *parseAssignment(const Expr *left);
  void reportRestOfLine(const Expr *statement);
  bool reportCallWithoutParentheses(const Expr *callee);

  // Expressions: ParseExpr.cpp, ParseAtom.cpp, ParseString.cpp
  const Expr *parseExpr();
  const Expr *parseBinary(unsigned minimum);
  const Expr *parseUnary();
  const Expr *parsePostfix();
  const Expr *parseCall(const Expr *callee);
  const Expr *parseMember(const Expr *object);
  struct Arguments {
    ArrayRef<const Expr *> positional;
    ArrayRef<KeywordArgument> keywords;
    Span parentheses;
  };
  Arguments parseArguments();
  const Expr *parseAtom();
  const Expr *parseInteger(Span minus);
  const Expr *parseParentheses();
  const Expr *parseList();
  const Expr *parseMapOrUpdate();
  const Expr *parseString();
  const Expr *parseActorCall(Expr::Kind kind);
  const Expr *parseNameOrStruct();
  const Expr *parseStructLiteral(Path path);
  ArrayRef<FieldValue> parseFieldValues(Span open);
  const Expr *parseBracesAsValue();
  const Expr *error(Span span);
  /// Elements up to the bracket `close`, which is taken.
  template <typename Element, typename Parse>
  ArrayRef<Element> parseList(Span open, TK close, Parse parse);

  // Branches and loops: ParseControl.cpp
  const Expr *parseCondition(StringRef of);
  const Expr *parseIf();
  bool parseElse(const Opener &open, const Expr *&otherwise);
  const Expr *parseCase();
  const Expr *parseReceive();
  Arm parseArm();
  const Expr *parseArmBody();
  void finishArm();
  bool lineHasArrow() const;
  const Expr *parseSeveralStatements(const Arm &arm);
  const Expr *parseWhile();
  const Expr *parseFor();
  const Expr *parseGuard();

  // ParsePattern.cpp, ParseType.cpp
  const Pattern *parsePattern();
  const Pattern *parseCons(const Pattern *head);
  const Pattern *parseOr();
  const Pattern *parsePrimitive();
  const Pattern *parseNumberPattern();
  const Pattern *parseNamePattern();
  const Pattern *parseListPattern();
  const Pattern *errorPattern(Span span);
  const TypeExpr *parseTypeExpr();
  const TypeExpr *parseBaseType();
  const TypeExpr *parseNamedType();
  ArrayRef<const TypeExpr *> parseTypeArguments(Span open);
  const TypeExpr *parseFunctionType(Span begin, ArrayRef<const TypeExpr *> of);
  /// The same from the word before its `(` on.
  const TypeExpr *parseFunctionType();
  Path parsePath(StringRef what);

  // Names
  Name thisName() const { return {stream.text(), stream.span()}; }
  Name parseName(StringRef what);
  Name parseLowerName(StringRef what);
  Name parseCapitalName(StringRef what);
  bool atName(StringRef text) const {
    return at(TK::Name) && stream.text() == text;
  }

  bool at(TK kind) const { return stream.at(kind); }
  bool take(TK kind) {
    if (!at(kind))
      return false;
    stream.advance();
    return true;
  }
  bool atLineBreak() const { return significant && stream.peek().startsLine; }
  /// Where a statement may end.
  bool atSeparator() const { return at(TK::Semicolon) || atLineBreak(); }
  Span from(Span begin) const {
    Span last = stream.last();
    return last.end < begin.begin ? begin.before() : begin.to(last);
  }
  template <typename Node, typename... A> Node *make(A &&...arguments) {
    return module->make<Node>(std::forward<A>(arguments)...);
  }
  template <typename T> ArrayRef<T> keep(const List<T> &list) {
    return module->copy(ArrayRef<T>(list));
  }

  /// Inside brackets and interpolations: newlines mean nothing.
  class Brackets;
  /// Bounds the recursion of this parser, and of all that walk the tree.
  class Nesting;
  /// Of a chain, which is a loop here and recursion for those who walk it.
  void lengthenChain();

  TokenStream stream;
  Diagnostics &diagnostics;
  const uint32_t doubtfulFrom;
  const bool strictIndent;
  std::unique_ptr<Module> module = std::make_unique<Module>();
  bool significant = true;
  bool recovering = false, gaveUp = false;
  bool sawOutdentedFunction = false, sawOpenEnd = false;
  bool inActor = false;
  unsigned depth = 0, height = 0;
  unsigned brackets = 0; ///< how many are open here
  bool inBareParameters = false;
  /// The token that a statement, arm or item starts with: it is found where it
  /// is, not at the end of the line before.
  size_t startToken = 0;
  size_t missingEndAt = SIZE_MAX; ///< where an `end` was last missing
  bool blocksAreBroken = false;   ///< in this item
  llvm::SmallVector<StringRef, 0> reportedWords; ///< reserved, used as names
  Diagnostic scratch;
  /// The one message about all blocks in braces.
  Diagnostic *braces = nullptr;
  /// The first `end` of this item that is not where its opener is.
  struct Misplaced {
    Opener opener;
    Span end;
  };
  std::optional<Misplaced> outdentedEnd, indentedEnd;
};

class Parser::Brackets {
public:
  explicit Brackets(Parser &parser)
      : parser(parser), outer(std::exchange(parser.significant, false)),
        outerBare(std::exchange(parser.inBareParameters, false)) {
    ++parser.brackets;
  }
  ~Brackets() {
    parser.significant = outer;
    parser.inBareParameters = outerBare;
    --parser.brackets;
  }

private:
  Parser &parser;
  bool outer, outerBare;
};

class Parser::Nesting {
public:
  static constexpr unsigned limit = 500, heightLimit = 5000;
  explicit Nesting(Parser &parser) : parser(parser), outer(parser.height) {
    parser.height = 0;
    if (++parser.depth > limit)
      parser.giveUp();
  }
  ~Nesting() {
    --parser.depth;
    parser.height = std::max(outer, parser.height + 1);
    if (parser.height > heightLimit)
      parser.giveUp();
  }
  explicit operator bool() const { return !parser.gaveUp; }

private:
  Parser &parser;
  unsigned outer;
};

template <typename Element, typename Parse>
ArrayRef<Element> Parser::parseList(Span open, TK close, Parse parse) {
  Brackets inside(*this);
  List<Element> elements;
  while (!recovering && !at(close)) {
    if (stream.atEnd() || at(TK::Keyword_end)) {
      unclosedBracket(open, spelling(close));
      break;
    }
    elements.push_back(parse());
    if (recovering || take(TK::Comma))
      continue;
    if (!at(close))
      unclosedBracket(open, spelling(close));
  }
  if (!recovering)
    stream.advance();
  return keep(elements);
}

} // namespace snow::syntax

#endif // SNOW_SYNTAX_PARSERIMPL_H
