//===- Dump.h - A checked program as text -----------------------*- C++ -*-===//

#ifndef SNOW_CORE_DUMP_H
#define SNOW_CORE_DUMP_H

#include "frontends/snow/core/Program.h"
#include "llvm/Support/raw_ostream.h"

namespace snow::core {

/// For people and tests: types, impls and functions, with the type of what is
/// bound. What `snowc emit --stage=typed` writes.
void dump(const Program &program, llvm::raw_ostream &out);

} // namespace snow::core

#endif // SNOW_CORE_DUMP_H
