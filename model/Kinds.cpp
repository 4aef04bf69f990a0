//===- Kinds.cpp ----------------------------------------------------------===//

#include "plumb/Model/Kinds.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace llvm;
using namespace plumb::model;

namespace {
enum : uint32_t {
  NonNull = PLUMB_INTR_ATTR_NONNULL,
  ReadOnly = PLUMB_INTR_ATTR_READONLY,
  NoCapture = PLUMB_INTR_ATTR_NOCAPTURE,
  ZeroExt = PLUMB_INTR_ATTR_ZEROEXT,
  SignExt = PLUMB_INTR_ATTR_SIGNEXT,
  NoUndef = PLUMB_INTR_ATTR_NOUNDEF
};
} // namespace

static constexpr KindInfo kinds[] = {
#define PLUMB_KIND(ENUMERATOR, NAME, MLIR, LLVM, ARGUMENT, RESULT, TRAITS,     \
                   EXCEPTION, PROBE)                                           \
  {                                                                            \
      Kind::ENUMERATOR,                                                        \
      NAME,                                                                    \
      MLIR,                                                                    \
      PLUMB_INTR_LLVM_##LLVM,                                                  \
      ARGUMENT,                                                                \
      RESULT,                                                                  \
      TRAITS,                                                                  \
      EXCEPTION,                                                               \
      PROBE},
#include "plumb/Model/Kinds.def"
};

ArrayRef<KindInfo> plumb::model::allKinds() { return kinds; }

const KindInfo *plumb::model::findKind(StringRef name) {
  static const StringMap<const KindInfo *> byName = [] {
    StringMap<const KindInfo *> map;
    for (const KindInfo &info : kinds)
      map[info.name] = &info;
    return map;
  }();
  return byName.lookup(name);
}

const KindInfo *plumb::model::infoOf(Kind kind) {
  return kind == Kind::Unknown ? nullptr : &kinds[size_t(kind) - 1];
}

const KindInfo *plumb::model::infoOf(const plumb_intr_type &type) {
  return findKind(type.kind);
}

Kind plumb::model::kindOf(const plumb_intr_type *type) {
  const KindInfo *info = type ? infoOf(*type) : nullptr;
  return info ? info->kind : Kind::Unknown;
}

std::string plumb::model::listKinds() {
  return join(map_range(kinds, [](const KindInfo &info) { return info.name; }),
              ", ");
}
