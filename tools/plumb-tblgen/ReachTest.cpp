//===- ReachTest.cpp - From the source name to the running body -----------===//
//
// The arguments are ones that a body must refuse or survive at once (null
// handles, "x", -1).
//
//===----------------------------------------------------------------------===//

#include "Probes.h"
#include "RowCall.h"
#include "model/Memory.h"
#include "plumb/Model/Scheme.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace plumb::model;
using namespace plumb::tblgen;

static std::string llvmType(const plumb_intr_type &type) {
  return type.llvm == PLUMB_INTR_LLVM_PTR ? "!llvm.ptr"
                                          : spell(type.llvm).str();
}

/// Extension attributes depend on the target that the test runs on.
static std::string declared(const plumb_intr_type &type, uint32_t bits) {
  constexpr uint32_t extensions =
      PLUMB_INTR_ATTR_ZEROEXT | PLUMB_INTR_ATTR_SIGNEXT;
  std::vector<StringRef> attrs = spellAttributes(bits & ~extensions);
  if (bits & PLUMB_INTR_ATTR_NOALIAS)
    attrs.push_back("noalias");
  llvm::sort(attrs);
  if (type.structure)
    return "{{.*}}";
  if (bits & extensions)
    return llvmType(type) + " {llvm." + join(attrs, ", llvm.") + "{{.*}}}";
  return llvmType(type) +
         (attrs.empty() ? "" : " {llvm." + join(attrs, ", llvm.") + "}");
}

static std::string declared(const plumb_intr_param &p) {
  std::string text;
  for (const CPart &part : infoOf(p.passing).parts)
    text += (text.empty() ? "" : ", ") +
            (part.part == Part::Value    ? declared(*p.type, p.type->arg_attrs)
             : part.part == Part::Length ? std::string("i64 {{.*}}")
                                         : std::string("!llvm.ptr {{.*}}"));
  return text;
}

static std::string declaration(const plumb_intr_row &row) {
  std::string text = "llvm.func " +
                     std::string(row.cc == PLUMB_INTR_CC_C ? "" : "{{.*}}") +
                     "@" + row.symbol + "(";
  ListSeparator comma;
  for (const plumb_intr_param &p : params(row))
    text += StringRef(comma).str() + declared(p);
  for (size_t i = 0; i != row.num_variables; ++i)
    text += StringRef(comma).str() + "i32 {llvm.noundef{{.*}}}";
  if (isVariadic(row))
    text += StringRef(comma).str() + "...";
  text += ")";
  if (!row.result)
    return text;
  uint32_t attrs = row.result->result_attrs;
  if (hasFreshResult(row))
    attrs |= PLUMB_INTR_ATTR_NOALIAS;
  return text + " -> (" + declared(*row.result, attrs) + ")";
}

/// What LLVM may assume of the call: docs/attributes.md has the rules.
static void emitFunctionAttrChecks(const plumb_intr_row &row, raw_ostream &os) {
  // Objects are the program's memory, and comparing them may call it.
  bool callsBack = takesCallback(row) || blocks(row) || hasErased(row);
  if (!comesBack(row)) {
    os << "// LLVM-SAME: no_unwind, passthrough = [\"cold\", "
          "\"noreturn\"]\n// LLVM-NOT: will_return\n";
    return;
  }
  if (callsBack) {
    os << "// LLVM-NOT: nocallback\n// LLVM-NOT: memory_effects\n";
  } else {
    bool readsArgs = any_of(params(row), readsThrough);
    bool writesArgs = any_of(params(row), writesThrough);
    bool writes = hasFreshResult(row), reads = false;
    for (const plumb_intr_effect &effect : effects(row)) {
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
  // A program's function may loop for ever.
  if (!callsBack)
    os << "// LLVM-SAME: \"nocallback\"\n"
       << (mayFail(row) ? "// LLVM-NOT: will_return\n"
                        : "// LLVM-SAME: will_return\n");
}

/// Code generation drops an unused call of a pure function even at -O0.
static void emitKeep(const plumb_intr_type &type, StringRef count,
                     raw_ostream &os) {
  std::string value = "%r", lowered = llvmType(type), own = concreteMlir(type);
  if (!count.empty())
    value += "#0";
  if (type.structure)
    return;
  if (own[0] == '!') {
    os << "  %kept = builtin.unrealized_conversion_cast " << value << " : "
       << own << " to " << lowered << "\n";
    value = "%kept";
  }
  os << "  %one = llvm.mlir.constant(1 : i64) : i64\n"
        "  %slot = llvm.alloca %one x i64 : (i64) -> !llvm.ptr\n"
        "  llvm.store volatile "
     << value << ", %slot : " << lowered << ", !llvm.ptr\n";
}

void plumb::tblgen::emitReachTest(const plumb_intr_row &row, raw_ostream &os) {
  RowCall call(row);
  // One that does not come back ends the process.
  std::string end = comesBack(row) ? "" : "not ";
  // One that fails on a probe has been reached, too.
  if (mayFail(row))
    end = "%python %src_root/lit-tests/any_status.py ";
  os << "// Generated by plumb-tblgen: '" << row.source_name
     << "' from its source name to its body.\n"
        "// RUN: %plumb-opt %s --resolve-builtins | FileCheck %s "
        "--check-prefix=OP\n"
        "// RUN: %plumb-opt %s --resolve-builtins | %plumb-opt "
        "--mlir-print-op-generic | %plumb-opt | FileCheck %s "
        "--check-prefix=OP\n"
        "// RUN: %plumb-opt %s --resolve-builtins "
        "--convert-intrinsics-to-llvm | FileCheck %s --check-prefix=LLVM\n";
  // Without its arguments it cannot run.
  if (call.parameters.empty())
    os << "// RUN: env PLUMB_TRACE=1 " << end
       << "%plumb-run -O0 %s 2>&1 | FileCheck %s --check-prefix=BODY\n"
          "// RUN: %plumbc -O0 %s -o %t && env PLUMB_TRACE=1 "
       << end << "%t 2>&1 | FileCheck %s --check-prefix=BODY\n";
  os << "\nfunc.func private @\"" << row.source_name << "\"("
     << call.sourceTypes << ") -> " << call.result << "\n"
     << call.functions
     << (call.parameters.empty() ? std::string("func.func @main() {\n")
                                 : "func.func @f(" + call.parameters + ") {\n")
     << call.definitions << "  ";
  os << call.assign << "call @\"" << row.source_name << "\"("
     << call.sourceValues << ") : (" << call.sourceTypes << ") -> "
     << call.result << "\n";
  if (row.result)
    emitKeep(*row.result, call.count, os);
  os << "  return\n}\n\n"
     << "// OP: " << row.name << "{{( |$)}}\n// OP-NOT: @\"" << row.source_name
     << "\"\n// LLVM: " << declaration(row) << "\n";
  emitFunctionAttrChecks(row, os);
  os << "// LLVM: llvm.call @" << row.symbol << "(\n// BODY: "
     << (mayFail(row)
             ? std::string("{{plumb-trace: ") + row.source_name +
                   " -> |^error: }}\n"
             : std::string("plumb-trace: ") + row.source_name + " -> \n");
}
