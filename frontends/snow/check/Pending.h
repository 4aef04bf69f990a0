//===- Pending.h - Core while types are inferred ----------------*- C++ -*-===//
//
// The checker makes core expressions at once, before their types are known.
// Until Finish.cpp settles them, the `type` of an expression, pattern or
// variable holds the checker's type.
//
//===----------------------------------------------------------------------===//

#ifndef SNOW_CHECK_PENDING_H
#define SNOW_CHECK_PENDING_H

#include "frontends/snow/check/Types.h"
#include "frontends/snow/core/Program.h"

namespace snow::check {

inline const core::Type *pending(Ty *type) {
  return reinterpret_cast<const core::Type *>(type);
}
inline Ty *pendingType(const core::Type *type) {
  return const_cast<Ty *>(reinterpret_cast<const Ty *>(type));
}
inline Ty *typeOf(const core::Expression &expression) {
  return pendingType(expression.type);
}
inline Ty *typeOf(const core::ExpressionPtr &expression) {
  return pendingType(expression->type);
}

} // namespace snow::check

#endif // SNOW_CHECK_PENDING_H
