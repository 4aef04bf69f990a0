//===- Types.cpp - Unification with levels --------------------------------===//

#include "frontends/snow/check/Types.h"
#include "frontends/snow/check/Declarations.h"

namespace snow::check {

using llvm::ArrayRef;
using llvm::SmallVectorImpl;

Ty *TypeStore::make(Ty::Kind kind) {
  Ty *type = new (memory.Allocate<Ty>()) Ty();
  type->kind = kind;
  return type;
}

ArrayRef<Ty *> TypeStore::copy(ArrayRef<Ty *> parts) {
  return parts.copy(memory);
}

/// Whether a type of these parts may be made.
bool TypeStore::measure(ArrayRef<Ty *> parts, unsigned &depth, unsigned &size) {
  depth = 0, size = 1;
  for (Ty *part : parts) {
    part = find(part);
    depth = std::max(depth, part->depth);
    size += part->size;
  }
  ++depth;
  if (depth <= maxDepth && size <= maxSize)
    return true;
  tooDeep = true;
  return false;
}

Ty *TypeStore::variableAt(unsigned level) {
  Ty *type = make(Ty::Kind::Variable);
  type->level = level;
  return type;
}

Ty *TypeStore::named(TypeDecl *decl, ArrayRef<Ty *> arguments) {
  if (arguments.empty() && decl->plain)
    return decl->plain;
  unsigned depth, size;
  if (!measure(arguments, depth, size))
    return error();
  Ty *type = make(Ty::Kind::Named);
  type->decl = decl;
  type->parts = copy(arguments);
  type->depth = depth;
  type->size = size;
  if (arguments.empty())
    decl->plain = type;
  return type;
}

Ty *TypeStore::function(ArrayRef<Ty *> parameters, Ty *result) {
  llvm::SmallVector<Ty *> parts(parameters);
  parts.push_back(result);
  unsigned depth, size;
  if (!measure(parts, depth, size))
    return error();
  Ty *type = make(Ty::Kind::Function);
  type->parts = copy(parts);
  type->depth = depth;
  type->size = size;
  return type;
}

Ty *TypeStore::rigid(llvm::StringRef name, void *owner, unsigned index) {
  Ty *type = make(Ty::Kind::Rigid);
  type->name = name;
  type->owner = owner;
  type->index = index;
  return type;
}

bool TypeStore::hasError(Ty *type) {
  type = find(type);
  if (type->kind == Ty::Kind::Error)
    return true;
  for (Ty *part : type->parts)
    if (hasError(part))
      return true;
  return false;
}

Disagreement TypeStore::adjust(Ty *variable, Ty *type, unsigned depth) {
  type = find(type);
  if (type == variable)
    return Disagreement::Infinite;
  if (depth > maxDepth || ++steps > maxSteps)
    return Disagreement::TooDeep;
  if (type->kind == Ty::Kind::Variable) {
    type->level = std::min(type->level, variable->level);
    return Disagreement::None;
  }
  for (Ty *part : type->parts)
    if (auto why = adjust(variable, part, depth + 1); why != Disagreement::None)
      return why;
  return Disagreement::None;
}

Disagreement TypeStore::bind(Ty *variable, Ty *type) {
  if (auto why = adjust(variable, type, 0); why != Disagreement::None)
    return why;
  variable->kind = Ty::Kind::Link;
  variable->parts = copy(type);
  if (variable->waiters >= 0) {
    if (type->kind != Ty::Kind::Variable)
      woken.push_back(variable->waiters);
    else if (type->waiters < 0)
      type->waiters = variable->waiters;
    else
      mergedWaiters.push_back({type->waiters, variable->waiters});
  }
  return Disagreement::None;
}

Disagreement TypeStore::unify(Ty *a, Ty *b) { return unifyAt(a, b, 0); }

Disagreement TypeStore::unifyAt(Ty *a, Ty *b, unsigned depth) {
  a = find(a), b = find(b);
  if (a == b)
    return Disagreement::None;
  if (depth > maxDepth || ++steps > maxSteps)
    return Disagreement::TooDeep;
  if (a->kind == Ty::Kind::Variable)
    return bind(a, b);
  if (b->kind == Ty::Kind::Variable)
    return bind(b, a);
  if (a->kind == Ty::Kind::Error || b->kind == Ty::Kind::Error)
    return Disagreement::None;
  if (a->kind != b->kind || a->kind == Ty::Kind::Rigid || a->decl != b->decl ||
      a->parts.size() != b->parts.size())
    return Disagreement::Different;
  // All parts, so that a message shows what is known of both.
  auto worst = Disagreement::None;
  for (auto [partA, partB] : llvm::zip(a->parts, b->parts)) {
    auto why = unifyAt(partA, partB, depth + 1);
    if (worst == Disagreement::None)
      worst = why;
    if (worst == Disagreement::TooDeep)
      break;
  }
  return worst;
}

bool TypeStore::mayUnify(Ty *a, Ty *b) {
  a = find(a), b = find(b);
  if (a == b || ++steps > maxSteps)
    return true;
  auto anything = [](Ty *type) {
    return type->kind == Ty::Kind::Error || type->kind == Ty::Kind::Variable;
  };
  if (anything(a) || anything(b))
    return true;
  if (a->kind != b->kind || a->kind == Ty::Kind::Rigid || a->decl != b->decl ||
      a->parts.size() != b->parts.size())
    return false;
  for (auto [partA, partB] : llvm::zip(a->parts, b->parts))
    if (!mayUnify(partA, partB))
      return false;
  return true;
}

void TypeStore::generalize(Ty *type, void *owner, SmallVectorImpl<Ty *> &made) {
  type = find(type);
  if (++steps > maxSteps)
    return;
  if (type->kind == Ty::Kind::Variable && type->level > level) {
    type->kind = Ty::Kind::Rigid;
    type->owner = owner;
    type->index = made.size();
    made.push_back(type);
    return;
  }
  for (Ty *part : type->parts)
    generalize(part, owner, made);
}

void TypeStore::lower(Ty *type, unsigned to) {
  type = find(type);
  if (++steps > maxSteps)
    return;
  if (type->kind == Ty::Kind::Variable)
    type->level = std::min(type->level, to);
  for (Ty *part : type->parts)
    lower(part, to);
}

Ty *TypeStore::substitute(Ty *type, ArrayRef<Ty *> from, ArrayRef<Ty *> to) {
  if (from.empty())
    return type;
  for (auto [a, b] : llvm::zip(from, to))
    a->copyAs = b;
  Ty *result = substituteAt(type);
  for (Ty *a : from)
    a->copyAs = nullptr;
  return result;
}

Ty *TypeStore::substituteAt(Ty *type) {
  type = find(type);
  if (type->kind == Ty::Kind::Rigid)
    return type->copyAs ? type->copyAs : type;
  if (type->parts.empty())
    return type;
  if (++steps > maxSteps)
    return error();
  llvm::SmallVector<Ty *, 4> parts;
  bool changed = false;
  for (Ty *part : type->parts) {
    Ty *copied = substituteAt(part);
    changed |= copied != find(part);
    parts.push_back(copied);
  }
  if (!changed)
    return type;
  if (type->kind == Ty::Kind::Named)
    return named(type->decl, parts);
  Ty *result = parts.pop_back_val();
  return function(parts, result);
}

static void print(Ty *type, std::string &out, unsigned depth) {
  type = TypeStore::find(type);
  if (depth > 20 || out.size() > 400) {
    out += "…";
    return;
  }
  auto list = [&](ArrayRef<Ty *> parts) {
    for (size_t i = 0; i < parts.size(); ++i) {
      if (i)
        out += ", ";
      print(parts[i], out, depth + 1);
    }
  };
  switch (type->kind) {
  case Ty::Kind::Variable:
  case Ty::Kind::Error:
  case Ty::Kind::Link:
    out += "_";
    return;
  case Ty::Kind::Rigid:
    out += type->name.empty() ? std::string(1, char('A' + type->index % 26))
                              : type->name.str();
    return;
  case Ty::Kind::Function:
    out += "Fun(";
    list(type->parameters());
    out += ") -> ";
    print(type->result(), out, depth + 1);
    return;
  case Ty::Kind::Named:
    break;
  }
  if (type->decl->isTuple || type->decl->isUnit) {
    out += "(";
    list(type->parts);
    out += ")";
    return;
  }
  out += type->decl->shown;
  if (type->parts.empty())
    return;
  out += "<";
  list(type->parts);
  out += ">";
}

std::string toString(Ty *type) {
  std::string out;
  print(type, out, 0);
  return out;
}

} // namespace snow::check
