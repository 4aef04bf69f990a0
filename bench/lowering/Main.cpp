//===- Main.cpp - ns an operation of the lowering, beside upstream --------===//
//
// The same number of calls in the same run: intrinsics through
// `convert-intrinsics-to-llvm`, `func.call`s through `convert-func-to-llvm`.
//
//===----------------------------------------------------------------------===//

#include "Measure.h"
#include "plumb/Execution/Register.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/InitLLVM.h"
#include <algorithm>
#include <limits>

using namespace mlir;
using namespace plumb::bench;

static llvm::cl::opt<bool>
    check("check", llvm::cl::desc("Exit with 1 unless the lowering is at least "
                                  "6 times as fast as upstream's and linear"));
static llvm::cl::opt<unsigned long>
    maxOperations("max", llvm::cl::desc("The largest number of operations"),
                  llvm::cl::init(1000000));

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
  Origin origin = Origin::Built;
  bool withVerifier = false;
  double intrinsic = std::numeric_limits<double>::infinity();
  double function = std::numeric_limits<double>::infinity();
};

struct Table {
  SmallVector<Times> built;
  Times parsed, verified;
};
} // namespace

/// Measures once more, and keeps what is better.
static void measureOnce(MLIRContext &context, Times &times,
                        const plumb_intr_row &row) {
  int runs = times.count >= 1000000 ? 3 : 5;
  auto best = [&](double &time, Calls calls) {
    time = std::min(
        time,
        measure(context, {times.count, calls, times.origin, times.withVerifier},
                row, runs));
  };
  best(times.intrinsic, Calls::Intrinsic);
  best(times.function, Calls::Function);
}

static void measureAll(MLIRContext &context, Table &table,
                       const plumb_intr_row &row) {
  for (Times &times : table.built)
    measureOnce(context, times, row);
  measureOnce(context, table.parsed, row);
  measureOnce(context, table.verified, row);
}

/// How much longer an operation takes among --max than among 10,000: below,
/// what is paid once for a module still shows.
static double growth(ArrayRef<Times> all, double Times::*time) {
  return all.size() > 2 ? all.back().*time / (all[1].*time) : 1;
}

/// What is wrong with the times, or null.
static const char *fault(const Table &table) {
  ArrayRef<Times> all = table.built;
  for (const Times &times : all)
    if (times.function < 6 * times.intrinsic)
      return "less than 6 times as fast as upstream's";
  if (table.parsed.function < 6 * table.parsed.intrinsic)
    return "less than 6 times as fast as upstream's on a parsed module";
  // Where the parser puts operations and their locations must not matter much.
  if (table.parsed.intrinsic > 1.55 * all.back().intrinsic)
    return "slow on a parsed module";
  // What the caches do to both is not ours. Of ten times as many operations, a
  // quadratic lowering takes ten times as long for each.
  if (growth(all, &Times::intrinsic) >=
      2 * std::max(1.0, growth(all, &Times::function)))
    return "not linear";
  return nullptr;
}

static void printRow(const Times &times, StringRef what) {
  llvm::outs() << "| " << times.count << what
               << llvm::format(" | %.0f | %.0f | %.1f |\n", times.intrinsic,
                               times.function,
                               times.function / times.intrinsic);
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

  Table table;
  for (size_t count = 1000; count <= maxOperations; count *= 10)
    table.built.push_back({count});
  if (table.built.empty())
    llvm::reportFatalUsageError("--max is at least 1000");
  size_t inFile = std::min<size_t>(maxOperations, 200000);
  table.parsed = {inFile, Origin::Parsed};
  table.verified = {inFile, Origin::Parsed, /*withVerifier=*/true};
  // These warm the allocator.
  measure(context, {10000, Calls::Intrinsic}, *row, 1);
  measure(context, {10000, Calls::Function}, *row, 1);
  measureAll(context, table, *row);
  // Others at work share the caches, now more, now less.
  for (int again = 0; check && fault(table) && again < 8; ++again)
    measureAll(context, table, *row);

  llvm::outs() << "| operations | intrinsics, ns an op | func.call upstream, "
                  "ns an op | times as fast |\n|---|---|---|---|\n";
  for (const Times &times : table.built)
    printRow(times, "");
  printRow(table.parsed, ", parsed");
  printRow(table.verified, ", parsed, and the verifier");
  llvm::outs() << "\nGrowth of the time an operation from 10,000 to the "
                  "largest:"
               << llvm::format(" %.2f, upstream %.2f\n",
                               growth(table.built, &Times::intrinsic),
                               growth(table.built, &Times::function));
  const char *found = check ? fault(table) : nullptr;
  if (!found)
    return 0;
  llvm::errs() << "error: the lowering is " << found << "\n";
  return 1;
}
