//===- Library.cpp - The registry as the language sees it -----------------===//

#include "frontends/snow/check/Library.h"

namespace snow::check {

using llvm::ArrayRef;
using llvm::StringRef;

bool LibraryFunction::isConstant() const {
  return obstacle.empty() && scheme.type && isPure() &&
         scheme.parameters.empty() && scheme.type->parameters().empty();
}

Library::Library(const plumb::intr::Registry &registry, TypeStore &store)
    : store(store) {
  integer = store.named(declare("Int", 0));
  real = store.named(declare("Float", 0));
  boolean = store.named(declare("Bool", 0));
  string = store.named(declare("String", 0));
  atom = store.named(declare("Atom", 0));
  TypeDecl *unitDecl = declare("Unit", 0);
  unitDecl->isUnit = true;
  unit = store.named(unitDecl);
  tuple = declare("Tuple", 0);
  tuple->isTuple = true;
  for (const plumb_intr_family *family : registry.families())
    for (uint32_t i = 0; i < family->num_rows; ++i)
      add(family->rows[i]);
}

Ty *Library::tupleOf(ArrayRef<Ty *> elements) {
  return elements.empty() ? unit : store.named(tuple, elements);
}

TypeDecl *Library::declare(StringRef name, unsigned arity) {
  TypeDecl *&decl = types[name];
  if (!decl) {
    decl = &declared.emplace_back();
    decl->name = decl->shown = name.str();
    decl->numParameters = arity;
  }
  return decl;
}

void Library::declareTypes(const plumb_intr_type &type) {
  StringRef kind = type.kind;
  if (kind == "object")
    declare(type.name, type.num_arguments);
  for (uint32_t i = 0; i < type.num_arguments; ++i)
    declareTypes(*type.arguments[i]);
}

LibraryFunction *Library::add(const plumb_intr_row &row) {
  LibraryFunction &function = functions.emplace_back();
  function.row = &row;
  auto enter = [&](StringRef sourceName) {
    auto [module, name] = sourceName.rsplit('.');
    if (name.empty())
      bare.try_emplace(sourceName, &function);
    else
      modules[module].try_emplace(name, &function);
  };
  std::tie(function.module, function.name) =
      StringRef(row.source_name).rsplit('.');
  enter(row.source_name);
  for (uint32_t i = 0; i < row.num_aliases; ++i)
    enter(row.aliases[i]);
  for (uint32_t i = 0; i < row.num_operators; ++i)
    operators[row.operators[i]].push_back(&function);
  for (uint32_t i = 0; i < row.num_params; ++i)
    if (row.params[i].type)
      declareTypes(*row.params[i].type);
  if (row.result)
    declareTypes(*row.result);
  return &function;
}

/// A type variable of the row by name.
static Ty *variableOf(const LibraryFunction &function, StringRef name) {
  for (uint32_t i = 0; i < function.row->num_variables; ++i)
    if (name == function.row->variables[i])
      return function.scheme.parameters[i];
  return nullptr;
}

Ty *Library::convert(const plumb_intr_type &type, LibraryFunction &function) {
  StringRef kind = type.kind;
  if (kind == "text")
    return string;
  if (kind == "bool")
    return boolean;
  if (kind == "float64")
    return real;
  if (kind == "unit")
    return unit;
  if (kind == "status" || kind == "count" || kind.starts_with("int") ||
      kind.starts_with("uint"))
    return integer;
  if (kind == "variable")
    if (Ty *variable = variableOf(function, type.name))
      return variable;
  llvm::SmallVector<Ty *> arguments;
  for (uint32_t i = 0; i < type.num_arguments; ++i)
    arguments.push_back(convert(*type.arguments[i], function));
  if (kind == "object") {
    TypeDecl *decl = declare(type.name, arguments.size());
    if (decl->isUnit || decl->isTuple)
      return tupleOf(arguments);
    return store.named(decl, arguments);
  }
  if (kind == "function") {
    Ty *result = arguments.pop_back_val();
    return store.function(arguments, result);
  }
  function.obstacle = ("it has a value of the kind \"" + kind + "\"").str();
  return store.error();
}

Ty *Library::parameter(const plumb_intr_param &parameter,
                       LibraryFunction &function) {
  if (parameter.type)
    return convert(*parameter.type, function);
  llvm::SmallVector<Ty *> parameters;
  const plumb_intr_callback &callback = *parameter.callback;
  for (uint32_t i = 0; i < callback.num_params; ++i)
    if (callback.params[i].type)
      parameters.push_back(convert(*callback.params[i].type, function));
  Ty *result = callback.result ? convert(*callback.result, function) : unit;
  return store.function(parameters, result);
}

LibraryFunction *Library::resolve(LibraryFunction *function) {
  if (!function || function->isResolved)
    return function;
  function->isResolved = true;
  const plumb_intr_row &row = *function->row;
  Scheme &scheme = function->scheme;
  for (uint32_t i = 0; i < row.num_variables; ++i)
    scheme.parameters.push_back(store.rigid(row.variables[i], nullptr, i));
  llvm::SmallVector<Ty *> parameters;
  for (uint32_t i = 0; i < row.num_params; ++i) {
    const plumb_intr_param &each = row.params[i];
    if (plumb::intr::isOperand(each) || each.callback)
      parameters.push_back(parameter(each, *function));
  }
  llvm::SmallVector<Ty *> results;
  for (const plumb_intr_type *each : plumb::intr::resultTypes(row))
    results.push_back(convert(*each, *function));
  Ty *result = results.size() == 1 ? results.front() : tupleOf(results);
  scheme.type = store.function(parameters, result);
  if (plumb::intr::isVariadic(row))
    function->obstacle = "it takes any number of arguments";
  for (uint32_t i = 0; i < row.num_bounds; ++i)
    if (TraitDecl *bound = trait(row.bounds[i].name)) {
      BoundDecl &made = scheme.bounds.emplace_back();
      made.trait = bound;
      made.subject = scheme.parameters[row.bounds[i].variable];
    }
  return function;
}

LibraryFunction *Library::find(StringRef module, StringRef name) {
  auto found = modules.find(module);
  if (found == modules.end())
    return nullptr;
  return resolve(found->second.lookup(name));
}

LibraryFunction *Library::findBare(StringRef name) {
  return resolve(bare.lookup(name));
}

LibraryFunction *Library::findOperator(StringRef word, TypeDecl *first) {
  LibraryFunction *general = nullptr;
  auto found = operators.find(word);
  if (found == operators.end())
    return nullptr;
  for (LibraryFunction *each : found->second) {
    resolve(each);
    ArrayRef<Ty *> parameters = each->scheme.type->parameters();
    if (!first || parameters.empty())
      return each;
    Ty *parameter = TypeStore::find(parameters.front());
    if (parameter->kind == Ty::Kind::Named && parameter->decl == first)
      return each;
    if (parameter->kind == Ty::Kind::Rigid)
      general = each;
  }
  return general;
}

std::string Library::conversion(Ty *from, Ty *to) {
  from = TypeStore::find(from), to = TypeStore::find(to);
  if (from->kind != Ty::Kind::Named)
    return "";
  StringRef module = from->decl->name;
  for (StringRef name : functionNames(module)) {
    LibraryFunction *function = find(module, name);
    Ty *type = function->scheme.type;
    if (function->obstacle.empty() && function->isPure() &&
        name.starts_with("to_") && type->parts.size() == 2 &&
        TypeStore::find(type->parts[0]) == from &&
        TypeStore::find(type->parts[1]) == to)
      return (module + "." + name).str();
  }
  return "";
}

std::vector<StringRef> Library::moduleNames() const {
  std::vector<StringRef> names;
  for (const auto &entry : modules)
    names.push_back(entry.getKey());
  return names;
}

std::vector<StringRef> Library::functionNames(StringRef module) const {
  std::vector<StringRef> names;
  auto found = modules.find(module);
  if (found != modules.end())
    for (const auto &entry : found->second)
      names.push_back(entry.getKey());
  llvm::sort(names);
  return names;
}

std::vector<StringRef> Library::bareNames() const {
  std::vector<StringRef> names;
  for (const auto &entry : bare)
    names.push_back(entry.getKey());
  return names;
}

} // namespace snow::check
