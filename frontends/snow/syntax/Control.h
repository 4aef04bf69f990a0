//===- Control.h - Blocks, branches, loops, closures, `let` -----*- C++ -*-===//

#ifndef SNOW_SYNTAX_CONTROL_H
#define SNOW_SYNTAX_CONTROL_H

#include "frontends/snow/syntax/Expr.h"

namespace snow::syntax {

#define SNOW_EXPR(name)                                                        \
  static bool classof(const Expr *e) { return e->kind == Kind::name; }

/// `name`, `name :: Type`, a pattern, or `self`.
struct Parameter {
  const Pattern *pattern; ///< for `self` a BindPattern of that name
  const TypeExpr *type;   ///< null: none written
  Span span;
  bool isSelf = false;
};

/// Statements in order. The span is that of the statements, or the empty place
/// where they would stand.
struct BlockExpr : Expr {
  ArrayRef<const Expr *> statements;
  BlockExpr(Span span, ArrayRef<const Expr *> statements)
      : Expr(Kind::Block, span), statements(statements) {}
  SNOW_EXPR(Block)
};

struct IfExpr : Expr {
  Span keyword;
  const Expr *condition;
  const BlockExpr *then;
  const Expr *otherwise; ///< null, a Block, or the If of an `else if`
  IfExpr(Span span, Span keyword, const Expr *condition, const BlockExpr *then,
         const Expr *otherwise)
      : Expr(Kind::If, span), keyword(keyword), condition(condition),
        then(then), otherwise(otherwise) {}
  SNOW_EXPR(If)
};

/// `pattern when guard -> body`.
struct Arm {
  const Pattern *pattern;
  const Expr *guard; ///< null: none
  const Expr *body;  ///< a Block for `-> do … end`
  Span arrow;
  Span span;
};

struct CaseExpr : Expr {
  Span keyword; ///< `case` or `match`
  const Expr *scrutinee;
  ArrayRef<Arm> arms;
  Span end; ///< of the `end`
  CaseExpr(Span span, Span keyword, const Expr *scrutinee, ArrayRef<Arm> arms,
           Span end)
      : Expr(Kind::Case, span), keyword(keyword), scrutinee(scrutinee),
        arms(arms), end(end) {}
  SNOW_EXPR(Case)
};

struct ReceiveExpr : Expr {
  Span keyword;
  ArrayRef<Arm> arms;
  const Expr *timeout;   ///< of `after`, or null
  const Expr *afterBody; ///< null exactly when `timeout` is
  ReceiveExpr(Span span, Span keyword, ArrayRef<Arm> arms, const Expr *timeout,
              const Expr *afterBody)
      : Expr(Kind::Receive, span), keyword(keyword), arms(arms),
        timeout(timeout), afterBody(afterBody) {}
  SNOW_EXPR(Receive)
};

struct WhileExpr : Expr {
  Span keyword;
  const Expr *condition;
  const BlockExpr *body;
  WhileExpr(Span span, Span keyword, const Expr *condition,
            const BlockExpr *body)
      : Expr(Kind::While, span), keyword(keyword), condition(condition),
        body(body) {}
  SNOW_EXPR(While)
};

struct ForExpr : Expr {
  Span keyword;
  const Pattern *pattern; ///< any; `{k, v}` is a TuplePattern
  const Expr *iterable;
  const Expr *guard; ///< of `when`, or null
  const BlockExpr *body;
  ForExpr(Span span, Span keyword, const Pattern *pattern, const Expr *iterable,
          const Expr *guard, const BlockExpr *body)
      : Expr(Kind::For, span), keyword(keyword), pattern(pattern),
        iterable(iterable), guard(guard), body(body) {}
  SNOW_EXPR(For)
};

struct ClosureClause {
  ArrayRef<Parameter> parameters;
  const Expr *guard; ///< null: none
  const Expr *body;  ///< a Block for `do … end`
  Span span;
};

/// `fn x -> e end`, `fn(x) do … end`, `fn 0 -> a | n -> b end`.
struct ClosureExpr : Expr {
  Span keyword; ///< `fn`
  ArrayRef<ClosureClause> clauses;
  ClosureExpr(Span span, Span keyword, ArrayRef<ClosureClause> clauses)
      : Expr(Kind::Closure, span), keyword(keyword), clauses(clauses) {}
  SNOW_EXPR(Closure)
};

struct ReturnExpr : Expr {
  Span keyword;
  const Expr *value; ///< null: none
  ReturnExpr(Span span, Span keyword, const Expr *value)
      : Expr(Kind::Return, span), keyword(keyword), value(value) {}
  SNOW_EXPR(Return)
};

/// `spawn(actor, arguments…)`, `send(pid, message)`, `link(pid)`, by kind.
struct ActorCallExpr : Expr {
  Span keyword;
  ArrayRef<const Expr *> arguments;
  Span parentheses;
  ActorCallExpr(Kind kind, Span span, Span keyword,
                ArrayRef<const Expr *> arguments, Span parentheses)
      : Expr(kind, span), keyword(keyword), arguments(arguments),
        parentheses(parentheses) {}
  static bool classof(const Expr *e) {
    return e->kind == Kind::Spawn || e->kind == Kind::Send ||
           e->kind == Kind::Link;
  }
};

struct LetExpr : Expr {
  Span keyword;
  const Pattern *pattern; ///< any
  const TypeExpr *type;   ///< null: none written
  const Expr *value;
  LetExpr(Span span, Span keyword, const Pattern *pattern, const TypeExpr *type,
          const Expr *value)
      : Expr(Kind::Let, span), keyword(keyword), pattern(pattern), type(type),
        value(value) {}
  SNOW_EXPR(Let)
};

/// A named `fn` inside a block; adjacent ones of one name are its clauses.
struct LocalFunctionExpr : Expr {
  const FunctionItem *function;
  LocalFunctionExpr(Span span, const FunctionItem *function)
      : Expr(Kind::LocalFunction, span), function(function) {}
  SNOW_EXPR(LocalFunction)
};

#undef SNOW_EXPR

} // namespace snow::syntax

#endif // SNOW_SYNTAX_CONTROL_H
