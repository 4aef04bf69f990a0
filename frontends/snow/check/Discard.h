//===- Discard.h - Values that nobody uses ----------------------*- C++ -*-===//

#ifndef SNOW_CHECK_DISCARD_H
#define SNOW_CHECK_DISCARD_H

#include "frontends/snow/check/Pending.h"

namespace snow::check {

/// The same expression for its effects: a `for` in it makes no list. `unit` is
/// the unit type.
core::ExpressionPtr discard(core::ExpressionPtr expression, Ty *unit);

} // namespace snow::check

#endif // SNOW_CHECK_DISCARD_H
