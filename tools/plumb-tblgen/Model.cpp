//===- Model.cpp - What follows from the records --------------------------===//

#include "Model.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace plumb::tblgen;
using plumb::tblgen::Type;

std::string Type::declare(llvm::StringRef name) const {
  return c + (llvm::StringRef(c).ends_with("*") ? "" : " ") + name.str();
}

bool Row::takesCallback() const {
  return llvm::any_of(params, [](const Param &p) { return p.callback; });
}

bool Row::hasEnvironment() const {
  return llvm::any_of(params, [](const Param &p) {
    return p.type && p.type->kind == "environment";
  });
}

std::string Option::value() const {
  return kind == Integer ? std::to_string(integer) : text;
}

std::string Option::choiceName(llvm::StringRef choice) const {
  return env + "_" + choice.upper();
}

std::vector<const Type *> Row::results() const {
  std::vector<const Type *> types;
  if (result)
    types.push_back(result);
  for (const Param &p : params)
    if (p.passing == Passing::Out)
      types.push_back(p.type);
  return types;
}
