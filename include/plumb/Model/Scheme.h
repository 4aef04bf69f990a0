//===- Scheme.h - Types with variables --------------------------*- C++ -*-===//
//
// What a language makes of a row: `(List<A>, Fun(A) -> B) -> List<B>`. Depends
// on LLVM's support library only.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_MODEL_SCHEME_H
#define PLUMB_MODEL_SCHEME_H

#include "plumb/Model/Views.h"
#include <string>

namespace plumb::model {

/// What a slot holds: plumb_value_kind of plumb/object.h.
enum class ValueKind : int32_t { Int, Float, Bool, Unit, Object };

/// An object of this name may have any number of arguments.
inline constexpr llvm::StringLiteral tupleName = "Tuple";

/// Of kind object, function or variable: the type in MLIR is the program's.
bool isErased(const plumb_intr_type *type);
/// Whether a parameter or the result is.
bool hasErased(const plumb_intr_row &row);

/// Tells every variable in the type, from left to right, as often as it is
/// there. A null type has none.
void eachVariable(const plumb_intr_type *type,
                  llvm::function_ref<void(const plumb_intr_type &)> tell);
/// Names of the variables in the type, each once.
std::vector<llvm::StringRef> variablesOf(const plumb_intr_type *type);
/// "A_kind", the C parameter that tells what the variable is.
std::string kindParameter(llvm::StringRef variable);

/// "List<A>", "Fun(A) -> B", "Int", "()"; "Clock.Zone" of a handle.
std::string schemeOf(const plumb_intr_type &type);
/// "(List<A>, Fun(A) -> B) -> List<B> where A: Eq".
std::string schemeOf(const plumb_intr_row &row);

} // namespace plumb::model

#endif // PLUMB_MODEL_SCHEME_H
