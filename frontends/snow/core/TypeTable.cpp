//===- TypeTable.cpp - Makes the types of a program -----------------------===//

#include "frontends/snow/core/TypeTable.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace snow::core;
using snow::core::Type; // Not LLVM's.

Type::Type(Kind kind, StringRef name, ArrayRef<const Type *> parts,
           unsigned number)
    : theKind(kind),
      concrete(
          kind != Kind::Parameter &&
          all_of(parts, [](const Type *part) { return part->isConcrete(); })),
      number(number), theName(name), parts(parts) {}

static std::string strOf(ArrayRef<const Type *> types) {
  std::string text;
  ListSeparator comma;
  for (const Type *type : types)
    text += std::string(StringRef(comma)) + type->str();
  return text;
}

std::string Type::str() const {
  switch (theKind) {
  case Kind::Parameter:
    return number < 26 ? std::string(1, char('A' + number))
                       : "T" + utostr(number);
  case Kind::Function:
    return "Fun(" + strOf(parameters()) + ") -> " + result()->str();
  case Kind::Named:
    break;
  }
  if (theName == "Unit")
    return "()";
  if (theName == "Tuple")
    return "(" + strOf(parts) + ")";
  if (parts.empty())
    return theName.str();
  return theName.str() + "<" + strOf(parts) + ">";
}

static void profile(FoldingSetNodeID &id, Type::Kind kind, StringRef name,
                    ArrayRef<const Type *> parts, unsigned number) {
  id.AddInteger(unsigned(kind));
  id.AddString(name);
  id.AddInteger(number);
  for (const Type *part : parts)
    id.AddPointer(part);
}

void TypeTable::Node::Profile(FoldingSetNodeID &id) const {
  profile(id, type.theKind, type.theName, type.parts, type.number);
}

TypeTable::TypeTable()
    : theInteger(named("Int")), theReal(named("Float")),
      theBoolean(named("Bool")), theString(named("String")),
      theUnit(named("Unit")) {}

const Type *TypeTable::get(Type::Kind kind, StringRef name,
                           ArrayRef<const Type *> parts, unsigned number) {
  FoldingSetNodeID id;
  profile(id, kind, name, parts, number);
  void *place = nullptr;
  if (Node *found = nodes.FindNodeOrInsertPos(id, place))
    return &found->type;
  auto *made = new (memory.Allocate<Node>())
      Node(Type(kind, names.save(name), parts.copy(memory), number));
  nodes.InsertNode(made, place);
  return &made->type;
}

const Type *TypeTable::named(StringRef name, ArrayRef<const Type *> arguments) {
  return get(Type::Kind::Named, name, arguments, 0);
}

const Type *TypeTable::function(ArrayRef<const Type *> parameters,
                                const Type *result) {
  SmallVector<const Type *> parts(parameters);
  parts.push_back(result);
  return get(Type::Kind::Function, "", parts, 0);
}

const Type *TypeTable::parameter(unsigned index) {
  return get(Type::Kind::Parameter, "", {}, index);
}

const Type *TypeTable::substitute(const Type *type,
                                  ArrayRef<const Type *> arguments) {
  if (type->isConcrete())
    return type;
  if (type->kind() == Type::Kind::Parameter)
    return type->index() < arguments.size() ? arguments[type->index()] : type;
  SmallVector<const Type *> parts;
  for (const Type *part : type->parts)
    parts.push_back(substitute(part, arguments));
  return get(type->theKind, type->theName, parts, 0);
}
