//===- AbortOp.h - The intrinsics of the core family ------------*- C++ -*-===//

#ifndef PLUMB_DIALECTS_INTRINSIC_ABORTOP_H
#define PLUMB_DIALECTS_INTRINSIC_ABORTOP_H

#include "dialects/Intrinsic/IntrinsicDialect.h"

#define GET_OP_CLASSES
#include "dialects/Intrinsic/IntrRows.h.inc"

#endif // PLUMB_DIALECTS_INTRINSIC_ABORTOP_H
