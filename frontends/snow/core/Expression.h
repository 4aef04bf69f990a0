//===- Expression.h - Expressions of a checked program ----------*- C++ -*-===//

#ifndef SNOW_CORE_EXPRESSION_H
#define SNOW_CORE_EXPRESSION_H

#include "frontends/snow/core/Type.h"
#include "plumb/Intrinsic/Registry.h"
#include <memory>
#include <vector>

namespace snow::core {

struct Function;
struct Expression;
using ExpressionPtr = std::unique_ptr<Expression>;

/// A position in a source file: of Program::files, lines and columns from 1.
struct Location {
  unsigned file = 0, line = 0, column = 0;
};

/// A parameter, or a name that `let`, a pattern or a loop binds. Each binding
/// is an object of its own: a name that is bound again is another.
struct Variable {
  std::string name;
  const Type *type = nullptr;
  Location where;
};

/// Strict and left to right, all of them.
struct Pattern {
  enum class Kind {
    Wildcard,
    Bind,   ///< variable; and `inner`, if any, must match (`p as n`)
    Int,    ///< integer
    Float,  ///< number
    Bool,   ///< integer 0 or 1
    String, ///< text
    Atom,   ///< text
    Unit,
    Constructor, ///< constructor number `integer` of the named type; tuples,
                 ///< too
    List,        ///< exactly `parts` elements, or with `rest` at least so many
    Or,          ///< the first of `parts` that matches; all bind the same
  };
  Kind kind = Kind::Wildcard;
  const Type *type = nullptr; ///< of what is matched
  Location where;
  /// In an Or every alternative binds the same Variable objects.
  Variable *variable = nullptr;
  int64_t integer = 0;
  double number = 0;
  std::string text;
  std::vector<Pattern> parts;
  /// Of List: `h :: t` has one part and the rest `t`. Of Bind: the inner one.
  std::unique_ptr<Pattern> rest;
};

struct Arm {
  Pattern pattern;
  ExpressionPtr guard; ///< null: none
  ExpressionPtr body;
};

/// On Int and Float as the processor has them. Division by zero of Int is a
/// runtime error; everything else wraps. Comparisons of Bool: Equal, NotEqual.
enum class Primitive {
  Add,
  Subtract,
  Multiply,
  Divide,
  Remainder,
  Negate,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Not,
};

struct Expression {
  enum class Kind {
    Int,    ///< integer
    Float,  ///< number
    Bool,   ///< integer
    String, ///< text
    Atom,   ///< text
    Unit,
    Local,       ///< variable
    Block,       ///< operands in order; its value is the last one's, or unit
    Let,         ///< `pattern` = operands[0], for the rest of the block; unit.
                 ///< The pattern always matches
    Primitive,   ///< primitive on operands
    Call,        ///< function with typeArguments on operands
    MethodCall,  ///< method `text` of trait `trait` of selfType on operands: an
                 ///< impl is found once selfType is concrete
    Intrinsic,   ///< row on operands; rowTypes by the row's type variables
    CallClosure, ///< operands[0] on the other operands
    FunctionValue, ///< function with typeArguments as a closure
    Closure,       ///< parameters, operands[0] is the body
    Construct,     ///< constructor number `integer` of `type` (struct, sum or
                   ///< Tuple, Option, Result, Ordering) of operands
    Field,         ///< field number `integer` of operands[0], which has only
                   ///< one constructor
    List,          ///< a list of operands
    Map,           ///< operands: key, value, key, value…
    If,            ///< condition, then, else (always there)
    Match,         ///< operands[0] against arms, in order. `integer` is 1 when
                   ///< one always matches; otherwise that none does is a
                   ///< runtime error. `text`: the function whose clauses the
                   ///< arms are; "" for `case` and closures
    While,         ///< condition, body; unit
    For, ///< pattern over operands[0] (List, Range, Map as tuples, Set or an
         ///< iterator), operands[1] the body, operands[2], if any,
         ///< the `when`. A list of the body's values, or unit when
         ///< `type` is Unit (nobody uses the list)
    Break,
    Continue,
    Return, ///< operands[0]; leaves the function or closure
    Fail,   ///< a runtime error that says `text`
  };
  Kind kind;
  /// Break, Continue, Return and Fail have the type that their place asks for.
  const Type *type = nullptr;
  Location where;

  int64_t integer = 0;
  double number = 0;
  std::string text, trait;
  Variable *variable = nullptr;
  Primitive primitive = Primitive::Add;
  Function *function = nullptr;
  std::vector<const Type *> typeArguments;
  const Type *selfType = nullptr;
  const plumb_intr_row *row = nullptr;
  std::vector<Variable *> parameters;
  std::unique_ptr<Pattern> pattern;
  std::vector<ExpressionPtr> operands;
  std::vector<Arm> arms;

  Expression(Kind kind, const Type *type, Location where)
      : kind(kind), type(type), where(where) {}
};

} // namespace snow::core

#endif // SNOW_CORE_EXPRESSION_H
