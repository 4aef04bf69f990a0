//===- InferBasic.cpp - Names, texts, lists, maps, index ------------------===//

#include "frontends/snow/check/Infer.h"

namespace snow::check {

using llvm::cast;
using llvm::dyn_cast;
using llvm::StringRef;

Infer::ExpressionPtr Infer::agree(ExpressionPtr expression,
                                  const Expected &want, const Expr *expr) {
  if (!want.type)
    return expression;
  if (ignoresResult(want.type, typeOf(expression)))
    return ignoreResult(std::move(expression), want, expr);
  Disagreement why = types.unify(want.type, typeOf(expression));
  if (why == Disagreement::None)
    return expression;
  Reason reason = want.reason;
  if (reason.kind == Reason::Kind::None && want.type == callable->result)
    reason = callable->reason;
  mismatch(expr->span, want.type, typeOf(expression), reason, expr, why);
  expression->type = pending(types.error());
  return expression;
}

/// A `Fun(A) -> ()` is wanted, and this gives something: it is thrown away.
bool Infer::ignoresResult(Ty *wanted, Ty *found) {
  wanted = TypeStore::find(wanted), found = TypeStore::find(found);
  if (wanted->kind != Ty::Kind::Function || found->kind != Ty::Kind::Function ||
      wanted->parts.size() != found->parts.size() ||
      TypeStore::find(wanted->result()) != library.unit)
    return false;
  Ty *result = TypeStore::find(found->result());
  return result != library.unit && (result->kind == Ty::Kind::Named ||
                                    result->kind == Ty::Kind::Function);
}

Infer::ExpressionPtr Infer::ignoreResult(ExpressionPtr function,
                                         const Expected &want,
                                         const Expr *expr) {
  Ty *wanted = TypeStore::find(want.type);
  Ty *found = TypeStore::find(typeOf(function));
  Ty *result = found->result();
  Ty *same = types.function(wanted->parameters(), result);
  if (auto why = types.unify(same, found); why != Disagreement::None) {
    mismatch(expr->span, want.type, found, want.reason, expr, why);
    function->type = pending(types.error());
    return function;
  }
  core::Variable *kept = variable("function", found, expr->span);
  std::vector<ExpressionPtr> statements, inner;
  statements.push_back(bind(kept, std::move(function)));
  auto made = make(Kind::Closure, wanted, expr->span);
  auto call = make(Kind::CallClosure, result, expr->span);
  call->operands.push_back(local(kept, expr->span));
  for (Ty *each : wanted->parameters()) {
    made->parameters.push_back(variable("_", each, expr->span));
    call->operands.push_back(local(made->parameters.back(), expr->span));
  }
  inner.push_back(std::move(call));
  inner.push_back(make(Kind::Unit, library.unit, expr->span));
  made->operands.push_back(block(std::move(inner), expr->span));
  statements.push_back(std::move(made));
  return block(std::move(statements), expr->span);
}

Infer::ExpressionPtr Infer::inferName(const syntax::NameExpr &expr,
                                      const Expected &want) {
  if (!expr.name)
    return error(expr.span, want);
  return asValue(resolveName(expr.name), expr.span);
}

Infer::ExpressionPtr Infer::textOf(ExpressionPtr value, Span span,
                                   std::string asker) {
  Ty *type = flushed(typeOf(value));
  if (type == library.string)
    return value;
  if (type->kind == Ty::Kind::Error)
    return value;
  Requirement requirement;
  requirement.bound.trait = world.known("Display");
  requirement.bound.subject = type;
  requirement.span = span;
  requirement.asker = std::move(asker);
  requirement.function = &function;
  group.obligations.require(std::move(requirement));
  std::vector<ExpressionPtr> operands;
  operands.push_back(std::move(value));
  return operatorCall("${}", std::move(operands), span);
}

Infer::ExpressionPtr
Infer::inferInterpolation(const syntax::InterpolationExpr &expr) {
  ExpressionPtr all;
  for (const auto &part : expr.parts) {
    ExpressionPtr made;
    if (part.expression) {
      made = textOf(infer(part.expression), part.expression->span,
                    "a `${…}` in a string");
    } else {
      made = make(Kind::String, library.string, part.span);
      made->text = part.text.str();
    }
    if (!all) {
      all = std::move(made);
      continue;
    }
    std::vector<ExpressionPtr> operands;
    operands.push_back(std::move(all));
    operands.push_back(std::move(made));
    all = operatorCall("<>", std::move(operands), expr.span,
                       library.string->decl);
  }
  if (!all)
    all = make(Kind::String, library.string, expr.span);
  return all;
}

Infer::ExpressionPtr Infer::inferSequence(const syntax::SequenceExpr &expr,
                                          const Expected &want) {
  Ty *wanted = want.type ? TypeStore::find(want.type) : nullptr;
  std::vector<ExpressionPtr> elements;
  if (expr.kind == Expr::Kind::Tuple) {
    bool fits = wanted && wanted->kind == Ty::Kind::Named &&
                wanted->decl->isTuple &&
                wanted->parts.size() == expr.elements.size();
    for (auto [i, each] : llvm::enumerate(expr.elements)) {
      // Only for what a closure in it needs to know; differences are reported
      // for the element.
      Expected inner;
      if (fits)
        inner = Expected(wanted->parts[i], want.reason);
      elements.push_back(infer(each, inner));
    }
    return tuple(std::move(elements), expr.span);
  }
  LibraryFunction *empty = library.findOperator("list", nullptr);
  if (!empty) {
    world.report(Code::NotCallable, expr.span, "the library has no lists");
    return error(expr.span);
  }
  TypeDecl *list = TypeStore::head(empty->scheme.type->result());
  Ty *element = nullptr;
  Reason reason;
  if (wanted && wanted->kind == Ty::Kind::Named && wanted->decl == list &&
      wanted->parts.size() == 1) {
    element = wanted->parts[0];
    reason = want.reason;
    if (reason.kind == Reason::Kind::None)
      reason = {Reason::Kind::Element, Span()};
    if (TypeStore::isVariable(element))
      reason = {Reason::Kind::None};
  } else {
    element = types.variable();
  }
  for (auto [i, each] : llvm::enumerate(expr.elements)) {
    elements.push_back(infer(each, Expected(element, reason)));
    if (reason.kind == Reason::Kind::None)
      reason = {Reason::Kind::Element, each->span};
  }
  auto made = make(Kind::List, types.named(list, element), expr.span);
  made->operands = std::move(elements);
  return made;
}

Infer::ExpressionPtr Infer::inferMap(const syntax::MapExpr &expr,
                                     const Expected &want) {
  LibraryFunction *empty = library.findOperator("map", nullptr);
  if (!empty) {
    world.report(Code::NotCallable, expr.span, "the library has no maps");
    return error(expr.span);
  }
  TypeDecl *map = TypeStore::head(empty->scheme.type->result());
  Ty *key = types.variable(), *value = types.variable();
  Ty *type = types.named(map, {key, value});
  Reason keyReason, valueReason;
  if (want.type && TypeStore::head(want.type) == map) {
    types.unify(want.type, type);
    if (!TypeStore::isVariable(key))
      keyReason = want.reason;
    if (!TypeStore::isVariable(value))
      valueReason = want.reason;
  }
  auto made = make(Kind::Map, type, expr.span);
  for (const auto &entry : expr.entries) {
    made->operands.push_back(infer(entry.key, Expected(key, keyReason)));
    made->operands.push_back(infer(entry.value, Expected(value, valueReason)));
    if (keyReason.kind == Reason::Kind::None)
      keyReason = {Reason::Kind::Key, entry.key->span};
    if (valueReason.kind == Reason::Kind::None)
      valueReason = {Reason::Kind::Value, entry.value->span};
  }
  for (StringRef trait : {"Eq", "Hash"}) {
    Requirement requirement;
    requirement.bound.trait = world.known(trait);
    requirement.bound.subject = key;
    requirement.span =
        expr.entries.empty() ? expr.span : expr.entries[0].key->span;
    requirement.asker = "a key of a map";
    requirement.function = &function;
    if (!expr.entries.empty())
      group.obligations.require(std::move(requirement));
  }
  return made;
}

Infer::ExpressionPtr Infer::inferIndex(const syntax::IndexExpr &expr) {
  auto made = make(Kind::Intrinsic, types.variable(), expr.span);
  made->operands.push_back(infer(expr.object));
  made->operands.push_back(infer(expr.index));
  core::Expression *node = made.get();
  Span indexSpan = expr.index->span, objectSpan = expr.object->span;
  auto settle = [this, node, indexSpan, objectSpan] {
    Ty *object = TypeStore::find(typeOf(node->operands[0]));
    if (object->kind == Ty::Kind::Error) {
      types.unify(typeOf(*node), object);
      return;
    }
    TypeDecl *head = TypeStore::head(object);
    LibraryFunction *found = head ? library.findOperator("[]", head) : nullptr;
    if (!found) {
      world.report(Code::NotIterable, objectSpan,
                   "a value of type " + quoted(toString(object)) +
                       " has no elements to take with `[…]`",
                   "this is " + quoted(toString(object)));
      types.unify(typeOf(*node), types.error());
      return;
    }
    auto arguments = fresh(found->scheme.parameters);
    Ty *type = types.substitute(found->scheme.type, found->scheme.parameters,
                                arguments);
    type = TypeStore::find(type);
    types.unify(type->parts[0], object);
    Ty *index = typeOf(node->operands[1]);
    if (auto why = types.unify(type->parts[1], index);
        why != Disagreement::None)
      mismatch(indexSpan, type->parts[1], index,
               {Reason::Kind::Operator, objectSpan, "[…]"}, nullptr, why);
    types.unify(typeOf(*node), type->result());
    node->row = found->row;
    for (Ty *each : arguments)
      node->typeArguments.push_back(pending(each));
  };
  Ty *object = flushed(typeOf(node->operands[0]));
  if (object->kind != Ty::Kind::Variable) {
    settle();
    return made;
  }
  group.obligations.defer(
      {object, typeOf(*node), typeOf(node->operands[1])}, settle,
      [this, node, objectSpan, settle] {
        Ty *index = TypeStore::find(typeOf(node->operands[1]));
        LibraryFunction *list = library.findOperator("list", nullptr);
        if (index == library.integer && list) {
          types.unify(typeOf(node->operands[0]),
                      types.named(TypeStore::head(list->scheme.type->result()),
                                  types.variable()));
          return settle();
        }
        world
            .report(Code::NeedsAnnotation, objectSpan,
                    "the type of this value is not known here",
                    "needed for `[…]`")
            .setHelp("write its type where it is defined: `name :: Type`");
        types.unify(typeOf(*node), types.error());
      });
  return made;
}

} // namespace snow::check
