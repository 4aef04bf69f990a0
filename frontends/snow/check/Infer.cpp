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
  body.actor = function.isActor ? &function : nullptr;
  body.ignoresValue = function.name == "main" && module.number == 0 &&
                      !function.impl && !first.result && function.module;
  std::vector<Clause> clauses;
  for (const syntax::FunctionItem *each : function.clauses)
    if (each->body)
      clauses.push_back(
          {each->parameters, each->guard, each->body, each->head});
  Expected want(body.result, body.reason);
  if (function.isActor) {
    body.ignoresValue = true;
    want.type = nullptr;
    want.isUnused = true;
  } else if (body.ignoresValue) {
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
    if (function.terminate)
      statements.push_back(onTerminate(*function.terminate));
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
    reportTooDeep(expr->span);
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
    return inferOwnPid(span);
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

} // namespace snow::check
