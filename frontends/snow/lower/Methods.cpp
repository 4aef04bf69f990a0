//===- Methods.cpp - Impls and operators by type --------------------------===//

#include "frontends/snow/lower/ModuleLowering.h"

using namespace snow;
using namespace snow::lower;

/// Whether `pattern`, with Parameters, is `type`; binds them.
static bool unify(const core::Type *pattern, const core::Type *type,
                  TypeList &bound) {
  if (pattern->kind() == core::Type::Kind::Parameter) {
    if (pattern->index() >= bound.size())
      bound.resize(pattern->index() + 1);
    const core::Type *&known = bound[pattern->index()];
    if (!known)
      known = type;
    return known == type;
  }
  if (pattern->isConcrete())
    return pattern == type;
  if (pattern->kind() != type->kind())
    return false;
  auto parts = [](const core::Type *of) {
    if (of->kind() == core::Type::Kind::Named)
      return TypeList(of->arguments());
    TypeList all(of->parameters());
    all.push_back(of->result());
    return all;
  };
  if (pattern->kind() == core::Type::Kind::Named &&
      pattern->name() != type->name())
    return false;
  TypeList left = parts(pattern), right = parts(type);
  if (left.size() != right.size())
    return false;
  for (auto [one, other] : llvm::zip(left, right))
    if (!unify(one, other, bound))
      return false;
  return true;
}

std::optional<Method>
ModuleLowering::findMethod(llvm::StringRef trait, llvm::StringRef name,
                           const core::Type *self,
                           llvm::ArrayRef<const core::Type *> traitArguments) {
  for (const core::Impl &impl : program.impls) {
    auto method = impl.methods.find(name.str());
    if (impl.trait != trait || method == impl.methods.end())
      continue;
    TypeList bound(impl.numTypeParameters, nullptr);
    if (!unify(impl.self, self, bound))
      continue;
    bool fits = true;
    for (auto [wanted, given] : llvm::zip(impl.traitArguments, traitArguments))
      fits &= unify(wanted, given, bound);
    if (fits)
      return Method{method->second, bound};
  }
  return std::nullopt;
}

/// Whether a value of the type may stand where the record has `wanted`.
static bool accepts(const plumb_intr_type &wanted, const core::Type *type) {
  llvm::StringRef kind = wanted.kind;
  if (kind == "variable")
    return true;
  if (type->kind() == core::Type::Kind::Function)
    return kind == "function";
  if (wanted.name)
    return type->name() == wanted.name;
  if (type->is("String"))
    return kind == "text";
  if (type->is("Float"))
    return kind == "float64";
  if (type->is("Bool"))
    return kind == "bool";
  return type->is("Int") && (kind == "int64" || kind == "count");
}

const plumb_intr_row *
ModuleLowering::findOperator(llvm::StringRef word,
                             const core::Type *first) const {
  auto found = operators.find(word);
  if (found == operators.end())
    return nullptr;
  const plumb_intr_row *generic = nullptr;
  for (const plumb_intr_row *row : found->second) {
    if (!first || !row->num_params)
      return row;
    const plumb_intr_type &wanted = *row->params[0].type;
    if (!accepts(wanted, first))
      continue;
    if (llvm::StringRef(wanted.kind) != "variable")
      return row;
    generic = row;
  }
  return generic;
}
