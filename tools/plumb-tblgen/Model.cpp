//===- Model.cpp - What follows from the records --------------------------===//

#include "Model.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace plumb::tblgen;

std::string Type::declare(llvm::StringRef name) const {
  return c + (llvm::StringRef(c).ends_with("*") ? "" : " ") + name.str();
}

bool Row::takesCallback() const {
  return llvm::any_of(params, [](const Param &p) { return p.callback; });
}

static std::string typeSignature(const Type *type, bool isResult) {
  if (!type)
    return "void";
  std::string text = type->llvm + "(" + type->kind;
  if (type->kind == "handle")
    text += " " + type->mlir;
  for (const std::string &attr : isResult ? type->resultAttrs : type->argAttrs)
    text += " " + attr;
  return text + ")";
}

static std::string paramsSignature(llvm::ArrayRef<Param> params) {
  return llvm::join(llvm::map_range(params,
                                    [](const Param &p) -> std::string {
                                      if (!p.callback)
                                        return typeSignature(p.type, false);
                                      const Callback &cb = *p.callback;
                                      return std::string("ptr(callback") +
                                             (p.isOptional ? "? " : " ") +
                                             typeSignature(cb.result, true) +
                                             "(" + paramsSignature(cb.params) +
                                             (cb.params.empty() ? "" : ", ") +
                                             "ptr(environment))), "
                                             "ptr(environment)";
                                    }),
                    ", ");
}

std::string Row::signature() const {
  return "ccc " + typeSignature(result, true) + " " + symbol + "(" +
         paramsSignature(params) + ")" + (freshResult ? " noalias" : "");
}
