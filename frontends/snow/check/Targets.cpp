//===- Targets.cpp - Schemes, made for one use ----------------------------===//

#include "frontends/snow/check/Infer.h"

namespace snow::check {

llvm::SmallVector<Ty *> Infer::fresh(llvm::ArrayRef<Ty *> parameters) {
  llvm::SmallVector<Ty *> made;
  for (size_t i = 0; i < parameters.size(); ++i)
    made.push_back(types.variable());
  return made;
}

static BoundDecl substituteBound(TypeStore &types, const BoundDecl &bound,
                                 llvm::ArrayRef<Ty *> from,
                                 llvm::ArrayRef<Ty *> to) {
  BoundDecl made = bound;
  made.subject = types.substitute(bound.subject, from, to);
  for (Ty *&each : made.arguments)
    each = types.substitute(each, from, to);
  for (Ty *&each : made.associated)
    each = types.substitute(each, from, to);
  return made;
}

static void instantiate(TypeStore &types, Target &target,
                        const Scheme &scheme) {
  target.type =
      types.substitute(scheme.type, scheme.parameters, target.arguments);
  for (const BoundDecl &each : scheme.bounds)
    target.bounds.push_back(
        substituteBound(types, each, scheme.parameters, target.arguments));
}

Target Infer::valueTarget(ExpressionPtr value) {
  Target made;
  made.kind = Target::Kind::Value;
  made.type = typeOf(value);
  made.value = std::move(value);
  return made;
}

Target Infer::functionTarget(FunctionDecl &decl) {
  Target made;
  made.kind = Target::Kind::Function;
  made.function = &decl;
  made.shown = quoted(decl.name);
  if (decl.state == FunctionDecl::State::Done || decl.isWritten) {
    made.arguments = fresh(decl.scheme.parameters);
    instantiate(types, made, decl.scheme);
  } else {
    made.type = decl.scheme.type;
  }
  return made;
}

Target Infer::libraryTarget(LibraryFunction &found, Span span) {
  Target made;
  made.shown =
      quoted(found.module.empty() ? found.name.str()
                                  : (found.module + "." + found.name).str());
  if (!found.obstacle.empty()) {
    world.report(Code::NotCallable, span,
                 made.shown + " cannot be called from Snow: " + found.obstacle);
    return made;
  }
  made.kind = Target::Kind::Library;
  made.library = &found;
  made.arguments = fresh(found.scheme.parameters);
  instantiate(types, made, found.scheme);
  return made;
}

Target Infer::operatorTarget(llvm::StringRef word, Span span) {
  LibraryFunction *found = library.findOperator(word, nullptr);
  if (!found) {
    world.report(Code::NotCallable, span,
                 "the library has nothing for " + quoted(word));
    return Target();
  }
  Target made = libraryTarget(*found, span);
  made.shown = quoted(word);
  return made;
}

/// `=word` is an operator, `Type#Constructor` a constructor; else a function of
/// a service.
Target Infer::madeTarget(llvm::StringRef text, Span span) {
  if (text.consume_front("="))
    return operatorTarget(text, span);
  auto [type, constructor] = text.split('#');
  if (!constructor.empty())
    return constructorTarget(
        *world.typesByCoreName.lookup(type)->constructor(constructor));
  return functionTarget(*world.madeFunctions.lookup(text));
}

Target Infer::liftedTarget(Lifted &lifted) {
  Target made;
  made.kind = Target::Kind::Lifted;
  made.lifted = &lifted;
  made.shown = quoted(lifted.name);
  if (lifted.isOpen) {
    made.type = lifted.scheme.type;
  } else {
    made.arguments = fresh(lifted.scheme.parameters);
    instantiate(types, made, lifted.scheme);
  }
  return made;
}

Target Infer::constructorTarget(const ConstructorDecl &constructor) {
  Target made;
  made.kind = Target::Kind::Constructor;
  made.constructor = &constructor;
  made.shown = quoted(constructor.name);
  made.arguments = fresh(constructor.type->parameters);
  llvm::SmallVector<Ty *> fields;
  for (Ty *field : constructor.fields)
    fields.push_back(
        types.substitute(field, constructor.type->parameters, made.arguments));
  made.type =
      types.function(fields, types.named(constructor.type, made.arguments));
  return made;
}

Target Infer::methodTarget(TraitDecl &trait, const MethodDecl &method,
                           Ty *self) {
  Target made;
  made.kind = Target::Kind::Method;
  made.trait = &trait;
  made.method = &method;
  made.self = self ? self : types.variable();
  made.shown = quoted(method.name);
  made.bound.trait = &trait;
  made.bound.subject = made.self;
  llvm::append_range(made.bound.arguments, fresh(trait.parameters));
  llvm::append_range(made.bound.associated, fresh(trait.associated));
  made.arguments = fresh(method.parameters);
  llvm::SmallVector<Ty *> from{trait.self}, to{made.self};
  llvm::append_range(from, trait.parameters);
  llvm::append_range(to, made.bound.arguments);
  llvm::append_range(from, trait.associated);
  llvm::append_range(to, made.bound.associated);
  llvm::append_range(from, method.parameters);
  llvm::append_range(to, made.arguments);
  made.type = types.substitute(method.type, from, to);
  return made;
}

} // namespace snow::check
