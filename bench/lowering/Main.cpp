//===- Main.cpp - ns an operation of the lowering, beside upstream --------===//
//
// The same number of calls in the same run: intrinsics through
// `convert-intrinsics-to-llvm`, `func.call`s through `convert-func-to-llvm`.
//
//===----------------------------------------------------------------------===//

#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVMPass.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"
#include "plumb/Execution/Register.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Passes/Passes.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/InitLLVM.h"
#include <algorithm>
#include <ctime>
#include <limits>

using namespace mlir;

static llvm::cl::opt<bool>
    check("check", llvm::cl::desc("Exit with 1 unless the lowering is at least "
                                  "6 times as fast as upstream's and linear"));
static llvm::cl::opt<unsigned long>
    most("most", llvm::cl::desc("The largest number of operations"),
         llvm::cl::init(1000000));

namespace {
/// What fills the functions of a module.
enum class Calls { Intrinsic, Function };
} // namespace

static constexpr size_t callsPerFunction = 1000;

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

/// Nanoseconds of CPU that this thread has had.
static double cpuTime() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e9 + now.tv_nsec;
}

/// Nanoseconds of CPU an operation, the best of `runs` modules: what else runs
/// on the machine only ever adds.
static double measure(MLIRContext &context, size_t count, Calls calls,
                      const plumb_intr_row &row, int runs) {
  SmallVector<double> times;
  for (int run = 0; run < runs; ++run) {
    OwningOpRef<ModuleOp> module = makeModule(context, count, calls, row);
    PassManager pm(&context);
    pm.enableVerifier(false);
    pm.addPass(calls == Calls::Intrinsic
                   ? plumb::createConvertIntrinsicsToLLVM()
                   : createConvertFuncToLLVMPass());
    double start = cpuTime();
    if (failed(pm.run(*module)))
      llvm::reportFatalUsageError("the lowering failed");
    times.push_back((cpuTime() - start) / count);
  }
  return *llvm::min_element(times);
}

/// A row to measure with: arguments and a result, no callback. Any will do, so
/// none is named.
static const plumb_intr_row *chooseRow(MLIRContext &context) {
  for (const plumb_intr_family *family :
       plumb::intr::getRegistry(&context).families())
    for (const plumb_intr_row &row : ArrayRef(family->rows, family->num_rows))
      if (plumb::intr::numOperands(row) == 2 && row.num_params == 2 &&
          row.result && row.num_effects)
        return &row;
  return nullptr;
}

namespace {
/// Nanoseconds an operation, the smallest of all rounds.
struct Times {
  size_t count;
  double intrinsic = std::numeric_limits<double>::infinity();
  double function = std::numeric_limits<double>::infinity();
};
} // namespace

/// Measures each count once more, and keeps what is better.
static void measureAll(MLIRContext &context, MutableArrayRef<Times> all,
                       const plumb_intr_row &row) {
  for (Times &times : all) {
    int runs = times.count >= 1000000 ? 3 : 5;
    times.intrinsic =
        std::min(times.intrinsic,
                 measure(context, times.count, Calls::Intrinsic, row, runs));
    times.function =
        std::min(times.function,
                 measure(context, times.count, Calls::Function, row, runs));
  }
}

/// How much longer an operation takes among the most than among 10,000: below,
/// what is paid once for a module still shows.
static double growth(ArrayRef<Times> all, double Times::*time) {
  return all.size() > 2 ? all.back().*time / (all[1].*time) : 1;
}

/// What is wrong with the times, or null.
static const char *fault(ArrayRef<Times> all) {
  for (const Times &times : all)
    if (times.function < 6 * times.intrinsic)
      return "less than 6 times as fast as upstream's";
  // What the caches do to both is not ours. Of ten times as many operations, a
  // quadratic lowering takes ten times as long for each.
  if (growth(all, &Times::intrinsic) >=
      2 * std::max(1.0, growth(all, &Times::function)))
    return "not linear";
  return nullptr;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  llvm::cl::ParseCommandLineOptions(
      argc, argv,
      "Nanoseconds an operation of convert-intrinsics-to-llvm, "
      "beside convert-func-to-llvm on as many calls\n");
  DialectRegistry registry;
  plumb::execution::registerPlumb(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();
  const plumb_intr_row *row = chooseRow(context);
  if (!row)
    llvm::reportFatalUsageError("no family has a row to measure with");

  SmallVector<Times> all;
  for (size_t count = 1000; count <= most; count *= 10)
    all.push_back({count});
  measure(context, 10000, Calls::Intrinsic, *row, 1); // warms the allocator
  measure(context, 10000, Calls::Function, *row, 1);
  measureAll(context, all, *row);
  // Others at work share the caches, now more, now less.
  for (int again = 0; check && fault(all) && again < 8; ++again)
    measureAll(context, all, *row);

  llvm::outs()
      << "| operations | intrinsics, ns an op | func.call upstream, ns "
         "an op | times as fast |\n|---|---|---|---|\n";
  for (const Times &times : all)
    llvm::outs() << "| " << times.count << " | "
                 << llvm::format("%.0f", times.intrinsic) << " | "
                 << llvm::format("%.0f", times.function) << " | "
                 << llvm::format("%.1f", times.function / times.intrinsic)
                 << " |\n";
  llvm::outs() << "\nGrowth of the time an operation from 10,000 to the "
                  "largest:"
               << llvm::format(" %.2f, upstream %.2f\n",
                               growth(all, &Times::intrinsic),
                               growth(all, &Times::function));
  const char *found = check ? fault(all) : nullptr;
  if (!found)
    return 0;
  llvm::errs() << "error: the lowering is " << found << "\n";
  return 1;
}
