//===- ComesBack.h - Rows that end the handler ------------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_TBLGEN_COMESBACK_H
#define PLUMB_TOOLS_PLUMB_TBLGEN_COMESBACK_H

#include "Model.h"
#include "dialects/Intrinsic/Control.h"

namespace plumb::tblgen {

/// False: control does not come back from a call.
inline bool comesBack(const Row &row) {
  return llvm::none_of(row.effects, [](const Effect &effect) {
    return effect.writes && effect.resource == intr::controlResource;
  });
}

} // namespace plumb::tblgen

#endif // PLUMB_TOOLS_PLUMB_TBLGEN_COMESBACK_H
