//===- JsonEmitter.cpp - The family for tools in other languages ----------===//

#include "Emitters.h"
#include "dialects/Intrinsic/Signature.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

using namespace llvm;
using namespace plumb::tblgen;
using plumb::tblgen::Type;

/// Attributes that a type has wherever it stands, so rows only name it.
static void emitType(json::OStream &json, const Type &type) {
  json.attribute("id", type.record);
  json.attribute("own", type.isOwn);
  json.attribute("kind", type.kind);
  json.attribute("mlir", type.mlir);
  json.attribute("llvm", type.llvm);
  json.attribute("c", type.c);
  json.attribute("summary", type.summary);
  json.attribute("argument_attributes", json::Array(type.argAttrs));
  json.attribute("result_attributes", json::Array(type.resultAttrs));
  if (type.enumeration)
    json.attribute("enum", type.enumeration->name);
  if (type.structure)
    json.attribute("struct", type.structure->name);
}

static void emitEnum(json::OStream &json, const Enum &e) {
  json.attribute("name", e.name);
  json.attribute("c", e.cName);
  json.attribute("summary", e.summary);
  json.attribute("own", e.isOwn);
  json.attribute("flags", e.isFlags);
  json.attribute("type", e.type->record);
  json.attributeArray("cases", [&] {
    for (const Case &c : e.cases)
      json.object([&] {
        json.attribute("name", c.name);
        json.attribute("c", c.cName);
        json.attribute("value", c.value);
        json.attribute("doc", c.doc);
      });
  });
}

static void emitStruct(json::OStream &json, const Struct &s) {
  json.attribute("name", s.name);
  json.attribute("c", s.cName);
  json.attribute("summary", s.summary);
  json.attribute("own", s.isOwn);
  json.attribute("size", s.size);
  json.attribute("align", s.align);
  json.attributeArray("fields", [&] {
    for (const Field &f : s.fields)
      json.object([&] {
        json.attribute("name", f.name);
        json.attribute("doc", f.doc);
        json.attribute("type", f.type->record);
        json.attribute("offset", f.offset);
      });
  });
}

static StringRef spell(Passing passing) {
  static constexpr StringLiteral names[] = {
      "direct", "span", "pointer", "out", "callback", "function", "options"};
  return names[size_t(passing)];
}

static void emitParams(json::OStream &json, ArrayRef<Param> params) {
  json.attributeArray("params", [&] {
    for (const Param &p : params)
      json.object([&] {
        json.attribute("name", p.name);
        json.attribute("doc", p.doc);
        json.attribute("passing", spell(p.passing));
        if (p.type)
          return json.attribute("type", p.type->record);
        json.attribute("callback", p.callback->name);
        json.attribute("optional", p.isOptional);
        json.attribute("kept", p.isKept);
      });
  });
}

static void emitResult(json::OStream &json, const Type *result, StringRef name,
                       StringRef doc) {
  if (!result)
    return json.attribute("result", nullptr);
  json.attributeObject("result", [&] {
    json.attribute("name", name);
    json.attribute("doc", doc);
    json.attribute("type", result->record);
  });
}

static void emitRow(json::OStream &json, const Row &row) {
  json.attribute("name", row.opName);
  json.attribute("source_name", row.sourceName);
  json.attribute("symbol", row.symbol);
  json.attribute("summary", row.summary);
  json.attribute("description", row.description);
  json.attribute("since", row.since);
  json.attribute("location", row.file + ":" + std::to_string(row.line));
  emitParams(json, row.params);
  emitResult(json, row.result, row.resultName, row.resultDoc);
  json.attributeArray("effects", [&] {
    for (const Effect &effect : row.effects)
      json.object([&] {
        json.attribute("resource", effect.resource);
        json.attribute("reads", effect.reads);
        json.attribute("writes", effect.writes);
      });
  });
  json.attribute("variadic", row.isVariadic);
  json.attribute("convention", row.callingConvention);
  json.attribute("blocks", row.blocks);
  json.attribute("fresh_result", row.freshResult);
  json.attribute("signature", row.signature());
  // Text: a JSON number does not hold 64 bits everywhere.
  json.attribute(
      "hash", utohexstr(plumb::intr::hashSignature(row.signature()), true, 16));
}

static void emitOption(json::OStream &json, const Option &o) {
  static constexpr StringLiteral kinds[] = {"integer", "text", "choice"};
  json.attribute("name", o.name);
  json.attribute("environment", o.env);
  json.attribute("section", o.section);
  json.attribute("doc", o.doc);
  json.attribute("type", kinds[o.kind]);
  if (o.kind == Option::Integer) {
    json.attribute("default", o.integer);
    json.attribute("least", o.least);
    json.attribute("most", o.most);
    json.attribute("unit", o.unit);
    return;
  }
  json.attribute("default", o.text);
  if (o.kind == Option::Choice)
    json.attribute("choices", json::Array(o.choices));
}

void plumb::tblgen::emitJson(const Family &family, raw_ostream &os) {
  json::OStream json(os, 1);
  json.object([&] {
    json.attribute("schema", 3);
    json.attribute("name", family.name);
    json.attribute("module", family.module);
    json.attribute("summary", family.summary);
    json.attribute("description", family.description);
    json.attribute("header", family.header);
    json.attributeArray("types", [&] {
      for (const auto &[name, type] : family.types)
        json.object([&] { emitType(json, *type); });
    });
    json.attributeArray("enums", [&] {
      for (const Enum &e : family.enums)
        json.object([&] { emitEnum(json, e); });
    });
    json.attributeArray("structs", [&] {
      for (const Struct &s : family.structs)
        json.object([&] { emitStruct(json, s); });
    });
    json.attributeArray("statuses", [&] {
      for (const Status &s : family.statuses)
        json.object([&] {
          json.attribute("name", s.name);
          json.attribute("c", s.cName);
          json.attribute("code", s.code);
          json.attribute("message", s.message);
        });
    });
    json.attributeArray("options", [&] {
      for (const Option &o : family.options)
        json.object([&] { emitOption(json, o); });
    });
    json.attributeArray("callbacks", [&] {
      for (const Callback &cb : family.callbacks)
        json.object([&] {
          json.attribute("name", cb.name);
          json.attribute("c", cb.cName);
          json.attribute("summary", cb.summary);
          json.attribute("environment", cb.environment);
          emitParams(json, cb.params);
          emitResult(json, cb.result, cb.resultName, "");
        });
    });
    json.attributeArray("intrinsics", [&] {
      for (const Row &row : family.rows)
        json.object([&] { emitRow(json, row); });
    });
  });
  os << "\n";
}
