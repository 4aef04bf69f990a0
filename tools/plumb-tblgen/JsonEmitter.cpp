//===- JsonEmitter.cpp - The family for tools in other languages ----------===//

#include "Emitters.h"
#include "model/JsonSchema.h"
#include "plumb/Model/Scheme.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;

/// Attributes that a type has wherever it stands, so rows only name it.
static json::Array attributes(uint32_t bits) {
  json::Array names;
  for (StringRef name : spellAttributes(bits))
    names.push_back(name);
  return names;
}

static json::Array words(ArrayRef<const char *> texts) {
  return json::Array(texts);
}

static void emitType(json::OStream &json, const Family &family,
                     const NamedType &named) {
  const plumb_intr_type &type = *named.type;
  json.attribute("id", named.id);
  json.attribute("own", named.isOwn);
  json.attribute("kind", type.kind);
  json.attribute("mlir", type.mlir);
  json.attribute("llvm", spell(type.llvm));
  json.attribute("c", type.c);
  json.attribute("summary", named.summary);
  json.attribute("argument_attributes", attributes(type.arg_attrs));
  json.attribute("result_attributes", attributes(type.result_attrs));
  if (type.enumeration)
    json.attribute("enum", type.enumeration->name);
  if (type.structure)
    json.attribute("struct", type.structure->name);
  if (type.release)
    json.attribute("release", type.release);
  if (!isErased(&type))
    return;
  json.attribute("name", type.name ? type.name : "");
  json.attributeArray("arguments", [&] {
    for (const plumb_intr_type *argument : arguments(type))
      json.value(family.idOf(*argument));
  });
  json.attribute("scheme", schemeOf(type));
}

static void emitEnum(json::OStream &json, const Family &family,
                     const plumb_intr_enum &e) {
  json.attribute("name", e.name);
  json.attribute("c", e.c_name);
  json.attribute("summary", e.summary);
  json.attribute("own", isOf(family.get(), e.name));
  json.attribute("flags", bool(e.is_flags));
  json.attribute("type", e.type ? family.idOf(*e.type) : "");
  json.attributeArray("cases", [&] {
    for (const plumb_intr_case &c : cases(e))
      json.object([&] {
        json.attribute("name", c.name);
        json.attribute("c", c.c_name);
        json.attribute("value", c.value);
        json.attribute("doc", c.doc);
      });
  });
}

static void emitStruct(json::OStream &json, const Family &family,
                       const plumb_intr_struct &s) {
  json.attribute("name", s.name);
  json.attribute("c", s.c_name);
  json.attribute("summary", s.summary);
  json.attribute("own", isOf(family.get(), s.name));
  if (s.is_union)
    json.attribute("union", true);
  json.attribute("size", s.size);
  json.attribute("align", s.align);
  json.attributeArray("fields", [&] {
    for (const plumb_intr_field &f : fields(s))
      json.object([&] {
        json.attribute("name", f.name);
        json.attribute("doc", f.doc);
        json.attribute("type", family.idOf(*f.type));
        json.attribute("offset", f.offset);
        if (f.is_array)
          json.attribute("count", f.count);
        if (f.bits) {
          json.attribute("bits", unsigned(f.bits));
          json.attribute("first_bit", unsigned(f.first_bit));
        }
      });
  });
}

static void emitConstant(json::OStream &json, const Family &family,
                         const plumb_intr_constant &c) {
  json.attribute("name", c.name);
  json.attribute("c", c.c_name);
  json.attribute("spelling", c.spelling);
  json.attribute("doc", c.doc);
  json.attribute("type", family.idOf(*c.type));
  Kind kind = kindOf(*c.type);
  if (c.text)
    return json.attribute("value", c.text);
  if (kind != Kind::Float32 && kind != Kind::Float64)
    return json.attribute("value", c.integer);
  // Text, which no reader rounds.
  std::string number;
  raw_string_ostream(number) << format("%.17g", c.number);
  json.attribute("value", number);
}

static void emitParams(json::OStream &json, const Family &family,
                       ArrayRef<plumb_intr_param> params) {
  json.attributeArray("params", [&] {
    for (const plumb_intr_param &p : params)
      json.object([&] {
        json.attribute("name", p.name);
        json.attribute("doc", p.doc);
        json.attribute("passing", spell(p.passing));
        if (p.type) {
          json.attribute("type", family.idOf(*p.type));
          return json.attribute("consumed", bool(p.is_consumed));
        }
        json.attribute("callback", p.callback->name);
        json.attribute("optional", bool(p.is_optional));
        json.attribute("kept", bool(p.is_kept));
      });
  });
}

static void emitResult(json::OStream &json, const Family &family,
                       const plumb_intr_type *result, StringRef name,
                       StringRef doc) {
  if (!result)
    return json.attribute("result", nullptr);
  json.attributeObject("result", [&] {
    json.attribute("name", name);
    json.attribute("doc", doc);
    json.attribute("type", family.idOf(*result));
  });
}

static void emitRow(json::OStream &json, const Family &family,
                    const plumb_intr_row &row) {
  json.attribute("name", row.name);
  json.attribute("source_name", row.source_name);
  json.attribute("symbol", row.symbol);
  json.attribute("summary", row.summary);
  json.attribute("description", row.description);
  json.attribute("since", row.since);
  json.attribute("location", row.location);
  emitParams(json, family, params(row));
  emitResult(json, family, row.result, row.result_name, row.result_doc);
  json.attributeArray("effects", [&] {
    for (const plumb_intr_effect &effect : effects(row))
      json.object([&] {
        json.attribute("resource", effect.resource);
        json.attribute("reads", bool(effect.reads));
        json.attribute("writes", bool(effect.writes));
      });
  });
  json.attribute("scheme", schemeOf(row));
  json.attribute("variables", words(variables(row)));
  json.attributeArray("bounds", [&] {
    for (const plumb_intr_bound &bound : bounds(row))
      json.object([&] {
        json.attribute("variable", variables(row)[bound.variable]);
        json.attribute("name", bound.name);
      });
  });
  json.attribute("aliases", words(aliases(row)));
  json.attribute("operators", words(operators(row)));
  json.attribute("variadic", isVariadic(row));
  json.attribute("convention", spell(row.cc));
  json.attribute("blocks", blocks(row));
  json.attribute("fresh_result", hasFreshResult(row));
  json.attribute("signature", row.signature);
  // Text: a JSON number does not hold 64 bits everywhere.
  json.attribute("hash", utohexstr(row.hash, true, 16));
}

static void emitOption(json::OStream &json, const plumb_intr_option &o) {
  json.attribute("name", o.name);
  json.attribute("environment", o.environment);
  json.attribute("section", o.section);
  json.attribute("doc", o.doc);
  json.attribute("type", infoOf(o.kind).name);
  if (o.kind == PLUMB_INTR_OPTION_INTEGER) {
    json.attribute("default", o.integer);
    json.attribute("min", o.min);
    json.attribute("max", o.max);
    json.attribute("unit", o.unit);
    return;
  }
  json.attribute("default", o.text);
  if (o.kind == PLUMB_INTR_OPTION_CHOICE)
    json.attribute("choices", json::Array(choices(o)));
}

void plumb::tblgen::emitJson(const Family &family, raw_ostream &os) {
  json::OStream json(os, 1);
  json.object([&] {
    json.attribute("schema", jsonSchema);
    json.attribute("name", family.get().name);
    json.attribute("module", family.get().module);
    json.attribute("summary", family.get().summary);
    json.attribute("description", family.get().description);
    json.attribute("header", family.get().header);
    json.attributeArray("types", [&] {
      for (const NamedType &type : family.types)
        json.object([&] { emitType(json, family, type); });
    });
    json.attributeArray("enums", [&] {
      for (const plumb_intr_enum *e : family.enums)
        json.object([&] { emitEnum(json, family, *e); });
    });
    json.attributeArray("structs", [&] {
      for (const plumb_intr_struct *s : family.structs)
        json.object([&] { emitStruct(json, family, *s); });
    });
    json.attributeArray("statuses", [&] {
      for (const plumb_intr_status &s : statuses(family.get()))
        json.object([&] {
          json.attribute("name", s.name);
          json.attribute("c", s.c_name);
          json.attribute("code", s.code);
          json.attribute("message", s.message);
        });
    });
    json.attributeArray("options", [&] {
      for (const plumb_intr_option &o : options(family.get()))
        json.object([&] { emitOption(json, o); });
    });
    json.attributeArray("constants", [&] {
      for (const plumb_intr_constant &c : constants(family.get()))
        json.object([&] { emitConstant(json, family, c); });
    });
    json.attributeArray("callbacks", [&] {
      for (auto [cb, doc] :
           zip_equal(callbacks(family.get()), family.callbackDocs))
        json.object([&, cb = cb, doc = doc] {
          json.attribute("name", cb->name);
          json.attribute("c", cb->c_name);
          json.attribute("summary", cb->summary);
          json.attribute("environment", hasEnvironment(*cb)
                                            ? int64_t(cb->environment)
                                            : int64_t(-1));
          emitParams(json, family, params(*cb));
          emitResult(json, family, cb->result, doc.resultName, "");
        });
    });
    json.attributeArray("intrinsics", [&] {
      for (const plumb_intr_row &row : rows(family.get()))
        json.object([&] { emitRow(json, family, row); });
    });
  });
  os << "\n";
}
