//===- Signature.cpp ------------------------------------------------------===//

#include "dialects/Intrinsic/Signature.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;
using namespace plumb::intr;

StringRef plumb::intr::spell(plumb_intr_cc cc) {
  switch (cc) {
  case PLUMB_INTR_CC_C:
    return "c";
  case PLUMB_INTR_CC_PRESERVE_MOST:
    return "preserve_most";
  case PLUMB_INTR_CC_PRESERVE_ALL:
    return "preserve_all";
  case PLUMB_INTR_CC_MS_ABI:
    return "ms_abi";
  case PLUMB_INTR_CC_SYSV_ABI:
    return "sysv_abi";
  case PLUMB_INTR_CC_SWIFT:
    return "swift";
  case PLUMB_INTR_CC_VECTOR:
    return "aarch64_vector_pcs";
  }
  llvm_unreachable("descriptors of another version are refused at load");
}

StringRef plumb::intr::spell(plumb_intr_llvm_type type) {
  static constexpr StringLiteral names[] = {
      "void", "ptr", "i1", "i8", "i16", "i32", "i64", "f32", "f64", "struct"};
  return names[type];
}

unsigned plumb::intr::sizeInMemory(plumb_intr_llvm_type type) {
  switch (type) {
  case PLUMB_INTR_LLVM_I1:
  case PLUMB_INTR_LLVM_I8:
    return 1;
  case PLUMB_INTR_LLVM_I16:
    return 2;
  case PLUMB_INTR_LLVM_I32:
  case PLUMB_INTR_LLVM_F32:
    return 4;
  default:
    return 8;
  }
}

uint32_t plumb::intr::parseAttribute(StringRef name) {
  return StringSwitch<uint32_t>(name)
      .Case("nonnull", PLUMB_INTR_ATTR_NONNULL)
      .Case("readonly", PLUMB_INTR_ATTR_READONLY)
      .Case("nocapture", PLUMB_INTR_ATTR_NOCAPTURE)
      .Case("zeroext", PLUMB_INTR_ATTR_ZEROEXT)
      .Case("signext", PLUMB_INTR_ATTR_SIGNEXT)
      .Case("noundef", PLUMB_INTR_ATTR_NOUNDEF)
      .Default(0);
}

static std::string describeCases(const plumb_intr_enum &e) {
  std::string text = std::string(" ") + e.name + "{";
  ListSeparator comma(",");
  for (const plumb_intr_case &c : ArrayRef(e.cases, e.num_cases))
    text += StringRef(comma).str() + c.name + "=" + std::to_string(c.value);
  return text + "}";
}

static std::string describe(const plumb_intr_type *type, bool isResult);

static std::string describeFields(const plumb_intr_struct &s) {
  std::string text = std::string(" ") + s.name + "{";
  ListSeparator comma(",");
  for (const plumb_intr_field &f : ArrayRef(s.fields, s.num_fields))
    text += StringRef(comma).str() + f.name + ":" + describe(f.type, false) +
            "@" + std::to_string(f.offset);
  return text + "}" + std::to_string(s.size) + "/" + std::to_string(s.align);
}

/// "i32(int32 noundef signext)".
static std::string describe(const plumb_intr_type *type, bool isResult) {
  if (!type)
    return "void";
  std::string text = spell(type->llvm).str() + "(" + type->kind;
  if (StringRef(type->kind) == "handle")
    text += std::string(" ") + type->mlir;
  if (type->enumeration)
    text += describeCases(*type->enumeration);
  if (type->structure)
    text += describeFields(*type->structure);
  uint32_t attrs = isResult ? type->result_attrs : type->arg_attrs;
  static constexpr std::pair<uint32_t, StringLiteral> names[] = {
      {PLUMB_INTR_ATTR_NOUNDEF, " noundef"},
      {PLUMB_INTR_ATTR_NONNULL, " nonnull"},
      {PLUMB_INTR_ATTR_READONLY, " readonly"},
      {PLUMB_INTR_ATTR_NOCAPTURE, " nocapture"},
      {PLUMB_INTR_ATTR_ZEROEXT, " zeroext"},
      {PLUMB_INTR_ATTR_SIGNEXT, " signext"}};
  for (auto [bit, name] : names)
    if (attrs & bit)
      text += name;
  return text + ")";
}

static std::string describe(const plumb_intr_callback &callback) {
  std::string text = describe(callback.result, true) + "(";
  ListSeparator comma;
  for (uint32_t i = 0; i <= callback.num_params; ++i) {
    if (i == callback.environment)
      text += StringRef(comma).str() + "ptr(environment)";
    if (i < callback.num_params)
      text += StringRef(comma).str() + describe(callback.params[i].type, false);
  }
  return text + ")";
}

static std::string describe(const plumb_intr_param &p) {
  static constexpr StringLiteral passing[] = {"", "span ", "pointer ", "out ",
                                              "", "",      "options "};
  if (p.type)
    return passing[p.passing].str() + describe(p.type, false);
  std::string text = std::string("ptr(callback") +
                     (p.is_optional ? "? " : " ") + (p.is_kept ? "kept " : "") +
                     describe(*p.callback) + ")";
  if (p.passing == PLUMB_INTR_PASS_CALLBACK)
    text += ", ptr(environment)";
  return text;
}

std::string plumb::intr::abiSignature(const plumb_intr_row &row) {
  std::string text = spell(row.cc).str() + " " + describe(row.result, true) +
                     " " + row.symbol + "(";
  ListSeparator comma;
  for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params))
    text += StringRef(comma).str() + describe(p);
  if (row.flags & PLUMB_INTR_ROW_VARIADIC)
    text += StringRef(comma).str() + "...";
  return text + ")" +
         (row.flags & PLUMB_INTR_ROW_FRESH_RESULT ? " noalias" : "");
}

uint64_t plumb::intr::hashSignature(StringRef signature) {
  return xxh3_64bits(signature);
}
