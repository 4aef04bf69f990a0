//===- JsonReader.cpp - Types, statuses and options of a JSON family ------===//

#include "dialects/Intrinsic/JsonReader.h"
#include "model/JsonSchema.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::intr;

/// Its codes are every family's.
extern "C" const plumb_intr_family plumb_family_intr;

JsonReader::JsonReader(JsonFaults &faults)
    : faults(faults),
      builder([&faults](model::Place at, const Twine &message, model::Place) {
        faults.add(at ? static_cast<const char *>(at) : "", message);
      }) {}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

uint32_t JsonReader::attributes(const JsonObject &object, StringRef key) {
  uint32_t bits = 0;
  object.eachText(key, [&](StringRef name) {
    uint32_t bit = model::parseAttribute(name);
    if (!bit)
      object.fault(key, "unknown attribute '" + name + "'");
    bits |= bit;
  });
  return bits;
}

void JsonReader::readTypes(const JsonObject &root) {
  root.each("types", [&](const JsonObject &object) {
    ReadType read;
    read.place = object.getPlace();
    read.input.id = object.text("id");
    read.input.kind = object.text("kind");
    read.input.mlir = object.text("mlir");
    read.input.c = object.text("c");
    read.input.summary = object.text("summary");
    read.input.isOwn = object.flag("own");
    read.llvm = object.text("llvm");
    read.argAttrs = attributes(object, "argument_attributes");
    read.resultAttrs = attributes(object, "result_attributes");
    const model::KindInfo *kind = model::findKind(read.input.kind);
    read.input.isNonNull = read.argAttrs & PLUMB_INTR_ATTR_NONNULL && kind &&
                           kind->may(model::MayBeNull);
    if (object.has("release"))
      read.input.release = object.text("release");
    unsigned index = readTypesOfFile.size();
    if (object.has("enum"))
      typesOfEnum[object.text("enum")].push_back(index);
    else if (object.has("struct"))
      typesOfStruct[object.text("struct")].push_back(index);
    if (object.has("name"))
      read.input.name = object.text("name");
    if (object.has("arguments"))
      object.eachText("arguments", [&](StringRef id) {
        read.arguments.push_back(id.str());
      });
    readTypesOfFile.push_back(read);
    if (!object.has("enum") && !object.has("struct") && read.arguments.empty())
      add(readTypesOfFile.back());
  });
  addErased();
}

/// What they are of may stand after them.
void JsonReader::addErased() {
  bool isStuck = false;
  while (!isStuck) {
    isStuck = true;
    for (ReadType &read : readTypesOfFile) {
      auto isKnown = [&](const std::string &id) { return types.count(id); };
      if (read.isAdded || read.arguments.empty() ||
          !all_of(read.arguments, isKnown))
        continue;
      for (const std::string &id : read.arguments)
        read.input.arguments.push_back(types.lookup(id));
      add(read);
      isStuck = false;
    }
  }
  for (ReadType &read : readTypesOfFile)
    for (const std::string &id : read.arguments)
      if (!read.isAdded && !types.count(id)) {
        faults.add(Twine(read.place) + ".arguments",
                   "'" + id + "' is no type that can be one");
        read.isAdded = true;
      }
}

static std::string spellAttributes(uint32_t bits) {
  return join(model::spellAttributes(bits), " ");
}

void JsonReader::add(ReadType &read) {
  read.isAdded = true;
  const plumb_intr_type *type = builder.addType(read.place, read.input);
  types.try_emplace(read.input.id, type);
  const model::KindInfo *kind = model::infoOf(*type);
  if (!kind)
    return;
  auto compare = [&](StringRef key, const Twine &said, const Twine &made) {
    if (said.str() != made.str())
      faults.add(Twine(read.place) + "." + key, "'" + said + "', but kind '" +
                                                    kind->name + "' has '" +
                                                    made + "'");
  };
  compare("llvm", read.llvm, model::spell(type->llvm));
  compare("argument_attributes", spellAttributes(read.argAttrs),
          spellAttributes(type->arg_attrs));
  compare("result_attributes", spellAttributes(read.resultAttrs),
          spellAttributes(type->result_attrs));
}

void JsonReader::addTypes(const Indices &indices,
                          const plumb_intr_enum *enumeration,
                          const plumb_intr_struct *structure) {
  for (unsigned index : indices) {
    ReadType &read = readTypesOfFile[index];
    if (read.isAdded)
      continue;
    read.input.enumeration = enumeration;
    read.input.structure = structure;
    add(read);
  }
}

const plumb_intr_type *JsonReader::typeOf(const JsonObject &object) {
  StringRef id = object.text("type");
  const plumb_intr_type *type = types.lookup(id);
  if (!type)
    object.fault("type", "there is no type with id '" + id + "'");
  return type;
}

//===----------------------------------------------------------------------===//
// Enums and structs
//===----------------------------------------------------------------------===//

void JsonReader::checkOwn(const JsonObject &object, StringRef name) {
  const plumb_intr_family &family = builder.extras().get();
  if (object.flag("own") != model::isOf(family, name))
    object.fault("own",
                 "does not fit '" + name + "' in family '" + family.name + "'");
}

void JsonReader::readEnums(const JsonObject &root) {
  root.each("enums", [&](const JsonObject &object) {
    std::vector<plumb_intr_case> cases;
    object.each("cases", [&](const JsonObject &c) {
      cases.push_back(
          {c.text("name"), c.text("c"), c.number("value"), c.text("doc")});
    });
    plumb_intr_enum e = {};
    e.name = object.text("name");
    e.c_name = object.text("c");
    e.summary = object.text("summary");
    e.is_flags = object.flag("flags");
    e.type = typeOf(object);
    checkOwn(object, e.name);
    const plumb_intr_enum *made = builder.addEnum(object.getPlace(), e, cases);
    addTypes(typesOfEnum.lookup(e.name), made, nullptr);
  });
}

static constexpr int64_t maxU32 = std::numeric_limits<uint32_t>::max();

void JsonReader::readStructs(const JsonObject &root) {
  root.each("structs", [&](const JsonObject &object) {
    std::vector<plumb_intr_field> fields;
    std::vector<std::pair<uint32_t, uint32_t>> offsets;
    object.each("fields", [&](const JsonObject &field) {
      plumb_intr_field read = {};
      read.name = field.text("name");
      read.doc = field.text("doc");
      read.type = typeOf(field);
      read.is_array = field.has("count");
      read.count = read.is_array ? field.number("count", 0, maxU32) : 1;
      if (field.has("bits"))
        read.bits = field.number("bits", 1, 64);
      offsets.push_back({field.number("offset", 0, maxU32),
                         read.bits ? field.number("first_bit", 0, 63) : 0});
      fields.push_back(read);
    });
    plumb_intr_struct s = {};
    s.is_union = object.has("union") && object.flag("union");
    s.name = object.text("name");
    s.c_name = object.text("c");
    s.summary = object.text("summary");
    checkOwn(object, s.name);
    const plumb_intr_struct *made =
        builder.addStruct(object.getPlace(), s, std::move(fields));
    for (auto [field, offset] : zip_equal(model::fields(*made), offsets)) {
      auto spell = [&](uint32_t byte, uint32_t bit) {
        std::string text = std::to_string(byte);
        return field.bits ? text + ", bit " + std::to_string(bit) : text;
      };
      std::string said = spell(offset.first, offset.second);
      std::string made = spell(field.offset, field.first_bit);
      if (said != made)
        object.fault("fields", "'" + Twine(field.name) + "' is at byte " +
                                   said + ", but C puts it at " + made);
    }
    int64_t size = object.number("size", 0, maxU32),
            align = object.number("align", 1, 8);
    if (size != made->size || align != made->align)
      object.fault("size", Twine(size) + " aligned to " + Twine(align) +
                               ", but in C it is " + Twine(made->size) +
                               " aligned to " + Twine(made->align));
    addTypes(typesOfStruct.lookup(s.name), nullptr, made);
  });
}

//===----------------------------------------------------------------------===//
// Statuses and options
//===----------------------------------------------------------------------===//

void JsonReader::readStatuses(const JsonObject &root) {
  if (StringRef(builder.extras().get().name) != plumb_family_intr.name)
    for (const plumb_intr_status &status : model::statuses(plumb_family_intr))
      builder.addForeignStatus(nullptr, status);
  root.each("statuses", [&](const JsonObject &object) {
    builder.addStatus(object.getPlace(),
                      {object.text("name"), object.text("c"),
                       object.number("code"), object.text("message")});
  });
}

void JsonReader::readOptions(const JsonObject &root) {
  root.each("options", [&](const JsonObject &object) {
    model::OptionInput input;
    plumb_intr_option &option = input.option;
    option.name = object.text("name");
    option.environment = object.text("environment");
    option.section = object.text("section");
    option.doc = object.text("doc");
    option.unit = option.text = "";
    input.kind = object.text("type");
    const model::OptionKindInfo *kind = model::findOptionKind(input.kind);
    if (kind && kind->kind == PLUMB_INTR_OPTION_INTEGER) {
      option.min = object.number(schema < 4 ? "least" : "min");
      option.max = object.number(schema < 4 ? "most" : "max");
      option.integer = object.number("default");
      option.unit = object.text("unit");
    } else if (kind) {
      option.text = object.text("default");
    }
    if (kind && kind->kind == PLUMB_INTR_OPTION_CHOICE)
      object.eachText("choices", [&](StringRef choice) {
        input.choices.push_back(builder.save(choice));
      });
    builder.addOption(object.getPlace(), std::move(input));
  });
}

void JsonReader::readConstants(const JsonObject &root) {
  if (!root.has("constants")) // of an older Plumb
    return;
  root.each("constants", [&](const JsonObject &object) {
    plumb_intr_constant c = {};
    c.name = object.text("name");
    c.c_name = object.text("c");
    c.spelling = object.text("spelling");
    c.doc = object.text("doc");
    c.type = typeOf(object);
    model::Kind kind = model::kindOf(c.type);
    if (kind == model::Kind::Text || kind == model::Kind::Bytes) {
      c.text = object.text("value");
    } else if (kind == model::Kind::Float32 || kind == model::Kind::Float64) {
      StringRef number = object.text("value");
      if (!to_float(number, c.number))
        object.fault("value", "'" + number + "' is no number");
    } else {
      c.integer = object.number("value");
    }
    builder.addConstant(object.getPlace(), c);
  });
}

//===----------------------------------------------------------------------===//
// The family
//===----------------------------------------------------------------------===//

bool JsonReader::readNames(const JsonObject &root) {
  schema = root.number("schema");
  if (schema < model::oldestJsonSchema || schema > model::jsonSchema) {
    root.fault("schema", Twine(schema) + ", but this program reads schemas " +
                             Twine(model::oldestJsonSchema) + " to " +
                             Twine(model::jsonSchema) +
                             "; make the file again with this Plumb's "
                             "plumb-tblgen -gen-json");
    return false;
  }
  plumb_intr_family names = {};
  names.name = root.text("name");
  names.module = root.text("module");
  names.header = root.text("header");
  names.summary = root.text("summary");
  names.description = root.text("description");
  builder.begin(nullptr, names);
  return true;
}

std::unique_ptr<model::Family> JsonReader::read(const JsonDocument &document) {
  JsonObject root(document.getObject(), "", faults, builder.strings());
  if (!readNames(root))
    return nullptr;
  readTypes(root);
  readEnums(root);
  readStructs(root);
  for (ReadType &type : readTypesOfFile)
    if (!type.isAdded) {
      faults.add(type.place, "there is no enum or struct of the name that type "
                             "'" +
                                 type.input.id + "' says");
      add(type);
    }
  readOptions(root);
  readConstants(root);
  readCallbacks(root);
  readStatuses(root);
  root.each("intrinsics", [&](const JsonObject &object) { readRow(object); });
  return builder.finish();
}
