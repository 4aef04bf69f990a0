//===- Make.cpp - Core expressions whose types are pending ----------------===//

#include "frontends/snow/check/Infer.h"

namespace snow::check {

using llvm::StringRef;

Infer::ExpressionPtr Infer::make(Kind kind, Ty *type, Span span) {
  return std::make_unique<core::Expression>(kind, pending(type),
                                            world.location(span));
}

Infer::ExpressionPtr Infer::error(Span span, const Expected &want) {
  return make(Kind::Fail, types.error(), span);
}

core::Variable *Infer::variable(StringRef name, Ty *type, Span span) {
  core::Variable &made = world.program.variables.emplace_back();
  made.name = name.str();
  made.type = pending(type);
  made.where = world.location(span);
  group.variables.push_back(&made);
  if (place)
    homes[&made] = place;
  return &made;
}

Infer::ExpressionPtr Infer::local(core::Variable *variable, Span span) {
  auto made = make(Kind::Local, pendingType(variable->type), span);
  made->variable = inside(variable, place);
  return made;
}

Infer::ExpressionPtr Infer::block(std::vector<ExpressionPtr> statements,
                                  Span span) {
  Ty *type = library.unit;
  if (!statements.empty() && statements.back()->kind != Kind::Let)
    type = typeOf(statements.back());
  auto made = make(Kind::Block, type, span);
  made->operands = std::move(statements);
  return made;
}

Infer::ExpressionPtr Infer::bind(core::Variable *variable,
                                 ExpressionPtr value) {
  auto made = std::make_unique<core::Expression>(
      Kind::Let, pending(library.unit), value->where);
  made->pattern = std::make_unique<core::Pattern>();
  made->pattern->kind = core::Pattern::Kind::Bind;
  made->pattern->type = variable->type;
  made->pattern->where = value->where;
  made->pattern->variable = variable;
  made->operands.push_back(std::move(value));
  return made;
}

Infer::ExpressionPtr Infer::construct(const ConstructorDecl &constructor,
                                      Ty *type,
                                      std::vector<ExpressionPtr> operands,
                                      Span span) {
  auto made = make(Kind::Construct, type, span);
  made->integer = constructor.number;
  made->text = constructor.name.str();
  made->operands = std::move(operands);
  return made;
}

Infer::ExpressionPtr Infer::tuple(std::vector<ExpressionPtr> elements,
                                  Span span) {
  if (elements.empty())
    return make(Kind::Unit, library.unit, span);
  llvm::SmallVector<Ty *> parts;
  for (ExpressionPtr &each : elements)
    parts.push_back(typeOf(each));
  auto made = make(Kind::Construct, library.tupleOf(parts), span);
  made->operands = std::move(elements);
  return made;
}

Infer::ExpressionPtr Infer::intrinsic(LibraryFunction &function,
                                      std::vector<ExpressionPtr> operands,
                                      Ty *type, llvm::ArrayRef<Ty *> arguments,
                                      Span span) {
  auto made = make(Kind::Intrinsic, type, span);
  made->row = function.row;
  made->operands = std::move(operands);
  for (Ty *each : arguments)
    made->typeArguments.push_back(pending(each));
  return made;
}

Infer::ExpressionPtr Infer::operatorCall(StringRef word,
                                         std::vector<ExpressionPtr> operands,
                                         Span span, TypeDecl *first) {
  if (!first && !operands.empty())
    first = TypeStore::head(typeOf(operands.front()));
  LibraryFunction *found = library.findOperator(word, first);
  if (!found || !found->obstacle.empty() ||
      found->scheme.type->parameters().size() != operands.size()) {
    for (ExpressionPtr &each : operands) {
      if (TypeStore::isError(typeOf(each))) {
        for (ExpressionPtr &other : operands)
          drop(std::move(other));
        return error(span);
      }
    }
    std::string message = "the library has nothing for " + quoted(word);
    if (first)
      message += " on " + quoted(first->shown);
    world.report(Code::NotCallable, span, message);
    for (ExpressionPtr &each : operands)
      drop(std::move(each));
    return error(span);
  }
  auto arguments = fresh(found->scheme.parameters);
  Ty *type =
      types.substitute(found->scheme.type, found->scheme.parameters, arguments);
  type = TypeStore::find(type);
  for (auto [operand, parameter] : llvm::zip(operands, type->parameters()))
    if (types.unify(parameter, typeOf(operand)) != Disagreement::None)
      mismatch(span, parameter, typeOf(operand),
               {Reason::Kind::Operator, span, word}, nullptr,
               Disagreement::Different);
  return intrinsic(*found, std::move(operands), type->result(), arguments,
                   span);
}

} // namespace snow::check
