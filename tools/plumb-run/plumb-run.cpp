//===- plumb-run.cpp - Compiles a program and runs it ---------------------===//

#include "LinkedRuntime.h"
#include "command-line/CodegenOptions.h"
#include "command-line/HelpOptions.h"
#include "command-line/LoadProgram.h"
#include "command-line/Tool.h"
#include "execution/Symbols.h"
#include "model/Ledger.h"
#include "plumb/Execution/Codegen.h"
#include "plumb/Execution/Compile.h"
#include "plumb/Execution/Jit.h"
#include "plumb/Intrinsic/Registry.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;

static cl::OptionCategory category("plumb-run options");
static cl::opt<std::string> input(cl::Positional, cl::desc("<program>"),
                                  cl::cat(category));
static cl::list<std::string>
    arguments(cl::ConsumeAfter, cl::desc("<arguments of the program>..."),
              cl::cat(category));
static FamilyOptions families(category);
static HelpOptions helpOptions(category);
static cl::list<std::string> runtimes(
    "runtime",
    cl::desc("Take the intrinsics of a family from this shared library "
             "rather than from the runtime that is built in; may be "
             "given again"),
    cl::value_desc("library.so"), cl::cat(category));
static cl::opt<bool> dumpLLVM("dump-llvm",
                              cl::desc("Write the LLVM IR, after its passes, "
                                       "to stderr before the program starts"),
                              cl::cat(category));
static cl::opt<std::string>
    requireAbi("require-abi", cl::ValueOptional, cl::value_desc("version"),
               cl::desc("Refuse a runtime that lacks an intrinsic of the "
                        "families, or was built from another record of one, "
                        "whether it is used or not; only those since <version> "
                        "or before, if it is given"),
               cl::cat(category));
static CodegenOptions codegen(category, "native");

static std::vector<std::string> programArguments() {
  std::vector<std::string> args = {input};
  // `plumb-run FILE -- ARGS` and `plumb-run FILE ARGS` are the same.
  bool hasDashes = !arguments.empty() && arguments.front() == "--";
  args.insert(args.end(), arguments.begin() + hasDashes, arguments.end());
  return args;
}

static Error openRuntimes(Runtimes &all) {
  if (Error error = all.addLibraries(runtimes))
    return error;
  all.addLoadedFamilies(families.get());
  all.setDefault([] { return linkedRuntime(); });
  return Error::success();
}

/// The rows whose records the runtime must have been built from; none, with an
/// error, when --require-abi names no version.
static std::optional<SmallVector<const plumb_intr_row *>>
rowsToCheck(const Module &module) {
  if (!requireAbi.getNumOccurrences())
    return usedRows(families.get().getRegistry(), externalSymbols(module));
  std::optional<VersionTuple> limit;
  if (!requireAbi.empty()) {
    limit = model::parseVersion(requireAbi);
    if (!limit) {
      toolError("--require-abi: '" + requireAbi +
                "' is not a version, such as 0.1");
      return std::nullopt;
    }
  }
  SmallVector<const plumb_intr_row *> rows;
  for (const plumb_intr_family *family :
       families.get().getRegistry().families())
    for (const plumb_intr_row &row : ArrayRef(family->rows, family->num_rows))
      if (!limit ||
          model::parseVersion(row.since).value_or(VersionTuple()) <= *limit)
        rows.push_back(&row);
  return rows;
}

static bool check(const Module &module, StringRef program, Runtimes &all) {
  std::optional<SmallVector<const plumb_intr_row *>> rows = rowsToCheck(module);
  return rows && tellProblems(all.check(
                     program, externalSymbols(module), *rows,
                     /*requireTable=*/requireAbi.getNumOccurrences()));
}

/// The program's exit code. The code, and the arguments, stay for ever: threads
/// that the program has started may still run it.
static Expected<int> runMain(orc::ThreadSafeModule module,
                             const TargetMachine &target, Runtimes &all) {
  Expected<std::unique_ptr<Jit>> made =
      Jit::create(std::move(module), target, all);
  if (!made)
    return made.takeError();
  // Reachable, so that no leak is reported.
  static Jit *jit = made->release();
  static std::vector<std::string> args = programArguments();
  static std::vector<char *> argv;
  argv.reserve(args.size() + 1);
  for (std::string &arg : args)
    argv.push_back(arg.data());
  argv.push_back(nullptr);
  return jit->runMain(argv.size() - 1, argv.data());
}

/// The program's exit code; 1, with the reason on stderr, when it did not run.
static int run() {
  Runtimes all(families.get().getRegistry());
  if (Error error = openRuntimes(all)) {
    toolError(std::move(error));
    return EXIT_FAILURE;
  }
  if (!codegen.check())
    return EXIT_FAILURE;
  std::unique_ptr<Program> program = Program::load(input, families.get());
  if (!program || !program->requireMain())
    return EXIT_FAILURE;
  std::unique_ptr<TargetMachine> target = codegen.createTargetMachine();
  if (!target)
    return EXIT_FAILURE;
  if (codegen.hasDebugLines())
    requestDebugLines(program->getModule());
  auto context = std::make_unique<LLVMContext>();
  std::unique_ptr<Module> module =
      program->compile(*context, *target, /*wholeProgram=*/true);
  if (!module || !check(*module, program->getName(), all))
    return EXIT_FAILURE;
  program.reset();
  optimise(*module, *target, codegen.getLevel());
  if (dumpLLVM)
    module->print(errs(), nullptr);

  Expected<int> code =
      runMain(orc::ThreadSafeModule(std::move(module), std::move(context)),
              *target, all);
  if (code)
    return *code;
  toolError(code.takeError());
  return EXIT_FAILURE;
}

int main(int argc, char **argv) {
  parseCommandLine(argc, argv, "plumb-run", category,
                   "Compiles a Plumb program in memory and runs it\n\n"
                   "  Options stand before the program; what follows it goes "
                   "to the program.\n"
                   "  The exit code is the program's.\n");
  helpOptions.endOrRequire(families, input);
  return run();
}
