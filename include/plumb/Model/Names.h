//===- Names.h - The words of a descriptor's enums --------------*- C++ -*-===//
//
// One table for each enum of Descriptor.h: how records, JSON and signatures
// write it, its enumerator for generated C, and what else is known of it.
// Depends on LLVM's support library only.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_MODEL_NAMES_H
#define PLUMB_MODEL_NAMES_H

#include "plumb/Model/Kinds.h"

namespace plumb::model {

struct ConventionInfo {
  plumb_intr_cc cc;
  llvm::StringLiteral name;       ///< "preserve_most"
  llvm::StringLiteral enumerator; ///< "PLUMB_INTR_CC_PRESERVE_MOST"
  llvm::StringLiteral attribute;  ///< of C, "preserve_most"; "" for C's own
};
const ConventionInfo &infoOf(plumb_intr_cc cc);
/// Null for an unknown name.
const ConventionInfo *findConvention(llvm::StringRef name);
/// "c, preserve_most, ... or aarch64_vector_pcs".
std::string listConventions();
inline llvm::StringRef spell(plumb_intr_cc cc) { return infoOf(cc).name; }

/// One C parameter of those that a parameter becomes.
enum class Part : uint8_t {
  Value,         ///< of the parameter's type
  Data,          ///< const uint8_t *
  Length,        ///< size_t, of the data
  ConstPointer,  ///< const T *, to a copy that lives during the call
  ResultPointer, ///< T *, to storage for one value
  Function,      ///< of the callback's typedef
  Environment    ///< void *, with which the function is called
};
struct CPart {
  Part part;
  llvm::StringLiteral suffix; ///< of its name, "_len"
};

struct PassingInfo {
  plumb_intr_passing passing;
  llvm::StringLiteral name;        ///< "span"
  llvm::StringLiteral enumerator;  ///< "PLUMB_INTR_PASS_SPAN"
  llvm::StringLiteral inSignature; ///< what stands before the type, "span "
  llvm::ArrayRef<CPart> parts;
  bool takesCallback;
  /// Whether a program passes it as an argument of a call by source name.
  bool isArgument;
  /// Whether what the function leaves there is a result of the operation.
  bool isResult;
  /// What a type's kind must allow; 0 for anything.
  uint16_t wanted;
  llvm::StringLiteral wrapper, wantedInWords; ///< "Span", "text and bytes"
};
const PassingInfo &infoOf(plumb_intr_passing passing);
/// Null for an unknown name.
const PassingInfo *findPassing(llvm::StringRef name);
inline llvm::StringRef spell(plumb_intr_passing passing) {
  return infoOf(passing).name;
}

struct LlvmTypeInfo {
  plumb_intr_llvm_type type;
  llvm::StringLiteral name;       ///< "i32"
  llvm::StringLiteral enumerator; ///< "PLUMB_INTR_LLVM_I32"
  unsigned bytes;                 ///< of a scalar in memory, its alignment too
};
const LlvmTypeInfo &infoOf(plumb_intr_llvm_type type);
inline llvm::StringRef spell(plumb_intr_llvm_type type) {
  return infoOf(type).name;
}
inline unsigned sizeInMemory(plumb_intr_llvm_type type) {
  return infoOf(type).bytes;
}

/// LLVM attributes of arguments and results, in the order of signatures.
struct AttributeInfo {
  uint32_t bit;                   ///< PLUMB_INTR_ATTR_*
  llvm::StringLiteral name;       ///< "nonnull"
  llvm::StringLiteral enumerator; ///< "PLUMB_INTR_ATTR_NONNULL"
};
llvm::ArrayRef<AttributeInfo> allAttributes();
/// {"noundef", "signext"}.
std::vector<llvm::StringRef> spellAttributes(uint32_t attributes);
/// 0 for an unknown name.
uint32_t parseAttribute(llvm::StringRef name);

struct OptionKindInfo {
  plumb_intr_option_kind kind;
  llvm::StringLiteral name;       ///< "integer"
  llvm::StringLiteral enumerator; ///< "PLUMB_INTR_OPTION_INTEGER"
  llvm::StringLiteral macro;      ///< in the C header's table, "INTEGER"
  llvm::StringLiteral record;     ///< "IntOption"
};
const OptionKindInfo &infoOf(plumb_intr_option_kind kind);
/// Null for an unknown name.
const OptionKindInfo *findOptionKind(llvm::StringRef name);

} // namespace plumb::model

#endif // PLUMB_MODEL_NAMES_H
