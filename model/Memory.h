//===- Memory.h - What a call does to its arguments' memory -----*- C++ -*-===//

#ifndef PLUMB_MODEL_MEMORY_H
#define PLUMB_MODEL_MEMORY_H

#include "plumb/Model/Views.h"

namespace plumb::model {

/// Whether the function reads memory that the parameter points to, or that a
/// struct by value is passed in.
bool readsThrough(const plumb_intr_param &param);
/// Whether it writes there.
bool writesThrough(const plumb_intr_param &param);

} // namespace plumb::model

#endif // PLUMB_MODEL_MEMORY_H
