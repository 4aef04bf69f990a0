//===- Traits.h - Interfaces and what implements them -----------*- C++ -*-===//

#ifndef SNOW_CHECK_TRAITS_H
#define SNOW_CHECK_TRAITS_H

#include "frontends/snow/check/World.h"

namespace snow::check {

/// Eq, Ord, Display, Debug, Hash.
bool isDerivable(llvm::StringRef trait);

/// Heads, associated types and methods of all impls.
void resolveImpls(World &world);

/// After the impls' heads are known: what types derive, their fields must have.
void checkDeriving(World &world);

void checkMethod(World &world, const ImplDecl &impl, const MethodDecl &method,
                 FunctionDecl &function);

} // namespace snow::check

#endif // SNOW_CHECK_TRAITS_H
