//===- JsonEmitter.cpp - The family for tools in other languages ----------===//

#include "Emitters.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;
using namespace plumb::tblgen;
using plumb::tblgen::Type;

static void emitType(json::OStream &json, const Type &type) {
  json.attribute("kind", type.kind);
  json.attribute("mlir", type.mlir);
  json.attribute("llvm", type.llvm);
  json.attribute("c", type.c);
}

static void emitParams(json::OStream &json, ArrayRef<Param> params) {
  json.attributeArray("params", [&] {
    for (const Param &p : params)
      json.object([&] {
        json.attribute("name", p.name);
        json.attribute("doc", p.doc);
        if (p.callback) {
          json.attribute("kind", "callback");
          json.attribute("callback", p.callback->name);
          json.attribute("optional", p.isOptional);
          return;
        }
        emitType(json, *p.type);
        json.attribute("attributes", json::Array(p.type->argAttrs));
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
    emitType(json, *result);
    json.attribute("attributes", json::Array(result->resultAttrs));
  });
}

static void emitRow(json::OStream &json, const Row &row) {
  json.attribute("name", row.opName);
  json.attribute("source_name", row.sourceName);
  json.attribute("symbol", row.symbol);
  json.attribute("summary", row.summary);
  json.attribute("description", row.description);
  json.attribute("since", row.since);
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
  json.attribute("blocks", row.blocks);
  json.attribute("fresh_result", row.freshResult);
  json.attribute("signature", row.signature());
  // Text: a JSON number does not hold 64 bits everywhere.
  json.attribute("hash", utohexstr(xxh3_64bits(row.signature()), true, 16));
}

void plumb::tblgen::emitJson(const Family &family, raw_ostream &os) {
  json::OStream json(os, 2);
  json.object([&] {
    json.attribute("schema", 1);
    json.attribute("name", family.name);
    json.attribute("module", family.module);
    json.attribute("summary", family.summary);
    json.attribute("header", family.header);
    json.attributeArray("types", [&] {
      for (const auto &[name, type] : family.types)
        if (type->isOwn)
          json.object([&] {
            emitType(json, *type);
            json.attribute("summary", type->summary);
          });
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
        json.object([&] {
          json.attribute("name", o.name);
          json.attribute("environment", o.env);
          json.attribute("type", o.type);
          json.attribute("default", o.value);
          json.attribute("doc", o.doc);
        });
    });
    json.attributeArray("callbacks", [&] {
      for (const Callback &cb : family.callbacks)
        json.object([&] {
          json.attribute("name", cb.name);
          json.attribute("c", cb.cName);
          json.attribute("summary", cb.summary);
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
