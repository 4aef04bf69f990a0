//===- DraftRow.cpp - A function as a record -----------------------------===//

#include "tools/plumb-abi/drafting/DraftRow.h"
#include "plumb/Model/Names.h"
#include "tools/plumb-abi/comparison/CompareSignatures.h"
#include "tools/plumb-abi/drafting/CStrings.h"
#include "tools/plumb-abi/drafting/DraftNames.h"
#include "tools/plumb-abi/readers/Printable.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::abi;

static bool isIdentifier(StringRef name) {
  return !name.empty() &&
         all_of(name, [](char c) { return isAlnum(c) || c == '_'; });
}

/// `int *`, `char **`.
static bool leadsToStorage(const CType &given) {
  const CType &type = strip(given);
  if (type.kind != CKind::Pointer || !type.target || isConst(*type.target))
    return false;
  CKind to = strip(type.target).kind;
  return to != CKind::Void && to != CKind::Function;
}

static bool isText(const CType &pointer) {
  return strip(strip(pointer).target).name == "char";
}
/// `const uint8_t *x, size_t x_len`.
static bool isSpan(ArrayRef<CParam> params, size_t i) {
  const CType &type = strip(params[i].type);
  if (i + 1 >= params.size() || type.kind != CKind::Pointer || !type.target ||
      type.target->kind != CKind::Const || params[i].name.empty())
    return false;
  const CType &to = strip(type.target);
  bool isByte =
      to.kind == CKind::Void || (to.kind == CKind::Int && to.bits == 8);
  const CType &length = strip(params[i + 1].type);
  bool isLength = length.kind == CKind::Int && length.bits == 64 &&
                  length.sign == CSign::Unsigned;
  std::string name = snakeCase(params[i].name) + "_";
  std::string next = snakeCase(params[i + 1].name);
  return isByte && isLength &&
         is_contained({name + "len", name + "length", name + "size"}, next);
}

bool RowDrafter::isInOut(const std::set<std::string> &given,
                         ArrayRef<CParam> params, size_t i) const {
  if (given.count(params[i].name))
    return true;
  return !given.count("none") && isHandleStorage(params, i) &&
         types.isHandle(*strip(params[i].type).target);
}

std::string RowDrafter::addCallback(const CSignature &callback,
                                    const CParam &param, int environment,
                                    std::string &why) {
  // A typedef's name, unless it is what Rust calls an Option.
  StringRef name =
      param.type->kind == CKind::Alias ? StringRef(param.type->name) : "";
  bool isNamed = isIdentifier(name);
  if (!isNamed)
    name = param.name;
  std::string record = types.callback(
      callback, name.empty() ? "callback" : name, environment, why, isNamed);
  // Kept, and null for none, is what one may always assume: C does not say
  // that a function refuses null.
  return record.empty() ? "" : "OptionalFunction<" + record + ", /*kept=*/1>";
}

bool RowDrafter::addParams(Row &row, std::string &why) {
  ArrayRef<CParam> params = row.signature.params;
  for (auto [i, p] : enumerate(params)) {
    if (!row.constraints[i].empty() || row.constraints[i] == "-")
      continue;
    std::string reason;
    if (int(i) == row.environment.param) {
      row.constraints[i] = "Environment";
    } else if (const CSignature *callback = functionOf(*p.type)) {
      auto at = row.environment.positions.find(i);
      bool hasOne =
          row.environment.param >= 0 && at != row.environment.positions.end();
      row.constraints[i] =
          addCallback(*callback, p, hasOne ? at->second : -1, reason);
    } else if (isSpan(params, i)) {
      row.constraints[i] = isText(*p.type) ? "Span<Str>" : "Span<Bytes>";
      row.constraints[i + 1] = "-";
    } else if (isCStringParam(params, i)) {
      row.constraints[i] = "CStr";
    } else if (isInOut(row.inOuts, params, i)) {
      row.constraints[i] = types.value(*strip(p.type).target, reason);
      row.isInOut[i] = true;
    } else {
      row.constraints[i] = types.value(*p.type, reason);
    }
    if (row.constraints[i].empty()) {
      why = "parameter " + std::to_string(i + 1) +
            (p.name.empty() ? "" : " '" + p.name + "'") + " " + reason;
      return false;
    }
  }
  if (strip(row.signature.result).kind == CKind::Void)
    return true;
  std::string reason;
  row.result = isCStringResult(row.signature)
                   ? "CStr"
                   : types.value(*row.signature.result, reason);
  if (row.result.empty())
    why = "the result " + reason;
  return why.empty();
}

Expected<bool> RowDrafter::add(const RuntimeFunction &function,
                               std::string &why) {
  if (!isIdentifier(function.symbol)) {
    why = "its name is no identifier of C";
    return false;
  }
  if (!function.isDefined() && runtime.hasObjects()) {
    why = "a header declares it, but nothing that was given defines it";
    return false;
  }
  if (!function.types()) {
    why = "its types are not known: " +
          (function.why.empty() ? "there is no debug information for it"
                                : function.why);
    return false;
  }
  const CSignature &signature = *function.types();
  if (signature.isLowered) {
    why = "its types are only known as LLVM's; build it with -g";
    return false;
  }
  if (!signature.otherConvention.empty()) {
    why = "records have no calling convention " + signature.otherConvention;
    return false;
  }
  if (!signature.hasPrototype) {
    why = "it is declared without parameters, not with (void)";
    return false;
  }
  Row row(signature);
  Expected<Environment> environment =
      draft.options.environments.find(function.symbol, signature);
  if (!environment)
    return environment.takeError();
  row.environment = std::move(*environment);
  if (auto at = draft.options.inOuts.find(function.symbol);
      at != draft.options.inOuts.end()) {
    row.inOuts = at->second;
    usedInOuts.insert(function.symbol);
    for (const std::string &name : row.inOuts)
      if (name != "none" && none_of(signature.params, [&](const CParam &p) {
            return p.name == name && leadsToStorage(*p.type);
          }))
        return createStringError("'--in-out=" + function.symbol + ":" + name +
                                 "': it has no such parameter that is a "
                                 "pointer to what may be written");
  }
  if (!addParams(row, why))
    return false;
  write(row, function);
  return true;
}

Error RowDrafter::checkOptionsAreUsed() const {
  for (const auto &[symbol, names] : draft.options.inOuts)
    if (!usedInOuts.contains(symbol))
      return createStringError("'--in-out=" + symbol +
                               "...': no function of that name is drafted");
  return Error::success();
}

void RowDrafter::write(Row &row, const RuntimeFunction &function) {
  StringRef plain = function.symbol;
  plain.consume_front(draft.options.prefix);
  // Two symbols may differ in no more than case or a `_` at the end.
  std::string mnemonic = uniqueName(taken, safeName(plain));
  std::string arguments, lefts;
  std::string separator = ",\n                       ";
  for (auto [i, p] : enumerate(row.signature.params)) {
    if (row.constraints[i] == "-")
      continue;
    std::string name =
        p.name.empty() ? "arg" + std::to_string(i + 1) : safeName(p.name);
    name = uniqueName(row.taken, name);
    arguments +=
        (arguments.empty() ? "" : separator) + row.constraints[i] + ":$" + name;
    if (row.isInOut[i])
      lefts += (lefts.empty() && row.result.empty() ? "" : separator) +
               "InOut<" + row.constraints[i] + ", \"" + name + "\">:$" +
               uniqueName(row.taken, name + "_out");
  }
  if (row.signature.isVariadic)
    arguments += (arguments.empty() ? "" : separator) + "VarArgs:$" +
                 uniqueName(row.taken, "rest");

  bool hasPlace = !function.file.empty() || !function.headerFile.empty();
  std::string place = hasPlace ? Runtime::locate(function) + ": " : "";
  std::string text =
      comment(printable(place + declare(row.signature, function.symbol)));
  if (!row.environment.note.empty()) {
    text += comment(printable(row.environment.note));
    draft.notes.push_back(function.symbol + ": " + row.environment.note);
  }
  text += "def " + types.recordName(mnemonic + "_op") + " : " +
          types.recordPrefix() + "Intrinsic<\"" + mnemonic + "\"> {\n";
  std::string summary = function.doc.empty() ? inWords(plain) : function.doc;
  text += "  let summary = \"" + escaped(summary) + "\";\n";
  if (draft.options.prefix.empty() ||
      draft.options.prefix + mnemonic != function.symbol)
    text += "  let symbol = \"" + function.symbol + "\";\n";
  if (!arguments.empty())
    text += "  let arguments = (ins " + arguments + ");\n";
  if (!row.result.empty() || !lefts.empty())
    text += "  let results = (outs " + row.result +
            (row.result.empty() ? "" : ":$result") + lefts + ");\n";
  if (row.signature.cc != PLUMB_INTR_CC_C)
    text += "  let callingConvention = \"" +
            model::spell(row.signature.cc).str() + "\";\n";
  draft.rows.push_back(text + "}\n");
}
