//===- LoadedRows.cpp - Callbacks and intrinsics of a loaded family -------===//

#include "dialects/Intrinsic/LoadedFamily.h"
#include "dialects/Intrinsic/Registry.h"
#include "dialects/Intrinsic/Signature.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace llvm;
using namespace plumb::intr;

static StringRef kindOf(const plumb_intr_type *type) {
  return type ? StringRef(type->kind) : StringRef();
}

void LoadedFamily::readParam(const JsonObject &object,
                             plumb_intr_param &param) {
  param.name = object.identifier("name");
  param.doc = object.text("doc");
  StringRef how = object.text("passing");
  int passing = StringSwitch<int>(how)
                    .Case("direct", PLUMB_INTR_PASS_DIRECT)
                    .Case("span", PLUMB_INTR_PASS_SPAN)
                    .Case("pointer", PLUMB_INTR_PASS_POINTER)
                    .Case("out", PLUMB_INTR_PASS_OUT)
                    .Case("callback", PLUMB_INTR_PASS_CALLBACK)
                    .Case("function", PLUMB_INTR_PASS_FUNCTION)
                    .Case("options", PLUMB_INTR_PASS_OPTIONS)
                    .Default(-1);
  if (passing < 0) {
    object.fault("passing", "'" + how + "' is unknown");
    passing = PLUMB_INTR_PASS_DIRECT;
  }
  param.passing = plumb_intr_passing(passing);
  if (passing == PLUMB_INTR_PASS_CALLBACK ||
      passing == PLUMB_INTR_PASS_FUNCTION) {
    StringRef name = object.text("callback");
    param.callback = callbacks.lookup(name);
    param.is_optional = object.flag("optional");
    param.is_kept = object.flag("kept");
    if (!param.callback)
      object.fault("callback", "there is no callback '" + name + "'");
    return;
  }
  param.type = typeOf(object);
  StringRef kind = kindOf(param.type);
  bool fits = true;
  if (passing == PLUMB_INTR_PASS_SPAN)
    fits = kind == "text" || kind == "bytes";
  else if (passing == PLUMB_INTR_PASS_POINTER)
    fits = kind == "struct";
  else if (passing == PLUMB_INTR_PASS_OUT)
    fits = kind != "environment";
  else if (passing == PLUMB_INTR_PASS_OPTIONS) {
    fits = kind == "text";
    param.is_optional = true;
    if (!family.num_options)
      object.fault("passing", "is 'options', but the family has none");
  }
  if (!fits)
    object.fault("passing",
                 "kind '" + kind + "' cannot be passed as '" + how + "'");
}

ArrayRef<plumb_intr_param> LoadedFamily::readParams(const JsonObject &object) {
  std::vector<plumb_intr_param> params;
  StringMap<bool> seen;
  object.each("params", [&](const JsonObject &param) {
    readParam(param, params.emplace_back());
    if (!seen.try_emplace(params.back().name, true).second)
      param.fault("name", "'" + Twine(params.back().name) + "' is there twice");
  });
  return keep(params);
}

void LoadedFamily::checkCallback(const JsonObject &object,
                                 const plumb_intr_callback &cb) {
  for (const plumb_intr_param &p : ArrayRef(cb.params, cb.num_params))
    if (p.passing != PLUMB_INTR_PASS_DIRECT || kindOf(p.type) == "struct" ||
        kindOf(p.type) == "environment")
      object.fault("params", "'" + Twine(p.name) +
                                 "': a callback takes scalars, text and "
                                 "bytes");
  if (kindOf(cb.result) == "struct" || kindOf(cb.result) == "environment")
    object.fault("result", "a callback returns scalars, text and bytes");
}

void LoadedFamily::readCallbacks(const JsonObject &root) {
  std::vector<const plumb_intr_callback *> all;
  root.each("callbacks", [&](const JsonObject &object) {
    plumb_intr_callback *cb = &allocate<plumb_intr_callback>(1).front();
    *cb = {};
    cb->name = object.identifier("name");
    cb->c_name = object.identifier("c");
    cb->summary = object.text("summary");
    ArrayRef params = readParams(object);
    cb->params = params.data();
    cb->num_params = params.size();
    if (object.has("result"))
      object.withChild("result", [&](const JsonObject &result) {
        cb->result = typeOf(result);
      });
    int64_t environment = object.number("environment", -1, params.size());
    cb->environment =
        environment < 0 ? PLUMB_INTR_NO_ENVIRONMENT : uint32_t(environment);
    checkCallback(object, *cb);
    if (!callbacks.try_emplace(cb->name, cb).second)
      object.fault("name", "'" + Twine(cb->name) + "' is there twice");
    all.push_back(cb);
  });
  ArrayRef kept = keep(all);
  family.callbacks = kept.data();
  family.num_callbacks = kept.size();
}

/// The rules that plumb-tblgen holds records to, for those that lowering
/// relies on.
void LoadedFamily::checkRow(const JsonObject &object,
                            const plumb_intr_row &row) {
  ArrayRef params(row.params, row.num_params);
  unsigned environments = 0, functions = 0;
  for (const plumb_intr_param &p : params) {
    environments += kindOf(p.type) == "environment";
    functions += p.passing == PLUMB_INTR_PASS_FUNCTION;
  }
  for (const plumb_intr_param &p : params) {
    if (!p.callback)
      continue;
    bool takes = p.callback->environment != PLUMB_INTR_NO_ENVIRONMENT;
    bool given = p.passing == PLUMB_INTR_PASS_CALLBACK || environments;
    if (takes != given)
      object.fault("params", "'" + Twine(p.name) + "': callback '" +
                                 p.callback->name +
                                 (takes ? "' takes an environment, but the "
                                          "intrinsic is given none"
                                        : "' takes no environment, but the "
                                          "intrinsic is given one"));
  }
  if (environments > 1 || (environments && !functions))
    object.fault("params", "an environment belongs to a function, and there "
                           "is one at most");
  if (kindOf(row.result) == "environment")
    object.fault("result", "cannot be an environment");
  if ((row.flags & PLUMB_INTR_ROW_FRESH_RESULT) &&
      (!row.result || row.result->llvm != PLUMB_INTR_LLVM_PTR))
    object.fault("fresh_result", "is true, but the result is no pointer");
  if (isVariadic(row) && row.cc != PLUMB_INTR_CC_C)
    object.fault("convention", "a variadic intrinsic has C's");
  std::string signature = abiSignature(row);
  if (signature != row.signature)
    object.fault("signature", "'" + Twine(row.signature) +
                                  "', but what the file says gives '" +
                                  signature + "'");
  if (hashSignature(row.signature) != row.hash)
    object.fault("hash", "is not that of the signature");
}

void LoadedFamily::readRow(const JsonObject &object, plumb_intr_row &row) {
  row.family = &family;
  row.name = object.text("name");
  auto [owner, mnemonic] = StringRef(row.name).split('.');
  if (owner != family.name || !isIdentifier(mnemonic))
    object.fault("name", "'" + Twine(row.name) + "' is not of the form " +
                             family.name + ".something");
  row.source_name = object.text("source_name");
  if (StringRef(row.source_name).find_first_of(" \t\r\n\"") !=
          StringRef::npos ||
      !*row.source_name)
    object.fault("source_name", "is empty or has a space or quote");
  row.symbol = object.identifier("symbol");
  row.summary = object.text("summary");
  row.description = object.text("description");
  row.since = object.text("since");
  row.location = object.text("location");
  ArrayRef params = readParams(object);
  row.params = params.data();
  row.num_params = params.size();
  row.result_name = row.result_doc = "";
  if (object.has("result"))
    object.withChild("result", [&](const JsonObject &result) {
      row.result = typeOf(result);
      row.result_name = result.text("name");
      row.result_doc = result.text("doc");
    });
  std::vector<plumb_intr_effect> effects;
  object.each("effects", [&](const JsonObject &effect) {
    effects.push_back(
        {effect.text("resource"), effect.flag("reads"), effect.flag("writes")});
  });
  ArrayRef kept = keep(effects);
  row.effects = kept.data();
  row.num_effects = kept.size();
  row.flags = (object.flag("blocks") ? PLUMB_INTR_ROW_BLOCKS : 0) |
              (object.flag("fresh_result") ? PLUMB_INTR_ROW_FRESH_RESULT : 0) |
              (object.flag("variadic") ? PLUMB_INTR_ROW_VARIADIC : 0);
  if (any_of(params, [](const plumb_intr_param &p) { return p.callback; }))
    row.flags |= PLUMB_INTR_ROW_CALLS_BACK;
  StringRef convention = object.text("convention");
  bool known = false;
  for (int cc = PLUMB_INTR_CC_C; cc <= PLUMB_INTR_CC_VECTOR; ++cc)
    if (spell(plumb_intr_cc(cc)) == convention) {
      row.cc = plumb_intr_cc(cc);
      known = true;
    }
  if (!known)
    object.fault("convention", "'" + convention + "' is unknown");
  row.signature = object.text("signature");
  if (StringRef(object.text("hash")).getAsInteger(16, row.hash))
    object.fault("hash", "is not a hexadecimal number");
}

void LoadedFamily::readRows(const JsonObject &root) {
  std::vector<plumb_intr_row> rows;
  StringMap<bool> names, sourceNames, symbols;
  root.each("intrinsics", [&](const JsonObject &object) {
    plumb_intr_row &row = rows.emplace_back();
    readRow(object, row);
    auto check = [&](StringMap<bool> &seen, StringRef key, StringRef name) {
      if (!seen.try_emplace(name, true).second)
        object.fault(key, "'" + name + "' is there twice");
    };
    check(names, "name", row.name);
    check(sourceNames, "source_name", row.source_name);
    check(symbols, "symbol", row.symbol);
    // A reference that is missing is a fault already.
    for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params))
      if (!p.type && !p.callback)
        return;
    checkRow(object, row);
  });
  ArrayRef kept = keep(rows);
  family.rows = kept.data();
  family.num_rows = kept.size();
}
