//===- LoadedFamily.cpp - JSON to descriptor structs ----------------------===//

#include "dialects/Intrinsic/LoadedFamily.h"
#include "dialects/Intrinsic/Signature.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::intr;

static constexpr int64_t maxU32 = std::numeric_limits<uint32_t>::max();

uint32_t LoadedFamily::attributes(const JsonObject &object, StringRef key) {
  uint32_t bits = 0;
  object.eachText(key, [&](StringRef name) {
    uint32_t bit = parseAttribute(name);
    if (!bit)
      object.fault(key, "unknown attribute '" + name + "'");
    bits |= bit;
  });
  return bits;
}

const char *LoadedFamily::qualifiedName(const JsonObject &object) {
  const char *name = object.text("name");
  auto [owner, plain] = StringRef(name).split('.');
  if (!isIdentifier(owner) || !isIdentifier(plain) ||
      (object.flag("own") && owner != family.name))
    object.fault("name", "'" + Twine(name) + "' is not of the form " +
                             family.name + ".something");
  return name;
}

template <typename T>
static T *insert(StringMap<T *> &map, const JsonObject &object, StringRef key,
                 StringRef name, T *value) {
  if (!map.try_emplace(name, value).second)
    object.fault(key, "'" + name + "' is there twice");
  return value;
}

void LoadedFamily::readTypes(const JsonObject &root) {
  std::vector<const plumb_intr_type *> own;
  root.each("types", [&](const JsonObject &object) {
    plumb_intr_type *type = &allocate<plumb_intr_type>(1).front();
    *type = {object.text("kind"),
             object.text("mlir"),
             object.text("c"),
             PLUMB_INTR_LLVM_VOID,
             attributes(object, "argument_attributes"),
             attributes(object, "result_attributes"),
             nullptr,
             nullptr};
    StringRef llvmType = object.text("llvm");
    for (int i = PLUMB_INTR_LLVM_PTR; i <= PLUMB_INTR_LLVM_STRUCT; ++i)
      if (spell(plumb_intr_llvm_type(i)) == llvmType)
        type->llvm = plumb_intr_llvm_type(i);
    if (type->llvm == PLUMB_INTR_LLVM_VOID)
      object.fault("llvm", "'" + llvmType + "' is unknown");
    if (!*type->c)
      object.fault("c", "is empty");
    insert(types, object, "id", object.text("id"), type);
    if (!object.flag("own"))
      return;
    // Only a handle's own record brings a type into MLIR.
    StringRef mlir = type->mlir;
    if (StringRef(type->kind) == "handle") {
      if (!mlir.consume_front("!") || mlir.split('.').first != family.name)
        object.fault("mlir", "'" + Twine(type->mlir) +
                                 "' is not a type of family '" + family.name +
                                 "'");
      if (none_of(own, [&](const plumb_intr_type *other) {
            return StringRef(other->mlir) == type->mlir;
          }))
        own.push_back(type);
    }
  });
  ArrayRef kept = keep(own);
  family.types = kept.data();
  family.num_types = kept.size();
}

const plumb_intr_type *LoadedFamily::typeOf(const JsonObject &object) {
  StringRef id = object.text("type");
  const plumb_intr_type *type = types.lookup(id);
  if (!type)
    object.fault("type", "there is no type with id '" + id + "'");
  return type;
}

void LoadedFamily::readEnums(const JsonObject &root) {
  std::vector<const plumb_intr_enum *> own;
  root.each("enums", [&](const JsonObject &object) {
    std::vector<plumb_intr_case> cases;
    StringMap<bool> seen;
    object.each("cases", [&](const JsonObject &c) {
      const char *name = c.identifier("name");
      if (!seen.try_emplace(name, true).second)
        c.fault("name", "'" + Twine(name) + "' is there twice");
      cases.push_back(
          {name, c.identifier("c"), c.number("value"), c.text("doc")});
    });
    ArrayRef kept = keep(cases);
    plumb_intr_enum *e = &allocate<plumb_intr_enum>(1).front();
    *e = {qualifiedName(object), object.text("c"), object.text("summary"),
          object.flag("flags"),  typeOf(object),   kept.data(),
          uint32_t(kept.size())};
    if (e->type && !StringRef(e->type->kind).contains("int"))
      object.fault("type",
                   "kind '" + Twine(e->type->kind) + "' is not an integer");
    if (cases.empty())
      object.fault("cases", "are none");
    insert(enums, object, "name", e->name, e);
    if (object.flag("own"))
      own.push_back(e);
  });
  ArrayRef kept = keep(own);
  family.enums = kept.data();
  family.num_enums = kept.size();
}

void LoadedFamily::readStructs(const JsonObject &root) {
  std::vector<const plumb_intr_struct *> own;
  root.each("structs", [&](const JsonObject &object) {
    std::vector<plumb_intr_field> fields;
    object.each("fields", [&](const JsonObject &field) {
      fields.push_back({field.identifier("name"), field.text("doc"),
                        typeOf(field),
                        uint32_t(field.number("offset", 0, maxU32))});
    });
    ArrayRef kept = keep(fields);
    plumb_intr_struct *s = &allocate<plumb_intr_struct>(1).front();
    *s = {qualifiedName(object),
          object.text("c"),
          object.text("summary"),
          kept.data(),
          uint32_t(kept.size()),
          uint32_t(object.number("size", 1, maxU32)),
          uint32_t(object.number("align", 1, 8))};
    checkLayout(object, *s);
    insert(structs, object, "name", s->name, s);
    if (object.flag("own"))
      own.push_back(s);
  });
  ArrayRef kept = keep(own);
  family.structs = kept.data();
  family.num_structs = kept.size();
}

void LoadedFamily::readStatuses(const JsonObject &root) {
  std::vector<plumb_intr_status> statuses;
  root.each("statuses", [&](const JsonObject &object) {
    statuses.push_back(
        {object.text("name"), object.identifier("c"),
         object.number("code", std::numeric_limits<int64_t>::min(), 0),
         object.text("message")});
  });
  ArrayRef kept = keep(statuses);
  family.statuses = kept.data();
  family.num_statuses = kept.size();
}

void LoadedFamily::read(const JsonDocument &document, JsonFaults &faults) {
  JsonObject root(document.getObject(), "", faults, strings);
  int64_t schema = root.number("schema");
  if (schema != PLUMB_INTR_DESCRIPTOR_VERSION)
    return root.fault("schema", Twine(schema) +
                                    ", but this program reads schema " +
                                    Twine(PLUMB_INTR_DESCRIPTOR_VERSION) +
                                    "; make the file again with this Plumb's "
                                    "plumb-tblgen -gen-json");
  family.version = PLUMB_INTR_DESCRIPTOR_VERSION;
  family.struct_size = sizeof(plumb_intr_family);
  family.name = root.identifier("name");
  family.module = root.text("module");
  family.header = root.text("header");
  family.summary = root.text("summary");
  family.description = root.text("description");
  // Types, enums and structs refer to each other: those of types last.
  readTypes(root);
  readEnums(root);
  readStructs(root);
  root.each("types", [&](const JsonObject &object) {
    plumb_intr_type *type = types.lookup(object.text("id"));
    if (object.has("enum"))
      type->enumeration = enums.lookup(object.text("enum"));
    if (object.has("struct"))
      type->structure = structs.lookup(object.text("struct"));
    checkType(object, *type);
  });
  readStatuses(root);
  readOptions(root);
  // A row's checks follow every reference.
  if (!faults.empty())
    return;
  readCallbacks(root);
  readRows(root);
}
