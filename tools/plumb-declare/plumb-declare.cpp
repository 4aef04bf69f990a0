//===- plumb-declare.cpp - Intrinsics for those who write LLVM IR ---------===//

#include "DeclareIntrinsics.h"
#include "command-line/FamilyOptions.h"
#include "command-line/OutputFile.h"
#include "command-line/Tool.h"
#include "mlir/IR/DialectRegistry.h"
#include "plumb/Execution/Register.h"
#include "plumb/Intrinsic/Registry.h"
#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Verifier.h"
#include "llvm/IRReader/IRReader.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;
using plumb::intr::Registry;

static cl::OptionCategory category("plumb-declare options");
static cl::opt<std::string> input(cl::Positional,
                                  cl::desc("[module.ll|module.bc|-]"),
                                  cl::cat(category));
static cl::opt<std::string>
    output("o",
           cl::desc("Output (default: stdout); bitcode if it ends in .bc, text "
                    "otherwise"),
           cl::value_desc("file"), cl::init("-"), cl::cat(category));
static cl::list<std::string> onlyFamilies(
    "family", cl::desc("Only the intrinsics of this family; may be repeated"),
    cl::value_desc("name"), cl::cat(category));
static cl::opt<bool>
    onlyUsed("only-used",
             cl::desc("Only the intrinsics that the module declares or calls"),
             cl::cat(category));
static cl::opt<bool>
    resolve("resolve",
            cl::desc("Functions that are declared under a source name, such as "
                     "@\"Module.name\", become the intrinsic's symbol"),
            cl::cat(category));
static cl::opt<std::string>
    triple("mtriple",
           cl::desc("Target of a module that names none (default: "
                    "this machine)"),
           cl::value_desc("triple"), cl::cat(category));
static FamilyOptions families(category);

static std::unique_ptr<Module> readModule(LLVMContext &context) {
  std::unique_ptr<Module> module;
  if (!input.getNumOccurrences()) {
    module = std::make_unique<Module>("plumb", context);
  } else if (input != "-" && sys::fs::is_directory(input)) {
    toolError("cannot read '" + input + "': it is a directory");
    return nullptr;
  } else {
    SMDiagnostic diagnostic;
    module = parseIRFile(input, diagnostic, context);
    if (!module) {
      diagnostic.print("plumb-declare", errs());
      toolError("'" + input + "' is not a module of LLVM IR; see above");
      return nullptr;
    }
  }
  if (module->getTargetTriple().empty())
    module->setTargetTriple(Triple(triple.empty()
                                       ? sys::getDefaultTargetTriple()
                                       : Triple::normalize(triple)));
  return module;
}

/// Declarations under a source name; false when one has no intrinsic's.
static bool findSourceNames(
    Module &module,
    SmallVectorImpl<std::pair<Function *, const plumb_intr_row *>> &found) {
  bool isGood = true;
  const Registry &registry = families.get().getRegistry();
  auto loaded = registry.families();
  for (Function &function : module) {
    StringRef name = function.getName();
    StringRef prefix = name.split('.').first;
    if (!function.isDeclaration() || prefix == name)
      continue;
    if (const plumb_intr_row *row = registry.lookupSourceName(name))
      found.push_back({&function, row});
    else if (any_of(loaded, [&](const plumb_intr_family *family) {
               return prefix == family->module;
             }))
      isGood = toolError("unknown intrinsic '" + name + "'" +
                         intr::didYouMean(registry.nearestSourceNames(name)));
  }
  return isGood;
}

static bool isWanted(const plumb_intr_row &row) {
  return onlyFamilies.empty() || is_contained(onlyFamilies, row.family->name);
}

/// What will be declared; false when `--family` names none that is loaded.
static bool chooseRows(Module &module, ArrayRef<const plumb_intr_row *> used,
                       SmallVectorImpl<const plumb_intr_row *> &rows) {
  auto loaded = families.get().getRegistry().families();
  for (const std::string &name : onlyFamilies)
    if (none_of(loaded, [&](const plumb_intr_family *family) {
          return name == family->name;
        }))
      return toolError("no family '" + name +
                       "' is loaded; --load-family=<file> loads one");
  for (const plumb_intr_family *family : loaded)
    for (const plumb_intr_row &row : ArrayRef(family->rows, family->num_rows))
      // Those that the module has are checked in any case.
      if (module.getFunction(row.symbol) || is_contained(used, &row) ||
          (!onlyUsed && isWanted(row)))
        rows.push_back(&row);
  return true;
}

static bool declare(Module &module) {
  SmallVector<std::pair<Function *, const plumb_intr_row *>> named;
  if (resolve && !findSourceNames(module, named))
    return false;
  SmallVector<const plumb_intr_row *> used, rows;
  for (auto &[function, row] : named)
    used.push_back(row);
  if (!chooseRows(module, used, rows))
    return false;
  std::unique_ptr<Module> records = makeDeclarations(
      module.getContext(), rows, module.getTargetTriple().str());
  if (!records)
    return false;

  bool isGood = true;
  for (const plumb_intr_row *row : rows) {
    const Function &record = *records->getFunction(row->symbol);
    if (GlobalValue *other = module.getNamedValue(row->symbol);
        other && !isa<Function>(other)) {
      isGood = toolError("the module has a variable '@" + Twine(row->symbol) +
                         "', which is the function of " + describe(*row));
      continue;
    }
    Function *function = module.getFunction(row->symbol);
    if (function)
      isGood &= checkUses(*function, record, *row);
    else
      function =
          Function::Create(record.getFunctionType(),
                           GlobalValue::ExternalLinkage, row->symbol, module);
    if (isGood && function->isDeclaration())
      function->copyAttributesFrom(&record);
  }
  for (auto &[function, row] : named)
    isGood &= checkUses(*function, *records->getFunction(row->symbol), *row);
  if (!isGood)
    return false;
  for (auto &[function, row] : named) {
    function->replaceAllUsesWith(module.getFunction(row->symbol));
    function->eraseFromParent();
  }
  return true;
}

static bool run() {
  families.loadEnvironment();
  LLVMContext context;
  std::unique_ptr<Module> module = readModule(context);
  if (!module || !declare(*module))
    return false;
  std::string why;
  raw_string_ostream os(why);
  if (verifyModule(*module, &os))
    return toolError("the module is not valid LLVM IR: " + why);
  return writeStream(output, [&](raw_pwrite_stream &os) {
    if (StringRef(output).ends_with(".bc"))
      WriteBitcodeToFile(*module, os);
    else
      module->print(os, nullptr);
    return true;
  });
}

int main(int argc, char **argv) {
  parseCommandLine(
      argc, argv, "plumb-declare", category,
      "Declares intrinsics, with all their attributes, in a module of LLVM "
      "IR\n\n"
      "  For front ends that do not use MLIR. Without a module a new one is "
      "made.\n"
      "  What the module declares or calls already is checked against the "
      "records.\n");
  return run() ? EXIT_SUCCESS : EXIT_FAILURE;
}
