//===- CSignature.cpp - C types and functions, from either side -----------===//

#include "tools/plumb-abi/readers/CSignature.h"
#include "plumb/Model/Names.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

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

const CType *CTypes::makeUnknown(StringRef why) {
  return &make(CKind::Unknown, why);
}

void CTypes::define(const CType &structure) {
  if (structure.isComplete && !structure.name.empty())
    definitions[structure.scope + structure.name].all.push_back(&structure);
}

/// Whether two structs of one name are one: what a call and an access see.
static bool isSame(const CType &a, const CType &b) {
  auto isSameField = [](const CField &f, const CField &g) {
    return f.name == g.name && f.offset == g.offset &&
           f.isBitField == g.isBitField && declare(*f.type) == declare(*g.type);
  };
  return a.kind == b.kind && a.size == b.size && a.align == b.align &&
         a.fields.size() == b.fields.size() &&
         std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(),
                    isSameField);
}

ArrayRef<const CType *> CTypes::distinct(const CType &type) const {
  auto found = definitions.find(type.scope + type.name);
  if (found == definitions.end())
    return {};
  Definitions &known = found->second;
  for (; known.compared < known.all.size(); ++known.compared) {
    const CType *next = known.all[known.compared];
    if (none_of(known.distinct,
                [&](const CType *other) { return isSame(*other, *next); }))
      known.distinct.push_back(next);
  }
  return known.distinct;
}

const CType &CTypes::complete(const CType &type) const {
  if (type.name.empty())
    return type;
  ArrayRef<const CType *> all = distinct(type);
  if (!type.isComplete)
    return all.size() == 1 && all.front()->kind == type.kind ? *all.front()
                                                             : type;
  for (const CType *one : all)
    if (isSame(*one, type))
      return *one;
  return type;
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

bool plumb::abi::isConst(const CType &type) {
  const CType *at = &type;
  for (unsigned i = 0; i < maxDepth; ++i, at = at->target) {
    if (at->kind == CKind::Const)
      return true;
    if (at->kind != CKind::Alias)
      return false;
  }
  return false;
}

static uint64_t alignAt(const CType &type, unsigned depth) {
  if (depth > maxDepth)
    return 1;
  switch (type.kind) {
  case CKind::Bool:
  case CKind::Int:
  case CKind::Float:
    return std::max<uint64_t>(1, PowerOf2Ceil(type.bits) / 8);
  case CKind::Pointer:
    return 8;
  case CKind::Alias:
  case CKind::Const:
    return type.align ? type.align : alignAt(*type.target, depth + 1);
  case CKind::Array:
    return alignAt(*type.target, depth + 1);
  case CKind::Struct:
  case CKind::Union: {
    uint64_t align = std::max<uint64_t>(1, type.align);
    for (const CField &f : type.fields)
      align = std::max({align, f.align, alignAt(*f.type, depth + 1)});
    return align;
  }
  default:
    return std::max<uint64_t>(1, type.align);
  }
}

uint64_t plumb::abi::alignOf(const CType &type) { return alignAt(type, 0); }

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

/// Other languages' names are written without `struct`.
static bool isOfC(const CType &type) {
  return type.scope.empty() && !StringRef(type.name).contains(':');
}

static std::string spelled(StringRef prefix, const CType &type,
                           const std::string &inner) {
  std::string text = (prefix + type.scope +
                      (type.name.empty() ? StringRef("<unnamed>") : type.name))
                         .str();
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
  case CKind::Unknown:
    return inner.empty() ? "<not known>" : "<not known> " + inner;
  case CKind::Struct:
    return spelled(isOfC(*type) ? "struct " : "", *type, inner);
  case CKind::Union:
    return spelled("union ", *type, inner);
  default:
    return spelled(type->isEnum && isOfC(*type) ? "enum " : "", *type, inner);
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
