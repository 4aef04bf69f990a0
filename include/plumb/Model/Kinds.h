//===- Kinds.h - ABI kinds --------------------------------------*- C++ -*-===//
//
// What is known of each kind, from the table in Kinds.def. Depends on LLVM's
// support library only.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_MODEL_KINDS_H
#define PLUMB_MODEL_KINDS_H

#include "plumb-c/Descriptor.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace plumb::model {

/// How a value crosses into a runtime.
enum class Kind : uint8_t {
  Unknown, ///< of no entry; builders and the registry refuse it
#define PLUMB_KIND(ENUMERATOR, ...) ENUMERATOR,
#include "plumb/Model/Kinds.def"
};

/// Where a value of a kind may stand, and what its bits mean, or-ed.
enum KindTraits : uint16_t {
  AsArgument = 1 << 0,      ///< of an intrinsic
  AsResult = 1 << 1,        ///< returned by an intrinsic
  AsOut = 1 << 2,           ///< left in a parameter, passing `out`
  AsCallbackValue = 1 << 3, ///< a parameter of a callback
  AsField = 1 << 4,
  AsSpan = 1 << 5,    ///< has a length and data: passing `span`
  AsPointer = 1 << 6, ///< passing `pointer`
  AsOptions = 1 << 7,
  AsEnumInteger = 1 << 8, ///< underneath an enum
  IsUnsigned = 1 << 9,
  AsCallbackResult = 1 << 10,
  MayBeNull = 1 << 11,      ///< a record may say that it is never null
  AsTypeArgument = 1 << 12, ///< of an object's or a closure's type

  AsValue = AsArgument | AsResult | AsOut,
  AsInCallback = AsCallbackValue | AsCallbackResult,
  AsScalar = AsValue | AsInCallback | AsField
};

struct KindInfo {
  Kind kind;
  llvm::StringLiteral name; ///< "text"
  llvm::StringLiteral mlir; ///< "!intr.str", or "" where the record has it
  plumb_intr_llvm_type llvm;
  uint32_t argAttrs, resultAttrs; ///< PLUMB_INTR_ATTR_*
  uint16_t traits;                ///< KindTraits
  llvm::StringLiteral onException, probe;

  bool may(KindTraits trait) const { return traits & trait; }
};

/// All kinds, in the order of the enumerators after Unknown.
llvm::ArrayRef<KindInfo> allKinds();

/// Null for a name that no kind has.
const KindInfo *findKind(llvm::StringRef name);

/// Null for Unknown.
const KindInfo *infoOf(Kind kind);

/// The entry of the type's kind; null when this program does not know it.
const KindInfo *infoOf(const plumb_intr_type &type);

/// The kind of the type; Unknown for null too.
Kind kindOf(const plumb_intr_type *type);
inline Kind kindOf(const plumb_intr_type &type) { return kindOf(&type); }

/// "text, bytes, status, ...": for messages.
std::string listKinds();

} // namespace plumb::model

#endif // PLUMB_MODEL_KINDS_H
