//===- Prelude.h - What the language itself declares ------------*- C++ -*-===//

#ifndef SNOW_CHECK_PRELUDE_H
#define SNOW_CHECK_PRELUDE_H

#include "llvm/ADT/StringRef.h"

namespace snow::check {

/// In the language: Option, Result, Ordering and the known traits.
llvm::StringRef preludeText();

} // namespace snow::check

#endif // SNOW_CHECK_PRELUDE_H
