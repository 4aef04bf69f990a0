//===- Target.h - What is called, or used as a value ------------*- C++ -*-===//

#ifndef SNOW_CHECK_TARGET_H
#define SNOW_CHECK_TARGET_H

#include "frontends/snow/check/Group.h"

namespace snow::check {

/// What is called, or used as a value.
struct Target {
  enum class Kind {
    Error,
    Function,
    Library,
    Lifted,
    Constructor,
    Method, ///< of a trait
    Value,
  };
  Kind kind = Kind::Error;
  FunctionDecl *function = nullptr;
  LibraryFunction *library = nullptr;
  Lifted *lifted = nullptr;
  const ConstructorDecl *constructor = nullptr;
  TraitDecl *trait = nullptr;
  const MethodDecl *method = nullptr;
  core::ExpressionPtr value;
  /// Of `Type.method`.
  Ty *self = nullptr;
  /// The function type, for this use.
  Ty *type = nullptr;
  llvm::SmallVector<Ty *> arguments; ///< type arguments
  /// Of Method: what the trait's parameters and associated types are.
  BoundDecl bound;
  std::vector<BoundDecl> bounds;
  std::string shown; ///< "`List.map`"
};

} // namespace snow::check

#endif // SNOW_CHECK_TARGET_H
