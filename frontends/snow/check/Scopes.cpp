//===- Scopes.cpp - Local names and what functions capture ----------------===//

#include "frontends/snow/check/Infer.h"

namespace snow::check {

using llvm::StringRef;

void Infer::push(StringRef name, core::Variable *variable, Ty *type, Span span,
                 bool mayBeUnused, Lifted *function) {
  Local made;
  made.name = name;
  made.variable = variable;
  made.function = function;
  made.type = type;
  made.span = span;
  made.mayBeUnused =
      mayBeUnused || name.starts_with("_") || name == "self" || name.empty();
  auto [known, isNew] = names.try_emplace(name, -1);
  made.shadowed = known->second;
  known->second = int(locals.size());
  locals.push_back(std::move(made));
}

void Infer::popTo(size_t size) {
  while (locals.size() > size) {
    Local &last = locals.back();
    if (!last.isUsed && !last.mayBeUnused)
      group.unusedNames.push_back({last.span, last.name});
    names[last.name] = last.shadowed;
    locals.pop_back();
  }
}

Local *Infer::findLocal(StringRef name) {
  auto found = names.find(name);
  if (found == names.end() || found->second < 0)
    return nullptr;
  return &locals[found->second];
}

/// A closure that stayed one shares the variables of what it stands in.
static Lifted *real(Lifted *place) {
  while (place && place->isClosure)
    place = place->parent;
  return place;
}

core::Variable *Infer::inside(core::Variable *variable, Lifted *at) {
  at = real(at);
  if (!at || real(homes.lookup(variable)) == at)
    return variable;
  auto found = at->captures.find(variable);
  if (found != at->captures.end())
    return found->second;
  capture(*at, variable);
  return at->captures[variable];
}

void Infer::capture(Lifted &lifted, core::Variable *captured) {
  core::Variable &made = world.program.variables.emplace_back();
  made.name = captured->name;
  made.type = captured->type;
  made.where = captured->where;
  group.variables.push_back(&made);
  homes[&made] = &lifted;
  lifted.captures[captured] = &made;
  size_t position = lifted.captures.size() - 1;
  // Who calls it already passes one more. A site that this makes capture, too,
  // may add sites.
  for (size_t i = 0; i < lifted.sites.size(); ++i) {
    Lifted::Site site = lifted.sites[i];
    auto value = std::make_unique<core::Expression>(Kind::Local, captured->type,
                                                    site.expression->where);
    value->variable = inside(captured, site.place);
    auto &operands = site.expression->operands;
    operands.insert(operands.begin() + position, std::move(value));
  }
}

Infer::ExpressionPtr Infer::useLifted(Lifted &lifted, Kind kind, Span span,
                                      llvm::ArrayRef<Ty *> arguments) {
  auto made = make(Kind::Call, types.error(), span);
  made->function = lifted.core;
  for (Ty *each : arguments)
    made->typeArguments.push_back(pending(each));
  for (size_t i = 0; i < lifted.captures.size(); ++i) {
    core::Variable *captured = (lifted.captures.begin() + i)->first;
    auto value = make(Kind::Local, pendingType(captured->type), span);
    value->variable = inside(captured, place);
    made->operands.push_back(std::move(value));
  }
  lifted.sites.push_back({made.get(), place});
  return made;
}

} // namespace snow::check
