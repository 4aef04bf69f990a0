//===- CheckMethod.cpp - Is a method what its interface says? -------------===//

#include "frontends/snow/check/Traits.h"

namespace snow::check {

/// The written signature must be the interface's.
void checkMethod(World &world, const ImplDecl &impl, const MethodDecl &method,
                 FunctionDecl &function) {
  TypeStore &types = world.types;
  size_t wanted = TypeStore::find(method.type)->parts.size() - 1;
  size_t have = function.parameterTypes.size();
  if (wanted != have) {
    world
        .report(Code::WrongMethod, function.nameSpan(),
                "method " + quoted(function.name) + " of " +
                    quoted(impl.trait->shown) + " takes " +
                    std::to_string(wanted) + " parameter" +
                    (wanted == 1 ? "" : "s") + ", not " + std::to_string(have))
        .label(method.item->name.span, "the interface says so here");
    return;
  }
  llvm::SmallVector<Ty *> from{impl.trait->self}, to{impl.self};
  llvm::append_range(from, impl.trait->parameters);
  llvm::append_range(to, impl.traitArguments);
  llvm::append_range(from, impl.trait->associated);
  llvm::append_range(to, impl.associated);
  llvm::append_range(from, method.parameters);
  for (size_t i = 0; i < method.parameters.size(); ++i) {
    size_t own = impl.parameters.size() + i;
    to.push_back(own < function.scheme.parameters.size()
                     ? function.scheme.parameters[own]
                     : types.variable());
  }
  Ty *type = types.substitute(method.type, from, to);
  for (size_t i = 0; i < TypeStore::find(type)->parts.size(); ++i) {
    Ty *expected = TypeStore::find(type)->parts[i];
    bool isResult = i == wanted;
    Ty *found = isResult ? function.resultType : function.parameterTypes[i];
    if (types.unify(expected, found) == Disagreement::None)
      continue;
    Span at = function.nameSpan();
    if (isResult && function.first()->result)
      at = function.first()->result->span;
    else if (!isResult)
      at = function.first()->parameters[i].span;
    world
        .report(Code::WrongMethod, at,
                "method " + quoted(function.name) + " of " +
                    quoted(impl.trait->shown) +
                    (isResult ? " gives " : " takes ") +
                    quoted(toString(expected)) + " here, not " +
                    quoted(toString(found)),
                "expected " + quoted(toString(expected)) + ", found " +
                    quoted(toString(found)))
        .label(method.item->name.span, "the interface says so here");
  }
}

} // namespace snow::check
