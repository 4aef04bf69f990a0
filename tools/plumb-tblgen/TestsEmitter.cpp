//===- TestsEmitter.cpp - Tests of every row ------------------------------===//
//
// From the source name through every tool to the running body: the arguments
// are ones that a body must refuse or survive at once (null handles, "x", -1).
//
//===----------------------------------------------------------------------===//

#include "Emitters.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::tblgen;
using plumb::tblgen::Type;

namespace {

/// The program's side of one row: values, names and types of its arguments.
struct Call {
  explicit Call(const Row &row);
  std::string values, types, result;     ///< for the op and intr.call
  std::string sourceValues, sourceTypes; ///< callbacks as function values
  std::string callbackAttrs;             ///< {on_close = @on_close}
  std::string definitions;               ///< probe values, in order
  std::string functions;                 ///< one for each callback
};

} // namespace

static std::string replaceAll(std::string text, StringRef from, StringRef to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos;
       at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

static std::string probe(const Type &type, StringRef name) {
  return replaceAll(replaceAll(type.probe, "$_result", ("%" + name).str()),
                    "$_type", type.mlir);
}

static std::string functionType(const Callback &cb) {
  return "(" +
         join(map_range(cb.params, [](const Param &p) { return p.type->mlir; }),
              ", ") +
         ") -> " + (cb.result ? cb.result->mlir : "()");
}

static std::string callbackFunction(const Param &param) {
  const Callback &cb = *param.callback;
  std::string text = "func.func @" + param.name + "(";
  ListSeparator comma;
  for (const Param &p : cb.params)
    text += StringRef(comma).str() + "%" + p.name + ": " + p.type->mlir;
  text += ")";
  if (!cb.result)
    return text + " {\n  return\n}\n";
  return text + " -> " + cb.result->mlir + " {\n  " +
         probe(*cb.result, "result") +
         "\n  return %result : " + cb.result->mlir + "\n}\n";
}

Call::Call(const Row &row) {
  std::vector<std::string> value, type, sourceValue, sourceType, attr;
  for (const Param &p : row.params) {
    sourceValue.push_back("%" + p.name);
    if (p.callback) {
      sourceType.push_back(functionType(*p.callback));
      attr.push_back(p.name + " = @" + p.name);
      functions += callbackFunction(p);
      definitions += "  %" + p.name + " = func.constant @" + p.name + " : " +
                     functionType(*p.callback) + "\n";
      continue;
    }
    value.push_back("%" + p.name);
    type.push_back(p.type->mlir);
    sourceType.push_back(p.type->mlir);
    definitions += "  " + probe(*p.type, p.name) + "\n";
  }
  values = join(value, ", ");
  types = join(type, ", ");
  sourceValues = join(sourceValue, ", ");
  sourceTypes = join(sourceType, ", ");
  if (!attr.empty())
    callbackAttrs = " {" + join(attr, ", ") + "}";
  result = row.result ? row.result->mlir : "()";
}

/// As the LLVM dialect prints them: sorted, `nocapture` and not captures(none).
static std::string argAttrs(std::vector<std::string> attrs) {
  if (attrs.empty())
    return "";
  llvm::sort(attrs);
  return " {llvm." + join(attrs, ", llvm.") + "}";
}

static std::string llvmType(const Type &type) {
  return type.llvm == "ptr" ? "!llvm.ptr" : type.llvm;
}

/// The declaration's text, as `convert-intrinsics-to-llvm` must write it.
static std::string declaration(const Row &row) {
  std::string text = "llvm.func @" + row.symbol + "(";
  ListSeparator comma;
  for (const Param &p : row.params) {
    text += StringRef(comma).str();
    text += p.callback ? "!llvm.ptr {{.*}}, !llvm.ptr {{.*}}"
                       : llvmType(*p.type) + argAttrs(p.type->argAttrs);
  }
  text += ")";
  if (!row.result)
    return text;
  std::vector<std::string> attrs = row.result->resultAttrs;
  if (row.freshResult)
    attrs.push_back("noalias");
  return text + " -> (" + llvmType(*row.result) + argAttrs(attrs) + ")";
}

/// What LLVM may assume of the call: docs/attributes.md has the rules.
static void emitFunctionAttrChecks(const Row &row, raw_ostream &os) {
  bool callsBack = row.takesCallback() || row.blocks;
  if (callsBack) {
    os << "// LLVM-NOT: nocallback\n// LLVM-NOT: memory_effects\n";
  } else {
    bool readsArgs = any_of(row.params, [](const Param &p) {
      return p.type && is_contained(p.type->argAttrs, "readonly");
    });
    bool writes = row.freshResult, reads = false;
    for (const Effect &effect : row.effects) {
      writes |= effect.writes;
      reads |= effect.reads;
    }
    os << "// LLVM-SAME: memory_effects = #llvm.memory_effects<other = none, "
          "argMem = "
       << (readsArgs ? "read" : "none") << ", inaccessibleMem = "
       << (writes  ? "readwrite"
           : reads ? "read"
                   : "none")
       << "\n";
  }
  os << "// LLVM-SAME: no_unwind\n";
  if (!callsBack)
    os << "// LLVM-SAME: \"nocallback\"\n";
  if (!row.blocks)
    os << "// LLVM-SAME: will_return\n";
}

/// Code generation drops an unused call of a pure function even at -O0.
static void emitKeep(const Type &type, raw_ostream &os) {
  std::string value = "%result_of_row", lowered = llvmType(type);
  if (type.mlir[0] == '!') {
    os << "  %kept = builtin.unrealized_conversion_cast " << value << " : "
       << type.mlir << " to " << lowered << "\n";
    value = "%kept";
  }
  os << "  %one = llvm.mlir.constant(1 : i64) : i64\n"
        "  %slot = llvm.alloca %one x i64 : (i64) -> !llvm.ptr\n"
        "  llvm.store volatile "
     << value << ", %slot : " << lowered << ", !llvm.ptr\n";
}

static void emitReach(const Row &row, raw_ostream &os) {
  Call call(row);
  os << "// Generated by plumb-tblgen: '" << row.sourceName
     << "' from its source name to its body.\n"
        "// RUN: %plumb-opt %s --resolve-builtins | FileCheck %s "
        "--check-prefix=OP\n"
        "// RUN: %plumb-opt %s --resolve-builtins | %plumb-opt "
        "--mlir-print-op-generic | %plumb-opt | FileCheck %s "
        "--check-prefix=OP\n"
        "// RUN: %plumb-opt %s --resolve-builtins "
        "--convert-intrinsics-to-llvm | FileCheck %s --check-prefix=LLVM\n"
        "// RUN: env PLUMB_TRACE=1 %plumb-run -O0 %s 2>&1 | FileCheck %s "
        "--check-prefix=BODY\n"
        "// RUN: %plumbc -O0 %s -o %t && env PLUMB_TRACE=1 %t 2>&1 | "
        "FileCheck %s --check-prefix=BODY\n\n"
     << "func.func private @\"" << row.sourceName << "\"(" << call.sourceTypes
     << ") -> " << call.result << "\n"
     << call.functions << "func.func @main() {\n"
     << call.definitions << "  ";
  if (row.result)
    os << "%result_of_row = ";
  os << "call @\"" << row.sourceName << "\"(" << call.sourceValues << ") : ("
     << call.sourceTypes << ") -> " << call.result << "\n";
  if (row.result)
    emitKeep(*row.result, os);
  os << "  return\n}\n\n"
     << "// OP: " << row.opName << "{{( |$)}}\n// OP-NOT: @\"" << row.sourceName
     << "\"\n// LLVM: " << declaration(row) << "\n";
  emitFunctionAttrChecks(row, os);
  os << "// LLVM: llvm.call @" << row.symbol
     << "(\n// BODY: plumb-trace: " << row.sourceName << " -> \n";
}

/// `arguments` with the one at `index` replaced by a value of type index.
static void emitWrongCall(const Row &row, const Call &call, size_t index,
                          bool carrier, raw_ostream &os) {
  std::vector<std::string> value, type;
  for (const Param &p : row.params) {
    if (p.callback)
      continue;
    bool wrong = value.size() == index;
    value.push_back(wrong ? "%wrong" : "%" + p.name);
    type.push_back(wrong ? "index" : p.type->mlir);
  }
  os << "  " << (row.result ? "%r = " : "") << (carrier ? "intr.call \"" : "\"")
     << row.opName << "\"(" << join(value, ", ") << ")" << call.callbackAttrs
     << " : (" << join(type, ", ") << ") -> " << call.result << "\n";
}

static void emitInvalid(const Row &row, raw_ostream &os) {
  Call call(row);
  auto begin = [&, first = true]() mutable {
    os << (first ? "" : "\n// -----\n\n") << call.functions
       << "func.func @f(%wrong: index) {\n"
       << call.definitions;
    first = false;
  };
  auto end = [&] { os << "  return\n}\n"; };
  os << "// Generated by plumb-tblgen: mistakes in calls of '" << row.opName
     << "'.\n// RUN: %plumb-opt %s --split-input-file --verify-diagnostics\n\n";
  size_t index = 0;
  for (const Param &p : row.params) {
    if (p.callback)
      continue;
    begin();
    os << "  // expected-error@+1 {{operand #" << index << " must be "
       << (p.type->isOwn || p.type->mlir[0] == '!' ? "" : p.type->summary)
       << "}}\n";
    emitWrongCall(row, call, index, false, os);
    end();
    begin();
    os << "  // expected-error@+1 {{parameter '" << p.name << "' of '"
       << row.opName << "' has type '" << p.type->mlir
       << "', but the operand has type 'index'}}\n";
    emitWrongCall(row, call, index++, true, os);
    end();
  }
  begin();
  os << "  // expected-error@+1 {{'" << row.opName << "' takes " << index
     << " operand" << (index == 1 ? "" : "s") << "}}\n  "
     << (row.result ? "%r = " : "") << "intr.call \"" << row.opName << "\"("
     << call.values << (call.values.empty() ? "" : ", ") << "%wrong)"
     << call.callbackAttrs << " : (" << call.types
     << (call.types.empty() ? "" : ", ") << "index) -> " << call.result << "\n";
  end();
  for (const Param &p : row.params) {
    if (!p.callback)
      continue;
    begin();
    os << "  // expected-error@+1 {{callback '" << p.name << "' of '"
       << row.opName << "': function @other has type '(index) -> ()', but "
       << "the record says '" << functionType(*p.callback) << "'}}\n  "
       << (row.result ? "%r = " : "") << row.opName << " " << call.values
       << replaceAll(call.callbackAttrs, "= @" + p.name, "= @other")
       << "\n  return\n}\n// expected-note@+1 {{the function is here}}\n"
          "func.func @other(%wrong: index) {\n";
    end();
  }
}

void plumb::tblgen::emitTests(const Family &family,
                              TableGenOutputFiles &files) {
  // The names must outlive this call: the caller's map keeps references.
  static std::vector<std::unique_ptr<std::string>> names;
  auto file = [&](const Row &row, StringRef suffix) -> std::string & {
    names.push_back(
        std::make_unique<std::string>(("." + row.mnemonic + suffix).str()));
    return files.AdditionalFiles[*names.back()];
  };
  for (const Row &row : family.rows) {
    raw_string_ostream reach(file(row, ".mlir"));
    emitReach(row, reach);
    raw_string_ostream invalid(file(row, ".invalid.mlir"));
    emitInvalid(row, invalid);
  }
  files.MainFile = std::to_string(family.rows.size()) + " rows\n";
}
