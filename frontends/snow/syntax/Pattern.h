//===- Pattern.h - Patterns as written --------------------------*- C++ -*-===//

#ifndef SNOW_SYNTAX_PATTERN_H
#define SNOW_SYNTAX_PATTERN_H

#include "frontends/snow/syntax/Node.h"

namespace snow::syntax {

struct Pattern {
  enum class Kind {
    Wildcard,
    Bind,
    Int,
    Float,
    String,
    Bool,
    Nil, ///< `nil`; `()` is a TuplePattern without elements
    Atom,
    Tuple,
    Constructor,
    Cons,
    List,
    Or,
    As,
    Error, ///< reported; matches everything and says nothing more
  };
  const Kind kind;
  Span span;

protected:
  Pattern(Kind kind, Span span) : kind(kind), span(span) {}
};

/// `_`, `nil` and what could not be read.
struct SimplePattern : Pattern {
  SimplePattern(Kind kind, Span span) : Pattern(kind, span) {}
  static bool classof(const Pattern *p) {
    return p->kind == Kind::Wildcard || p->kind == Kind::Nil ||
           p->kind == Kind::Error;
  }
};

struct BindPattern : Pattern {
  Name name; ///< `self` for a method's first parameter
  explicit BindPattern(Name name)
      : Pattern(Kind::Bind, name.span), name(name) {}
  static bool classof(const Pattern *p) { return p->kind == Kind::Bind; }
};

struct IntPattern : Pattern {
  int64_t value; ///< with the sign
  IntPattern(Span span, int64_t value)
      : Pattern(Kind::Int, span), value(value) {}
  static bool classof(const Pattern *p) { return p->kind == Kind::Int; }
};

struct FloatPattern : Pattern {
  double value;
  FloatPattern(Span span, double value)
      : Pattern(Kind::Float, span), value(value) {}
  static bool classof(const Pattern *p) { return p->kind == Kind::Float; }
};

struct BoolPattern : Pattern {
  bool value;
  BoolPattern(Span span, bool value)
      : Pattern(Kind::Bool, span), value(value) {}
  static bool classof(const Pattern *p) { return p->kind == Kind::Bool; }
};

/// A string (escapes are read) or an atom (without the colon), by kind.
struct TextPattern : Pattern {
  StringRef text;
  TextPattern(Kind kind, Span span, StringRef text)
      : Pattern(kind, span), text(text) {}
  static bool classof(const Pattern *p) {
    return p->kind == Kind::String || p->kind == Kind::Atom;
  }
};

/// `()` and `(a, b)`; never one element. The `{k, v}` of a `for` is one, too.
struct TuplePattern : Pattern {
  ArrayRef<const Pattern *> elements;
  bool inBraces;
  TuplePattern(Span span, ArrayRef<const Pattern *> elements,
               bool inBraces = false)
      : Pattern(Kind::Tuple, span), elements(elements), inBraces(inBraces) {}
  static bool classof(const Pattern *p) { return p->kind == Kind::Tuple; }
};

/// `None`, `Circle(r)`, `Shape.Circle(r)`, `Geometry.Shape.Circle(r)`.
struct ConstructorPattern : Pattern {
  Path path;
  ArrayRef<const Pattern *> arguments;
  bool hasParentheses;
  ConstructorPattern(Span span, Path path, ArrayRef<const Pattern *> arguments,
                     bool hasParentheses)
      : Pattern(Kind::Constructor, span), path(path), arguments(arguments),
        hasParentheses(hasParentheses) {}
  static bool classof(const Pattern *p) { return p->kind == Kind::Constructor; }
};

/// `head :: tail`.
struct ConsPattern : Pattern {
  const Pattern *head;
  const Pattern *tail;
  ConsPattern(const Pattern *head, const Pattern *tail)
      : Pattern(Kind::Cons, head->span.to(tail->span)), head(head), tail(tail) {
  }
  static bool classof(const Pattern *p) { return p->kind == Kind::Cons; }
};

/// `[]`, `[a, b]`: exactly so many.
struct ListPattern : Pattern {
  ArrayRef<const Pattern *> elements;
  ListPattern(Span span, ArrayRef<const Pattern *> elements)
      : Pattern(Kind::List, span), elements(elements) {}
  static bool classof(const Pattern *p) { return p->kind == Kind::List; }
};

/// `p | q | r`; at least two.
struct OrPattern : Pattern {
  ArrayRef<const Pattern *> alternatives;
  OrPattern(Span span, ArrayRef<const Pattern *> alternatives)
      : Pattern(Kind::Or, span), alternatives(alternatives) {}
  static bool classof(const Pattern *p) { return p->kind == Kind::Or; }
};

/// `p as n`.
struct AsPattern : Pattern {
  const Pattern *pattern;
  Name name;
  AsPattern(const Pattern *pattern, Name name)
      : Pattern(Kind::As, pattern->span.to(name.span)), pattern(pattern),
        name(name) {}
  static bool classof(const Pattern *p) { return p->kind == Kind::As; }
};

} // namespace snow::syntax

#endif // SNOW_SYNTAX_PATTERN_H
