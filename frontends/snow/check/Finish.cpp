//===- Finish.cpp - Core whose types are known ----------------------------===//

#include "frontends/snow/check/Finish.h"

namespace snow::check {

const core::Type *settle(World &world, Ty *type) {
  core::TypeTable &table = world.program.table;
  type = TypeStore::find(type);
  switch (type->kind) {
  case Ty::Kind::Variable:
  case Ty::Kind::Link:
  case Ty::Kind::Error:
    return table.unit();
  case Ty::Kind::Rigid:
    return table.parameter(type->index);
  case Ty::Kind::Named:
  case Ty::Kind::Function:
    break;
  }
  if (type->settled)
    return type->settled;
  llvm::SmallVector<const core::Type *> parts;
  bool isFinal = true;
  for (Ty *part : type->parts) {
    parts.push_back(settle(world, part));
    part = TypeStore::find(part);
    isFinal &= part->settled != nullptr;
  }
  const core::Type *made;
  if (type->kind == Ty::Kind::Named) {
    made = table.named(type->decl->name, parts);
  } else {
    const core::Type *result = parts.pop_back_val();
    made = table.function(parts, result);
  }
  // Unless a variable in it may still become something.
  if (isFinal)
    type->settled = made;
  return made;
}

namespace {

class Finisher {
public:
  explicit Finisher(Group &group) : group(group), world(group.world) {}

  void run() {
    generalize();
    finishLifted();
    for (auto [call, callee] : group.ownCalls)
      for (Ty *each : callee->scheme.parameters)
        call->typeArguments.push_back(pending(each));
    for (core::Variable *each : group.variables)
      each->type = settle(world, pendingType(each->type));
    for (FunctionDecl *each : group.functions) {
      each->core->numTypeParameters = each->scheme.parameters.size();
      function(*each->core);
    }
    for (Lifted &each : group.lifted)
      if (each.core)
        function(*each.core);
  }

private:
  void generalize() {
    Obligations &obligations = group.obligations;
    obligations.settleDefaults();
    obligations.giveUp();
    obligations.settleDefaults();
    world.types.level = 0;
    llvm::SmallVector<Ty *> made;
    for (FunctionDecl *each : group.functions)
      llvm::append_range(made, each->scheme.parameters);
    size_t written = made.size();
    for (FunctionDecl *each : group.functions)
      if (!each->isWritten)
        world.types.generalize(each->scheme.type, each, made);
    for (size_t i = 0; i < made.size(); ++i)
      if (i >= written || group.functions.size() > 1)
        made[i]->index = i;
    if (group.functions.size() > 1 || made.size() > written)
      for (FunctionDecl *each : group.functions)
        each->scheme.parameters.assign(made.begin(), made.end());
    std::vector<Requirement> open;
    for (Requirement &each : obligations.takeWaiting()) {
      Ty *subject = TypeStore::find(each.bound.subject);
      if (subject->kind == Ty::Kind::Rigid)
        obligations.require(std::move(each));
      else
        open.push_back(std::move(each));
    }
    obligations.settleRest(std::move(open));
    for (FunctionDecl *each : group.functions)
      each->state = FunctionDecl::State::Done;
  }

  /// The type parameters of what a local function stands in, outermost first.
  void outerParameters(const Lifted &lifted, llvm::SmallVectorImpl<Ty *> &out) {
    if (lifted.parent) {
      outerParameters(*lifted.parent, out);
      llvm::append_range(out, lifted.parent->scheme.parameters);
    } else {
      llvm::append_range(out, lifted.owner->scheme.parameters);
    }
  }

  void finishLifted() {
    for (Lifted &lifted : group.lifted) {
      if (!lifted.core)
        continue;
      llvm::SmallVector<Ty *> outer;
      outerParameters(lifted, outer);
      for (auto [i, each] : llvm::enumerate(lifted.scheme.parameters))
        each->index = outer.size() + i;
      core::Function &core = *lifted.core;
      core.numTypeParameters = outer.size() + lifted.scheme.parameters.size();
      std::vector<core::Variable *> parameters;
      for (auto &[captured, parameter] : lifted.captures)
        parameters.push_back(parameter);
      llvm::append_range(parameters, core.parameters);
      core.parameters = std::move(parameters);
      for (core::Expression *use : lifted.ownUses)
        for (Ty *each : lifted.scheme.parameters)
          use->typeArguments.push_back(pending(each));
      for (Lifted::Site &site : lifted.sites) {
        auto &arguments = site.expression->typeArguments;
        std::vector<const core::Type *> all;
        for (Ty *each : outer)
          all.push_back(pending(each));
        llvm::append_range(all, arguments);
        arguments = std::move(all);
      }
    }
  }

  void function(core::Function &core) {
    core.result = settle(world, pendingType(core.result));
    if (core.body)
      expression(*core.body);
  }

  void type(const core::Type *&type) {
    if (type)
      type = settle(world, pendingType(type));
  }

  void pattern(core::Pattern &pattern) {
    type(pattern.type);
    for (core::Pattern &each : pattern.parts)
      this->pattern(each);
    if (pattern.rest)
      this->pattern(*pattern.rest);
  }

  void expression(core::Expression &expression) {
    type(expression.type);
    type(expression.selfType);
    for (const core::Type *&each : expression.typeArguments)
      type(each);
    if (expression.pattern)
      pattern(*expression.pattern);
    for (core::ExpressionPtr &each : expression.operands)
      if (each)
        this->expression(*each);
    for (core::Arm &arm : expression.arms) {
      pattern(arm.pattern);
      if (arm.guard)
        this->expression(*arm.guard);
      if (arm.body)
        this->expression(*arm.body);
    }
  }

  Group &group;
  World &world;
};

} // namespace

void finish(Group &group) { Finisher(group).run(); }

} // namespace snow::check
