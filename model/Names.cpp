//===- Names.cpp ----------------------------------------------------------===//

#include "plumb/Model/Names.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <cassert>

using namespace llvm;
using namespace plumb::model;

/// The entry with this index: tables are in the order of their enum, whose
/// values descriptors of another version are refused for at load.
template <typename Info, size_t size>
static const Info &at(const Info (&table)[size], size_t index) {
  assert(index < size && "an enum has an entry that its table has not");
  return table[index];
}

/// Whether entry i is that of enumerator i.
template <typename Info, size_t size, typename Enum>
static constexpr bool isInOrder(const Info (&table)[size], Enum Info::*value) {
  for (size_t i = 0; i != size; ++i)
    if (size_t(table[i].*value) != i)
      return false;
  return true;
}

template <typename Info, size_t size>
static const Info *find(const Info (&table)[size], StringRef name) {
  for (const Info &info : table)
    if (info.name == name)
      return &info;
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Calling conventions
//===----------------------------------------------------------------------===//

#define ENTRY(ENUMERATOR, NAME) ENUMERATOR, NAME, #ENUMERATOR

static constexpr ConventionInfo conventions[] = {
    {ENTRY(PLUMB_INTR_CC_C, "c"), ""},
    {ENTRY(PLUMB_INTR_CC_PRESERVE_MOST, "preserve_most"), "preserve_most"},
    {ENTRY(PLUMB_INTR_CC_PRESERVE_ALL, "preserve_all"), "preserve_all"},
    {ENTRY(PLUMB_INTR_CC_MS_ABI, "ms_abi"), "ms_abi"},
    {ENTRY(PLUMB_INTR_CC_SYSV_ABI, "sysv_abi"), "sysv_abi"},
    {ENTRY(PLUMB_INTR_CC_SWIFT, "swift"), "swiftcall"},
    {ENTRY(PLUMB_INTR_CC_VECTOR, "aarch64_vector_pcs"), "aarch64_vector_pcs"}};

static_assert(isInOrder(conventions, &ConventionInfo::cc));

const ConventionInfo &plumb::model::infoOf(plumb_intr_cc cc) {
  return at(conventions, cc);
}

const ConventionInfo *plumb::model::findConvention(StringRef name) {
  return find(conventions, name);
}

std::string plumb::model::listConventions() {
  std::string text;
  for (const ConventionInfo &info : conventions)
    text += (text.empty()                          ? ""
             : &info == &std::end(conventions)[-1] ? " or "
                                                   : ", ") +
            info.name.str();
  return text;
}

//===----------------------------------------------------------------------===//
// Passing
//===----------------------------------------------------------------------===//

static constexpr CPart value[] = {{Part::Value, ""}};
static constexpr CPart span[] = {{Part::Data, ""}, {Part::Length, "_len"}};
static constexpr CPart constPointer[] = {{Part::ConstPointer, ""}};
static constexpr CPart resultPointer[] = {{Part::ResultPointer, ""}};
static constexpr CPart callback[] = {{Part::Function, ""},
                                     {Part::Environment, "_env"}};
static constexpr CPart function[] = {{Part::Function, ""}};

static constexpr PassingInfo passings[] = {
    {ENTRY(PLUMB_INTR_PASS_DIRECT, "direct"), "", value, false, true, false, 0,
     "", ""},
    {ENTRY(PLUMB_INTR_PASS_SPAN, "span"), "span ", span, false, true, false,
     AsSpan, "Span", "text and bytes"},
    {ENTRY(PLUMB_INTR_PASS_POINTER, "pointer"), "pointer ", constPointer, false,
     true, false, AsPointer, "ByPointer", "structs"},
    {ENTRY(PLUMB_INTR_PASS_OUT, "out"), "out ", resultPointer, false, false,
     true, AsOut, "Out", "values that a program can hold"},
    {ENTRY(PLUMB_INTR_PASS_CALLBACK, "callback"), "", callback, true, true,
     false, 0, "Callback", ""},
    {ENTRY(PLUMB_INTR_PASS_FUNCTION, "function"), "", function, true, true,
     false, 0, "Function", ""},
    {ENTRY(PLUMB_INTR_PASS_OPTIONS, "options"), "options ", value, false, false,
     false, AsOptions, "Options", "text"},
    {ENTRY(PLUMB_INTR_PASS_INOUT, "inout"), "inout ", resultPointer, false,
     true, true, AsOut, "InOut", "values that a program can hold"}};

static_assert(isInOrder(passings, &PassingInfo::passing));

const PassingInfo &plumb::model::infoOf(plumb_intr_passing passing) {
  return at(passings, passing);
}

const PassingInfo *plumb::model::findPassing(StringRef name) {
  return find(passings, name);
}

//===----------------------------------------------------------------------===//
// LLVM types, attributes, options
//===----------------------------------------------------------------------===//

static constexpr LlvmTypeInfo llvmTypes[] = {
    {ENTRY(PLUMB_INTR_LLVM_VOID, "void"), 8},
    {ENTRY(PLUMB_INTR_LLVM_PTR, "ptr"), 8},
    {ENTRY(PLUMB_INTR_LLVM_I1, "i1"), 1},
    {ENTRY(PLUMB_INTR_LLVM_I8, "i8"), 1},
    {ENTRY(PLUMB_INTR_LLVM_I16, "i16"), 2},
    {ENTRY(PLUMB_INTR_LLVM_I32, "i32"), 4},
    {ENTRY(PLUMB_INTR_LLVM_I64, "i64"), 8},
    {ENTRY(PLUMB_INTR_LLVM_F32, "f32"), 4},
    {ENTRY(PLUMB_INTR_LLVM_F64, "f64"), 8},
    {ENTRY(PLUMB_INTR_LLVM_STRUCT, "struct"), 8}};

static_assert(isInOrder(llvmTypes, &LlvmTypeInfo::type));

const LlvmTypeInfo &plumb::model::infoOf(plumb_intr_llvm_type type) {
  return at(llvmTypes, type);
}

static constexpr AttributeInfo attributes[] = {
    {ENTRY(PLUMB_INTR_ATTR_NOUNDEF, "noundef")},
    {ENTRY(PLUMB_INTR_ATTR_NONNULL, "nonnull")},
    {ENTRY(PLUMB_INTR_ATTR_READONLY, "readonly")},
    {ENTRY(PLUMB_INTR_ATTR_NOCAPTURE, "nocapture")},
    {ENTRY(PLUMB_INTR_ATTR_ZEROEXT, "zeroext")},
    {ENTRY(PLUMB_INTR_ATTR_SIGNEXT, "signext")}};

ArrayRef<AttributeInfo> plumb::model::allAttributes() { return attributes; }

std::vector<StringRef> plumb::model::spellAttributes(uint32_t bits) {
  std::vector<StringRef> names;
  for (const AttributeInfo &info : attributes)
    if (bits & info.bit)
      names.push_back(info.name);
  return names;
}

uint32_t plumb::model::parseAttribute(StringRef name) {
  const AttributeInfo *info = find(attributes, name);
  return info ? info->bit : 0;
}

static constexpr OptionKindInfo optionKinds[] = {
    {ENTRY(PLUMB_INTR_OPTION_INTEGER, "integer"), "INTEGER", "IntOption"},
    {ENTRY(PLUMB_INTR_OPTION_TEXT, "text"), "TEXT", "TextOption"},
    {ENTRY(PLUMB_INTR_OPTION_CHOICE, "choice"), "CHOICE", "ChoiceOption"}};

static_assert(isInOrder(optionKinds, &OptionKindInfo::kind));

const OptionKindInfo &plumb::model::infoOf(plumb_intr_option_kind kind) {
  return at(optionKinds, kind);
}

const OptionKindInfo *plumb::model::findOptionKind(StringRef name) {
  return find(optionKinds, name);
}
