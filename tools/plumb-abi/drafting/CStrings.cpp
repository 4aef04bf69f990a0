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

/// Whether parameter `index` may be as long as another one says.
static bool hasLength(ArrayRef<CParam> params, size_t index) {
  // Without names, an integer that follows may be anything.
  if (index + 1 < params.size() && isInteger(*params[index + 1].type) &&
      (params[index + 1].name.empty() || namesLength(params[index + 1].name)))
    return true;
  std::string name = snakeCase(params[index].name);
  return any_of(params, [&](const CParam &other) {
    std::string plain = snakeCase(other.name);
    return isInteger(*other.type) && !name.empty() &&
           StringRef(plain).starts_with(name) && plain != name &&
           namesLength(plain);
  });
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
         !hasLength(params, index);
}
