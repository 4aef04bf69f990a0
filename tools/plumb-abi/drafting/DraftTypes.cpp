//===- DraftTypes.cpp - Constraints for C types ---------------------------===//

#include "tools/plumb-abi/drafting/DraftTypes.h"
#include "tools/plumb-abi/comparison/CompareSignatures.h"
#include "tools/plumb-abi/drafting/CStrings.h"
#include "tools/plumb-abi/drafting/DraftNames.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace plumb::abi;

DraftTypes::DraftTypes(Draft &draft, const CTypes &types, StringSet<> returned)
    : draft(draft), types(types), returned(std::move(returned)),
      stem(camelCase(draft.options.family) + "_") {
  for (StringRef own : {"Family", "Dialect", "State", "Intrinsic"})
    takenRecords.insert(stem + own.str());
}

std::string DraftTypes::recordName(StringRef plain) {
  return uniqueName(takenRecords, stem + camelCase(plain));
}

StringRef plumb::abi::aliasOf(const CType &type) {
  StringRef name;
  const CType *at = &type;
  for (unsigned i = 0; i < 64; ++i, at = at->target) {
    if (at->kind == CKind::Alias)
      name = at->name;
    else if (at->kind != CKind::Const)
      break;
  }
  return name;
}

static std::string spellPointee(const CType &given, unsigned depth) {
  const CType &type = strip(given);
  std::string prefix = isConst(given) ? "const " : "";
  switch (type.kind) {
  case CKind::Struct:
  case CKind::Union: {
    StringRef keyword = type.kind == CKind::Struct ? "struct " : "union ";
    // Names of C++ and Rust may have anything in them.
    bool isPlain = !type.name.empty() && all_of(type.name, [](char c) {
      return isAlnum(c) || c == '_';
    });
    if (isPlain)
      return prefix + keyword.str() + type.name;
    return prefix + "void"; // no header but the runtime's own knows a typedef
  }
  case CKind::Bool:
    return prefix + "bool";
  case CKind::Float:
    return type.bits == 64   ? prefix + "double"
           : type.bits == 32 ? prefix + "float"
                             : prefix + "void";
  case CKind::Int: {
    if (type.name == "char")
      return prefix + "char";
    if (type.bits > 64 || !isPowerOf2_32(type.bits) || type.bits < 8)
      return prefix + "void";
    return prefix + (type.sign == CSign::Unsigned ? "uint" : "int") +
           std::to_string(type.bits) + "_t";
  }
  case CKind::Pointer:
    if (!type.target || depth > 3)
      return prefix + "void";
    return spellPointee(*type.target, depth + 1) +
           (prefix.empty() ? " *" : " *const");
  default:
    return prefix + "void";
  }
}

std::string plumb::abi::spellPointer(const CType &pointer) {
  if (!pointer.target)
    return "void *";
  std::string text = spellPointee(*pointer.target, 0);
  return text + (StringRef(text).ends_with("*") ? "*" : " *");
}

std::string DraftTypes::value(const CType &given, std::string &why) {
  const CType &type = stripValue(given);
  switch (type.kind) {
  case CKind::Int:
    if (type.isEnum && !type.enumerators.empty()) {
      std::string name = enumeration(type, aliasOf(given));
      if (!name.empty())
        return name;
    }
    [[fallthrough]];
  case CKind::Bool:
  case CKind::Float: {
    std::string name = recordType(type);
    if (name.empty() || (type.kind == CKind::Bool && type.bits > 8)) {
      why = "is " + declare(given) + ", for which there is no constraint";
      return "";
    }
    return name;
  }
  case CKind::Array: // as a parameter, a pointer
  case CKind::Pointer:
    if (const CSignature *called = functionOf(type)) {
      std::string reason;
      std::string record = function(
          *called, aliasOf(given).empty() ? "function" : aliasOf(given), reason,
          /*isNamed=*/!aliasOf(given).empty());
      return record.empty() ? "Pointer" : "FunctionPointer<" + record + ">";
    }
    return pointer(type, why);
  case CKind::Union:
  case CKind::Struct:
    if (alignOf(given) != alignOf(type)) {
      why = "is " + declare(given) +
            " by value, which is packed or aligned in a way of its own";
      return "";
    }
    return structure(type, aliasOf(given), why);
  case CKind::Unknown:
    why = "is not known: " + type.name;
    return "";
  default:
    why = "is " + declare(given) + ", for which there is no constraint";
    return "";
  }
}

std::string DraftTypes::pointer(const CType &type, std::string &why) {
  if (!type.target)
    return "Pointer";
  const CType &to = strip(type.target);
  if (to.kind == CKind::Void)
    return isConst(*type.target) ? "CPointer<\"const void *\">" : "Pointer";
  if (to.kind == CKind::Function)
    return "Pointer";
  if (to.kind == CKind::Struct && to.name == "__va_list_tag") {
    why = "is a va_list";
    return "";
  }
  if (to.kind == CKind::Union && types.complete(to).isComplete) {
    StringRef name = to.name.empty() ? aliasOf(*type.target) : to.name;
    if (!name.empty())
      return structPointer(type, to, name);
  }
  if (to.kind == CKind::Struct) {
    StringRef name = to.name.empty() ? aliasOf(*type.target) : to.name;
    bool isOpaque =
        !types.complete(to).isComplete || returned.contains(to.name);
    if (isOpaque && !name.empty())
      return handle(to, name);
    if (!name.empty())
      return structPointer(type, to, name);
  }
  std::string text = spellTarget(*type.target, 0);
  return "CPointer<\"" +
         escaped(text + (StringRef(text).ends_with("*") ? "*" : " *")) + "\">";
}

std::string DraftTypes::spellTarget(const CType &given, unsigned depth) {
  const CType &type = strip(given);
  if (type.kind != CKind::Pointer || !type.target || depth > 3)
    return spellPointee(given, depth);
  if (isHandle(type)) {
    // The struct itself may have the name that the handle has in C.
    const CType &to = strip(type.target);
    StringRef name = to.name.empty() ? aliasOf(*type.target) : to.name;
    handle(to, name);
    const DraftOptions &options = draft.options;
    return (options.prefix.empty() ? "plumb_" + options.family + "_"
                                   : options.prefix) +
           plainName(to, name);
  }
  return spellTarget(*type.target, depth + 1) +
         (isConst(given) ? " *const" : " *");
}

bool DraftTypes::isHandle(const CType &given) const {
  const CType &type = strip(given);
  if (type.kind != CKind::Pointer || !type.target)
    return false;
  const CType &to = strip(type.target);
  return to.kind == CKind::Struct && to.name != "__va_list_tag" &&
         !(to.name.empty() && aliasOf(*type.target).empty()) &&
         (!types.complete(to).isComplete || returned.contains(to.name));
}

const std::string &DraftTypes::plainName(const CType &structure,
                                         StringRef name) {
  std::string &plain = plainNames[identity(structure, name)];
  if (!plain.empty())
    return plain;
  // Beside a function `uv_write` the struct `uv_write_s` keeps its end.
  plain = safeName(plainTypeName(name, draft.options.prefix));
  if (!takenTypes.insert(plain).second)
    plain = uniqueName(takenTypes,
                       safeName(plainTypeName(name, draft.options.prefix,
                                              /*keepsEnd=*/true)));
  return plain;
}

std::string DraftTypes::structPointer(const CType &pointer, const CType &to,
                                      StringRef name) {
  // Structs that lead to each other without end are told apart by their names.
  std::string record;
  if (depth < 64) {
    ++depth;
    std::string why;
    record = structure(to, name, why, /*isValue=*/false);
    --depth;
  }
  if (!record.empty())
    return "PointerTo<" + record +
           (isConst(*pointer.target) ? ", /*isConst=*/1>" : ">");
  return "TypedPointer<\"" + draft.options.family + "." + plainName(to, name) +
         "\", \"" + escaped(spellPointer(pointer)) + "\">";
}

std::string DraftTypes::identity(const CType &structure, StringRef name) const {
  const CType &whole = types.complete(structure);
  std::string key = structure.scope + name.str();
  // Two files may have structs of one name.
  return whole.isComplete && !whole.name.empty()
             ? key + " " + utohexstr(reinterpret_cast<uintptr_t>(&whole))
             : key;
}

std::string DraftTypes::handle(const CType &structure, StringRef name) {
  std::string &record = known["struct " + identity(structure, name)];
  if (!record.empty())
    return record;
  const std::string &plain = plainName(structure, name);
  record = recordName(plain);
  draft.handles.push_back("def " + record + "\n    : IntrinsicHandle<" + stem +
                          "Family, " + stem + "Dialect, \"" + camelCase(plain) +
                          "\", \"" + plain + "\"> {\n" + "  let summary = \"" +
                          escaped(declare(structure)) +
                          " of the runtime\";\n}\n");
  return record;
}

/// "DAY_" of DAY_MONDAY and DAY_TUESDAY.
static size_t sharedFront(ArrayRef<CEnumerator> cases) {
  StringRef front = cases.front().name;
  for (const CEnumerator &c : cases) {
    size_t n = 0;
    while (n < front.size() && n < c.name.size() && front[n] == c.name[n])
      ++n;
    front = front.take_front(n);
  }
  if (cases.size() == 1)
    return 0;
  return front.rfind('_') == StringRef::npos ? 0 : front.rfind('_') + 1;
}

std::string DraftTypes::enumeration(const CType &type, StringRef alias) {
  StringRef name = type.name.empty() ? alias : StringRef(type.name);
  if (name.empty())
    return ""; // an integer then
  // Two files may have enums of one name.
  std::string key = "enum " + name.str() + " " + recordType(type);
  for (const CEnumerator &c : type.enumerators)
    key += " " + c.name + "=" + std::to_string(c.value);
  std::string &record = known[key];
  if (!record.empty())
    return record;
  std::string plain = uniqueName(
      takenTypes, safeName(plainTypeName(name, draft.options.prefix)));
  size_t front = sharedFront(type.enumerators);
  bool areBits = type.enumerators.size() > 1;
  uint64_t max = 0;
  StringSet<> taken;
  std::string cases;
  for (const CEnumerator &c : type.enumerators) {
    areBits &= c.value >= 0 && (c.value == 0 || isPowerOf2_64(c.value));
    max = std::max<uint64_t>(max, c.value);
    cases += (cases.empty() ? "" : ",\n     ") + std::string("Case<\"") +
             uniqueName(taken, safeName(StringRef(c.name).drop_front(front))) +
             "\", " + std::to_string(c.value) + ">";
    caseNames.insert(c.name);
  }
  // In C a case is a macro, as a constant is.
  for (const auto &entry : taken)
    takenConstants.insert(plain + "_" + entry.first().str());
  bool isFlags = areBits && max >= 4;
  record = recordName(plain);
  draft.enums.push_back("def " + record + "\n    : Intrinsic" +
                        (isFlags ? "Flags<" : "Enum<") + stem + "Family, \"" +
                        plain + "\", " + recordType(type) + ",\n    [" + cases +
                        "]>;\n");
  return record;
}

std::string DraftTypes::callback(const CSignature &signature, StringRef name,
                                 int environment, std::string &why,
                                 bool isNamed) {
  std::string like =
      "callback " + std::to_string(environment) + " " + declare(signature, "f");
  std::string key = isNamed ? like + " " + name.str() : like;
  if (auto at = known.find(key); at != known.end())
    return at->second;
  if (!signature.hasPrototype) {
    why = "is a function that is declared without parameters, not with (void)";
    return "";
  }
  if (signature.isVariadic || !signature.otherConvention.empty() ||
      signature.cc != PLUMB_INTR_CC_C) {
    why = "is a function that is variadic or not of the C convention";
    return "";
  }
  // Its parameters may lead to a struct that has it in a field.
  if (!begun.insert(key).second) {
    why = "is a function that takes itself";
    return "";
  }
  llvm::scope_exit end([&] { begun.erase(key); });
  std::string arguments, results;
  StringSet<> taken = {"env"};
  for (auto [i, p] : enumerate(signature.params)) {
    if (int(i) == environment)
      continue;
    std::string inner, constraint = isCStringParam(signature.params, i)
                                        ? "CStr"
                                        : value(*p.type, inner);
    if (strip(p.type).kind == CKind::Struct) {
      constraint.clear();
      inner = "is a struct by value";
    }
    if (constraint.empty()) {
      why = "is a function whose parameter " + std::to_string(i + 1) + " " +
            inner;
      return "";
    }
    std::string param = p.name.empty() ? "arg" + std::to_string(i + 1) : p.name;
    arguments += (arguments.empty() ? "" : ",\n                       ") +
                 constraint + ":$" + uniqueName(taken, safeName(param));
  }
  if (strip(signature.result).kind != CKind::Void) {
    std::string inner, constraint = value(*signature.result, inner);
    if (strip(signature.result).kind == CKind::Struct) {
      constraint.clear();
      inner = "is a struct by value";
    }
    if (constraint.empty()) {
      why = "is a function whose result " + inner;
      return "";
    }
    results = constraint + ":$" + uniqueName(taken, "answer");
  }
  // `uv_timer_cb` stands beside `uv_timer_t`.
  StringRef shown = name;
  shown.consume_back("_t");
  std::string plain =
      uniqueName(takenTypes, safeName(plainTypeName(shown, draft.options.prefix,
                                                    /*keepsEnd=*/true)));
  std::string record = recordName(plain);
  std::string text = "def " + record + " : IntrinsicCallback<" + stem +
                     "Family, \"" + plain + "\"> {\n  let summary = \"" +
                     inWords(plain) + "\";\n";
  if (!arguments.empty())
    text += "  let arguments = (ins " + arguments + ");\n";
  if (!results.empty())
    text += "  let results = (outs " + results + ");\n";
  if (environment < 0)
    text += "  let hasEnvironment = 0;\n";
  else if (environment + 1 != int(signature.params.size()))
    text +=
        "  let environmentPosition = " + std::to_string(environment) + ";\n";
  draft.types.push_back(text + "}\n");
  known.try_emplace(like, record);
  for (std::string end : {std::string(), " " + name.str()})
    knownFunctions.try_emplace(declare(signature, "f") + end, record);
  return known[key] = record;
}

std::string DraftTypes::function(const CSignature &signature, StringRef name,
                                 std::string &why, bool isNamed) {
  std::string key = declare(signature, "f");
  if (isNamed)
    key += " " + name.str();
  if (auto at = knownFunctions.find(key); at != knownFunctions.end())
    return at->second;
  return callback(signature, name, /*environment=*/-1, why, isNamed);
}
