//===- Expr.h - Expressions and statements as written -----------*- C++ -*-===//
//
// A statement is an expression: Let and LocalFunction stand only in blocks (and
// Let at the top of a file).
//
//===----------------------------------------------------------------------===//

#ifndef SNOW_SYNTAX_EXPR_H
#define SNOW_SYNTAX_EXPR_H

#include "frontends/snow/syntax/Pattern.h"
#include "frontends/snow/syntax/TypeExpr.h"

namespace snow::syntax {

struct FunctionItem;

struct Expr {
  enum class Kind {
    Int,
    Float,
    String,        ///< without `${}`
    Interpolation, ///< a string with `${}`
    Bool,
    Nil,
    Atom,
    Name, ///< also capitalised: a constructor, type, module or service
    Self, ///< `self`, a method's receiver (in actors: the own pid)
    Call,
    Member,
    Index,
    Try,
    Unary,
    Binary,
    Pipe,
    Tuple,
    List,
    Map,
    RecordUpdate,
    StructLiteral,
    Block,
    If,
    Case,
    While,
    For,
    Closure,
    Break,
    Continue,
    Return,
    Spawn,
    Send,
    Link,
    Receive,
    Let,
    LocalFunction,
    Error, ///< reported; has any type and says nothing more
  };
  const Kind kind;
  /// The whole, with its own parentheses if there are any.
  Span span;
  /// `(e)`: e with this set.
  bool isParenthesised = false;

protected:
  Expr(Kind kind, Span span) : kind(kind), span(span) {}
};

#define SNOW_EXPR(name)                                                        \
  static bool classof(const Expr *e) { return e->kind == Kind::name; }

struct IntExpr : Expr {
  /// A `-` before a literal is a UnaryExpr, except that
  /// -9223372036854775808 is one literal.
  int64_t value;
  IntExpr(Span span, int64_t value) : Expr(Kind::Int, span), value(value) {}
  SNOW_EXPR(Int)
};

struct FloatExpr : Expr {
  double value;
  FloatExpr(Span span, double value) : Expr(Kind::Float, span), value(value) {}
  SNOW_EXPR(Float)
};

struct BoolExpr : Expr {
  bool value;
  BoolExpr(Span span, bool value) : Expr(Kind::Bool, span), value(value) {}
  SNOW_EXPR(Bool)
};

/// A string (escapes are read) or an atom (without the colon), by kind.
struct TextExpr : Expr {
  StringRef text;
  TextExpr(Kind kind, Span span, StringRef text)
      : Expr(kind, span), text(text) {}
  static bool classof(const Expr *e) {
    return e->kind == Kind::String || e->kind == Kind::Atom;
  }
};

struct InterpolationExpr : Expr {
  struct Part {
    StringRef text; ///< if `expression` is null
    const Expr *expression = nullptr;
    Span span; ///< of the text or of `${…}`
  };
  ArrayRef<Part> parts; ///< in order; no empty texts
  InterpolationExpr(Span span, ArrayRef<Part> parts)
      : Expr(Kind::Interpolation, span), parts(parts) {}
  SNOW_EXPR(Interpolation)
};

/// `nil`, `self`, `break`, `continue` and what could not be read.
struct SimpleExpr : Expr {
  SimpleExpr(Kind kind, Span span) : Expr(kind, span) {}
  static bool classof(const Expr *e) {
    return e->kind == Kind::Nil || e->kind == Kind::Self ||
           e->kind == Kind::Break || e->kind == Kind::Continue ||
           e->kind == Kind::Error;
  }
};

struct NameExpr : Expr {
  Name name;
  explicit NameExpr(Name name) : Expr(Kind::Name, name.span), name(name) {}
  SNOW_EXPR(Name)
};

struct KeywordArgument {
  Name name;
  const Expr *value;
};

/// `f(a, b, key: c)`; `self()` is a call of a Self.
struct CallExpr : Expr {
  const Expr *callee;
  ArrayRef<const Expr *> arguments;
  ArrayRef<KeywordArgument> keywords;
  Span parentheses; ///< from `(` to `)`
  CallExpr(Span span, const Expr *callee, ArrayRef<const Expr *> arguments,
           ArrayRef<KeywordArgument> keywords, Span parentheses)
      : Expr(Kind::Call, span), callee(callee), arguments(arguments),
        keywords(keywords), parentheses(parentheses) {}
  SNOW_EXPR(Call)
};

/// `object.name`. `A.B.c` is a Member of a Member of a Name.
struct MemberExpr : Expr {
  const Expr *object;
  Name name;
  MemberExpr(const Expr *object, Name name)
      : Expr(Kind::Member, object->span.to(name.span)), object(object),
        name(name) {}
  SNOW_EXPR(Member)
};

/// `object[index]`.
struct IndexExpr : Expr {
  const Expr *object;
  const Expr *index;
  IndexExpr(Span span, const Expr *object, const Expr *index)
      : Expr(Kind::Index, span), object(object), index(index) {}
  SNOW_EXPR(Index)
};

/// `operand?`.
struct TryExpr : Expr {
  const Expr *operand;
  Span mark; ///< of the `?`
  TryExpr(const Expr *operand, Span mark)
      : Expr(Kind::Try, operand->span.to(mark)), operand(operand), mark(mark) {}
  SNOW_EXPR(Try)
};

enum class UnaryOperator { Negate, Not };
struct UnaryExpr : Expr {
  UnaryOperator op;
  Span opSpan; ///< `-`, `!` or `not`
  const Expr *operand;
  UnaryExpr(UnaryOperator op, Span opSpan, const Expr *operand)
      : Expr(Kind::Unary, opSpan.to(operand->span)), op(op), opSpan(opSpan),
        operand(operand) {}
  SNOW_EXPR(Unary)
};

enum class BinaryOperator {
  Or,
  And,
  Equal,
  NotEqual,
  Less,
  Greater,
  LessEqual,
  GreaterEqual,
  Range,
  JoinStrings, ///< `<>`
  JoinLists,   ///< `++`
  Add,
  Subtract,
  Multiply,
  Divide,
  Remainder,
};
/// As the language writes it: "+", "and" for both `and` and `&&`.
StringRef toString(BinaryOperator op);

struct BinaryExpr : Expr {
  BinaryOperator op;
  Span opSpan;
  const Expr *left;
  const Expr *right;
  BinaryExpr(BinaryOperator op, Span opSpan, const Expr *left,
             const Expr *right)
      : Expr(Kind::Binary, left->span.to(right->span)), op(op), opSpan(opSpan),
        left(left), right(right) {}
  SNOW_EXPR(Binary)
};

/// `left |> right`.
struct PipeExpr : Expr {
  Span opSpan;
  const Expr *left;
  const Expr *right;
  PipeExpr(Span opSpan, const Expr *left, const Expr *right)
      : Expr(Kind::Pipe, left->span.to(right->span)), opSpan(opSpan),
        left(left), right(right) {}
  SNOW_EXPR(Pipe)
};

/// `()`, `(a, b)` or, by kind, `[a, b]`. A tuple never has one element.
struct SequenceExpr : Expr {
  ArrayRef<const Expr *> elements;
  SequenceExpr(Kind kind, Span span, ArrayRef<const Expr *> elements)
      : Expr(kind, span), elements(elements) {}
  static bool classof(const Expr *e) {
    return e->kind == Kind::Tuple || e->kind == Kind::List;
  }
};

/// `%{k => v, …}`.
struct MapExpr : Expr {
  struct Entry {
    const Expr *key;
    const Expr *value;
  };
  ArrayRef<Entry> entries;
  MapExpr(Span span, ArrayRef<Entry> entries)
      : Expr(Kind::Map, span), entries(entries) {}
  SNOW_EXPR(Map)
};

struct FieldValue {
  Name name;
  const Expr *value;
};

/// `%{base | field: value, …}`.
struct RecordUpdateExpr : Expr {
  const Expr *base;
  ArrayRef<FieldValue> fields;
  RecordUpdateExpr(Span span, const Expr *base, ArrayRef<FieldValue> fields)
      : Expr(Kind::RecordUpdate, span), base(base), fields(fields) {}
  SNOW_EXPR(RecordUpdate)
};

/// `Point { x: 1, y: 2 }`, `Geometry.Point { … }`.
struct StructLiteralExpr : Expr {
  Path path;
  ArrayRef<FieldValue> fields;
  Span braces;
  StructLiteralExpr(Span span, Path path, ArrayRef<FieldValue> fields,
                    Span braces)
      : Expr(Kind::StructLiteral, span), path(path), fields(fields),
        braces(braces) {}
  SNOW_EXPR(StructLiteral)
};

#undef SNOW_EXPR

} // namespace snow::syntax

#endif // SNOW_SYNTAX_EXPR_H
