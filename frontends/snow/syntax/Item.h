//===- Item.h - What stands at the top of a file ----------------*- C++ -*-===//

#ifndef SNOW_SYNTAX_ITEM_H
#define SNOW_SYNTAX_ITEM_H

#include "frontends/snow/syntax/Control.h"

namespace snow::syntax {

struct Item {
  enum class Kind {
    Function,
    Struct,
    SumType,
    Alias,
    Import,
    Interface,
    Impl,
    Actor,
    Service,
    Supervisor,
    Statement, ///< a `let` or an expression at the top of the file
  };
  const Kind kind;
  Span span;             ///< the whole, from `pub` or the keyword to `end`
  bool isPublic = false; ///< `pub`
  Documentation doc;

protected:
  explicit Item(Kind kind) : kind(kind) {}
};

#define SNOW_ITEM(name)                                                        \
  name##Item() : Item(Kind::name) {}                                           \
  static bool classof(const Item *i) { return i->kind == Kind::name; }

/// `T: Show` of a `where`.
struct Bound {
  Name variable;
  Path trait;
};

/// One clause of a function: adjacent ones of one name belong together, which
/// the checker sees to.
struct FunctionItem : Item {
  SNOW_ITEM(Function)
  Span keyword; ///< `fn` or `def`
  Name name;
  ArrayRef<Name> typeParameters;
  ArrayRef<Parameter> parameters;
  Span parentheses;
  const TypeExpr *result = nullptr; ///< null: none written
  ArrayRef<Bound> bounds;
  const Expr *guard = nullptr; ///< of `when`, or null
  /// A Block for `do … end`; the expression after `=` otherwise. Null only in
  /// an interface, for a method without a default body.
  const Expr *body = nullptr;
  Span head; ///< from `fn` to before the body: what an error underlines
};

struct Deriving {
  bool isWritten = false; ///< `deriving()` derives nothing; without it, the
                          ///< usual traits
  ArrayRef<Name> traits;
  Span span;
};

struct Field {
  Name name; ///< empty for a field of a constructor without a name
  const TypeExpr *type;
  Documentation doc;
  Span span;
};

/// `table "users"`, `primary_key :id`, `timestamps true`, `belongs_to :user,
/// User`, `has_many …`, `has_one …`.
struct SchemaEntry {
  Name keyword;
  ArrayRef<const Expr *> arguments;
  Span span;
};

struct StructItem : Item {
  SNOW_ITEM(Struct)
  Name name;
  ArrayRef<Name> typeParameters;
  ArrayRef<Field> fields;
  ArrayRef<SchemaEntry> schema;
  Deriving deriving;
};

struct ConstructorSyntax {
  Name name;
  ArrayRef<Field> fields;
  Documentation doc;
  Span span;
};

/// `type Shape do … end`.
struct SumTypeItem : Item {
  SNOW_ITEM(SumType)
  Name name;
  ArrayRef<Name> typeParameters;
  ArrayRef<ConstructorSyntax> constructors;
  Deriving deriving;
};

/// `type Name<T> = type`.
struct AliasItem : Item {
  SNOW_ITEM(Alias)
  Name name;
  ArrayRef<Name> typeParameters;
  const TypeExpr *type = nullptr;
};

/// `import A.B`, or `from A.B import x, T`.
struct ImportItem : Item {
  SNOW_ITEM(Import)
  Path path;
  bool isFrom = false;
  ArrayRef<Name> names;
};

/// `type Item` of an interface, `type Item = T` of an impl.
struct AssociatedType {
  Name name;
  const TypeExpr *type; ///< null in an interface
  Span span;
};

struct InterfaceItem : Item {
  SNOW_ITEM(Interface)
  Name name;
  ArrayRef<Name> typeParameters;
  ArrayRef<AssociatedType> types;
  ArrayRef<const FunctionItem *> methods;
};

/// `impl Trait<A> for Target where … do … end`.
struct ImplItem : Item {
  SNOW_ITEM(Impl)
  Path trait;
  ArrayRef<const TypeExpr *> traitArguments;
  const TypeExpr *target = nullptr;
  ArrayRef<Bound> bounds;
  ArrayRef<AssociatedType> types;
  ArrayRef<const FunctionItem *> methods;
  Span head; ///< from `impl` to before `do`
};

struct ActorItem : Item {
  SNOW_ITEM(Actor)
  Name name;
  ArrayRef<Parameter> parameters;
  const BlockExpr *body = nullptr;
  const BlockExpr *terminate = nullptr; ///< or null
  Span head;
};

/// `call Name(params) :: Type do |state| … end` or `cast …`.
struct Handler {
  bool isCall; ///< else cast
  Name name;
  ArrayRef<Parameter> parameters;
  const TypeExpr *reply; ///< of a call; null: none written
  Name state;            ///< empty: none written
  const BlockExpr *body;
  Documentation doc;
  Span span;
};

struct ServiceItem : Item {
  SNOW_ITEM(Service)
  Name name;
  ArrayRef<const FunctionItem *> functions; ///< `init`
  ArrayRef<Handler> handlers;
};

/// `child name do start: e restart: r shutdown: s end`. Values as written;
/// which are known is the checker's matter.
struct ChildSpec {
  Name name;
  const Expr *start;    ///< null where reported as missing
  Name restart;         ///< empty: none written
  const Expr *shutdown; ///< an Int or a Name (`brutal_kill`); null: none
  Span span;
};

struct SupervisorItem : Item {
  SNOW_ITEM(Supervisor)
  Name name;
  Name strategy;                     ///< empty: none written
  const Expr *maxRestarts = nullptr; ///< null: none written
  const Expr *maxSeconds = nullptr;
  ArrayRef<ChildSpec> children;
};

struct StatementItem : Item {
  SNOW_ITEM(Statement)
  const Expr *statement = nullptr;
};

#undef SNOW_ITEM

} // namespace snow::syntax

#endif // SNOW_SYNTAX_ITEM_H
