//===- Call.h - calls of closures -------------------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_VALUES_CALL_H
#define PLUMB_RUNTIME_VALUES_CALL_H

#include "runtime/values/Object.h"

namespace plumb::rt::values {

/// The closure consumes the arguments; who calls owns the result. It may not
/// come back: what runs around it owns nothing but values.
template <typename... Slots>
inline plumb_slot call(plumb_fun *function, Slots... arguments) noexcept {
  using Code = plumb_slot (*)(plumb_fun *, Slots...);
  return reinterpret_cast<Code>(function->code)(function, arguments...);
}

} // namespace plumb::rt::values

#endif // PLUMB_RUNTIME_VALUES_CALL_H
