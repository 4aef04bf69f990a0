//===- InferPattern.cpp - Patterns ----------------------------------------===//

#include "frontends/snow/check/Infer.h"

namespace snow::check {

using llvm::cast;
using llvm::StringRef;
using Made = core::Pattern::Kind;

core::Variable *Infer::bindName(syntax::Name name, Ty *type, bool mayBeUnused) {
  if (alternative) {
    // A later alternative of an or-pattern binds what the first one does.
    auto found = alternative->find(name.text);
    if (found != alternative->end()) {
      core::Variable *known = found->second;
      boundNames->try_emplace(name.text, name.span);
      if (auto why = types.unify(pendingType(known->type), type);
          why != Disagreement::None)
        mismatch(name.span, pendingType(known->type), type,
                 {Reason::Kind::Pattern, name.span, name.text}, nullptr, why);
      return known;
    }
  }
  if (boundNames) {
    auto [known, isNew] = boundNames->try_emplace(name.text, name.span);
    if (!isNew && name)
      world
          .report(Code::RepeatedName, name.span,
                  quoted(name.text) + " is bound twice in one pattern",
                  "bound again")
          .label(known->second, "first bound here");
  }
  core::Variable *made = variable(name.text, type, name.span);
  push(name.text, made, type, name.span, mayBeUnused);
  return made;
}

void Infer::agreePattern(const syntax::Pattern *pattern, Ty *found, Ty *type,
                         const Reason &reason) {
  // The scrutinee asks for its type.
  if (auto why = types.unify(type, found); why != Disagreement::None) {
    Reason given = reason;
    if (given.kind == Reason::Kind::None)
      given.kind = Reason::Kind::Matched;
    mismatch(pattern->span, type, found, given, nullptr, why);
  }
}

core::Pattern Infer::inferPattern(const syntax::Pattern *pattern, Ty *type,
                                  const Reason &reason, bool mayBeUnused) {
  if (!boundNames) {
    llvm::StringMap<Span> bound;
    boundNames = &bound;
    core::Pattern made = inferPattern(pattern, type, reason, mayBeUnused);
    boundNames = nullptr;
    return made;
  }
  core::Pattern made;
  made.type = pending(type);
  made.where = world.location(pattern->span);
  auto literal = [&](Made kind, Ty *found) {
    made.kind = kind;
    agreePattern(pattern, found, type, reason);
  };
  switch (pattern->kind) {
  case syntax::Pattern::Kind::Wildcard:
  case syntax::Pattern::Kind::Error:
    break;
  case syntax::Pattern::Kind::Bind: {
    made.kind = Made::Bind;
    made.variable =
        bindName(cast<syntax::BindPattern>(pattern)->name, type, mayBeUnused);
    break;
  }
  case syntax::Pattern::Kind::Int:
    literal(Made::Int, library.integer);
    made.integer = cast<syntax::IntPattern>(pattern)->value;
    break;
  case syntax::Pattern::Kind::Float:
    literal(Made::Float, library.real);
    made.number = cast<syntax::FloatPattern>(pattern)->value;
    break;
  case syntax::Pattern::Kind::Bool:
    literal(Made::Bool, library.boolean);
    made.integer = cast<syntax::BoolPattern>(pattern)->value;
    break;
  case syntax::Pattern::Kind::String:
    literal(Made::String, library.string);
    made.text = cast<syntax::TextPattern>(pattern)->text.str();
    break;
  case syntax::Pattern::Kind::Atom:
    literal(Made::Atom, library.atom);
    made.text = cast<syntax::TextPattern>(pattern)->text.str();
    break;
  case syntax::Pattern::Kind::Nil:
    literal(Made::Unit, library.unit);
    break;
  case syntax::Pattern::Kind::Tuple: {
    auto *tuple = cast<syntax::TuplePattern>(pattern);
    if (tuple->elements.empty()) {
      literal(Made::Unit, library.unit);
      break;
    }
    llvm::SmallVector<Ty *> parts;
    for (size_t i = 0; i < tuple->elements.size(); ++i)
      parts.push_back(types.variable());
    literal(Made::Constructor, library.tupleOf(parts));
    for (auto [element, part] : llvm::zip(tuple->elements, parts))
      made.parts.push_back(inferPattern(element, part, reason, mayBeUnused));
    break;
  }
  case syntax::Pattern::Kind::Constructor:
    return inferConstructor(*cast<syntax::ConstructorPattern>(pattern), type,
                            reason, mayBeUnused);
  case syntax::Pattern::Kind::Cons:
  case syntax::Pattern::Kind::List: {
    LibraryFunction *empty = library.findOperator("list", nullptr);
    if (!empty)
      break;
    Ty *element = types.variable();
    Ty *list =
        types.named(TypeStore::head(empty->scheme.type->result()), element);
    literal(Made::List, list);
    if (auto *cons = llvm::dyn_cast<syntax::ConsPattern>(pattern)) {
      made.parts.push_back(
          inferPattern(cons->head, element, reason, mayBeUnused));
      made.rest = std::make_unique<core::Pattern>(
          inferPattern(cons->tail, list, reason, mayBeUnused));
      break;
    }
    for (auto *each : cast<syntax::ListPattern>(pattern)->elements)
      made.parts.push_back(inferPattern(each, element, reason, mayBeUnused));
    break;
  }
  case syntax::Pattern::Kind::Or:
    return inferOr(*cast<syntax::OrPattern>(pattern), type, reason,
                   mayBeUnused);
  case syntax::Pattern::Kind::As: {
    auto *as = cast<syntax::AsPattern>(pattern);
    made.kind = Made::Bind;
    made.rest = std::make_unique<core::Pattern>(
        inferPattern(as->pattern, type, reason, mayBeUnused));
    made.variable = bindName(as->name, type, mayBeUnused);
    break;
  }
  }
  return made;
}

core::Pattern Infer::inferConstructor(const syntax::ConstructorPattern &pattern,
                                      Ty *type, const Reason &reason,
                                      bool mayBeUnused) {
  core::Pattern made;
  made.type = pending(type);
  made.where = world.location(pattern.span);
  const ConstructorDecl *constructor = findConstructor(pattern.path, type);
  if (!constructor) {
    // What it binds exists, so that its uses are no errors of their own.
    for (auto *each : pattern.arguments)
      inferPattern(each, types.error(), reason, true);
    return made;
  }
  made.kind = Made::Constructor;
  made.integer = constructor->number;
  made.text = constructor->name.str();
  auto arguments = fresh(constructor->type->parameters);
  agreePattern(&pattern, types.named(constructor->type, arguments), type,
               reason);
  size_t wanted = constructor->fields.size();
  if (pattern.arguments.size() != wanted) {
    auto &message =
        world.report(Code::PatternArguments, pattern.span,
                     "constructor " + quoted(constructor->name) + " has " +
                         std::to_string(wanted) + " field" +
                         (wanted == 1 ? "" : "s") + ", but the pattern gives " +
                         std::to_string(pattern.arguments.size()));
    if (constructor->type->module)
      message.label(constructor->span, "defined here");
    made.kind = Made::Wildcard;
    for (auto *each : pattern.arguments)
      inferPattern(each, types.error(), reason, true);
    return made;
  }
  for (auto [argument, field] :
       llvm::zip(pattern.arguments, constructor->fields))
    made.parts.push_back(inferPattern(
        argument,
        types.substitute(field, constructor->type->parameters, arguments),
        reason, mayBeUnused));
  return made;
}

core::Pattern Infer::inferOr(const syntax::OrPattern &pattern, Ty *type,
                             const Reason &reason, bool mayBeUnused) {
  core::Pattern made;
  made.kind = Made::Or;
  made.type = pending(type);
  made.where = world.location(pattern.span);
  llvm::StringMap<core::Variable *> first;
  auto *outerAlternative = alternative;
  auto *outerBound = boundNames;
  llvm::StringMap<Span> firstNames;
  size_t scope = locals.size();
  for (auto [i, each] : llvm::enumerate(pattern.alternatives)) {
    llvm::StringMap<Span> bound;
    boundNames = &bound;
    if (i > 0)
      alternative = &first;
    size_t before = locals.size();
    made.parts.push_back(inferPattern(each, type, reason, mayBeUnused));
    if (i == 0) {
      for (size_t l = scope; l < locals.size(); ++l)
        first[locals[l].name] = locals[l].variable;
      if (outerAlternative)
        for (auto &name : bound)
          if (auto known = outerAlternative->find(name.getKey());
              known != outerAlternative->end())
            first[name.getKey()] = known->second;
      for (auto &name : bound)
        firstNames[name.getKey()] = name.second;
      continue;
    }
    for (size_t l = before; l < locals.size(); ++l)
      locals[l].mayBeUnused = true;
    for (auto &name : bound)
      if (!firstNames.count(name.getKey()))
        world
            .report(Code::OrPatternNames, name.second,
                    quoted(name.getKey()) +
                        " is bound in one alternative of the pattern but not "
                        "in the others",
                    "bound only here")
            .label(pattern.alternatives[0]->span, "not bound here");
    for (auto &name : firstNames)
      if (!bound.count(name.getKey()))
        world
            .report(Code::OrPatternNames, each->span,
                    quoted(name.getKey()) +
                        " is bound in one alternative of the pattern but not "
                        "in the others",
                    "not bound here")
            .label(name.second, "bound only here");
  }
  alternative = outerAlternative;
  boundNames = outerBound;
  for (auto &name : firstNames) {
    if (!boundNames)
      break;
    auto [known, isNew] = boundNames->try_emplace(name.getKey(), name.second);
    if (!isNew)
      world
          .report(Code::RepeatedName, name.second,
                  quoted(name.getKey()) + " is bound twice in one pattern",
                  "bound again")
          .label(known->second, "first bound here");
  }
  return made;
}

} // namespace snow::check
