//===- Control.h - Calls that do not come back ------------------*- C++ -*-===//

#ifndef PLUMB_INTRINSIC_CONTROL_H
#define PLUMB_INTRINSIC_CONTROL_H

#include "plumb/Model/Views.h"

namespace plumb::intr {

using model::comesBack;
using model::controlResource;

} // namespace plumb::intr

#endif // PLUMB_INTRINSIC_CONTROL_H
