//===- InferMethod.cpp - Calls of traits' methods -------------------------===//

#include "frontends/snow/check/Infer.h"

namespace snow::check {

using llvm::StringRef;

/// The call becomes one of an impl's function, or what the language has for it,
/// once the type is known.
void Infer::requireMethod(Target &target, core::Expression *node, Span span) {
  node->trait = target.trait->name;
  node->text = target.method->name.str();
  node->selfType = pending(target.self);
  for (Ty *each : target.arguments)
    node->typeArguments.push_back(pending(each));
  Requirement requirement;
  requirement.bound = target.bound;
  requirement.span = span;
  requirement.asker = target.shown;
  requirement.function = &function;
  TraitDecl *trait = target.trait;
  StringRef method = target.method->name;
  requirement.use = [this, node, trait, method](const Solution &solution) {
    if (solution.kind == Solution::Kind::Impl)
      useImpl(*node, method, solution);
    else if (solution.kind != Solution::Kind::None)
      patchBuiltin(*node, *trait);
  };
  group.obligations.require(std::move(requirement));
}

/// What the language has for methods of the known traits.
void Infer::patchBuiltin(core::Expression &node, const TraitDecl &trait) {
  if (trait.module)
    return;
  bool isParameter =
      TypeStore::find(pendingType(node.selfType))->kind == Ty::Kind::Rigid;
  auto primitive = [&](core::Primitive which) {
    node.kind = Kind::Primitive;
    node.primitive = which;
    node.typeArguments.clear();
  };
  auto row = [&](StringRef word) {
    LibraryFunction *found =
        library.findOperator(word, TypeStore::head(pendingType(node.selfType)));
    if (!found)
      return;
    node.kind = Kind::Intrinsic;
    node.row = found->row;
    node.typeArguments.clear();
    auto arguments = fresh(found->scheme.parameters);
    Ty *type = TypeStore::find(types.substitute(
        found->scheme.type, found->scheme.parameters, arguments));
    if (type->parts.size() > 1)
      types.unify(type->parts[0], pendingType(node.selfType));
    for (Ty *each : arguments)
      node.typeArguments.push_back(pending(each));
  };
  StringRef name = node.text;
  if (name == "eq")
    return primitive(core::Primitive::Equal);
  if (name == "lt")
    return primitive(core::Primitive::Less);
  if (name == "compare" || name == "inspect" || name == "hash")
    return row(name);
  if (name == "to_string")
    return row("${}");
  if (isParameter)
    return;
  if (name == "default") {
    Ty *type = TypeStore::find(pendingType(node.selfType));
    node.kind = type == library.integer   ? Kind::Int
                : type == library.real    ? Kind::Float
                : type == library.boolean ? Kind::Bool
                : type == library.string  ? Kind::String
                                          : Kind::Unit;
    node.text.clear();
    return;
  }
  if (name == "add")
    return primitive(core::Primitive::Add);
  if (name == "sub")
    return primitive(core::Primitive::Subtract);
  if (name == "mul")
    return primitive(core::Primitive::Multiply);
  if (name == "div")
    return primitive(core::Primitive::Divide);
  if (name == "mod")
    return primitive(core::Primitive::Remainder);
  if (name == "neg")
    return primitive(core::Primitive::Negate);
}

} // namespace snow::check
