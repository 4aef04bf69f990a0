/* parser.c - From tokens to a tree, by recursive descent. */

#include "pebble.h"
#include <string.h>

/* Recursion must end before the stack does. */
enum { MAX_DEPTH = 200 };

typedef struct Parser {
  Source *source;
  Token token;
  int depth;
  int operators; /* of one statement: a tree is as deep as a chain is long */
  int failed;    /* the first mistake of syntax ends the parse */
} Parser;

static void fail(Parser *parser, const char *wanted) {
  if (!parser->failed && parser->token.kind == TOKEN_END)
    sourceError(parser->source, parser->token.place,
                "expected %s before the end of the file", wanted);
  else if (!parser->failed && parser->token.kind != TOKEN_ERROR)
    sourceError(parser->source, parser->token.place,
                "expected %s instead of '%s'", wanted, parser->token.text);
  parser->failed = 1;
  parser->token.kind = TOKEN_END;
}

static Token advance(Parser *parser) {
  Token token = parser->token;
  if (!parser->failed)
    parser->token = nextToken(parser->source);
  if (parser->token.kind == TOKEN_ERROR)
    fail(parser, "");
  return token;
}

static int at(const Parser *parser, const char *text) {
  return !parser->failed &&
         (parser->token.kind == TOKEN_OPERATOR ||
          parser->token.kind == TOKEN_OPERATOR2 ||
          parser->token.kind == TOKEN_NAME) &&
         strcmp(parser->token.text, text) == 0;
}

static int take(Parser *parser, const char *text) {
  int is = at(parser, text);
  if (is)
    advance(parser);
  return is;
}

static void expect(Parser *parser, const char *text) {
  char wanted[8] = "'";
  if (take(parser, text))
    return;
  strcat(strcat(wanted, text), "'");
  fail(parser, wanted);
}

static int isKeyword(const char *text) {
  static const char *const words[] = {
      "fn", "let", "if", "else", "while", "return", "true", "false", "as"};
  for (size_t i = 0; i < sizeof(words) / sizeof(*words); ++i)
    if (strcmp(text, words[i]) == 0)
      return 1;
  return 0;
}

static const char *expectName(Parser *parser, const char *what) {
  if (parser->token.kind == TOKEN_NAME && !isKeyword(parser->token.text))
    return advance(parser).text;
  fail(parser, what);
  return "";
}

static Expr *newExpr(ExprKind kind, Place place) {
  Expr *expr = newMemory(sizeof(Expr));
  expr->kind = kind;
  expr->place = place;
  expr->text = "";
  return expr;
}

static int enter(Parser *parser) {
  if (++parser->depth > MAX_DEPTH && !parser->failed) {
    sourceError(parser->source, parser->token.place,
                "nested deeper than %d levels", MAX_DEPTH);
    parser->failed = 1;
    parser->token.kind = TOKEN_END;
  }
  return !parser->failed;
}

static Expr *parseExpr(Parser *parser);

static Expr *parseCall(Parser *parser, Expr *expr) {
  expr->kind = EXPR_CALL;
  expect(parser, "(");
  while (!parser->failed && !at(parser, ")")) {
    expr->items = grow(expr->items, expr->numItems, sizeof(Expr *));
    expr->items[expr->numItems++] = parseExpr(parser);
    if (!at(parser, ")"))
      expect(parser, ",");
  }
  expect(parser, ")");
  return expr;
}

static Expr *parsePrimary(Parser *parser) {
  Token token = parser->token;
  Expr *expr = newExpr(EXPR_NUMBER, token.place);
  if (take(parser, "(")) {
    expr = parseExpr(parser);
    expect(parser, ")");
  } else if (at(parser, "true") || at(parser, "false")) {
    expr->kind = EXPR_BOOL;
    expr->number = at(parser, "true");
    advance(parser);
  } else if (token.kind == TOKEN_NUMBER || token.kind == TOKEN_TEXT) {
    expr->kind = token.kind == TOKEN_TEXT ? EXPR_TEXT : EXPR_NUMBER;
    expr->number = token.number;
    expr->text = token.text;
    expr->length = token.length;
    advance(parser);
  } else {
    expr->kind = EXPR_NAME;
    expr->text = expectName(parser, "an expression");
    if (at(parser, "("))
      parseCall(parser, expr);
  }
  return expr;
}

static Expr *parseUnary(Parser *parser) {
  Expr *expr;
  if (enter(parser) && (at(parser, "-") || at(parser, "!"))) {
    Token token = advance(parser);
    expr = newExpr(EXPR_UNARY, token.place);
    expr->operator[0] = token.text[0];
    expr->left = parseUnary(parser);
  } else {
    expr = parsePrimary(parser);
    while (at(parser, "as")) {
      Expr *inner = expr;
      expr = newExpr(EXPR_AS, advance(parser).place);
      expr->left = inner;
      expr->text = expectName(parser, "a type");
    }
  }
  parser->depth--;
  return expr;
}

/* Binary operators by how tightly they bind. */
static int precedence(const Parser *parser) {
  static const char *const levels[][7] = {{"||"},
                                          {"&&"},
                                          {"==", "!=", "<", "<=", ">", ">="},
                                          {"+", "-"},
                                          {"*", "/", "%"}};
  for (int level = 0; level < 5; ++level)
    for (int i = 0; i < 7 && levels[level][i]; ++i)
      if (at(parser, levels[level][i]))
        return level;
  return -1;
}

/* Loops for operators to the left, so chains of them do not nest. */
static Expr *parseBinary(Parser *parser, int minLevel) {
  Expr *left = parseUnary(parser);
  int level;
  while ((level = precedence(parser)) >= minLevel && level >= 0) {
    Token token = advance(parser);
    Expr *expr = newExpr(EXPR_BINARY, token.place);
    strcpy(expr->operator, token.text);
    expr->left = left;
    expr->right = parseBinary(parser, level + 1);
    left = expr;
    if (++parser->operators > 1000)
      fail(parser, "fewer operators in one statement");
  }
  return left;
}

static Expr *parseExpr(Parser *parser) {
  Expr *expr = newExpr(EXPR_NUMBER, parser->token.place);
  if (enter(parser))
    expr = parseBinary(parser, 0);
  parser->depth--;
  return expr;
}

static Body parseBody(Parser *parser);

static Statement *parseStatement(Parser *parser) {
  Statement *statement = newMemory(sizeof(Statement));
  statement->place = parser->token.place;
  parser->operators = 0;
  if (take(parser, "let")) {
    statement->kind = STATEMENT_LET;
    statement->name = expectName(parser, "the name of a variable");
    expect(parser, "=");
    statement->value = parseExpr(parser);
  } else if (take(parser, "if")) {
    statement->kind = STATEMENT_IF;
    statement->value = parseExpr(parser);
    statement->body = parseBody(parser);
    if (take(parser, "else"))
      statement->otherwise = parseBody(parser);
    return statement;
  } else if (take(parser, "while")) {
    statement->kind = STATEMENT_WHILE;
    statement->value = parseExpr(parser);
    statement->body = parseBody(parser);
    return statement;
  } else if (take(parser, "return")) {
    statement->kind = STATEMENT_RETURN;
    if (!at(parser, ";"))
      statement->value = parseExpr(parser);
  } else {
    statement->kind = STATEMENT_EXPR;
    statement->value = parseExpr(parser);
    if (statement->value->kind == EXPR_NAME && take(parser, "=")) {
      statement->kind = STATEMENT_ASSIGN;
      statement->name = statement->value->text;
      statement->value = parseExpr(parser);
    }
  }
  expect(parser, ";");
  return statement;
}

static Body parseBody(Parser *parser) {
  Body body = {NULL, 0};
  expect(parser, "{");
  if (enter(parser))
    while (!parser->failed && !at(parser, "}")) {
      body.items = grow(body.items, body.num, sizeof(Statement *));
      body.items[body.num++] = parseStatement(parser);
    }
  parser->depth--;
  expect(parser, "}");
  return body;
}

static Function *parseFunction(Parser *parser) {
  Function *function = newMemory(sizeof(Function));
  expect(parser, "fn");
  function->place = parser->token.place;
  function->name = expectName(parser, "the name of a function");
  expect(parser, "(");
  while (!parser->failed && !at(parser, ")")) {
    Parameter param;
    param.place = parser->token.place;
    param.name = expectName(parser, "the name of a parameter");
    expect(parser, ":");
    param.type = expectName(parser, "a type");
    function->params =
        grow(function->params, function->numParams, sizeof(Parameter));
    function->params[function->numParams++] = param;
    if (!at(parser, ")"))
      expect(parser, ",");
  }
  expect(parser, ")");
  if (take(parser, "->")) {
    function->resultPlace = parser->token.place;
    function->result = expectName(parser, "a type");
  }
  function->body = parseBody(parser);
  return function;
}

Program parseProgram(Source *source) {
  Program program = {NULL, 0};
  Parser parser = {source, {TOKEN_END, {1, 1}, NULL, 0, 0}, 0, 0, 0};
  advance(&parser);
  while (!parser.failed && parser.token.kind != TOKEN_END) {
    program.functions =
        grow(program.functions, program.num, sizeof(Function *));
    program.functions[program.num++] = parseFunction(&parser);
  }
  return program;
}
