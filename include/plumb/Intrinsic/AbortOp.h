//===- AbortOp.h - The intrinsics of the core family ------------*- C++ -*-===//

#ifndef PLUMB_INTRINSIC_ABORTOP_H
#define PLUMB_INTRINSIC_ABORTOP_H

#include "plumb/Intrinsic/IntrinsicDialect.h"

#define GET_OP_CLASSES
#include "plumb/Intrinsic/IntrRows.h.inc"

#endif // PLUMB_INTRINSIC_ABORTOP_H
