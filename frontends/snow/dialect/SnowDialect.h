//===- SnowDialect.h - The snow dialect -------------------------*- C++ -*-===//

#ifndef SNOW_DIALECT_SNOWDIALECT_H
#define SNOW_DIALECT_SNOWDIALECT_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "frontends/snow/dialect/SnowDialect.h.inc"

#define GET_OP_CLASSES
#include "frontends/snow/dialect/SnowOps.h.inc"

#endif // SNOW_DIALECT_SNOWDIALECT_H
