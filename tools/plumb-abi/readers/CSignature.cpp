//===- CSignature.cpp - C types and functions, from either side -----------===//

#include "tools/plumb-abi/readers/CSignature.h"
#include "plumb/Model/Names.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::abi;

/// Deeper than any type that a person wrote; damaged files have cycles.
static constexpr unsigned maxDepth = 64;

CType &CTypes::make(CKind kind, StringRef name) {
  CType &type = types.emplace_back();
  type.kind = kind;
  type.name = name.str();
  return type;
}

const CType *CTypes::makeInt(unsigned bits, CSign sign, StringRef name) {
  CType &type = make(CKind::Int, name);
  type.bits = bits;
  type.sign = sign;
  return &type;
}

const CType *CTypes::makePointer(const CType *pointee) {
  CType &type = make(CKind::Pointer);
  type.target = pointee;
  return &type;
}

CSignature &CTypes::makeSignature() { return signatures.emplace_back(); }

void CTypes::define(const CType &structure) {
  if (structure.isComplete && !structure.name.empty())
    definitions.try_emplace(structure.name, &structure);
}

const CType &CTypes::complete(const CType &type) const {
  if (type.isComplete || type.name.empty())
    return type;
  const CType *found = definitions.lookup(type.name);
  return found && found->kind == type.kind ? *found : type;
}

const CType &plumb::abi::strip(const CType &type) {
  static const CType endless;
  const CType *at = &type;
  for (unsigned depth = 0; depth < maxDepth; ++depth) {
    if (at->kind != CKind::Alias && at->kind != CKind::Const)
      return *at;
    at = at->target;
  }
  return endless;
}

const CType &plumb::abi::stripValue(const CType &type) {
  const CType &plain = strip(type);
  return plain.isWrapper ? stripValue(*plain.fields.front().type) : plain;
}

static std::string declareAt(const CType *type, const std::string &inner,
                             unsigned depth);

static std::string parameters(const CSignature &signature, unsigned depth) {
  std::string text;
  ListSeparator comma;
  for (const CParam &p : signature.params)
    text += StringRef(comma).str() + declareAt(p.type, p.name, depth);
  if (signature.isVariadic)
    text += StringRef(comma).str() + "...";
  if (text.empty() && signature.hasPrototype)
    text = "void";
  return "(" + text + ")";
}

static std::string spelled(StringRef prefix, const CType &type,
                           const std::string &inner) {
  std::string text =
      (prefix + (type.name.empty() ? StringRef("<unnamed>") : type.name)).str();
  if (inner.empty() || StringRef(inner).starts_with("["))
    return text + inner;
  return text + " " + inner;
}

/// `inner` is what the declarator has around the name so far.
static std::string declareAt(const CType *type, const std::string &inner,
                             unsigned depth) {
  if (depth > maxDepth)
    return "...";
  ++depth;
  switch (type->kind) {
  case CKind::Pointer: {
    if (!type->target)
      return inner.empty() ? "ptr" : "ptr " + inner;
    bool isTight = type->target->kind == CKind::Function ||
                   type->target->kind == CKind::Array;
    return declareAt(type->target, isTight ? "(*" + inner + ")" : "*" + inner,
                     depth);
  }
  case CKind::Array:
    return declareAt(type->target,
                     inner + "[" + std::to_string(type->count) + "]", depth);
  case CKind::Function:
    return declareAt(type->function->result,
                     inner + parameters(*type->function, depth), depth);
  case CKind::Const:
    // Of a pointer the qualifier stands after the star.
    if (type->target->kind == CKind::Pointer)
      return declareAt(type->target, inner.empty() ? "const" : "const " + inner,
                       depth);
    return "const " + declareAt(type->target, inner, depth);
  case CKind::Struct:
    return spelled(StringRef(type->name).contains(':') ? "" : "struct ", *type,
                   inner);
  case CKind::Union:
    return spelled("union ", *type, inner);
  default:
    return spelled(
        type->isEnum && !StringRef(type->name).contains(':') ? "enum " : "",
        *type, inner);
  }
}

std::string plumb::abi::declare(const CType &type, StringRef name) {
  return declareAt(&type, name.str(), 0);
}

std::string plumb::abi::declare(const CSignature &signature, StringRef name) {
  std::string text =
      declareAt(signature.result, name.str() + parameters(signature, 1), 1);
  if (signature.cc != PLUMB_INTR_CC_C || !signature.otherConvention.empty())
    text += " [" + describeConvention(signature) + "]";
  return text;
}

std::string plumb::abi::describeConvention(const CSignature &signature) {
  if (!signature.otherConvention.empty())
    return signature.otherConvention;
  if (signature.cc == PLUMB_INTR_CC_C)
    return "the C convention";
  return model::spell(signature.cc).str();
}
