//===- Draft.cpp - A family file for existing functions -------------------===//

#include "tools/plumb-abi/drafting/Draft.h"
#include "plumb/Model/Names.h"
#include "tools/plumb-abi/drafting/DraftNames.h"
#include "tools/plumb-abi/drafting/DraftTypes.h"
#include "tools/plumb-abi/readers/Printable.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::abi;

namespace {
/// The function behind a pointer, or null.
const CSignature *functionOf(const CType &given) {
  const CType &type = strip(given);
  if (type.kind != CKind::Pointer || !type.target)
    return nullptr;
  const CType &to = strip(type.target);
  return to.kind == CKind::Function ? to.function : nullptr;
}

bool isVoidPointer(const CType &given) {
  const CType &type = strip(given);
  return type.kind == CKind::Pointer && type.target &&
         type.target->kind == CKind::Void;
}

bool isIdentifier(StringRef name) {
  return !name.empty() &&
         all_of(name, [](char c) { return isAlnum(c) || c == '_'; });
}

bool namesEnvironment(StringRef name) {
  std::string plain = snakeCase(name);
  for (StringRef word : {"env", "environment", "user", "ctx", "context", "data",
                         "userdata", "opaque", "arg", "closure", "cookie"})
    if (plain == word || StringRef(plain).ends_with("_" + word.str()))
      return true;
  return false;
}

/// The `void *` that a function is given back, or -1: the last parameter, else
/// the first, else one with the name of such.
int environmentOf(const CSignature &function) {
  int count = function.params.size();
  if (count && isVoidPointer(*function.params.back().type))
    return count - 1;
  if (count && isVoidPointer(*function.params.front().type))
    return 0;
  for (auto [i, p] : enumerate(function.params))
    if (isVoidPointer(*p.type) && namesEnvironment(p.name))
      return i;
  return -1;
}

class Drafter {
public:
  Drafter(Draft &draft, Runtime &runtime)
      : draft(draft), runtime(runtime),
        types(draft, runtime.types, returnedStructs()) {}

  void run() {
    for (RuntimeFunction *function : chosen()) {
      std::string why;
      if (!addRow(*function, why))
        draft.leftOut.push_back({function->symbol, why});
    }
  }

private:
  std::vector<RuntimeFunction *> chosen() {
    std::vector<RuntimeFunction *> functions;
    for (auto &entry : runtime.functions)
      if (entry.second.isExported &&
          entry.first().starts_with(draft.options.prefix) &&
          // Other languages' names, and those of the linker and the C library.
          !entry.first().starts_with("_"))
        functions.push_back(&entry.second);
    llvm::sort(functions, [](const auto *a, const auto *b) {
      return std::tie(a->file, a->line, a->symbol) <
             std::tie(b->file, b->line, b->symbol);
    });
    return functions;
  }

  /// In a library's debug information a handle's struct is no secret. That
  /// functions return pointers to it tells it from structs of the caller's.
  StringSet<> returnedStructs() {
    StringSet<> names;
    for (auto &entry : runtime.functions) {
      const CSignature *signature = entry.second.signature;
      if (!signature || entry.second.isFromHeader)
        continue;
      const CType &type = strip(signature->result);
      if (type.kind == CKind::Pointer && type.target &&
          type.target->kind != CKind::Const &&
          strip(type.target).kind == CKind::Struct)
        names.insert(strip(type.target).name);
    }
    names.erase("");
    return names;
  }

  bool addRow(const RuntimeFunction &function, std::string &why) {
    if (!isIdentifier(function.symbol)) {
      why = "its name is no identifier of C";
      return false;
    }
    if (!function.signature) {
      why = "its types are not known: there is no debug information for it";
      return false;
    }
    const CSignature &signature = *function.signature;
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
    if (!addParams(row, why))
      return false;
    write(row, function);
    return true;
  }

  struct Row {
    explicit Row(const CSignature &signature)
        : signature(signature), constraints(signature.params.size()) {}
    const CSignature &signature;
    std::vector<std::string> constraints; ///< empty: part of the one before
    std::string result;
    /// An `argument` that is called `result` would be one of two.
    StringSet<> taken = {"result"};
  };

  bool addParams(Row &row, std::string &why) {
    ArrayRef<CParam> params = row.signature.params;
    int environment = -1;
    std::vector<int> callbacks;
    bool allTakeIt = true;
    for (auto [i, p] : enumerate(params))
      if (const CSignature *callback = functionOf(*p.type)) {
        callbacks.push_back(i);
        allTakeIt &= environmentOf(*callback) >= 0;
      }
    if (!callbacks.empty() && allTakeIt)
      environment = findEnvironment(params, callbacks.back());
    for (auto [i, p] : enumerate(params)) {
      if (!row.constraints[i].empty() || row.constraints[i] == "-")
        continue;
      std::string reason;
      if (int(i) == environment) {
        row.constraints[i] = "Environment";
      } else if (const CSignature *callback = functionOf(*p.type)) {
        row.constraints[i] =
            addCallback(*callback, p, environment >= 0, reason);
      } else if (isSpan(params, i)) {
        row.constraints[i] = isText(*p.type) ? "Span<Str>" : "Span<Bytes>";
        row.constraints[i + 1] = "-";
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
    row.result = types.value(*row.signature.result, reason);
    if (row.result.empty())
      why = "the result " + reason;
    return why.empty();
  }

  static int findEnvironment(ArrayRef<CParam> params, int lastCallback) {
    if (lastCallback + 1 < int(params.size()) &&
        isVoidPointer(*params[lastCallback + 1].type))
      return lastCallback + 1;
    for (auto [i, p] : enumerate(params))
      if (isVoidPointer(*p.type) && namesEnvironment(p.name))
        return i;
    return -1;
  }

  std::string addCallback(const CSignature &callback, const CParam &param,
                          bool hasEnvironment, std::string &why) {
    // A typedef's name, unless it is what Rust calls an Option.
    StringRef name =
        param.type->kind == CKind::Alias ? StringRef(param.type->name) : "";
    if (!isIdentifier(name))
      name = param.name;
    std::string record =
        types.callback(callback, name.empty() ? "callback" : name,
                       hasEnvironment ? environmentOf(callback) : -1, why);
    // Kept is what one may always assume.
    return record.empty() ? "" : "Function<" + record + ", /*kept=*/1>";
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

  void write(Row &row, const RuntimeFunction &function) {
    StringRef plain = function.symbol;
    plain.consume_front(draft.options.prefix);
    // Two symbols may differ in no more than case or a `_` at the end.
    std::string mnemonic = uniqueName(taken, safeName(plain));
    std::string arguments;
    std::string separator = ",\n                       ";
    for (auto [i, p] : enumerate(row.signature.params)) {
      if (row.constraints[i] == "-")
        continue;
      std::string name =
          p.name.empty() ? "arg" + std::to_string(i + 1) : safeName(p.name);
      arguments += (arguments.empty() ? "" : separator) + row.constraints[i] +
                   ":$" + uniqueName(row.taken, name);
    }
    if (row.signature.isVariadic)
      arguments += (arguments.empty() ? "" : separator) + "VarArgs:$" +
                   uniqueName(row.taken, "rest");

    std::string place =
        function.file.empty() ? "" : Runtime::locate(function) + ": ";
    std::string text =
        comment(printable(place + declare(row.signature, function.symbol)));
    text += "def " + types.recordName(mnemonic + "_op") + " : " +
            types.recordPrefix() + "Intrinsic<\"" + mnemonic + "\"> {\n";
    std::string summary = function.doc.empty() ? inWords(plain) : function.doc;
    text += "  let summary = \"" + escaped(summary) + "\";\n";
    if (draft.options.prefix.empty() ||
        draft.options.prefix + mnemonic != function.symbol)
      text += "  let symbol = \"" + function.symbol + "\";\n";
    if (!arguments.empty())
      text += "  let arguments = (ins " + arguments + ");\n";
    if (!row.result.empty())
      text += "  let results = (outs " + row.result + ":$result);\n";
    if (row.signature.cc != PLUMB_INTR_CC_C)
      text += "  let callingConvention = \"" +
              model::spell(row.signature.cc).str() + "\";\n";
    draft.rows.push_back(text + "}\n");
  }

  Draft &draft;
  Runtime &runtime;
  DraftTypes types;
  StringSet<> taken;
};
} // namespace

Draft plumb::abi::draftFamily(Runtime &runtime, DraftOptions options) {
  Draft draft;
  draft.options = std::move(options);
  Drafter(draft, runtime).run();
  return draft;
}

std::string plumb::abi::commonPrefix(const Runtime &runtime) {
  std::optional<StringRef> common;
  for (const auto &entry : runtime.functions) {
    StringRef name = entry.first();
    if (!entry.second.isExported || name.starts_with("_"))
      continue;
    if (!common) {
      common = name;
      continue;
    }
    size_t n = 0;
    while (n < common->size() && n < name.size() && (*common)[n] == name[n])
      ++n;
    common = common->take_front(n);
  }
  StringRef prefix = common.value_or("");
  return prefix.take_front(prefix.rfind('_') + 1).str();
}
