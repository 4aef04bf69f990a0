//===- DataTypes.cpp - Types of the program as constants ------------------===//

#include "frontends/snow/dialect/SnowDialect.h"
#include "frontends/snow/lower/ModuleLowering.h"

using namespace mlir;
using namespace snow;
using namespace snow::lower;

unsigned ModuleLowering::numConstructors(const core::Type *type) const {
  const core::DataType *data = dataTypes.lookup(type->name());
  return data ? data->constructors.size() : 1; // A tuple.
}

TypeList ModuleLowering::fieldTypes(const core::Type *type,
                                    unsigned constructor) {
  const core::DataType *data = dataTypes.lookup(type->name());
  if (!data)
    return TypeList(type->arguments());
  TypeList fields;
  for (const core::Type *field : data->constructors[constructor].fields)
    fields.push_back(substitute(field, type->arguments()));
  return fields;
}

/// The last part of "Main.Shape".
static StringRef bareName(StringRef name) {
  return name.rsplit('.').second.empty() ? name : name.rsplit('.').second;
}

FlatSymbolRefAttr ModuleLowering::dataType(const core::Type *type,
                                           Location user) {
  FlatSymbolRefAttr &known = declared[type];
  if (known)
    return known;
  FlatSymbolRefAttr symbol = known =
      FlatSymbolRefAttr::get(getContext(), uniqueName("type " + type->str()));
  const core::DataType *data = dataTypes.lookup(type->name());
  SmallVector<Attribute> constructors;
  for (unsigned i = 0, e = numConstructors(type); i != e; ++i) {
    SmallVector<int32_t> kinds;
    for (const core::Type *field : fieldTypes(type, i))
      kinds.push_back(Types::kindOf(field));
    SmallVector<Attribute> names;
    StringRef name;
    if (data) {
      name = bareName(data->constructors[i].name);
      for (const std::string &field : data->constructors[i].fieldNames)
        names.push_back(atEnd.getStringAttr(field));
    }
    constructors.push_back(atEnd.getArrayAttr(
        {atEnd.getStringAttr(name), atEnd.getDenseI32ArrayAttr(kinds),
         atEnd.getArrayAttr(names)}));
  }
  auto op = dialect::DataTypeOp::create(
      atEnd, data ? convert(data->where) : user, symbol.getAttr(),
      atEnd.getStringAttr(type->name()), atEnd.getArrayAttr(constructors),
      nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr,
      nullptr);
  op.setIsTuple(!data);
  if (!data)
    return symbol;
  op.setIsStruct(data->isStruct);
  op.setHasDisplay(data->derivesDisplay);
  auto set = [&](StringRef name, StringRef trait, StringRef method) {
    if (std::optional<Method> found = findMethod(trait, method, type))
      op->setAttr(name, instance(*found->function, found->typeArguments, user));
  };
  set("equal", "Eq", "eq");
  set("compare", "Ord", "compare");
  set("less", "Ord", "lt");
  set("hash", "Hash", "hash");
  set("text", "Display", "to_string");
  set("inspect", "Debug", "inspect");
  return symbol;
}
