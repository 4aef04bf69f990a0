//===- Measure.cpp - the CPU time of one lowering -------------------------===//

#include "Measure.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVMPass.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Passes/Passes.h"
#include <algorithm>
#include <ctime>
#include <limits>

using namespace mlir;
using namespace plumb::bench;

static constexpr size_t callsPerFunction = 100;

/// `count` calls that take and return what the intrinsic does.
static OwningOpRef<ModuleOp> makeModule(MLIRContext &context, size_t count,
                                        Calls calls,
                                        const plumb_intr_row &row) {
  OpBuilder builder(&context);
  Location loc = builder.getUnknownLoc();
  OwningOpRef<ModuleOp> module = ModuleOp::create(builder, loc);
  bool isIntrinsic = calls == Calls::Intrinsic;
  Type pointer = LLVM::LLVMPointerType::get(&context);
  SmallVector<Type> params;
  for (const plumb_intr_param &p : ArrayRef(row.params, row.num_params))
    params.push_back(isIntrinsic ? plumb::intr::getType(&context, *p.type)
                                 : pointer);
  Type result = isIntrinsic ? plumb::intr::getType(&context, *row.result)
                            : builder.getI64Type();
  builder.setInsertionPointToStart(module->getBody());
  if (!isIntrinsic)
    func::FuncOp::create(builder, loc, "callee",
                         builder.getFunctionType(params, result))
        .setPrivate();
  for (size_t done = 0; done < count; done += callsPerFunction) {
    builder.setInsertionPointToEnd(module->getBody());
    auto function = func::FuncOp::create(
        builder, loc, "f" + std::to_string(done / callsPerFunction),
        builder.getFunctionType(params, {}));
    builder.setInsertionPointToStart(function.addEntryBlock());
    ValueRange arguments = function.getArguments();
    for (size_t i = 0; i < std::min(callsPerFunction, count - done); ++i)
      if (isIntrinsic) {
        OperationState state(loc, row.name, arguments, TypeRange(result));
        builder.create(state);
      } else {
        func::CallOp::create(builder, loc, "callee", TypeRange(result),
                             arguments);
      }
    func::ReturnOp::create(builder, loc);
  }
  return module;
}

/// The module as a file has it.
static OwningOpRef<ModuleOp> parseAgain(OwningOpRef<ModuleOp> module) {
  std::string text;
  llvm::raw_string_ostream os(text);
  module->print(os, OpPrintingFlags().assumeVerified());
  return parseSourceString<ModuleOp>(text, module->getContext());
}

/// Nanoseconds of CPU that this thread has had.
static double cpuTime() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e9 + now.tv_nsec;
}

double plumb::bench::measure(MLIRContext &context, const Case &what,
                             const plumb_intr_row &row, int runs) {
  double best = std::numeric_limits<double>::infinity();
  for (int run = 0; run < runs; ++run) {
    OwningOpRef<ModuleOp> module =
        makeModule(context, what.count, what.calls, row);
    if (what.origin == Origin::Parsed)
      module = parseAgain(std::move(module));
    PassManager pm(&context);
    pm.enableVerifier(what.withVerifier);
    pm.addPass(what.calls == Calls::Intrinsic
                   ? plumb::createConvertIntrinsicsToLLVM()
                   : createConvertFuncToLLVMPass());
    double start = cpuTime();
    if (failed(pm.run(*module)))
      llvm::reportFatalUsageError("the lowering failed");
    best = std::min(best, (cpuTime() - start) / what.count);
  }
  return best;
}
