//===- InferCall.cpp - Calls and pipes ------------------------------------===//

#include "frontends/snow/check/Infer.h"

namespace snow::check {

using llvm::cast;
using llvm::dyn_cast;
using llvm::isa;
using llvm::StringRef;

Infer::ExpressionPtr Infer::inferCall(const syntax::CallExpr &expr) {
  return callExpr(expr.callee, expr.arguments, expr.keywords, expr.span,
                  expr.parentheses);
}

Infer::ExpressionPtr Infer::inferPipe(const syntax::PipeExpr &expr) {
  const Expr *right = expr.right;
  if (auto *attempt = dyn_cast<syntax::TryExpr>(right);
      attempt && !right->isParenthesised) {
    // `x |> f()?` is `(x |> f())?`.
    auto *inner = new (world.syntaxMemory.Allocate<syntax::PipeExpr>())
        syntax::PipeExpr(expr.opSpan, expr.left, attempt->operand);
    auto *outer = new (world.syntaxMemory.Allocate<syntax::TryExpr>())
        syntax::TryExpr(inner, attempt->mark);
    return inferTry(*outer);
  }
  if (auto *call = dyn_cast<syntax::CallExpr>(right);
      call && !right->isParenthesised) {
    llvm::SmallVector<const Expr *> arguments{expr.left};
    llvm::append_range(arguments, call->arguments);
    return callExpr(call->callee, arguments, call->keywords, expr.span,
                    call->parentheses);
  }
  return callExpr(right, expr.left, {}, expr.span, right->span);
}

Infer::ExpressionPtr
Infer::callExpr(const Expr *callee, Arguments arguments,
                llvm::ArrayRef<syntax::KeywordArgument> keywords, Span span,
                Span parentheses) {
  if (auto *name = dyn_cast<syntax::NameExpr>(callee)) {
    if (!name->name)
      return call(Target(), arguments, keywords, span, callee->span);
    return call(resolveName(name->name), arguments, keywords, span,
                callee->span);
  }
  if (auto *member = dyn_cast<syntax::MemberExpr>(callee)) {
    bool isValue = false;
    Target target = resolveMember(*member, &isValue);
    if (!isValue)
      return call(std::move(target), arguments, keywords, span, callee->span);
    return callMethod(*member, infer(member->object), arguments, keywords,
                      span);
  }
  if (callee->kind == Expr::Kind::Self && !findLocal("self") &&
      arguments.empty() && keywords.empty())
    return inferOwnPid(span);
  return call(valueTarget(infer(callee)), arguments, keywords, span,
              callee->span);
}

/// `n + 1` argument in words.
static std::string ordinal(unsigned n) {
  static const char *words[] = {"first", "second", "third",   "fourth",
                                "fifth", "sixth",  "seventh", "eighth"};
  return n < 8 ? words[n] : std::to_string(n + 1) + "th";
}

StringRef Infer::parameterName(const Target &target, unsigned number) const {
  auto ofPattern = [](const syntax::Parameter &parameter) {
    auto *bind = dyn_cast<syntax::BindPattern>(parameter.pattern);
    return bind ? bind->name.text : StringRef();
  };
  if (target.function && !target.function->constant &&
      number < target.function->first()->parameters.size())
    return ofPattern(target.function->first()->parameters[number]);
  if (target.method && number < target.method->item->parameters.size())
    return ofPattern(target.method->item->parameters[number]);
  if (target.library) {
    unsigned at = 0;
    const plumb_intr_row &row = *target.library->row;
    for (uint32_t i = 0; i < row.num_params; ++i)
      if (plumb::intr::isOperand(row.params[i]) || row.params[i].callback)
        if (at++ == number)
          return row.params[i].name;
  }
  return "";
}

Span Infer::parameterSpan(const Target &target, unsigned number) const {
  if (target.function && !target.function->constant &&
      number < target.function->first()->parameters.size())
    return target.function->first()->parameters[number].span;
  if (target.method && target.trait->module &&
      number < target.method->item->parameters.size())
    return target.method->item->parameters[number].span;
  if (target.constructor && target.constructor->type->module)
    return target.constructor->span;
  return {};
}

Reason Infer::argumentReason(const Target &target, unsigned number) const {
  Reason reason;
  reason.kind = Reason::Kind::Argument;
  reason.name = world.save(target.shown);
  reason.ordinal = number;
  reason.detail = parameterName(target, number);
  reason.span = parameterSpan(target, number);
  return reason;
}

void Infer::wrongCount(const Target &target, size_t wanted, size_t found,
                       Span span, Arguments arguments) {
  std::string callee = target.shown.empty() ? "this function" : target.shown;
  std::string label;
  Span at = span;
  if (found < wanted) {
    std::string names;
    for (size_t i = found; i < wanted; ++i)
      if (StringRef name = parameterName(target, i); !name.empty())
        names += (names.empty() ? "" : ", ") + quoted(name);
    label = names.empty() ? std::to_string(wanted - found) + " missing"
                          : "missing: " + names;
  } else {
    size_t given = found - arguments.size();
    if (wanted >= given && wanted - given < arguments.size())
      at = arguments[wanted - given]->span;
    label = "the " + ordinal(wanted) + " argument is one too many";
  }
  auto &message = world.report(Code::ArgumentCount, at,
                               callee + " takes " + std::to_string(wanted) +
                                   " argument" + (wanted == 1 ? "" : "s") +
                                   ", but " + std::to_string(found) +
                                   (found == 1 ? " is" : " are") + " given",
                               label);
  if (target.function)
    message.label(target.function->nameSpan(), "defined here");
  else if (target.constructor && target.constructor->type->module)
    message.label(target.constructor->span, "defined here");
}

Infer::ExpressionPtr
Infer::call(Target target, Arguments arguments,
            llvm::ArrayRef<syntax::KeywordArgument> keywords, Span span,
            Span calleeSpan, std::vector<ExpressionPtr> given) {
  if (ExpressionPtr made = callOnTuple(target, arguments, given, span))
    return made;
  Ty *type = target.type ? flushed(target.type) : types.error();
  size_t count = given.size() + arguments.size() + !keywords.empty();
  if (type->kind == Ty::Kind::Variable) {
    llvm::SmallVector<Ty *> parameters;
    for (size_t i = 0; i < count; ++i)
      parameters.push_back(types.variable());
    Ty *made = types.function(parameters, types.variable());
    types.unify(type, made);
    type = TypeStore::find(made);
  }
  bool isFunction = type->kind == Ty::Kind::Function;
  size_t wanted = isFunction ? type->parts.size() - 1 : 0;
  if (!isFunction || wanted != count) {
    if (isFunction)
      wrongCount(target, wanted, count, calleeSpan.to(span), arguments);
    else if (type->kind != Ty::Kind::Error)
      world.report(Code::NotAFunction, calleeSpan,
                   "a value of type " + quoted(toString(type)) +
                       " cannot be called",
                   "this is no function");
    for (const Expr *each : arguments)
      drop(infer(each));
    for (auto &each : keywords)
      drop(infer(each.value));
    for (ExpressionPtr &each : given)
      drop(std::move(each));
    drop(std::move(target.value));
    auto made = error(span);
    // The result's type is known in spite of the count.
    if (isFunction)
      made->type = pending(type->result());
    return made;
  }
  std::vector<ExpressionPtr> operands = std::move(given);
  size_t first = operands.size();
  operands.resize(count);
  for (size_t i = 0; i < first; ++i)
    if (auto why = types.unify(type->parts[i], typeOf(operands[i]));
        why != Disagreement::None)
      mismatch(calleeSpan, type->parts[i], typeOf(operands[i]),
               argumentReason(target, i), nullptr, why);
  // Closures last: then what they get is mostly known.
  for (bool closures : {false, true})
    for (auto [i, each] : llvm::enumerate(arguments))
      if (isa<syntax::ClosureExpr>(each) == closures) {
        operands[first + i] =
            infer(each, Expected(type->parts[first + i],
                                 argumentReason(target, first + i)));
        group.obligations.flush();
      }
  if (!keywords.empty())
    operands[count - 1] =
        keywordMap(keywords, type->parts[count - 1], target, count - 1, span);
  FunctionDecl *actor = target.function;
  if (!actor || !actor->isActor)
    return finishCall(target, std::move(operands), type->result(), span,
                      calleeSpan);
  if (callable->actor != actor)
    world
        .report(Code::NotAFunction, calleeSpan,
                quoted(actor->name) + " is an actor, not a function",
                "actors are not called")
        .setHelp("start it with `spawn(" + actor->name.str() + ", …)`");
  // The actor goes on with these arguments; nothing comes back.
  auto again =
      finishCall(target, std::move(operands), library.unit, span, calleeSpan);
  auto made = make(Kind::Return, types.variable(), span);
  made->operands.push_back(std::move(again));
  return made;
}

Infer::ExpressionPtr
Infer::keywordMap(llvm::ArrayRef<syntax::KeywordArgument> keywords, Ty *wanted,
                  const Target &target, unsigned number, Span span) {
  LibraryFunction *empty = library.findOperator("map", nullptr);
  if (!empty)
    return error(span);
  Ty *value = types.variable();
  Ty *type = types.named(TypeStore::head(empty->scheme.type->result()),
                         {library.string, value});
  Span at = keywords.front().name.span.to(keywords.back().value->span);
  if (auto why = types.unify(wanted, type); why != Disagreement::None)
    mismatch(at, wanted, type, argumentReason(target, number), nullptr, why);
  auto made = make(Kind::Map, type, at);
  Reason reason;
  for (auto &each : keywords) {
    auto key = make(Kind::String, library.string, each.name.span);
    key->text = each.name.text.str();
    made->operands.push_back(std::move(key));
    made->operands.push_back(infer(each.value, Expected(value, reason)));
    if (reason.kind == Reason::Kind::None)
      reason = {Reason::Kind::Value, each.value->span};
  }
  return made;
}

void Infer::requireBounds(Target &target, Span span) {
  for (BoundDecl &bound : target.bounds) {
    Requirement requirement;
    requirement.bound = bound;
    requirement.span = span;
    requirement.asker = target.shown;
    requirement.function = &function;
    group.obligations.require(std::move(requirement));
  }
}

Infer::ExpressionPtr Infer::finishCall(Target &target,
                                       std::vector<ExpressionPtr> operands,
                                       Ty *result, Span span, Span calleeSpan,
                                       core::Expression *into) {
  ExpressionPtr owned;
  auto start = [&](Kind kind) -> core::Expression & {
    if (!into) {
      owned = make(kind, result, span);
      into = owned.get();
    } else {
      into->kind = kind;
    }
    return *into;
  };
  switch (target.kind) {
  case Target::Kind::Error: {
    for (ExpressionPtr &each : operands)
      drop(std::move(each));
    start(Kind::Fail);
    return owned;
  }
  case Target::Kind::Function: {
    core::Expression &node = start(Kind::Call);
    node.function = coreOf(*target.function);
    for (Ty *each : target.arguments)
      node.typeArguments.push_back(pending(each));
    if (target.function->state != FunctionDecl::State::Done &&
        !target.function->isWritten)
      group.ownCalls.push_back({&node, target.function});
    node.operands = std::move(operands);
    break;
  }
  case Target::Kind::Library: {
    core::Expression &node = start(Kind::Intrinsic);
    node.row = target.library->row;
    for (Ty *each : target.arguments)
      node.typeArguments.push_back(pending(each));
    node.operands = std::move(operands);
    break;
  }
  case Target::Kind::Lifted: {
    owned = useLifted(*target.lifted, Kind::Call, span, target.arguments);
    owned->type = pending(result);
    if (target.lifted->isOpen)
      target.lifted->ownUses.push_back(owned.get());
    for (ExpressionPtr &each : operands)
      owned->operands.push_back(std::move(each));
    break;
  }
  case Target::Kind::Constructor: {
    core::Expression &node = start(Kind::Construct);
    node.integer = target.constructor->number;
    node.text = target.constructor->name.str();
    node.operands = std::move(operands);
    break;
  }
  case Target::Kind::Method: {
    core::Expression &node = start(Kind::MethodCall);
    node.operands = std::move(operands);
    requireMethod(target, &node, calleeSpan);
    break;
  }
  case Target::Kind::Value: {
    core::Expression &node = start(Kind::CallClosure);
    node.operands.push_back(std::move(target.value));
    for (ExpressionPtr &each : operands)
      node.operands.push_back(std::move(each));
    break;
  }
  }
  requireBounds(target, calleeSpan);
  return owned;
}

} // namespace snow::check
