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
  std::string count, assign;             ///< ":2" and "%r:2 = " of the results
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

/// Whether the program's function gets the environment, too.
static bool getsEnvironment(const Row &row, const Param &param) {
  return param.passing == Passing::Function && row.hasEnvironment();
}

static std::string functionType(const Row &row, const Param &param) {
  const Callback &cb = *param.callback;
  std::string text = "(";
  ListSeparator comma;
  for (const Param &p : cb.params)
    text += StringRef(comma).str() + p.type->mlir;
  if (getsEnvironment(row, param))
    text += StringRef(comma).str() + "!intr.slot";
  return text + ") -> " + (cb.result ? cb.result->mlir : "()");
}

static std::string callbackFunction(const Row &row, const Param &param) {
  const Callback &cb = *param.callback;
  std::string text = "func.func @" + param.name + "(";
  ListSeparator comma;
  for (const Param &p : cb.params)
    text += StringRef(comma).str() + "%" + p.name + ": " + p.type->mlir;
  if (getsEnvironment(row, param))
    text += StringRef(comma).str() + "%env_of_call: !intr.slot";
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
    if (p.passing == Passing::Out)
      continue;
    sourceValue.push_back("%" + p.name);
    if (p.callback) {
      sourceType.push_back(functionType(row, p));
      attr.push_back(p.name + " = @" + p.name);
      functions += callbackFunction(row, p);
      definitions += "  %" + p.name + " = func.constant @" + p.name + " : " +
                     functionType(row, p) + "\n";
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
  std::vector<const Type *> results = row.results();
  result = "()";
  if (!results.empty()) {
    result =
        join(map_range(results, [](const Type *t) { return t->mlir; }), ", ");
    if (results.size() > 1) {
      result = "(" + result + ")";
      count = ":" + std::to_string(results.size());
    }
    assign = "%r" + count + " = ";
  }
}

static std::string llvmType(const Type &type) {
  return type.llvm == "ptr" ? "!llvm.ptr" : type.llvm;
}

/// A value as the LLVM dialect prints it in a declaration: attributes sorted,
/// `nocapture` and not captures(none). What is extended depends on the target.
static std::string declared(const Type &type, std::vector<std::string> attrs) {
  size_t size = attrs.size();
  erase_if(attrs, [](StringRef attr) { return attr.ends_with("ext"); });
  llvm::sort(attrs);
  if (type.structure)
    return "{{.*}}";
  if (attrs.size() != size)
    return llvmType(type) + " {llvm." + join(attrs, ", llvm.") + "{{.*}}}";
  return llvmType(type) +
         (attrs.empty() ? "" : " {llvm." + join(attrs, ", llvm.") + "}");
}

static std::string declared(const Param &p) {
  switch (p.passing) {
  case Passing::Direct:
    return declared(*p.type, p.type->argAttrs);
  case Passing::Callback:
    return "!llvm.ptr {{.*}}, !llvm.ptr {{.*}}";
  case Passing::Span:
    return "!llvm.ptr {{.*}}, i64 {{.*}}";
  default:
    return "!llvm.ptr {{.*}}";
  }
}

/// The declaration's text, as `convert-intrinsics-to-llvm` must write it.
static std::string declaration(const Row &row) {
  std::string text = "llvm.func " +
                     std::string(row.callingConvention == "c" ? "" : "{{.*}}") +
                     "@" + row.symbol + "(";
  ListSeparator comma;
  for (const Param &p : row.params)
    text += StringRef(comma).str() + declared(p);
  if (row.isVariadic)
    text += StringRef(comma).str() + "...";
  text += ")";
  if (!row.result)
    return text;
  std::vector<std::string> attrs = row.result->resultAttrs;
  if (row.freshResult)
    attrs.push_back("noalias");
  return text + " -> (" + declared(*row.result, attrs) + ")";
}

/// What LLVM may assume of the call: docs/attributes.md has the rules.
static void emitFunctionAttrChecks(const Row &row, raw_ostream &os) {
  bool callsBack = row.takesCallback() || row.blocks;
  if (callsBack) {
    os << "// LLVM-NOT: nocallback\n// LLVM-NOT: memory_effects\n";
  } else {
    bool readsArgs = any_of(row.params, [](const Param &p) {
      return p.passing == Passing::Span || p.passing == Passing::Pointer ||
             (p.isOperand() && is_contained(p.type->argAttrs, "readonly"));
    });
    bool writesArgs = any_of(
        row.params, [](const Param &p) { return p.passing == Passing::Out; });
    bool writes = row.freshResult, reads = false;
    for (const Effect &effect : row.effects) {
      writes |= effect.writes;
      reads |= effect.reads;
    }
    os << "// LLVM-SAME: memory_effects = #llvm.memory_effects<other = none, "
          "argMem = "
       << (writesArgs  ? "readwrite"
           : readsArgs ? "read"
                       : "none")
       << ", inaccessibleMem = "
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
static void emitKeep(const Type &type, StringRef count, raw_ostream &os) {
  std::string value = "%r", lowered = llvmType(type);
  if (!count.empty())
    value += "#0";
  if (type.structure)
    return;
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
  os << call.assign << "call @\"" << row.sourceName << "\"("
     << call.sourceValues << ") : (" << call.sourceTypes << ") -> "
     << call.result << "\n";
  if (row.result)
    emitKeep(*row.result, call.count, os);
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
    if (!p.isOperand())
      continue;
    bool wrong = value.size() == index;
    value.push_back(wrong ? "%wrong" : "%" + p.name);
    type.push_back(wrong ? "index" : p.type->mlir);
  }
  os << "  " << call.assign << (carrier ? "intr.call \"" : "\"") << row.opName
     << "\"(" << join(value, ", ") << ")" << call.callbackAttrs << " : ("
     << join(type, ", ") << ") -> " << call.result << "\n";
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
    if (!p.isOperand())
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
  os << "  // expected-error@+1 {{'" << row.opName << "' ";
  if (row.isVariadic)
    os << "takes no variadic operand of type 'index'";
  else
    os << "takes " << index << " operand" << (index == 1 ? "" : "s");
  os << "}}\n  " << call.assign << "intr.call \"" << row.opName << "\"("
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
       << "the record says '" << functionType(row, p) << "'}}\n  "
       << call.assign << row.opName << " " << call.values
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
