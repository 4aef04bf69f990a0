//===- DraftConstants.cpp - Constants of a header as records -------------===//

#include "tools/plumb-abi/drafting/DraftConstants.h"
#include "tools/plumb-abi/comparison/CompareSignatures.h"
#include "tools/plumb-abi/drafting/Draft.h"
#include "tools/plumb-abi/drafting/DraftTypes.h"
#include "llvm/Support/Format.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::abi;

/// As TableGen has a text; none with other control characters.
static std::optional<std::string> quoted(StringRef text) {
  std::string result = "\"";
  for (char c : text) {
    if (c == '\n' || c == '\t')
      result += c == '\n' ? "\\n" : "\\t";
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      return std::nullopt;
    else
      result += (c == '"' || c == '\\' ? "\\" : "") + std::string(1, c);
  }
  return result + "\"";
}

static void addConstant(Draft &draft, DraftTypes &types,
                        const RuntimeConstant &constant) {
  std::string type, value;
  StringRef kind = "Int";
  switch (constant.kind) {
  case RuntimeConstant::Integer: {
    CType plain = stripValue(*constant.type);
    plain.isEnum = false;
    type = plain.kind == CKind::Bool ? "Bool" : recordType(plain);
    value = std::to_string(constant.integer);
    break;
  }
  case RuntimeConstant::Float:
    kind = "Float";
    type = recordType(stripValue(*constant.type));
    raw_string_ostream(value) << '"' << format("%.17g", constant.number) << '"';
    break;
  case RuntimeConstant::Text:
    kind = "Text";
    type = "Str";
    if (std::optional<std::string> text = quoted(constant.text))
      value = *text;
    break;
  case RuntimeConstant::Address:
    type = "Pointer";
    value = std::to_string(constant.integer);
    break;
  }
  if (type.empty() || value.empty())
    return;
  std::string name = types.constantName(constant.name);
  draft.constants.push_back(
      "def : " + kind.str() + "Constant<" + types.recordPrefix() +
      "Family, \"" + name + "\", " + type + ", " + value +
      "> {\n  let spelling = \"" + constant.name + "\";\n}\n");
}

void plumb::abi::draftConstants(Draft &draft, const Runtime &runtime,
                                DraftTypes &types,
                                function_ref<bool(StringRef)> isChosen) {
  StringSet<> seen;
  for (const RuntimeConstant &constant : runtime.constants)
    if (isChosen(constant.name) && !types.isCase(constant.name) &&
        seen.insert(constant.name).second)
      addConstant(draft, types, constant);
}
