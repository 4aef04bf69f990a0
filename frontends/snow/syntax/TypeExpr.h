//===- TypeExpr.h - Types as written ----------------------------*- C++ -*-===//

#ifndef SNOW_SYNTAX_TYPEEXPR_H
#define SNOW_SYNTAX_TYPEEXPR_H

#include "frontends/snow/syntax/Node.h"

namespace snow::syntax {

struct TypeExpr {
  enum class Kind {
    Named,
    Tuple,
    Function,
    Option,
    Result,
    Error, ///< reported; says nothing more
  };
  const Kind kind;
  Span span;

protected:
  TypeExpr(Kind kind, Span span) : kind(kind), span(span) {}
};

/// `Int`, `Map<K, V>`, `Geometry.Point`, `Self.Item`.
struct NamedType : TypeExpr {
  Path path;
  ArrayRef<const TypeExpr *> arguments;
  NamedType(Span span, Path path, ArrayRef<const TypeExpr *> arguments)
      : TypeExpr(Kind::Named, span), path(path), arguments(arguments) {}
  static bool classof(const TypeExpr *t) { return t->kind == Kind::Named; }
};

/// `()` and `(A, B)`; never one element: `(A)` is A.
struct TupleType : TypeExpr {
  ArrayRef<const TypeExpr *> elements;
  TupleType(Span span, ArrayRef<const TypeExpr *> elements)
      : TypeExpr(Kind::Tuple, span), elements(elements) {}
  static bool classof(const TypeExpr *t) { return t->kind == Kind::Tuple; }
};

/// `Fun(A, B) -> C`.
struct FunctionType : TypeExpr {
  ArrayRef<const TypeExpr *> parameters;
  const TypeExpr *result;
  FunctionType(Span span, ArrayRef<const TypeExpr *> parameters,
               const TypeExpr *result)
      : TypeExpr(Kind::Function, span), parameters(parameters), result(result) {
  }
  static bool classof(const TypeExpr *t) { return t->kind == Kind::Function; }
};

/// `T?`.
struct OptionType : TypeExpr {
  const TypeExpr *element;
  OptionType(Span span, const TypeExpr *element)
      : TypeExpr(Kind::Option, span), element(element) {}
  static bool classof(const TypeExpr *t) { return t->kind == Kind::Option; }
};

/// `T!E`.
struct ResultType : TypeExpr {
  const TypeExpr *value;
  const TypeExpr *error;
  ResultType(Span span, const TypeExpr *value, const TypeExpr *error)
      : TypeExpr(Kind::Result, span), value(value), error(error) {}
  static bool classof(const TypeExpr *t) { return t->kind == Kind::Result; }
};

struct ErrorType : TypeExpr {
  explicit ErrorType(Span span) : TypeExpr(Kind::Error, span) {}
  static bool classof(const TypeExpr *t) { return t->kind == Kind::Error; }
};

} // namespace snow::syntax

#endif // SNOW_SYNTAX_TYPEEXPR_H
