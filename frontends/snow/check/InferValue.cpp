//===- InferValue.cpp - What can be called, as a value --------------------===//

#include "frontends/snow/check/Infer.h"

namespace snow::check {

Infer::ExpressionPtr Infer::asValue(Target target, Span span) {
  Ty *type = target.type ? TypeStore::find(target.type) : types.error();
  switch (target.kind) {
  case Target::Kind::Error:
    return error(span);
  case Target::Kind::Value:
    return std::move(target.value);
  case Target::Kind::Function:
    if (target.function->constant)
      return finishCall(target, {}, type->result(), span, span);
    if (target.function->isActor) {
      world
          .report(Code::NotAFunction, span,
                  quoted(target.function->name) +
                      " is an actor, not a function",
                  "an actor is no value")
          .setHelp("start it with `spawn(" + target.function->name.str() +
                   ", …)`");
      return error(span);
    }
    break;
  case Target::Kind::Library:
    if (target.library->isConstant())
      return finishCall(target, {}, type->result(), span, span);
    break;
  case Target::Kind::Lifted:
    if (target.lifted->isValue)
      return finishCall(target, {}, type, span, span);
    break;
  case Target::Kind::Constructor:
    if (target.constructor->fields.empty())
      return finishCall(target, {}, type->result(), span, span);
    break;
  case Target::Kind::Method:
    break;
  }
  if (type->kind != Ty::Kind::Function)
    return error(span);
  if (target.kind == Target::Kind::Function) {
    auto made = make(Kind::FunctionValue, type, span);
    made->function = coreOf(*target.function);
    for (Ty *each : target.arguments)
      made->typeArguments.push_back(pending(each));
    if (target.function->state != FunctionDecl::State::Done &&
        !target.function->isWritten)
      group.ownCalls.push_back({made.get(), target.function});
    requireBounds(target, span);
    return made;
  }
  auto made = make(Kind::Closure, type, span);
  std::vector<ExpressionPtr> operands;
  for (Ty *each : type->parameters()) {
    core::Variable *parameter = variable("_", each, span);
    made->parameters.push_back(parameter);
    operands.push_back(local(parameter, span));
  }
  made->operands.push_back(
      finishCall(target, std::move(operands), type->result(), span, span));
  return made;
}

} // namespace snow::check
