//===- InferMember.cpp - Fields and methods of values ---------------------===//

#include "frontends/snow/check/Infer.h"

namespace snow::check {

static void needsAnnotation(World &world, Span span, const std::string &what,
                            const char *label) {
  world
      .report(Code::NeedsAnnotation, span,
              "the type of the value whose " + what + " is not known here",
              label)
      .setHelp("write the type where the value is defined: `name :: Type`");
}

using llvm::StringRef;

Infer::ExpressionPtr Infer::inferMember(const syntax::MemberExpr &expr) {
  bool isValue = false;
  Target target = resolveMember(expr, &isValue);
  if (!isValue)
    return asValue(std::move(target), expr.span);
  return field(infer(expr.object), expr.name, expr.span);
}

/// Makes the node the field, if the object's type has it.
bool Infer::tryField(core::Expression &node, Ty *object, syntax::Name name) {
  TypeDecl *decl = TypeStore::head(object);
  if (!decl || !decl->isStruct())
    return false;
  const ConstructorDecl &constructor = decl->constructors.front();
  int number = constructor.fieldNumber(name.text);
  if (number < 0 || size_t(number) >= constructor.fields.size())
    return false;
  object = TypeStore::find(object);
  node.kind = Kind::Field;
  node.integer = number;
  node.text = name.text.str();
  types.unify(typeOf(node), types.substitute(constructor.fields[number],
                                             decl->parameters, object->parts));
  return true;
}

Infer::ExpressionPtr Infer::field(ExpressionPtr object, syntax::Name name,
                                  Span span) {
  auto made = make(Kind::Field, types.variable(), span);
  made->operands.push_back(std::move(object));
  if (!name) {
    made->type = pending(types.error());
    return made;
  }
  core::Expression *node = made.get();
  Ty *type = flushed(typeOf(node->operands[0]));
  auto settle = [this, node, type, name] {
    if (tryField(*node, type, name))
      return;
    unknownMember(type, name, false);
    types.unify(typeOf(*node), types.error());
  };
  if (type->kind != Ty::Kind::Variable) {
    settle();
    return made;
  }
  group.obligations.defer({type, typeOf(*node)}, settle, [this, node, name] {
    needsAnnotation(world, name.span, quoted(name.text) + " is asked for",
                    "field of an unknown type");
    types.unify(typeOf(*node), types.error());
  });
  return made;
}

void Infer::unknownMember(Ty *type, syntax::Name name, bool isCall) {
  type = TypeStore::find(type);
  if (type->kind == Ty::Kind::Error)
    return;
  TypeDecl *decl = TypeStore::head(type);
  std::vector<StringRef> candidates;
  bool isStruct = decl && decl->isStruct();
  if (isStruct)
    candidates = decl->constructors.front().fieldNames;
  if (isCall && decl) {
    llvm::append_range(candidates, library.functionNames(decl->name));
    for (ImplDecl *impl : world.implsByType.lookup(decl))
      for (auto &method : impl->methods)
        candidates.push_back(method.first);
  }
  std::string help = didYouMean(candidates, name.text);
  if (decl == library.type("Option"))
    help = "the value may be `None`: use `case` or `?` first";
  Target method;
  if (!isCall && decl && findMethod(type, name, method, false))
    help = "it is a method: call it with `." + name.text.str() + "()`";
  if (auto traits = world.traitsByMethod.find(name.text);
      help.empty() && type->kind == Ty::Kind::Rigid &&
      traits != world.traitsByMethod.end())
    help = "ask for it: `where " + toString(type) + ": " +
           traits->second.front()->shown + "`";
  auto &message =
      world.report(isCall ? Code::UnknownMember : Code::UnknownField, name.span,
                   "a value of type " + quoted(toString(type)) + " has no " +
                       (isCall ? "method " : "field ") + quoted(name.text),
                   isCall ? "unknown method" : "unknown field");
  message.setHelp(help);
  if (decl && decl->module)
    message.label(decl->span, quoted(decl->shown) + " is defined here");
}

bool Infer::findMethod(Ty *type, syntax::Name name, Target &target,
                       bool reports) {
  type = TypeStore::find(type);
  TypeDecl *decl = TypeStore::head(type);
  llvm::SmallVector<TraitDecl *> found;
  auto traits = world.traitsByMethod.find(name.text);
  if (traits != world.traitsByMethod.end())
    for (TraitDecl *trait : traits->second) {
      if (!trait->method(name.text)->hasSelf)
        continue;
      bool has = false;
      if (type->kind == Ty::Kind::Rigid) {
        for (const BoundDecl &bound : function.scheme.bounds)
          has |= bound.trait == trait && TypeStore::find(bound.subject) == type;
        has |= Obligations::isImplied(*trait) && trait->associated.empty() &&
               trait->parameters.empty();
      } else if (decl) {
        llvm::SmallVector<Ty *> parts;
        Ty *output = nullptr;
        has = world.impls.count({trait, decl}) ||
              group.obligations.isBuiltin(*trait, type, parts, output);
        if (world.isKnown(trait, "Into"))
          has = world.isKnown(trait, "Into");
      }
      if (has)
        found.push_back(trait);
    }
  // The program's own traits come before the known ones.
  if (llvm::any_of(found, [](TraitDecl *each) { return each->module; }))
    llvm::erase_if(found, [](TraitDecl *each) { return !each->module; });
  if (found.size() > 1) {
    if (reports) {
      auto &message = world.report(Code::AmbiguousMember, name.span,
                                   "a value of type " + quoted(toString(type)) +
                                       " has the method " + quoted(name.text) +
                                       " from " + quoted(found[0]->shown) +
                                       " and from " + quoted(found[1]->shown),
                                   "ambiguous method");
      message.setHelp("say which one is meant: `" + found[0]->shown + "." +
                      name.text.str() + "(…)`");
      message.label(found[0]->span, "one interface");
      message.label(found[1]->span, "the other");
    }
    target = Target();
    return true;
  }
  if (!found.empty()) {
    target = methodTarget(*found[0], *found[0]->method(name.text), type);
    return true;
  }
  if (!decl || decl->module)
    return false;
  LibraryFunction *function = library.find(decl->name, name.text);
  if (!function || function->scheme.type->parameters().empty() ||
      !types.mayUnify(types.substitute(function->scheme.type->parts[0],
                                       function->scheme.parameters,
                                       fresh(function->scheme.parameters)),
                      type))
    return false;
  target = libraryTarget(*function, name.span);
  return true;
}

Infer::ExpressionPtr
Infer::callMethod(const syntax::MemberExpr &callee, ExpressionPtr object,
                  Arguments arguments,
                  llvm::ArrayRef<syntax::KeywordArgument> keywords, Span span) {
  syntax::Name name = callee.name;
  Ty *type = flushed(typeOf(object));
  if (type->kind == Ty::Kind::Variable && name && keywords.empty())
    return callLater(callee, std::move(object), arguments, span);
  if (!name || type->kind == Ty::Kind::Error) {
    drop(std::move(object));
    return call(Target(), arguments, keywords, span, callee.span);
  }
  auto asField = make(Kind::Field, types.variable(), callee.span);
  if (tryField(*asField, type, name)) {
    asField->operands.push_back(std::move(object));
    Target target = valueTarget(std::move(asField));
    target.shown = quoted(name.text);
    return call(std::move(target), arguments, keywords, span, callee.span);
  }
  Target target;
  if (!findMethod(type, name, target, true))
    unknownMember(type, name, true);
  std::vector<ExpressionPtr> given;
  given.push_back(std::move(object));
  return call(std::move(target), arguments, keywords, span, name.span,
              std::move(given));
}

/// Of a value whose type is not known yet.
Infer::ExpressionPtr Infer::callLater(const syntax::MemberExpr &callee,
                                      ExpressionPtr object, Arguments arguments,
                                      Span span) {
  auto made = make(Kind::MethodCall, types.variable(), span);
  core::Expression *node = made.get();
  syntax::Name name = callee.name;
  llvm::SmallVector<Ty *> involved{typeOf(object), typeOf(*node)};
  node->operands.push_back(std::move(object));
  for (const Expr *each : arguments) {
    node->operands.push_back(infer(each));
    involved.push_back(typeOf(node->operands.back()));
  }
  Lifted *where = place;
  auto settle = [this, node, name, span, where, arguments] {
    Lifted *outer = place;
    place = where;
    Ty *type = TypeStore::find(typeOf(node->operands[0]));
    auto operands = std::move(node->operands);
    node->operands.clear();
    Target target;
    auto asField = make(Kind::Field, types.variable(), name.span);
    if (tryField(*asField, type, name)) {
      asField->operands.push_back(std::move(operands.front()));
      operands.erase(operands.begin());
      target = valueTarget(std::move(asField));
    } else if (!findMethod(type, name, target, true)) {
      unknownMember(type, name, true);
    }
    Ty *callee = target.type ? TypeStore::find(target.type) : types.error();
    bool fits = callee->kind == Ty::Kind::Function &&
                callee->parts.size() == operands.size() + 1;
    if (!fits) {
      if (callee->kind == Ty::Kind::Function)
        wrongCount(target, callee->parts.size() - 1, operands.size(), span,
                   arguments);
      for (ExpressionPtr &each : operands)
        drop(std::move(each));
      drop(std::move(target.value));
      types.unify(typeOf(*node), types.error());
      node->kind = Kind::Fail;
      place = outer;
      return;
    }
    for (size_t i = 0; i < operands.size(); ++i)
      if (auto why = types.unify(callee->parts[i], typeOf(operands[i]));
          why != Disagreement::None)
        mismatch(span, callee->parts[i], typeOf(operands[i]),
                 argumentReason(target, i), nullptr, why);
    if (auto why = types.unify(typeOf(*node), callee->result());
        why != Disagreement::None)
      mismatch(span, typeOf(*node), callee->result(), {}, nullptr, why);
    finishCall(target, std::move(operands), callee->result(), span, name.span,
               node);
    place = outer;
  };
  group.obligations.defer(involved, settle, [this, node, name] {
    needsAnnotation(world, name.span,
                    "method " + quoted(name.text) + " is called",
                    "method of an unknown type");
    types.unify(typeOf(*node), types.error());
    node->kind = Kind::Fail;
  });
  return made;
}

} // namespace snow::check
