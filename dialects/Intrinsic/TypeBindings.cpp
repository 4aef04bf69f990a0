//===- TypeBindings.cpp - What type variables stand for -------------------===//

#include "plumb/Intrinsic/TypeBindings.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Model/Scheme.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace plumb;
using namespace plumb::intr;

TypeBindings::TypeBindings(const plumb_intr_row &row)
    : row(&row), bound(row.num_variables) {}

unsigned TypeBindings::indexOf(StringRef variable) const {
  ArrayRef<const char *> names = model::variables(*row);
  return llvm::find(names, variable) - names.begin();
}

void TypeBindings::set(unsigned variable, Type type) {
  bound[variable] = {type, "the front end"};
}

static std::string spell(Type type) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "'" << type << "'";
  return text;
}

bool TypeBindings::unify(Type record, Type type, const Twine &where,
                         std::string &wrong) {
  if (auto variable = dyn_cast<VariableType>(record)) {
    std::string which =
        ("type variable '" + variable.getName() + "' of '" + row->name + "' ")
            .str();
    bool isOpen = false;
    type.walk([&](VariableType) { isOpen = true; });
    if (isOpen || !isErasable(type)) {
      wrong = which + "cannot be " + spell(type) + (" in " + where).str() +
              (isOpen ? "; it stands for a type of the program"
                      : "; it must be i64, f64, i1, !intr.unit, an object or "
                        "a closure");
      return false;
    }
    Bound &known = bound[indexOf(variable.getName())];
    if (!known.type)
      known = {type, where.str()};
    if (known.type == type)
      return true;
    wrong = which + "is " + spell(known.type) + " in " + known.where +
            ", but " + spell(type) + (" in " + where).str();
    return false;
  }
  if (auto object = dyn_cast<ObjectType>(record)) {
    auto actual = dyn_cast<ObjectType>(type);
    if (!actual || actual.getName() != object.getName() ||
        actual.getArguments().size() != object.getArguments().size())
      return false;
    for (auto [from, to] :
         llvm::zip_equal(object.getArguments(), actual.getArguments()))
      if (!unify(from, to, where, wrong))
        return false;
    return true;
  }
  if (auto fn = dyn_cast<FnType>(record)) {
    auto actual = dyn_cast<FnType>(type);
    if (!actual || actual.getInputs().size() != fn.getInputs().size())
      return false;
    for (auto [from, to] : llvm::zip_equal(fn.getInputs(), actual.getInputs()))
      if (!unify(from, to, where, wrong))
        return false;
    return unify(fn.getResult(), actual.getResult(), where, wrong);
  }
  return record == type;
}

bool TypeBindings::unify(const plumb_intr_type &record, Type type,
                         const Twine &where, std::string &wrong) {
  Type pattern = getType(type.getContext(), record);
  if (!pattern) // of a dialect that is not loaded
    return false;
  return model::isErased(&record) ? unify(pattern, type, where, wrong)
                                  : takes(pattern, type);
}

Type TypeBindings::substitute(Type record) const {
  if (auto variable = dyn_cast<VariableType>(record))
    return bound[indexOf(variable.getName())].type;
  if (auto object = dyn_cast<ObjectType>(record)) {
    SmallVector<Type> arguments;
    for (Type argument : object.getArguments())
      if (!arguments.emplace_back(substitute(argument)))
        return {};
    return ObjectType::get(record.getContext(), object.getName(), arguments);
  }
  if (auto fn = dyn_cast<FnType>(record)) {
    SmallVector<Type> inputs;
    for (Type input : fn.getInputs())
      if (!inputs.emplace_back(substitute(input)))
        return {};
    Type result = substitute(fn.getResult());
    return result ? FnType::get(record.getContext(), inputs, result) : Type();
  }
  return record;
}

Type TypeBindings::substitute(MLIRContext *context,
                              const plumb_intr_type &record) const {
  Type pattern = getType(context, record);
  return pattern && model::isErased(&record) ? substitute(pattern) : pattern;
}
