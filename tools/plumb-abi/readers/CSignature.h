//===- CSignature.h - C types and functions, from either side ---*- C++ -*-===//
//
// What a record promises and what a runtime has are both brought into this
// form; the comparer and the drafter know nothing else of where it came from.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_CSIGNATURE_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_CSIGNATURE_H

#include "plumb-c/Descriptor.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace plumb::abi {

enum class CKind : uint8_t {
  Void,
  Bool,
  Int,   ///< enums too
  Float, ///< `bits` wide
  Pointer,
  Struct,
  Union,
  Array,
  Function,
  Alias, ///< a typedef of `target`
  Const, ///< `const` before `target`
  Other, ///< nothing that a record can say; `name` is what it is
  /// Nothing says what it is; `name` is why. Never taken for a type.
  Unknown
};

enum class CSign : uint8_t { Unknown, Signed, Unsigned };

/// How a struct goes by value; of its parts' the greatest counts.
enum class CPassing : uint8_t {
  Value,    ///< as C does
  Unknown,  ///< a C++ class of which nothing says which of the two
  Reference ///< a C++ class of which a hidden pointer is passed
};

struct CType;
struct CSignature;

struct CField {
  std::string name;
  const CType *type;
  uint64_t offset; ///< bytes
  bool isBitField = false;
  uint64_t align = 0; ///< bytes, where an attribute says so
  unsigned bits = 0;  ///< of a bit-field
  /// Of a bit-field, from the start of the struct; none when it is not known.
  std::optional<uint64_t> firstBit = std::nullopt;
};

struct CEnumerator {
  std::string name;
  int64_t value; ///< of an unsigned enum of 64 bits, the same bits
};

/// Types refer to each other and may be cyclic through pointers.
struct CType {
  CKind kind = CKind::Other;
  CSign sign = CSign::Unknown;
  /// Of a struct: it has another name in every runtime, so only what is inside
  /// counts. Of a pointer: to something that is known to nobody but the
  /// runtime.
  bool isOpaque = false;
  /// A struct or union whose fields are known; an Other is never complete.
  bool isComplete = false;
  bool isEnum = false;
  /// A struct that may be passed as its only field is: Rust does not say.
  bool isWrapper = false;
  CPassing passing = CPassing::Value;
  unsigned bits = 0;  ///< of Bool, Int and Float
  uint64_t size = 0;  ///< bytes, of Struct, Union and Array
  uint64_t align = 0; ///< bytes, where an attribute of the type says so
  uint64_t count = 0; ///< elements of an Array
  std::string name;   ///< "int", "tm", "time_t"; may be empty
  std::string scope;  ///< "r::" of r::Date; empty in C
  /// Pointee (null when nobody says), element, or what Alias and Const stand
  /// before.
  const CType *target = nullptr;
  std::vector<CField> fields;
  std::vector<CEnumerator> enumerators;
  const CSignature *function = nullptr;
};

struct CParam {
  std::string name; ///< may be empty
  const CType *type;
};

struct CSignature {
  const CType *result;
  std::vector<CParam> params;
  bool isVariadic = false;
  /// `f()` in C before C23: the parameters are not known.
  bool hasPrototype = true;
  /// As the compiler lowered it: structs by value are in pieces, the sign of
  /// integers is that of their extension.
  bool isLowered = false;
  plumb_intr_cc cc = PLUMB_INTR_CC_C;
  /// Set for a convention that records cannot say.
  std::string otherConvention;
};

/// Owns types and signatures. Their addresses stay.
class CTypes {
public:
  CType &make(CKind kind, llvm::StringRef name = "");
  const CType *makeVoid() { return &make(CKind::Void, "void"); }
  const CType *makeInt(unsigned bits, CSign sign, llvm::StringRef name);
  const CType *makePointer(const CType *pointee);
  CSignature &makeSignature();

  /// A type of which nobody says what it is, for the reason `why`.
  const CType *makeUnknown(llvm::StringRef why);

  /// Remembers where the fields of a struct are, for those that know its name
  /// only. Two files may have different structs of one name.
  void define(const CType &structure);
  /// The struct with the same name whose fields are known, one and the same for
  /// equal structs; `type` where there is none, or several that differ.
  const CType &complete(const CType &type) const;
  const CType &complete(CType &&) const = delete;

private:
  llvm::ArrayRef<const CType *> distinct(const CType &type) const;

  std::deque<CType> types;
  std::deque<CSignature> signatures;
  struct Definitions {
    std::vector<const CType *> all; ///< as they were read
    /// One for each that differs; found when asked for, since a struct may have
    /// fields that are not yet read when it is defined.
    std::vector<const CType *> distinct;
    size_t compared = 0; ///< so many of `all` are in `distinct`
  };
  mutable llvm::StringMap<Definitions> definitions;
};

/// Without typedefs and qualifiers. Never Alias or Const; an endless chain is
/// Other.
const CType &strip(const CType &type);
inline const CType &strip(const CType *type) { return strip(*type); }

/// Whether it is `const`, or a typedef of what is.
bool isConst(const CType &type);

/// What an object of the type is aligned to, in bytes.
uint64_t alignOf(const CType &type);

/// What the value is passed as: the field of a wrapper.
const CType &stripValue(const CType &type);

/// "const struct tm *when", or without the name.
std::string declare(const CType &type, llvm::StringRef name = "");
/// "int64_t plumb_clock_set(plumb_clock_zone zone, ...)".
std::string declare(const CSignature &signature, llvm::StringRef name);
/// "preserve_most", or "the C convention".
std::string describeConvention(const CSignature &signature);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_CSIGNATURE_H
