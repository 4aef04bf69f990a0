//===- Dump.h - A syntax tree as text ---------------------------*- C++ -*-===//

#ifndef SNOW_SYNTAX_DUMP_H
#define SNOW_SYNTAX_DUMP_H

#include "frontends/snow/source/SourceFile.h"
#include "frontends/snow/syntax/Ast.h"
#include "llvm/Support/raw_ostream.h"

namespace snow::syntax {

/// For people and tests: a node a line, `Kind details @line:column`, what it is
/// made of below it.
void dump(const SourceFile &file, const Module &module, llvm::raw_ostream &out);

} // namespace snow::syntax

#endif // SNOW_SYNTAX_DUMP_H
