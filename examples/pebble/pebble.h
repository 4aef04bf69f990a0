/*===- pebble.h - A front end in plain C99 -----------------------*- C -*-===*\
|*                                                                          *|
|* Pebble is a toy language: functions, variables, if, while, text, whole    *|
|* numbers, truth values, handles, and every intrinsic by its source name.   *|
|* The front end knows none of them: it asks libPlumbC. README.md has the    *|
|* language.                                                                *|
|*                                                                          *|
|* A compiler run is short, so memory is freed when the process ends.        *|
|*                                                                          *|
\*===----------------------------------------------------------------------===*/

#ifndef PEBBLE_H
#define PEBBLE_H

#include <plumb-c/Plumb.h>
#include <stddef.h>
#include <stdint.h>

/* Ends the program when there is no memory left. */
void *newMemory(size_t size);
/* Room for one more item of an array that grows. */
void *grow(void *items, size_t num, size_t size);

typedef struct Place {
  uint32_t line, column;
} Place;

/* Tokens; one-character ones are their character. */
typedef enum TokenKind {
  TOKEN_END = 0,
  TOKEN_ERROR, /* said already */
  TOKEN_NAME,  /* "count", "Ws.join" */
  TOKEN_NUMBER,
  TOKEN_TEXT,
  TOKEN_OPERATOR2, /* two characters: == != <= >= && || -> */
  TOKEN_OPERATOR   /* one */
} TokenKind;

typedef struct Token {
  TokenKind kind;
  Place place;
  char *text; /* of a text: without quotes and escapes */
  size_t length;
  int64_t number;
} Token;

typedef struct Source {
  const char *name;
  const char *text;
  size_t length, at;
  Place place;
  int numErrors;
} Source;

/* Says "name:line:column: error: message". */
void sourceError(Source *source, Place place, const char *format, ...);
Token nextToken(Source *source);

/* The program as a tree. */
typedef enum ExprKind {
  EXPR_NUMBER,
  EXPR_TEXT,
  EXPR_BOOL,
  EXPR_NAME,
  EXPR_UNARY,  /* operator, left */
  EXPR_BINARY, /* operator, left, right */
  EXPR_AS,     /* left, to the type text */
  EXPR_CALL    /* text, items */
} ExprKind;

typedef struct Expr {
  ExprKind kind;
  Place place;
  const char *text;
  size_t length;
  int64_t number;
  char operator[3];
  struct Expr *left, *right;
  struct Expr **items;
  size_t numItems;
} Expr;

typedef enum StatementKind {
  STATEMENT_LET,
  STATEMENT_ASSIGN,
  STATEMENT_IF,
  STATEMENT_WHILE,
  STATEMENT_RETURN, /* value may be null */
  STATEMENT_EXPR
} StatementKind;

typedef struct Body {
  struct Statement **items;
  size_t num;
} Body;

typedef struct Statement {
  StatementKind kind;
  Place place;
  const char *name;
  Expr *value;
  Body body, otherwise;
} Statement;

typedef struct Parameter {
  const char *name, *type;
  Place place;
} Parameter;

typedef struct Function {
  const char *name;
  Place place;
  Parameter *params;
  size_t numParams;
  const char *result; /* null for none */
  Place resultPlace;
  Body body;
} Function;

typedef struct Program {
  Function **functions;
  size_t num;
} Program;

/* Errors are counted in the source. */
Program parseProgram(Source *source);

/* Checks the program and makes a module of it; null after errors. */
PlumbModule *generate(Source *source, const Program *program,
                      PlumbContext *context);

#endif
