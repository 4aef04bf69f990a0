//===- References.h - Which functions a function names ----------*- C++ -*-===//

#ifndef SNOW_CHECK_REFERENCES_H
#define SNOW_CHECK_REFERENCES_H

#include "frontends/snow/check/World.h"

namespace snow::check {

/// Functions that stand, by name, in the body of `function`. A local name that
/// is the same as a function's counts as its use.
llvm::SmallVector<FunctionDecl *> references(World &world,
                                             FunctionDecl &function);

/// Functions of the program so that each comes after all that it names, but for
/// those that name each other, which come together.
std::vector<std::vector<FunctionDecl *>> groups(World &world);

} // namespace snow::check

#endif // SNOW_CHECK_REFERENCES_H
