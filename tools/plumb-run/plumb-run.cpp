//===- plumb-run.cpp - Compiles a program and runs it ---------------------===//

#include "Jit.h"
#include "SymbolSource.h"
#include "dialects/Intrinsic/Registry.h"
#include "model/Ledger.h"
#include "tools/support/Codegen.h"
#include "tools/support/CodegenOptions.h"
#include "tools/support/HelpOptions.h"
#include "tools/support/LoadProgram.h"
#include "tools/support/MissingSymbols.h"
#include "tools/support/Tool.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

using namespace llvm;
using namespace plumb;

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

static bool checkSymbols(const Module &module, StringRef program,
                         const SymbolSource &source) {
  SmallVector<std::string> missing = externalSymbols(module);
  llvm::erase_if(missing, [&](const std::string &symbol) {
    return source.lookup(symbol) != nullptr;
  });
  return missing.empty() ||
         reportMissingSymbols(program, missing, source.getRuntimeName());
}

/// The rows whose records the runtime must have been built from; none, with an
/// error, when --require-abi names no version.
static std::optional<SmallVector<const plumb_intr_row *>>
rowsToCheck(const Module &module) {
  if (!requireAbi.getNumOccurrences())
    return usedRows(externalSymbols(module));
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
  for (const plumb_intr_family *family : intr::Registry::get().families())
    for (const plumb_intr_row &row : ArrayRef(family->rows, family->num_rows))
      if (!limit ||
          model::parseVersion(row.since).value_or(VersionTuple()) <= *limit)
        rows.push_back(&row);
  return rows;
}

static bool checkRuntimeAbi(const Module &module, const SymbolSource &source) {
  std::optional<SmallVector<const plumb_intr_row *>> rows = rowsToCheck(module);
  return rows &&
         checkAbi(
             *rows,
             [&](const plumb_intr_row &row) { return source.lookupAbi(row); },
             /*requireTable=*/requireAbi.getNumOccurrences());
}

/// The program's exit code; 1, with the reason on stderr, when it did not run.
static int run() {
  std::optional<SymbolSource> symbols = SymbolSource::create(runtimes);
  if (!symbols || !codegen.check())
    return EXIT_FAILURE;
  std::unique_ptr<Program> program = Program::load(input);
  if (!program || !program->requireMain())
    return EXIT_FAILURE;
  std::unique_ptr<TargetMachine> target = codegen.createTargetMachine();
  if (!target)
    return EXIT_FAILURE;
  auto context = std::make_unique<LLVMContext>();
  std::unique_ptr<Module> module =
      program->compile(*context, *target, /*wholeProgram=*/true);
  if (!module)
    return EXIT_FAILURE;
  if (!checkRuntimeAbi(*module, *symbols) ||
      !checkSymbols(*module, program->getName(), *symbols))
    return EXIT_FAILURE;
  program.reset();
  optimise(*module, *target, codegen.getLevel());
  if (dumpLLVM)
    module->print(errs(), nullptr);

  Expected<int> code =
      runMain(orc::ThreadSafeModule(std::move(module), std::move(context)),
              *target, *symbols, programArguments());
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
