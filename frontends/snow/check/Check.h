//===- Check.h - From syntax to a checked program ---------------*- C++ -*-===//

#ifndef SNOW_CHECK_CHECK_H
#define SNOW_CHECK_CHECK_H

#include "frontends/snow/core/Program.h"
#include "frontends/snow/source/Diagnostic.h"
#include "frontends/snow/syntax/Ast.h"
#include "plumb/Intrinsic/Registry.h"

namespace snow::check {

/// Names, types and patterns of all modules of a program; `names` are the
/// modules' ("Math.LinearAlgebra"), the entry first. Everything wrong is
/// reported. Null exactly when there are errors. What the result points to in
/// `registry` lives as long as that; of the syntax it keeps nothing. Time is
/// linear in the program for programs that people write, and bounded for all.
std::unique_ptr<core::Program>
check(llvm::ArrayRef<std::unique_ptr<syntax::Module>> modules,
      llvm::ArrayRef<std::string> names, const SourceFiles &files,
      const plumb::intr::Registry &registry, Diagnostics &diagnostics);

} // namespace snow::check

#endif // SNOW_CHECK_CHECK_H
