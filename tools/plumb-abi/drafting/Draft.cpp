//===- Draft.cpp - A family file for existing functions -------------------===//

#include "tools/plumb-abi/drafting/Draft.h"
#include "plumb/Model/Names.h"
#include "tools/plumb-abi/comparison/CompareSignatures.h"
#include "tools/plumb-abi/drafting/CStrings.h"
#include "tools/plumb-abi/drafting/DraftNames.h"
#include "tools/plumb-abi/drafting/DraftTypes.h"
#include "tools/plumb-abi/readers/Printable.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/GlobPattern.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::abi;

namespace {
bool isIdentifier(StringRef name) {
  return !name.empty() &&
         all_of(name, [](char c) { return isAlnum(c) || c == '_'; });
}

/// Of the linker and the C runtime, in every library.
bool isOfToolchain(StringRef name) {
  return is_contained({"_init", "_fini", "_start", "__libc_csu_init",
                       "__libc_csu_fini", "_dl_relocate_static_pie",
                       "__bss_start", "_edata", "_end"},
                      name);
}

/// A name of C++ or Rust, which C cannot call.
bool isMangled(StringRef name) {
  return (name.starts_with("_Z") || name.starts_with("_R")) &&
         llvm::demangle(name) != name;
}

/// Whether a function's name may be one of a family.
bool isCandidate(const RuntimeFunction &function) {
  return function.isExported && !isOfToolchain(function.symbol) &&
         !isMangled(function.symbol);
}

class Drafter {
public:
  Drafter(Draft &draft, Runtime &runtime)
      : draft(draft), runtime(runtime),
        types(draft, runtime.types, returnedStructs()) {}

  Error run() {
    for (const std::string &pattern : draft.options.only) {
      Expected<GlobPattern> glob = GlobPattern::create(pattern);
      if (!glob)
        return createStringError("'" + pattern + "' is no pattern for names: " +
                                 toString(glob.takeError()));
      only.push_back(std::move(*glob));
    }
    std::vector<RuntimeFunction *> functions = chosen();
    for (const RuntimeFunction *function : functions)
      if (StringRef plain = function->symbol;
          !draft.options.prefix.empty() &&
          plain.consume_front(draft.options.prefix))
        types.reserve(plain);
    for (RuntimeFunction *function : functions) {
      std::string why;
      Expected<bool> isAdded = addRow(*function, why);
      if (!isAdded)
        return isAdded.takeError();
      if (!*isAdded)
        draft.leftOut.push_back({function->symbol, why});
    }
    addDeclaredTypes();
    addConstants();
    for (const auto &[symbol, why] : runtime.leftOut)
      if (isChosen(symbol) &&
          StringRef(symbol).starts_with(draft.options.prefix))
        draft.leftOut.push_back({symbol, why});
    for (const std::string &symbol : draft.options.environments.unused())
      return createStringError("'--environment=" + symbol +
                               "...': no function of that name is drafted");
    for (const auto &[symbol, names] : draft.options.inOuts)
      if (!usedInOuts.contains(symbol))
        return createStringError("'--in-out=" + symbol +
                                 "...': no function of that name is drafted");
    return Error::success();
  }

private:
  bool isChosen(StringRef name) const {
    return only.empty() || any_of(only, [&](const GlobPattern &glob) {
             return glob.match(name);
           });
  }

  std::vector<RuntimeFunction *> chosen() {
    std::vector<RuntimeFunction *> functions;
    unsigned numMangled = 0;
    for (auto &entry : runtime.functions) {
      if (!entry.first().starts_with(draft.options.prefix) ||
          !isChosen(entry.first()))
        continue;
      numMangled += isMangled(entry.first()) && entry.second.isExported;
      if (isCandidate(entry.second))
        functions.push_back(&entry.second);
    }
    if (numMangled)
      draft.notes.push_back(std::to_string(numMangled) +
                            " functions with names of C++ or Rust are left "
                            "out; extern \"C\" makes them C's");
    auto place = [](const RuntimeFunction *f) {
      return std::tie(f->file.empty() ? f->headerFile : f->file,
                      f->file.empty() ? f->headerLine : f->line, f->symbol);
    };
    llvm::sort(functions, [&](const auto *a, const auto *b) {
      return place(a) < place(b);
    });
    return functions;
  }

  /// Enums and callbacks that the header names, but no parameter has: values of
  /// `...`, of results and of fields.
  void addDeclaredTypes() {
    if (!only.empty()) // what those need is there
      return;
    for (const RuntimeType &declared : runtime.declaredTypes) {
      std::string why;
      const CType &type = strip(declared.type);
      const CSignature *function =
          type.kind == CKind::Pointer ? functionOf(type) : nullptr;
      if (type.isEnum)
        types.value(*declared.type, why);
      else if (function && declared.type->kind == CKind::Alias)
        types.function(*function, declared.type->name, why, /*isNamed=*/true);
      else if ((type.kind == CKind::Struct || type.kind == CKind::Union) &&
               alignOf(*declared.type) == alignOf(type) &&
               runtime.types.complete(type).isComplete &&
               types.storage(type, aliasOf(*declared.type), why).empty())
        if (noted.insert(why).second)
          draft.notes.push_back(declared.name + " has no record: it " + why);
    }
  }

  void addConstants() {
    for (const RuntimeConstant &constant : runtime.constants)
      if (isChosen(constant.name) && !types.isCase(constant.name) &&
          seenConstants.insert(constant.name).second)
        addConstant(constant);
  }

  void addConstant(const RuntimeConstant &constant) {
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
      raw_string_ostream(value)
          << '"' << format("%.17g", constant.number) << '"';
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

  /// In a library's debug information a handle's struct is no secret. That
  /// functions return pointers to it tells it from structs of the caller's.
  StringSet<> returnedStructs() {
    StringSet<> names;
    for (auto &entry : runtime.functions) {
      const CSignature *signature = entry.second.types();
      if (!signature || signature == entry.second.declared)
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

  Expected<bool> addRow(const RuntimeFunction &function, std::string &why) {
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

  struct Row {
    explicit Row(const CSignature &signature)
        : signature(signature), constraints(signature.params.size()),
          isInOut(signature.params.size()) {}
    const CSignature &signature;
    std::vector<std::string> constraints; ///< empty: part of the one before
    std::string result;
    Environment environment;
    /// The parameters that options say are in and out, or "none".
    std::set<std::string> inOuts;
    std::vector<bool> isInOut;
    /// An `argument` that is called `result` would be one of two.
    StringSet<> taken = {"result"};
  };

  bool addParams(Row &row, std::string &why) {
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

  /// `int *`, `char **`.
  static bool leadsToStorage(const CType &given) {
    const CType &type = strip(given);
    if (type.kind != CKind::Pointer || !type.target || isConst(*type.target))
      return false;
    CKind to = strip(type.target).kind;
    return to != CKind::Void && to != CKind::Function;
  }

  bool isInOut(const std::set<std::string> &given, ArrayRef<CParam> params,
               size_t i) const {
    if (given.count(params[i].name))
      return true;
    return !given.count("none") && isHandleStorage(params, i) &&
           types.isHandle(*strip(params[i].type).target);
  }

  std::string addCallback(const CSignature &callback, const CParam &param,
                          int environment, std::string &why) {
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
    std::string arguments, lefts;
    std::string separator = ",\n                       ";
    for (auto [i, p] : enumerate(row.signature.params)) {
      if (row.constraints[i] == "-")
        continue;
      std::string name =
          p.name.empty() ? "arg" + std::to_string(i + 1) : safeName(p.name);
      name = uniqueName(row.taken, name);
      arguments += (arguments.empty() ? "" : separator) + row.constraints[i] +
                   ":$" + name;
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

  Draft &draft;
  Runtime &runtime;
  DraftTypes types;
  StringSet<> taken, usedInOuts, seenConstants, noted;
  SmallVector<GlobPattern> only;
};
} // namespace

Expected<Draft> plumb::abi::draftFamily(Runtime &runtime,
                                        DraftOptions options) {
  Draft draft;
  draft.options = std::move(options);
  if (Error error = Drafter(draft, runtime).run())
    return std::move(error);
  return draft;
}

std::string plumb::abi::commonPrefix(const Runtime &runtime) {
  std::optional<StringRef> common;
  for (const auto &entry : runtime.functions) {
    StringRef name = entry.first();
    if (!isCandidate(entry.second))
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
  prefix = prefix.take_front(prefix.rfind('_') + 1);
  // "__" of __gmpz_init and __gmp_printf names nothing.
  return any_of(prefix, isAlnum) ? prefix.str() : "";
}
