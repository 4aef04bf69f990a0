/* lexer.c - From characters to tokens. */

#include "pebble.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *newMemory(size_t size) {
  void *memory = calloc(1, size ? size : 1);
  if (!memory) {
    fputs("pebble: error: no memory left\n", stderr);
    exit(1);
  }
  return memory;
}

/* Doubles at each power of two. */
void *grow(void *items, size_t num, size_t size) {
  if (num & (num - 1))
    return items;
  void *more = newMemory((num ? 2 * num : 1) * size);
  if (num)
    memcpy(more, items, num * size);
  free(items);
  return more;
}

void sourceError(Source *source, Place place, const char *format, ...) {
  va_list arguments;
  source->numErrors++;
  fprintf(stderr, "%s:%u:%u: error: ", source->name, place.line, place.column);
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fputc('\n', stderr);
}

static int peek(const Source *source) {
  return source->at < source->length ? (unsigned char)source->text[source->at]
                                     : -1;
}

static int take(Source *source) {
  int c = peek(source);
  if (c < 0)
    return c;
  source->at++;
  source->place.column++;
  if (c == '\n') {
    source->place.line++;
    source->place.column = 1;
  }
  return c;
}

static void skipBlanks(Source *source) {
  for (;;) {
    int c = peek(source);
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      take(source);
    } else if (c == '/' && source->at + 1 < source->length &&
               source->text[source->at + 1] == '/') {
      while (peek(source) >= 0 && peek(source) != '\n')
        take(source);
    } else {
      return;
    }
  }
}

static int isLetter(int c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
static int isDigit(int c) { return c >= '0' && c <= '9'; }

/* A dot belongs to a name when a letter follows: Ws.join. */
static void takeName(Source *source) {
  while (isLetter(peek(source)) || isDigit(peek(source)) ||
         (peek(source) == '.' && source->at + 1 < source->length &&
          isLetter((unsigned char)source->text[source->at + 1])))
    take(source);
}

static void takeText(Source *source, Token *token) {
  size_t capacity = source->length - source->at + 1;
  const char *end = memchr(source->text + source->at, '\n', capacity - 1);
  if (end)
    capacity = (size_t)(end - (source->text + source->at)) + 1;
  token->text = newMemory(capacity);
  for (;;) {
    int c = take(source);
    if (c == '"')
      return;
    if (c < 0 || c == '\n') {
      sourceError(source, token->place, "the text has no end; add a \"");
      token->kind = TOKEN_ERROR;
      return;
    }
    if (c == '\\') {
      Place place = source->place;
      c = take(source);
      c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
      if (c != '\n' && c != '\t' && c != '"' && c != '\\') {
        sourceError(source, place, "after \\ comes n, t, \" or \\");
        token->kind = TOKEN_ERROR;
      }
    }
    if (token->length + 1 < capacity)
      token->text[token->length++] = (char)c;
  }
}

static void takeNumber(Source *source, Token *token) {
  int tooLarge = 0;
  while (isDigit(peek(source))) {
    int digit = take(source) - '0';
    tooLarge |= token->number > (INT64_MAX - digit) / 10;
    token->number = tooLarge ? 0 : token->number * 10 + digit;
  }
  if (tooLarge) {
    sourceError(source, token->place, "the number is larger than %lld",
                (long long)INT64_MAX);
    token->kind = TOKEN_ERROR;
  }
}

Token nextToken(Source *source) {
  Token token = {TOKEN_END, {0, 0}, NULL, 0, 0};
  size_t begin;
  skipBlanks(source);
  token.place = source->place;
  begin = source->at;
  int c = peek(source);
  if (c < 0) {
    token.text = newMemory(1);
    return token;
  }
  if (isLetter(c)) {
    token.kind = TOKEN_NAME;
    takeName(source);
  } else if (isDigit(c)) {
    token.kind = TOKEN_NUMBER;
    takeNumber(source, &token);
  } else if (c == '"') {
    token.kind = TOKEN_TEXT;
    take(source);
    takeText(source, &token);
    return token;
  } else {
    static const char *const two[] = {"==", "!=", "<=", ">=", "&&", "||", "->"};
    token.kind = TOKEN_OPERATOR;
    take(source);
    for (size_t i = 0; i < sizeof(two) / sizeof(*two); ++i)
      if (c == two[i][0] && peek(source) == two[i][1]) {
        take(source);
        token.kind = TOKEN_OPERATOR2;
        break;
      }
    if (token.kind == TOKEN_OPERATOR && !strchr("(){}:;,=<>+-*/%!", c)) {
      if (c >= 32 && c < 127)
        sourceError(source, token.place, "unexpected character '%c'", c);
      else
        sourceError(source, token.place, "unexpected byte 0x%02x", c);
      token.kind = TOKEN_ERROR;
    }
  }
  token.length = source->at - begin;
  token.text = newMemory(token.length + 1);
  memcpy(token.text, source->text + begin, token.length);
  return token;
}
