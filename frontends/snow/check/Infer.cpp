//===- Infer.cpp - Bodies, and what all expressions need ------------------===//

#include "frontends/snow/check/Infer.h"
#include "frontends/snow/check/Discard.h"

namespace snow::check {

using llvm::cast;
using llvm::dyn_cast;
using llvm::StringRef;

Infer::Infer(Group &group, FunctionDecl &function)
    : group(group), world(group.world), types(world.types),
      library(world.library), function(function),
      module(function.module ? *function.module : world.prelude),
      typeScope(function.scope) {}

/// Whether every run of it gives the same and does nothing else.
static bool isConstant(const syntax::Expr *expr) {
  using Kind = syntax::Expr::Kind;
  switch (expr->kind) {
  case Kind::Int:
  case Kind::Float:
  case Kind::String:
  case Kind::Bool:
  case Kind::Nil:
  case Kind::Atom:
  case Kind::Name:
  case Kind::Member:
  case Kind::Closure:
  case Kind::Error:
    return true;
  case Kind::Interpolation:
    return llvm::all_of(
        cast<syntax::InterpolationExpr>(expr)->parts, [](auto &part) {
          return !part.expression || isConstant(part.expression);
        });
  case Kind::Unary:
    return isConstant(cast<syntax::UnaryExpr>(expr)->operand);
  case Kind::Binary:
    return isConstant(cast<syntax::BinaryExpr>(expr)->left) &&
           isConstant(cast<syntax::BinaryExpr>(expr)->right);
  case Kind::Tuple:
  case Kind::List:
    return llvm::all_of(cast<syntax::SequenceExpr>(expr)->elements, isConstant);
  case Kind::Map:
    return llvm::all_of(cast<syntax::MapExpr>(expr)->entries, [](auto &entry) {
      return isConstant(entry.key) && isConstant(entry.value);
    });
  case Kind::StructLiteral:
    return llvm::all_of(cast<syntax::StructLiteralExpr>(expr)->fields,
                        [](auto &field) { return isConstant(field.value); });
  case Kind::Call: {
    auto *call = cast<syntax::CallExpr>(expr);
    auto *name = dyn_cast<syntax::NameExpr>(call->callee);
    return name && name->name.isCapitalised() && call->keywords.empty() &&
           llvm::all_of(call->arguments, isConstant);
  }
  default:
    return false;
  }
}

void Infer::run() {
  Callable body;
  body.name = function.name;
  body.result = function.resultType;
  callable = &body;
  core::Function &core = *function.core;
  core.result = pending(function.resultType);
  if (function.constant) {
    const Expr *value = function.constant->value;
    if (!isConstant(value))
      world
          .report(Code::NotConstant, value->span,
                  "the value of `" + function.name.str() +
                      "` at the top of a file must be a constant",
                  "not a constant expression")
          .setHelp("compute it inside of a function");
    Expected want(body.result);
    if (function.constant->type)
      want.reason = {Reason::Kind::Annotation, function.constant->type->span,
                     function.name};
    core.body = infer(value, want);
    return;
  }
  const syntax::FunctionItem &first = *function.first();
  if (first.result)
    body.reason = {Reason::Kind::Result, first.result->span, function.name};
  body.ignoresValue = function.name == "main" && module.number == 0 &&
                      !function.impl && !first.result && function.module;
  std::vector<Clause> clauses;
  for (const syntax::FunctionItem *each : function.clauses)
    if (each->body)
      clauses.push_back(
          {each->parameters, each->guard, each->body, each->head});
  Expected want(body.result, body.reason);
  if (body.ignoresValue) {
    types.unify(body.result, library.unit);
    want.type = nullptr;
    want.isUnused = true;
  }
  for (const syntax::FunctionItem *clause : function.clauses)
    if (clause->parameters.size() != function.parameterTypes.size()) {
      core.body = error(clause->name.span);
      return;
    }
  core.body = inferClauses(clauses, function.parameterTypes, core.parameters,
                           want, function.nameSpan(), function.name);
  if (body.ignoresValue) {
    std::vector<ExpressionPtr> statements;
    statements.push_back(discard(std::move(core.body), library.unit));
    statements.push_back(make(Kind::Unit, library.unit, first.name.span));
    core.body = block(std::move(statements), first.body->span);
  }
  group.obligations.flush();
}

Infer::ExpressionPtr Infer::infer(const Expr *expr, const Expected &want) {
  ++depth;
  ExpressionPtr made = inferKind(expr, want);
  --depth;
  if (types.tooDeep) {
    types.tooDeep = false;
    world.report(Code::TypeTooDeep, expr->span,
                 "the type of this expression nests too deeply");
  }
  return agree(std::move(made), want, expr);
}

Infer::ExpressionPtr Infer::inferKind(const Expr *expr, const Expected &want) {
  using Syntax = Expr::Kind;
  Span span = expr->span;
  switch (expr->kind) {
  case Syntax::Int: {
    auto made = make(Kind::Int, library.integer, span);
    made->integer = cast<syntax::IntExpr>(expr)->value;
    return made;
  }
  case Syntax::Float: {
    auto made = make(Kind::Float, library.real, span);
    made->number = cast<syntax::FloatExpr>(expr)->value;
    return made;
  }
  case Syntax::String:
  case Syntax::Atom: {
    bool isAtom = expr->kind == Syntax::Atom;
    auto made = make(isAtom ? Kind::Atom : Kind::String,
                     isAtom ? library.atom : library.string, span);
    made->text = cast<syntax::TextExpr>(expr)->text.str();
    return made;
  }
  case Syntax::Bool: {
    auto made = make(Kind::Bool, library.boolean, span);
    made->integer = cast<syntax::BoolExpr>(expr)->value;
    return made;
  }
  case Syntax::Nil:
    return make(Kind::Unit, library.unit, span);
  case Syntax::Interpolation:
    return inferInterpolation(*cast<syntax::InterpolationExpr>(expr));
  case Syntax::Name:
    return inferName(*cast<syntax::NameExpr>(expr), want);
  case Syntax::Self:
    if (Local *self = findLocal("self")) {
      self->isUsed = true;
      return local(self->variable, span);
    }
    world.report(Code::UndefinedName, span,
                 "`self` stands only in methods and actors",
                 "not inside of a method");
    return error(span, want);
  case Syntax::Call:
    return inferCall(*cast<syntax::CallExpr>(expr));
  case Syntax::Member:
    return inferMember(*cast<syntax::MemberExpr>(expr));
  case Syntax::Index:
    return inferIndex(*cast<syntax::IndexExpr>(expr));
  case Syntax::Try:
    return inferTry(*cast<syntax::TryExpr>(expr));
  case Syntax::Unary:
    return inferUnary(*cast<syntax::UnaryExpr>(expr));
  case Syntax::Binary:
    return inferBinary(*cast<syntax::BinaryExpr>(expr));
  case Syntax::Pipe:
    return inferPipe(*cast<syntax::PipeExpr>(expr));
  case Syntax::Tuple:
  case Syntax::List:
    return inferSequence(*cast<syntax::SequenceExpr>(expr), want);
  case Syntax::Map:
    return inferMap(*cast<syntax::MapExpr>(expr), want);
  case Syntax::RecordUpdate:
    return inferUpdate(*cast<syntax::RecordUpdateExpr>(expr));
  case Syntax::StructLiteral:
    return inferStruct(*cast<syntax::StructLiteralExpr>(expr));
  case Syntax::Block:
    return inferBlock(*cast<syntax::BlockExpr>(expr), want);
  case Syntax::If:
    return inferIf(*cast<syntax::IfExpr>(expr), want);
  case Syntax::Case:
    return inferCase(*cast<syntax::CaseExpr>(expr), want);
  case Syntax::While:
    return inferWhile(*cast<syntax::WhileExpr>(expr));
  case Syntax::For:
    return inferFor(*cast<syntax::ForExpr>(expr), want);
  case Syntax::Closure:
    return inferClosure(*cast<syntax::ClosureExpr>(expr), want);
  case Syntax::Break:
  case Syntax::Continue:
    return inferJump(*expr, want);
  case Syntax::Return:
    return inferReturn(*cast<syntax::ReturnExpr>(expr), want);
  case Syntax::Spawn:
  case Syntax::Send:
  case Syntax::Link:
  case Syntax::Receive:
    return inferActor(*expr, want);
  case Syntax::Let:
    return inferLet(*cast<syntax::LetExpr>(expr));
  case Syntax::LocalFunction:
    return inferLocalFunction(cast<syntax::LocalFunctionExpr>(expr)->function);
  case Syntax::Error:
    break;
  }
  return error(span, want);
}

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
