//===- Finish.h - Core whose types are known --------------------*- C++ -*-===//

#ifndef SNOW_CHECK_FINISH_H
#define SNOW_CHECK_FINISH_H

#include "frontends/snow/check/Infer.h"

namespace snow::check {

/// The core's type for a type of the checker; what nothing has settled is unit.
const core::Type *settle(World &world, Ty *type);

/// Generalises the functions of a group, whose bodies have been inferred, and
/// settles the types of their core.
void finish(Group &group);

/// Exhaustiveness, redundancy, and values that nobody uses.
void checkMatches(Group &group);

} // namespace snow::check

#endif // SNOW_CHECK_FINISH_H
