//===- InferStruct.cpp - Struct literals and updates ----------------------===//

#include "frontends/snow/check/Infer.h"

namespace snow::check {

using llvm::StringRef;

TypeDecl *Infer::findStruct(const syntax::Path &path) {
  StringRef name = path.last().text;
  TypeDecl *decl = nullptr;
  if (path.parts.size() == 1) {
    decl = findType(world, &module, name);
    auto imported = module.imported.find(name);
    if (!decl && imported != module.imported.end() && imported->second.isError)
      return nullptr;
  } else {
    auto import = module.imports.find(path.parts[path.parts.size() - 2].text);
    if (import != module.imports.end() && import->second.module) {
      decl = import->second.module->types.lookup(name);
      if (decl && !decl->isPublic) {
        world
            .report(Code::Private, path.span,
                    "type " + quoted(decl->shown) + " is private", "private")
            .label(decl->span, "defined here without `pub`")
            .setHelp("write `pub` before its definition to use it elsewhere");
      }
    }
  }
  if (decl && decl->kind == TypeDecl::Kind::Alias && decl->aliased)
    if (TypeDecl *head = TypeStore::head(decl->aliased))
      decl = head;
  if (decl && decl->isStruct())
    return decl;
  if (name.empty())
    return nullptr;
  if (decl || module.constructors.count(name)) {
    world
        .report(Code::UnknownType, path.span, quoted(name) + " is not a struct",
                "not a struct")
        .setHelp("constructors take their fields in parentheses: `" +
                 name.str() + "(…)`");
    return nullptr;
  }
  std::vector<StringRef> candidates;
  for (auto &each : module.types)
    if (each.second->isStruct())
      candidates.push_back(each.getKey());
  std::string help = didYouMean(candidates, name);
  for (ModuleDecl &each : world.modules)
    if (TypeDecl *found = each.types.lookup(name);
        found && found->isStruct() && help.empty())
      help = "module " + quoted(each.name) + " has one: `from " + each.name +
             " import " + name.str() + "`";
  world
      .report(Code::UnknownType, path.span,
              "there is no struct " + quoted(name), "unknown type")
      .setHelp(help);
  return nullptr;
}

static void unknownField(World &world, const TypeDecl &decl,
                         syntax::Name name) {
  auto &message = world.report(Code::UnknownField, name.span,
                               "struct " + quoted(decl.shown) +
                                   " has no field " + quoted(name.text),
                               "unknown field");
  message.label(decl.span, quoted(decl.shown) + " is defined here");
  message.setHelp(didYouMean(decl.constructors.front().fieldNames, name.text));
}

static void repeatedField(World &world, syntax::Name name, Span first) {
  world
      .report(Code::RepeatedField, name.span,
              "field " + quoted(name.text) + " is given twice", "given again")
      .label(first, "first given here");
}

Infer::ExpressionPtr Infer::inferStruct(const syntax::StructLiteralExpr &expr) {
  TypeDecl *decl = findStruct(expr.path);
  if (!decl) {
    for (const syntax::FieldValue &each : expr.fields)
      drop(infer(each.value));
    return error(expr.span);
  }
  const ConstructorDecl &constructor = decl->constructors.front();
  auto arguments = fresh(decl->parameters);
  size_t count = constructor.fields.size();
  std::vector<ExpressionPtr> values(count);
  std::vector<Span> seen(count);
  llvm::SmallVector<unsigned> order;
  for (const syntax::FieldValue &each : expr.fields) {
    int number = each.name ? constructor.fieldNumber(each.name.text) : -1;
    if (number < 0 || size_t(number) >= count || values[number]) {
      drop(infer(each.value));
      if (!each.name)
        continue;
      if (number >= 0 && size_t(number) < count) {
        repeatedField(world, each.name, seen[number]);
        continue;
      }
      unknownField(world, *decl, each.name);
      continue;
    }
    Reason reason;
    reason.kind = Reason::Kind::Field;
    reason.name = each.name.text;
    reason.span = constructor.fieldSpans[number];
    values[number] = infer(
        each.value, Expected(types.substitute(constructor.fields[number],
                                              decl->parameters, arguments),
                             reason));
    seen[number] = each.name.span;
    order.push_back(number);
  }
  std::string missing;
  for (size_t i = 0; i < count; ++i)
    if (!values[i])
      missing +=
          (missing.empty() ? "" : ", ") + quoted(constructor.fieldNames[i]);
  Ty *type = types.named(decl, arguments);
  if (!missing.empty()) {
    bool hasOther = expr.fields.size() != order.size();
    // A misspelt field is one mistake, not two.
    if (!hasOther)
      world
          .report(Code::MissingField, expr.path.span,
                  "struct " + quoted(decl->shown) + " lacks " + missing +
                      " here",
                  "every field needs a value")
          .label(decl->span, quoted(decl->shown) + " is defined here");
    for (ExpressionPtr &each : values)
      drop(std::move(each));
    auto made = error(expr.span);
    made->type = pending(type);
    return made;
  }
  if (llvm::is_sorted(order))
    return construct(constructor, type, std::move(values), expr.span);
  // Fields are computed in the order written.
  std::vector<ExpressionPtr> statements;
  std::vector<ExpressionPtr> operands(count);
  for (unsigned number : order) {
    Span at = seen[number];
    core::Variable *kept =
        variable(constructor.fieldNames[number], typeOf(values[number]), at);
    statements.push_back(bind(kept, std::move(values[number])));
    operands[number] = local(kept, at);
  }
  statements.push_back(
      construct(constructor, type, std::move(operands), expr.span));
  return block(std::move(statements), expr.span);
}

Infer::ExpressionPtr Infer::inferUpdate(const syntax::RecordUpdateExpr &expr) {
  ExpressionPtr base = infer(expr.base);
  Ty *type = flushed(typeOf(base));
  TypeDecl *decl = TypeStore::head(type);
  if (!decl || !decl->isStruct()) {
    if (type->kind == Ty::Kind::Variable)
      world
          .report(Code::NeedsAnnotation, expr.base->span,
                  "the type of the struct that is changed is not known here",
                  "a value of an unknown type")
          .setHelp("write the type where the value is defined: `name :: Type`");
    else if (type->kind != Ty::Kind::Error)
      world.report(Code::UnknownField, expr.base->span,
                   "only structs are copied with changes, and this is " +
                       quoted(toString(type)),
                   "not a struct");
    drop(std::move(base));
    for (const syntax::FieldValue &each : expr.fields)
      drop(infer(each.value));
    return error(expr.span);
  }
  const ConstructorDecl &constructor = decl->constructors.front();
  std::vector<ExpressionPtr> statements;
  core::Variable *whole = variable("base", type, expr.base->span);
  statements.push_back(bind(whole, std::move(base)));
  std::vector<ExpressionPtr> operands(constructor.fields.size());
  std::vector<Span> seen(constructor.fields.size());
  for (const syntax::FieldValue &each : expr.fields) {
    int number = each.name ? constructor.fieldNumber(each.name.text) : -1;
    if (number < 0 || size_t(number) >= operands.size()) {
      drop(infer(each.value));
      if (!each.name)
        continue;
      unknownField(world, *decl, each.name);
      continue;
    }
    if (operands[number]) {
      drop(infer(each.value));
      repeatedField(world, each.name, seen[number]);
      continue;
    }
    Reason reason;
    reason.kind = Reason::Kind::Field;
    reason.name = each.name.text;
    reason.span = constructor.fieldSpans[number];
    Ty *wanted = types.substitute(constructor.fields[number], decl->parameters,
                                  TypeStore::find(type)->parts);
    core::Variable *kept = variable(each.name.text, wanted, each.name.span);
    statements.push_back(
        bind(kept, infer(each.value, Expected(wanted, reason))));
    operands[number] = local(kept, each.name.span);
    seen[number] = each.name.span;
  }
  for (size_t i = 0; i < operands.size(); ++i) {
    if (operands[i])
      continue;
    auto field = make(Kind::Field,
                      types.substitute(constructor.fields[i], decl->parameters,
                                       TypeStore::find(type)->parts),
                      expr.base->span);
    field->integer = i;
    field->text = constructor.fieldNames[i].str();
    field->operands.push_back(local(whole, expr.base->span));
    operands[i] = std::move(field);
  }
  statements.push_back(
      construct(constructor, type, std::move(operands), expr.span));
  return block(std::move(statements), expr.span);
}

} // namespace snow::check
