//===- TakenNames.cpp -----------------------------------------------------===//

#include "model/TakenNames.h"
#include "plumb/Model/Views.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;
using namespace plumb::model;

//===----------------------------------------------------------------------===//
// C and C++
//===----------------------------------------------------------------------===//

/// What headers of C and POSIX define and is not in capital letters alone:
/// PRIu64, M_PIf, and members of their structs.
static bool isMixedMacro(StringRef name) {
  static const StringSet<> words = {"AF_DECnet",
                                    "L_ctermid",
                                    "L_cuserid",
                                    "L_tmpnam",
                                    "PF_DECnet",
                                    "P_tmpdir",
                                    "sa_handler",
                                    "sa_sigaction",
                                    "sched_priority",
                                    "si_addr",
                                    "si_addr_lsb",
                                    "si_arch",
                                    "si_band",
                                    "si_call_addr",
                                    "si_fd",
                                    "si_int",
                                    "si_lower",
                                    "si_overrun",
                                    "si_pid",
                                    "si_pkey",
                                    "si_ptr",
                                    "si_status",
                                    "si_stime",
                                    "si_syscall",
                                    "si_timerid",
                                    "si_uid",
                                    "si_upper",
                                    "si_utime",
                                    "si_value",
                                    "sigev_notify_attributes",
                                    "sigev_notify_function",
                                    "st_atime",
                                    "st_ctime",
                                    "st_mtime"};
  if (words.contains(name) || name.starts_with("M_"))
    return true;
  return (name.consume_front("PRI") || name.consume_front("SCN")) &&
         name.size() > 1 && StringRef("bBdiouxX").contains(name[0]);
}

bool plumb::model::looksReservedInC(StringRef name) {
  bool isReserved = name.contains("__") ||
                    (name.size() > 1 && name[0] == '_' && isUpper(name[1]));
  // The standard headers define hundreds of macros in capital letters.
  bool isMacro = name.size() > 1 && all_of(name, [](char c) {
                   return isUpper(c) || isDigit(c) || c == '_';
                 });
  return isReserved || isMacro || isMixedMacro(name);
}

bool plumb::model::isMacroOfOurHeaders(StringRef name) {
  if (name == "NULL" || name == "PLUMB_API" || name == "PLUMB_NOEXCEPT" ||
      name == "PLUMB_NORETURN" || name == "PLUMB_STATIC_ASSERT")
    return true;
  bool isLimit = name.ends_with("_MAX") || name.ends_with("_MIN") ||
                 name.ends_with("_C") || name.ends_with("_WIDTH");
  name.consume_front("U");
  static constexpr StringLiteral types[] = {
      "INT8_",       "INT16_",   "INT32_",    "INT64_",   "INTMAX_",
      "INTPTR_",     "INT_FAST", "INT_LEAST", "PTRDIFF_", "SIZE_",
      "SIG_ATOMIC_", "WCHAR_",   "WINT_"};
  return isLimit &&
         any_of(types, [&](StringRef type) { return name.starts_with(type); });
}

bool plumb::model::isWordOfC(StringRef name) {
  // Keywords up to C23 and C++20, macros in small letters, and `env`, which
  // callbacks have. Some are macros of GNU C alone.
  static const StringSet<> words = {
      "_Atomic",
      "_Bool",
      "_Noreturn",
      "__asm__",
      "__attribute__",
      "__func__",
      "__int128",
      "_Alignas",
      "_Alignof",
      "_Complex",
      "_Generic",
      "_Imaginary",
      "_Static_assert",
      "_Thread_local",
      "alignas",
      "alignof",
      "and",
      "and_eq",
      "asm",
      "assert",
      "auto",
      "bitand",
      "bitor",
      "bool",
      "break",
      "case",
      "catch",
      "char",
      "char16_t",
      "char32_t",
      "char8_t",
      "class",
      "co_await",
      "co_return",
      "co_yield",
      "compl",
      "concept",
      "const",
      "const_cast",
      "consteval",
      "constexpr",
      "constinit",
      "continue",
      "decltype",
      "default",
      "delete",
      "do",
      "double",
      "dynamic_cast",
      "else",
      "enum",
      "env",
      "errno",
      "explicit",
      "export",
      "extern",
      "false",
      "float",
      "for",
      "friend",
      "goto",
      "i386",
      "if",
      "inline",
      "int",
      "linux",
      "long",
      "math_errhandling",
      "mutable",
      "namespace",
      "new",
      "noexcept",
      "not",
      "not_eq",
      "nullptr",
      "offsetof",
      "operator",
      "or",
      "or_eq",
      "private",
      "protected",
      "public",
      "register",
      "reinterpret_cast",
      "requires",
      "restrict",
      "return",
      "setjmp",
      "short",
      "signed",
      "sizeof",
      "static",
      "static_assert",
      "static_cast",
      "stderr",
      "stdin",
      "stdout",
      "struct",
      "switch",
      "template",
      "this",
      "thread_local",
      "throw",
      "true",
      "try",
      "typedef",
      "typeid",
      "typename",
      "typeof",
      "typeof_unqual",
      "union",
      "unix",
      "unsigned",
      "using",
      "va_arg",
      "va_copy",
      "va_end",
      "va_start",
      "virtual",
      "void",
      "volatile",
      "wchar_t",
      "while",
      "xor",
      "xor_eq",
  };
  return words.contains(name);
}

bool plumb::model::isTypeOfC(StringRef name) {
  static const StringSet<> types = {
      "bool",       "char",      "double",    "float",     "int16_t",
      "int32_t",    "int64_t",   "int8_t",    "intptr_t",  "plumb_bytes",
      "plumb_slot", "plumb_str", "ptrdiff_t", "size_t",    "uint16_t",
      "uint32_t",   "uint64_t",  "uint8_t",   "uintptr_t", "void",
  };
  return types.contains(name);
}

namespace {
/// Of each function its type, where that is arithmetic. A record of the same
/// type is one of the C library's own function.
struct StandardFunctions {
  StringMap<StringRef> types;
  StandardFunctions() {
#define PLUMB_ARITHMETIC(NAME, TYPE) types[#NAME] = TYPE;
#define PLUMB_FUNCTION(NAME) types[#NAME] = "";
#include "model/StandardFunctions.def"
  }
};
} // namespace

std::string plumb::model::standardFunctionUnlike(const plumb_intr_row &row) {
  static const StandardFunctions standard;
  auto found = standard.types.find(row.symbol);
  if (found == standard.types.end())
    return "";
  if (found->second.empty())
    return "one with pointers or others that no record has";
  std::string own =
      (row.result ? spell(row.result->llvm) : "void").str() + " (";
  ListSeparator comma;
  for (const plumb_intr_param &p : params(row))
    own += (StringRef(comma) + (p.type && p.passing == PLUMB_INTR_PASS_DIRECT
                                    ? spell(p.type->llvm)
                                    : "ptr"))
               .str();
  own += isVariadic(row) ? "...)" : ")";
  return own == found->second ? "" : found->second.str();
}

//===----------------------------------------------------------------------===//
// MLIR
//===----------------------------------------------------------------------===//

bool plumb::model::isTakenInOperations(StringRef name, bool isResult) {
  // Of one that is the operation's, not the result's.
  if (isResult && (name == "type" || name == "Type"))
    return true;
  // Parameters and functions of every class; the attributes of intr.call.
  static const StringSet<> words = {
      "build", "builder", "callee", "create", "environment_names",
  };
  // Accessors are `get` and the name in camel case.
  static const StringSet<> accessors = {
      "AttributeNames", "DefaultDialect", "Attributes",      "Effects",
      "Intrinsic",      "Operands",       "Operation",       "OperationName",
      "Properties",     "Regions",        "Speculatability",
  };
  return words.contains(name) || accessors.contains(convertToCamelFromSnakeCase(
                                     name, /*capitalizeFirst=*/true));
}

bool plumb::model::isTakenByFamilies(StringRef name) {
  static const StringSet<> names = {
      "acc",       "affine",        "arith",         "arm_neon", "arm_sve",
      "async",     "bufferization", "builtin",       "cf",       "complex",
      "detail",    "dlti",          "emitc",         "func",     "gpu",
      "index",     "irdl",          "linalg",        "llvm",     "math",
      "memref",    "mlir",          "nvvm",          "omp",      "pdl",
      "plumb",     "ptr",           "quant",         "rocdl",    "rt",
      "scf",       "shape",         "sparse_tensor", "spirv",    "std",
      "tensor",    "tosa",          "transform",     "ub",       "vector",
      "x86vector",
  };
  return names.contains(name);
}
