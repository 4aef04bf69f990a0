//===- CStrings.cpp - Which pointers are C strings ------------------------===//

#include "tools/plumb-abi/drafting/CStrings.h"
#include "tools/plumb-abi/drafting/DraftNames.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace plumb::abi;

static bool isConstChar(const CType &given) {
  const CType &type = strip(given);
  return type.kind == CKind::Pointer && type.target && isConst(*type.target) &&
         strip(type.target).kind == CKind::Int &&
         strip(type.target).name == "char";
}

/// "len", "source_size", "n_byte", "count".
static bool namesLength(StringRef name) {
  std::string plain = snakeCase(name);
  SmallVector<StringRef> words;
  StringRef(plain).split(words, '_', -1, /*KeepEmpty=*/false);
  if (words.empty())
    return false;
  static constexpr StringLiteral atEnd[] = {
      "len",   "length", "size", "sz",  "count", "byte",
      "bytes", "n",      "num",  "siz", "chars", "capacity"};
  return is_contained(atEnd, words.back()) ||
         is_contained({"n", "num", "cb", "nbytes"}, words.front()) ||
         StringRef(plain).ends_with("len") ||
         StringRef(plain).ends_with("size");
}

static bool isInteger(const CType &given) {
  const CType &type = strip(given);
  return type.kind == CKind::Int && !type.isEnum && type.bits >= 32;
}

/// Whether another parameter says by its name how long `index` is.
static bool hasLengthOfItsName(ArrayRef<CParam> params, size_t index) {
  std::string name = snakeCase(params[index].name);
  return any_of(params, [&](const CParam &other) {
    std::string plain = snakeCase(other.name);
    return isInteger(*other.type) && !name.empty() &&
           StringRef(plain).starts_with(name) && plain != name &&
           namesLength(plain);
  });
}

/// `void *`, `const char *`, `uint8_t *`.
static bool isBytePointer(const CType &given) {
  const CType &type = strip(given);
  if (type.kind != CKind::Pointer || !type.target)
    return false;
  const CType &to = strip(type.target);
  return to.kind == CKind::Void || (to.kind == CKind::Int && to.bits == 8);
}

/// Whether parameter `index` may be as long as another one says.
static bool hasLength(ArrayRef<CParam> params, size_t index) {
  auto isLength = [](const CParam &p) {
    return isInteger(*p.type) && namesLength(p.name);
  };
  // Without names, an integer that follows may be anything.
  if (index + 1 < params.size() &&
      (isLength(params[index + 1]) ||
       (isInteger(*params[index + 1].type) && params[index + 1].name.empty())))
    return true;
  if (index && isLength(params[index - 1]))
    return true;
  // A length for each: `from, to, compressed_size, capacity`.
  auto numPointers =
      count_if(params, [](const CParam &p) { return isBytePointer(*p.type); });
  return count_if(params, isLength) >= numPointers ||
         hasLengthOfItsName(params, index);
}

bool plumb::abi::isCStringParam(ArrayRef<CParam> params, size_t index) {
  return isConstChar(*params[index].type) && !hasLength(params, index);
}

bool plumb::abi::isCStringResult(const CSignature &signature) {
  return isConstChar(*signature.result) &&
         none_of(signature.params, [](const CParam &p) {
           const CType &type = strip(p.type);
           return type.kind == CKind::Pointer && type.target &&
                  isInteger(*type.target) &&
                  (p.name.empty() || namesLength(p.name));
         });
}

bool plumb::abi::isHandleStorage(ArrayRef<CParam> params, size_t index) {
  const CType &type = strip(params[index].type);
  if (type.kind != CKind::Pointer || !type.target || isConst(*type.target))
    return false;
  const CType &inner = strip(type.target);
  return inner.kind == CKind::Pointer && inner.target &&
         !isConst(*inner.target) && strip(inner.target).kind == CKind::Struct &&
         !hasLengthOfItsName(params, index);
}
