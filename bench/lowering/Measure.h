//===- Measure.h - the CPU time of one lowering -----------------*- C++ -*-===//
#ifndef PLUMB_BENCH_LOWERING_MEASURE_H
#define PLUMB_BENCH_LOWERING_MEASURE_H

#include "mlir/IR/MLIRContext.h"
#include "plumb/Intrinsic/Registry.h"

namespace plumb::bench {

/// What fills the functions of a module.
enum class Calls {
  Intrinsic, ///< lowered by `convert-intrinsics-to-llvm`
  Function,  ///< `func.call`, lowered by upstream's `convert-func-to-llvm`
};

/// Where the module comes from.
enum class Origin {
  Built, ///< by a builder, each operation at the same location
  Parsed ///< from a text, each operation at a line of its own
};

struct Case {
  size_t count; ///< of calls
  Calls calls;
  Origin origin = Origin::Built;
  /// A pass manager verifies after a pass, and counts that time as the pass's.
  bool withVerifier = false;
};

/// Nanoseconds of CPU a call, the best of `runs` modules: what else runs on the
/// machine only ever adds. The calls take and return what `row` does, which has
/// operands alone.
double measure(mlir::MLIRContext &context, const Case &what,
               const plumb_intr_row &row, int runs);

} // namespace plumb::bench

#endif // PLUMB_BENCH_LOWERING_MEASURE_H
