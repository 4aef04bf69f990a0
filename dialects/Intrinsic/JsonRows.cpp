//===- JsonRows.cpp - Callbacks and intrinsics of a JSON family -----------===//

#include "dialects/Intrinsic/JsonReader.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::intr;

bool JsonReader::readParams(const JsonObject &object,
                            std::vector<model::ParamInput> &params) {
  bool isWhole = true;
  object.each("params", [&](const JsonObject &at) {
    model::ParamInput input;
    plumb_intr_param &param = input.param;
    param.name = at.text("name");
    param.doc = at.text("doc");
    input.passing = at.text("passing");
    const model::PassingInfo *passing = model::findPassing(input.passing);
    if (passing && passing->takesCallback) {
      StringRef name = at.text("callback");
      param.callback = callbacks.lookup(name);
      param.is_optional = at.flag("optional");
      param.is_kept = at.flag("kept");
      if (!param.callback)
        at.fault("callback", "there is no callback '" + name + "'");
    } else {
      param.type = typeOf(at);
      param.is_consumed = at.has("consumed") && at.flag("consumed");
    }
    if (param.type || param.callback)
      params.push_back(input);
    else
      isWhole = false;
  });
  return isWhole;
}

void JsonReader::readCallbacks(const JsonObject &root) {
  root.each("callbacks", [&](const JsonObject &object) {
    model::CallbackInput input;
    plumb_intr_callback &cb = input.callback;
    cb.name = object.text("name");
    cb.c_name = object.text("c");
    cb.summary = object.text("summary");
    readParams(object, input.params);
    if (object.has("result"))
      object.withChild("result", [&](const JsonObject &result) {
        cb.result = typeOf(result);
        input.resultName = result.text("name");
      });
    input.environment = object.number("environment", -1);
    const plumb_intr_callback *made =
        builder.addCallback(object.getPlace(), std::move(input));
    callbacks.try_emplace(made->name, made);
  });
}

void JsonReader::readRow(const JsonObject &object) {
  model::RowInput input;
  plumb_intr_row &row = input.row;
  row.name = object.text("name");
  row.source_name = object.text("source_name");
  row.symbol = object.text("symbol");
  row.summary = object.text("summary");
  row.description = object.text("description");
  row.since = object.text("since");
  row.location = object.text("location");
  bool isWhole = readParams(object, input.params);
  row.result_name = row.result_doc = "";
  if (object.has("result"))
    object.withChild("result", [&](const JsonObject &result) {
      row.result = typeOf(result);
      row.result_name = result.text("name");
      row.result_doc = result.text("doc");
      isWhole &= row.result != nullptr;
    });
  object.each("effects", [&](const JsonObject &effect) {
    input.effects.push_back(
        {effect.text("resource"), effect.flag("reads"), effect.flag("writes")});
  });
  row.flags = (object.flag("blocks") ? PLUMB_INTR_ROW_BLOCKS : 0) |
              (object.flag("fresh_result") ? PLUMB_INTR_ROW_FRESH_RESULT : 0) |
              (object.flag("variadic") ? PLUMB_INTR_ROW_VARIADIC : 0);
  input.convention = object.text("convention");
  if (object.has("bounds"))
    object.each("bounds", [&](const JsonObject &bound) {
      input.bounds.push_back({bound.text("variable"), bound.text("name")});
    });
  for (auto [key, into] : {std::pair("aliases", &input.aliases),
                           std::pair("operators", &input.operators)})
    if (object.has(key))
      object.eachText(key, [&, into = into](StringRef word) {
        into->push_back(builder.save(word));
      });
  const plumb_intr_row &made =
      builder.addRow(object.getPlace(), std::move(input));
  StringRef signature = object.text("signature");
  uint64_t hash = 0;
  if (StringRef(object.text("hash")).getAsInteger(16, hash))
    return object.fault("hash", "is not a hexadecimal number");
  if (!isWhole) // a fault already
    return;
  if (signature != made.signature)
    object.fault("signature", "'" + signature +
                                  "', but what the file says gives '" +
                                  made.signature + "'");
  else if (hash != made.hash)
    object.fault("hash", "is not that of the signature");
}
