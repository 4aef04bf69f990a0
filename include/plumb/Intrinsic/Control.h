//===- Control.h - Calls that do not come back ------------------*- C++ -*-===//

#ifndef PLUMB_INTRINSIC_CONTROL_H
#define PLUMB_INTRINSIC_CONTROL_H

#include "plumb-c/Descriptor.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"

namespace plumb::intr {

/// A call that writes this resource does not come back.
inline constexpr llvm::StringLiteral controlResource = "intr.control";

inline bool comesBack(const plumb_intr_row &row) {
  return llvm::none_of(llvm::ArrayRef(row.effects, row.num_effects),
                       [](const plumb_intr_effect &effect) {
                         return effect.writes &&
                                effect.resource == controlResource;
                       });
}

} // namespace plumb::intr

#endif // PLUMB_INTRINSIC_CONTROL_H
